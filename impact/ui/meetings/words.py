"""What several parts of this screen draw alike."""

from collections.abc import Sequence

from markupsafe import Markup

from impact.actions import ActionKey
from impact.presentation.meetings import LATE_SIGN, STATE_SIGNS, state_text
from impact.ui import naming, tables
from impact.ui.page import typeset
from impact.vocabulary import DecisionState


def late(text: str) -> Markup:
    """« ▼ 2 en retard »"""
    return Markup('<span class="imp-late">{}</span>').format(tables.sign(LATE_SIGN, text))


def state(held: DecisionState, succeeded: bool | None = None) -> Markup:
    """« ● réalisée, avec succès »"""
    word, _, more = state_text(held, succeeded).partition(", ")
    drawn = tables.sign(STATE_SIGNS[held], word)
    return tables.two_lines(drawn, more) if more else drawn


def plan(key: ActionKey, name: str) -> Markup:
    """The way to an action's plan."""
    return tables.link(naming.plan(key), typeset(name))


def claim(code: str) -> Markup:
    return tables.link(naming.claim(code), code)


def listed(texts: Sequence[Markup]) -> Markup:
    return Markup(", ").join(texts)
