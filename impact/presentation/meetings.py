"""The words of national meetings: when they are held, what became of what they decided, and what is late."""

from collections.abc import Iterable
from datetime import date

from impact.formats import counted, short_date
from impact.vocabulary import DecisionState, MilestoneState

STATE_SIGNS = {
    DecisionState.TAKEN: "○",
    DecisionState.UNDER_WAY: "◐",
    DecisionState.DONE: "●",
    DecisionState.DROPPED: "✕",
}
LATE_SIGN, LATE = "▼", "en retard"


def state_text(state: DecisionState, succeeded: bool | None = None) -> str:
    """« réalisée, avec succès »"""
    if succeeded is None:
        return state.label
    return f"{state.label}, {'avec succès' if succeeded else 'sans le succès attendu'}"


def followed(states: Iterable[DecisionState]) -> str:
    """« 5 décisions, dont 2 réalisées »; « aucune décision »"""
    held = list(states)
    if not held:
        return "aucune décision"
    made = sum(one is DecisionState.DONE for one in held)
    said = counted(made, "réalisée") if made else "aucune réalisée"
    return f"{counted(len(held), 'décision')}, dont {said}"


def slip(planned: date, expected: date) -> str:
    """« 12 jours plus tard que prévu », '' on the day."""
    days = (expected - planned).days
    if not days:
        return ""
    return f"{counted(abs(days), 'jour')} plus {'tard' if days > 0 else 'tôt'} que prévu"


def when(planned: date, expected: date, state: MilestoneState) -> str:
    """« tenue le 12/10/2011 », « prévue le 12/10/2011 », « abandonnée »: the day that counts by now."""
    word = {MilestoneState.REACHED: "tenue le", MilestoneState.ABANDONED: "abandonnée ; elle était prévue le"}
    return f"{word.get(state, 'prévue le')} {short_date(planned if state is MilestoneState.ABANDONED else expected)}"
