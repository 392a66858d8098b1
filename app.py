"""The server: Streamlit inside, the gate around it. Started by `streamlit run app.py`, `python app.py` or uvicorn."""

from impact import collecting

collecting.pause()

import streamlit as st

from impact import web
from impact.settings import ROOT
from impact.ui import guard
from impact.web import options, start

collecting.resume()
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
