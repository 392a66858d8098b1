"""The frame of every page: menu, page, foot. Pages guard themselves; the menu only leaves out what is of no use."""

from contextlib import suppress

import streamlit as st
from markupsafe import Markup
from streamlit.runtime.scriptrunner import StopException

from impact.db import reading
from impact.permissions import Actor
from impact.queries.installation import standing
from impact.ui import guard, menu, page
from impact.web.document import PRODUCT


def who(actor: Actor) -> None:
    """Who is signed in, and the way out."""
    page.html(
        Markup(
            '<p style="margin:0;text-align:right;font-size:.9rem">{} · {} · '
            '<a style="color:inherit" href="/mot-de-passe" target="_self">Mot de passe</a> · '
            '<a style="color:inherit; white-space:nowrap" href="/deconnexion" target="_self">Se déconnecter</a></p>'
        ).format(actor.name, actor.role.label)
    )


signed_in = guard.current()
chosen = st.navigation(menu.pages(signed_in.role if signed_in else None), position="top" if signed_in else "hidden")
st.set_page_config(page_title=f"{chosen.title} – {PRODUCT}", layout="wide")
if signed_in:
    who(signed_in)
with suppress(StopException), guard.known(signed_in):  # a page that refused its reader has a foot all the same
    chosen.run()
with reading() as session:
    demonstration = standing(session).demonstration
page.foot(demonstration)
