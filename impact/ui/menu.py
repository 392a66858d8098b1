"""Every screen as Streamlit's navigation takes it."""

from copy import copy
from functools import cache

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from impact.ui import screens
from impact.ui.screens import Screen
from impact.vocabulary import Role
from impact.web.document import HOME


def pages(role: Role | None) -> dict[str, list[StreamlitPage]]:
    """Every screen by group; the ones not for this role are hidden, not absent, so that the page itself says no.

    role: None before signing in.
    """
    menu: dict[str, list[StreamlitPage]] = {}
    for screen in screens.existing():
        listed = screen.is_listed_for(role)
        menu.setdefault(screen.group if listed else "", []).append(copy(_page(screen, listed)))
    return menu


@cache
def _page(screen: Screen, listed: bool) -> StreamlitPage:
    """Made once, for it looks for its file. A run marks its own copy as the one to draw."""
    return st.Page(
        screen.path,
        title=screen.title,
        url_path=screen.name,
        default=screen.name == HOME,
        visibility="visible" if listed else "hidden",
    )
