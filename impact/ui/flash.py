"""One sentence about what was just done, shown by the next run, whatever cuts this one short."""

from typing import Literal

import streamlit as st

from impact.ui.page import plain, typeset

Kind = Literal["success", "info", "error"]


def say(place: str, sentence: str, kind: Kind = "success") -> None:
    """place: the part of the page that will show it, as page_part."""
    st.session_state[_key(place)] = (kind, sentence)


def show(place: str) -> None:
    """Draw it once, where the eye is: beside what it speaks of."""
    kind, sentence = st.session_state.pop(_key(place), ("", ""))
    if sentence:
        {"success": st.success, "info": st.info, "error": st.error}[kind](plain(typeset(sentence)))


def _key(place: str) -> str:
    return f"{place}_message"
