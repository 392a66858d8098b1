"""The part of the lexicon, top to bottom: its list, or the term that the address opens."""

import streamlit as st

from impact.permissions import Actor, Right
from impact.ui.lexicon import listing, speaking, term, writing
from impact.ui.lexicon.known import known, opened


def draw(actor: Actor) -> None:
    held = known(actor)
    shown = opened(held)
    if shown is None:
        listing.head(held)
        listing.draw(held)
        if actor.may(Right.REVISE):
            writing.propose(held)
        return
    term.head(shown, held)
    left, right = st.columns([7, 6], gap="large")
    with left:
        term.meaning(shown, held)
    with right:
        speaking.draw(shown, held, actor)
    term.standing(shown, held)
    term.versions(shown, held)
    if actor.may(Right.REVISE):
        writing.revise(shown, held)
