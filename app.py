"""The server: Streamlit inside, the gate around it. Started by `streamlit run app.py`, `python app.py` or uvicorn."""

import gc

gc.disable()  # nothing of what is imported is garbage: looking for some takes an eighth of the start

import streamlit as st

from impact import web
from impact.settings import ROOT
from impact.ui import guard
from impact.web import options, start

gc.freeze()
gc.enable()
start.check_settings()
options.anchor()

app = st.App(
    ROOT / "impact" / "ui" / "main.py",
    routes=web.routes(),
    middleware=web.middleware(),
    lifespan=web.lifespan,
    on_script_error=guard.script_error,
    exception_handlers=web.exception_handlers,
)

if __name__ == "__main__":
    app.run(config=options.address_and_port())
