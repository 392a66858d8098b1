"""Whether a person gets by e-mail what waits for them; nothing is asked where no e-mail leaves."""

import streamlit as st

from impact.db import reading
from impact.permissions import Actor, Right
from impact.queries.digests import wants_email
from impact.services import notices
from impact.settings import Settings
from impact.ui import flash, guard

KEY = "accueil_courriel"


def draw(actor: Actor) -> None:
    if Settings.from_env().mail is None or not actor.may(Right.ENTER):
        return
    with reading() as session:
        wants = wants_email(session, actor.id)
    st.space("small")
    flash.show(KEY)
    st.session_state[KEY] = wants
    st.toggle(
        "Recevoir par courriel ce qui vous attend de nouveau, une fois par jour au plus", key=KEY, on_change=_choose
    )  # fmt: skip


def _choose() -> None:
    by_email = bool(st.session_state[KEY])
    outcome = guard.act(notices.choose, by_email)
    if outcome.done:
        flash.say(KEY, "Courriel du jour rétabli." if by_email else "Vous ne recevrez plus le courriel du jour.")
    else:
        flash.say(KEY, " ".join(str(problem) for problem in outcome.problems), "error")
