"""National meetings and their decisions on their way to a file: as many rows as were held, read whole."""

from collections.abc import Iterator

from sqlmodel import Session

from impact.exports import ExportRequest
from impact.exports.columns import Cells
from impact.queries.decisions import DecisionRow, decisions
from impact.queries.exported_actions import expected
from impact.queries.meetings import MeetingRow, meetings


def meeting_cells(session: Session, request: ExportRequest) -> Iterator[Cells]:
    """Meetings of the days and chantiers asked for, where a region asked for came, or that decided something of it.

    Documents and lessons that were withdrawn are not counted.
    """
    taken = decisions(session)
    for one in _asked_for(session, request, taken):
        yield (
            one.number, one.said.theme, " ".join(one.said.chantiers), one.milestone.planned_on, one.milestone.state,
            one.said.day, one.said.place, " ".join(sorted(one.regions)),
            sum(not paper.is_withdrawn for paper in one.documents), sum(not it.is_withdrawn for it in one.lessons),
            sum(decision.meeting == one.number for decision in taken),
        )  # fmt: skip


def decision_cells(session: Session, request: ExportRequest) -> Iterator[Cells]:
    """Decisions of the meetings asked for, that concern a region asked for."""
    taken = decisions(session)
    held = {one.number for one in _asked_for(session, request, taken)}
    for one in taken:
        if one.meeting in held and _concerns(_regions(one), request):
            last = one.steps[-1] if one.steps else None
            yield (
                one.meeting, one.number, one.kind, one.statement, one.reason, one.taken_on, one.owner,
                one.owner_region, one.due, one.state, one.outcome, last.succeeded if last else None,
                *(one.action or (None, None)), one.host_region, one.host.number if one.host else None, one.adaptation,
                one.agreement[0] if one.agreement else None, one.indicator, one.snapshot,
            )  # fmt: skip


def _asked_for(session: Session, request: ExportRequest, taken: list[DecisionRow]) -> list[MeetingRow]:
    concerned: dict[int, set[str]] = {}
    for decision in taken:
        concerned.setdefault(decision.meeting, set()).update(_regions(decision))
    return [
        one
        for one in meetings(session)
        if expected(one.said.day, request)
        and (not request.chantiers or set(request.chantiers) & set(one.said.chantiers))
        and _concerns({*one.regions, *concerned.get(one.number, ())}, request)
    ]


def _concerns(regions: set[str], request: ExportRequest) -> bool:
    return not request.regions or bool(regions & set(request.regions))


def _regions(decision: DecisionRow) -> set[str]:
    """Of its owner, of the action that it is about, and of the one that it prepares."""
    return {decision.owner_region, decision.action.region if decision.action else "", decision.host_region} - {""}
