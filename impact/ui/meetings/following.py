"""The national follow-up: every decision of every meeting, by kind and state, and as a file of what is shown."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from impact.formats import capital, counted, short_date
from impact.presentation.meetings import LATE, state_text
from impact.queries.decisions import DecisionRow
from impact.queries.meetings import MeetingRow
from impact.ui import charting, filters, page
from impact.ui.meetings.decisions import table
from impact.ui.meetings.known import FOLLOWING, SCREEN, Known
from impact.vocabulary import DecisionKind, DecisionState

if TYPE_CHECKING:
    import pandas as pd

OVERDUE = "en_retard"
FILE = (
    "rencontre", "theme", "decision", "nature", "texte_decision", "motif", "responsable", "region_responsable",
    "echeance", "etat", "en_retard", "suite", "action_source", "region_hote", "action_hote",
)  # fmt: skip


def draw(held: Sequence[DecisionRow], meetings: Iterable[MeetingRow], known: Known) -> None:
    if not held:
        page.empty("Aucune décision n’est encore prise : celles de toutes les rencontres seront suivies ici.")
        return
    with filters.grid(2):
        kind = filters.one(SCREEN, "nature", "Nature", "la nature", _kinds())
        state = filters.one(SCREEN, "etat", "État", "l’état", _states())
    shown = [one for one in held if kind in (filters.ALL, one.kind) and _is_in(one, state)]
    page.note(_told(shown, held))
    if not shown:
        page.empty("Aucune décision ne répond à ces filtres : effacez-en un.")
        return
    ordered = sorted(shown, key=lambda one: (not one.is_late, one.due, one.meeting, one.number))
    page.html(table(ordered, known, "Suivi des décisions"))
    themes = {one.number: one.said.theme for one in meetings}
    charting.as_file(_file(ordered, themes, known), FOLLOWING)


def _kinds() -> dict[str, str]:
    return {filters.ALL: "Toutes", **{one.value: capital(one.label) for one in DecisionKind}}


def _states() -> dict[str, str]:
    states = {one.value: capital(one.label) for one in DecisionState}
    return {filters.ALL: "Tous", OVERDUE: capital(LATE), **states}


def _is_in(one: DecisionRow, state: str) -> bool:
    return state in (filters.ALL, one.state) or (state == OVERDUE and one.is_late)


def _told(shown: Sequence[DecisionRow], held: Sequence[DecisionRow]) -> str:
    """« 3 décisions sur 5 : 1 prise, 2 réalisées ; 1 en retard. »"""
    states = [
        counted(many, state.label)
        for state in DecisionState
        if (many := sum(one.state is state for one in shown))
    ]  # fmt: skip
    overdue = sum(one.is_late for one in shown)
    late = f" ; {overdue} {LATE}" if overdue else ""
    parts = f" : {', '.join(states)}{late}" if states else ""
    return f"{counted(len(shown), 'décision')} sur {len(held)}{parts}."


def _file(rows: Iterable[DecisionRow], themes: Mapping[int, str], known: Known) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(
        [
            (
                one.meeting, themes.get(one.meeting, ""), one.name, one.kind.label, one.statement, one.reason,
                one.owner, known.regions.get(one.owner_region, ""), short_date(one.due),
                state_text(one.state, one.steps[-1].succeeded if one.steps else None),
                "oui" if one.is_late else "non", one.outcome, str(one.action or ""),
                known.regions.get(one.host_region, ""), str(one.host or ""),
            )
            for one in rows
        ],
        columns=list(FILE),
    )  # fmt: skip
