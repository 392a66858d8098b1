"""Which plans the country's view counts, and their money as a drawing: read once for a key."""

from collections.abc import Mapping
from dataclasses import dataclass

from impact.actions import ActionKey, Plan
from impact.charts.palette import Mode
from impact.formats import capital
from impact.presentation.actions import money
from impact.queries.actions import ActionRow
from impact.ui import filters
from impact.ui.drawings import Drawing, drawing
from impact.ui.kept import kept
from impact.ui.plan.known import every
from impact.ui.reads import Key, calendar
from impact.vocabulary import FundingState, Status

LAST_VALIDATED = "derniere_validee"
"""Each action in the version that was validated last, whatever is being prepared since."""


@dataclass(frozen=True, slots=True)
class Shown:
    """plan: the one that counts here. status: of that version."""

    row: ActionRow
    plan: Plan
    status: Status


@kept(32)
def selected(key: Key, chantier: str, which: str) -> tuple[Shown, ...]:
    """Of the actions that are not withdrawn, by region and number. chantier: '' = all.

    which: a status of the plan in force, filters.ALL, or LAST_VALIDATED, which is all that whoever does not read
    everything is shown: the same figures for everybody.
    """
    last = which == LAST_VALIDATED or key.own is not None
    found = []
    for row in every(key):
        plan = row.validated if last else row.plan
        status = Status.VALIDATED if last else row.status
        if row.is_withdrawn or plan is None or which not in (filters.ALL, LAST_VALIDATED, status):
            continue
        if chantier in ("", plan.identity.chantier):
            found.append(Shown(row, plan, status))
    return tuple(found)


def plans(shown: tuple[Shown, ...]) -> Mapping[ActionKey, Plan]:
    return {one.row.key: one.plan for one in shown}


@kept(32)
def funded(key: Key, chantier: str, which: str, status: FundingState, in_kind: bool, mode: Mode) -> Drawing | None:
    """The bars of the regions; None where nobody says anything of it."""
    from impact.charts.funding import funding, funding_alt, funding_data

    rows, names = regions_money(key, chantier, which, status, in_kind), calendar(key).region_names
    if all(one.amount is None for one in rows):
        return None
    frame = money.frame(rows, names, status)
    title = f"{capital(kind(in_kind))}, {status.label}, en € : par région"
    return drawing(title, funding(frame, mode), funding_data(frame), funding_alt(frame, title))


def regions_money(key: Key, chantier: str, which: str, status: FundingState, in_kind: bool) -> list[money.RegionMoney]:
    held = plans(selected(key, chantier, which))
    return money.by_region(held, status, calendar(key).region_names, in_kind=in_kind)


def kind(in_kind: bool) -> str:
    return "apports en nature, à leur valeur déclarée" if in_kind else "argent"
