"""Milestones in words: when each was planned, when it is expected now, and by how much it slips. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from impact.formats import NARROW, number, short_date
from impact.rules.milestones import MilestoneRow
from impact.vocabulary import MilestoneKind, MilestoneState

LATE = "en retard"
SIGNS = {MilestoneState.PLANNED: "○", MilestoneState.REACHED: "●", MilestoneState.ABANDONED: "✕"}

FACTS = {
    "milestone_kind": "Type de jalon", "planned_on": "Date prévue", "milestone_state": "État du jalon",
    "forecast_on": "Attendu ou atteint le",
}  # fmt: skip
"""What history calls the facts of a milestone and of what is said of it."""
LISTS = {"milestone_kind": MilestoneKind, "milestone_state": MilestoneState}
UNTOLD = {"milestone", "said_on"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A milestone as timelines draw and tables write it. sign, state: « ▼ », « en retard ». slip: « +12 jours ».

    Of one that is late, and of which nothing new is said, the slip is what it has come to today: « au moins ».
    """

    name: str
    kind: str
    planned: date
    expected: date
    sign: str
    state: str
    slip: str
    days: int | None
    reason: str
    action: str
    """« action 22-1 »; '' where it is the region's or the country's."""


def shown(rows: Sequence[MilestoneRow], today: date) -> list[Shown]:
    return [
        Shown(
            one.name, one.kind.label, one.planned_on, one.expected_on, sign(one, today), state(one, today),
            f"au moins {slip(days)}" if one.is_late(today) else slip(days), days,
            one.said[-1].reason if one.said else "", f"action {one.action}" if one.action else "",
        )
        for one in rows
        for days in [(today - one.planned_on).days if one.is_late(today) else one.slip]
    ]  # fmt: skip


def sign(one: MilestoneRow, today: date) -> str:
    return "▼" if one.is_late(today) else SIGNS[one.state]


def state(one: MilestoneRow, today: date) -> str:
    return LATE if one.is_late(today) else one.state.label


def slip(days: int | None) -> str:
    """« +12 jours », « −3 jours », « à la date prévue »; '' of a milestone that is abandoned."""
    if days is None:
        return ""
    if days == 0:
        return "à la date prévue"
    return f"{'+' if days > 0 else ''}{number(days)}{NARROW}jour{'' if abs(days) < 2 else 's'}"


def spoken(one: Shown) -> str:
    """« Congrès national : prévu le 14/10/2010, atteint le 14/10/2010, à la date prévue »"""
    planned = f"{one.name} : prévu le {short_date(one.planned)}"
    if one.days is None:
        return f"{planned}, {one.state}"
    when = "atteint le" if one.state == MilestoneState.REACHED.label else "attendu le"
    late = f", {LATE}" if one.state == LATE else ""
    return f"{planned}, {when} {short_date(one.expected)}, {one.slip}{late}"
