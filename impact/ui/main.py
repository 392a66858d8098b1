"""The frame of every page: menu, page, foot. Pages guard themselves; the menu only leaves out what is of no use."""

from contextlib import suppress

import streamlit as st
from markupsafe import Markup
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.scriptrunner import StopException

from impact.db import reading
from impact.permissions import Actor
from impact.services import setup
from impact.ui import guard, page, screens
from impact.web.document import HOME, PRODUCT


def pages(actor: Actor | None) -> dict[str, list[StreamlitPage]]:
    """Every screen by group; the ones not for this role are hidden, not absent, so that the page itself says no."""
    menu: dict[str, list[StreamlitPage]] = {}
    for screen in screens.existing():
        listed = screen.is_listed_for(actor.role if actor else None)
        made = st.Page(
            screen.path,
            title=screen.title,
            url_path=screen.name,
            default=screen.name == HOME,
            visibility="visible" if listed else "hidden",
        )
        menu.setdefault(screen.group if listed else "", []).append(made)
    return menu


def who(actor: Actor) -> None:
    """Who is signed in, and the way out."""
    st.html(
        Markup(
            '<p style="margin:0;text-align:right;font-size:.9rem">{} · {} · '
            '<a style="color:inherit" href="/mot-de-passe" target="_self">Mot de passe</a> · '
            '<a style="color:inherit; white-space:nowrap" href="/deconnexion" target="_self">Se déconnecter</a></p>'
        ).format(actor.name, actor.role.label)
    )


signed_in = guard.current()
chosen = st.navigation(pages(signed_in), position="top" if signed_in else "hidden")
st.set_page_config(page_title=f"{chosen.title} – {PRODUCT}", layout="wide")
if signed_in:
    who(signed_in)
with suppress(StopException):  # a page that refused its reader has a foot all the same
    chosen.run()
with reading() as session:
    demonstration = setup.is_demonstration(session)
page.foot(demonstration)
