"""Where the cursor goes once the page is drawn: the browser's side is impact/web/ecran.js."""

import secrets

import streamlit as st
from markupsafe import Markup

_KEY = "curseur"


def send(place: str) -> None:
    """place: the part of the page, as page_part, that will point to its field in the next run."""
    st.session_state[f"{place}_{_KEY}"] = secrets.token_hex(4)


def point(place: str, widget: str) -> None:
    """Point to the widget of this key, if the cursor was sent here; once."""
    if turn := st.session_state.pop(f"{place}_{_KEY}", ""):
        st.html(Markup('<span data-cursor="{}" data-turn="{}"></span>').format(widget, turn))
