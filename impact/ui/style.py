"""The one style sheet of the screens."""

from pathlib import Path

import streamlit as st

SHEET = Path(__file__).with_name("style.css")


def inject() -> None:
    """Once per run; page.head does it. Streamlit puts a sheet alone outside the page's flow, where it takes no room."""
    st.html(SHEET)
