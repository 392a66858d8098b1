"""National meetings and their decisions on their way to a file: as many rows as were held, read whole."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact.exports import ExportRequest
from impact.exports.columns import Cells
from impact.models import (
    Decision,
    DecisionStep,
    Lesson,
    Meeting,
    MeetingDocument,
    MeetingParticipant,
    Milestone,
    MilestoneStatement,
)
from impact.queries.exported_actions import expected
from impact.vocabulary import DecisionState, MilestoneState

MEETING: sa.Table = Meeting.__table__  # type: ignore[attr-defined]
CAME: sa.Table = MeetingParticipant.__table__  # type: ignore[attr-defined]
PAPER: sa.Table = MeetingDocument.__table__  # type: ignore[attr-defined]
LESSON: sa.Table = Lesson.__table__  # type: ignore[attr-defined]
DECISION: sa.Table = Decision.__table__  # type: ignore[attr-defined]
STEP: sa.Table = DecisionStep.__table__  # type: ignore[attr-defined]
MILESTONE: sa.Table = Milestone.__table__  # type: ignore[attr-defined]
SAID: sa.Table = MilestoneStatement.__table__  # type: ignore[attr-defined]


def meeting_cells(session: Session, request: ExportRequest) -> Iterator[Cells]:
    """Meetings of the days and chantiers asked for, in which a region asked for came or was concerned."""
    came = _regions(session)
    papers, lessons = _counted(session, PAPER), _counted(session, LESSON)
    decisions = Counter(one.meeting_number for one in _decisions(session))
    for meeting, planned, state, forecast in _asked_for(session, request):
        number = meeting.number
        yield (
            number, meeting.theme, " ".join(meeting.chantiers), planned, state, forecast, meeting.place,
            " ".join(sorted(came.get(number, ()))), papers[number], lessons[number], decisions[number],
        )  # fmt: skip


def decision_cells(session: Session, request: ExportRequest) -> Iterator[Cells]:
    """Decisions of the meetings asked for, that concern a region asked for."""
    meetings = {meeting.number for meeting, *_ in _asked_for(session, request)}
    last = {
        (one.meeting_number, one.decision_number): one
        for one in session.connection().execute(sa.select(STEP).order_by(STEP.c.number))
    }
    for one in _decisions(session):
        if one.meeting_number not in meetings or not (not request.regions or set(request.regions) & _concerned(one)):
            continue
        step = last.get((one.meeting_number, one.number))
        yield (
            one.meeting_number, one.number, one.kind, one.statement, one.reason, one.taken_on, one.owner,
            one.owner_region, one.due_on, step.state if step else DecisionState.TAKEN,
            step.outcome if step else None, step.succeeded if step else None, one.action_region, one.action_number,
            one.host_region, one.host_action, one.adaptation, one.agreement_on, one.indicator_code,
            one.snapshot_number,
        )  # fmt: skip


def _decisions(session: Session) -> list[Any]:
    query = sa.select(DECISION).order_by(DECISION.c.meeting_number, DECISION.c.number)
    return list(session.connection().execute(query))


def _concerned(decision: Any) -> set[str]:
    return {decision.owner_region, decision.action_region, decision.host_region} - {None}


def _regions(session: Session) -> Mapping[int, set[str]]:
    """Of those who came, by meeting."""
    found: dict[int, set[str]] = {}
    for number, region in session.connection().execute(sa.select(CAME.c.meeting_number, CAME.c.region_code)):
        if region:
            found.setdefault(number, set()).add(region)
    return found


def _counted(session: Session, table: sa.Table) -> Counter[int]:
    """How many there are of each meeting, but for those withdrawn."""
    query = sa.select(table.c.meeting_number).where(table.c.withdrawn_at.is_(None))
    return Counter(session.connection().execute(query).scalars())


def _asked_for(session: Session, request: ExportRequest) -> Iterator[tuple[Any, Any, str, Any]]:
    """Each with its planned day, its state and the day that it is expected, or was held."""
    concerned = dict(_regions(session))
    for one in _decisions(session):
        concerned[one.meeting_number] = concerned.get(one.meeting_number, set()) | _concerned(one)
    last = {
        (one.region_code, one.milestone_number): one
        for one in session.connection().execute(sa.select(SAID).order_by(SAID.c.number))
    }
    held = (MEETING.c.milestone_region == MILESTONE.c.region_code) & (MEETING.c.milestone_number == MILESTONE.c.number)
    query = sa.select(MEETING, MILESTONE.c.planned_on).join(MILESTONE, held).order_by(MEETING.c.number)
    for one in session.connection().execute(query):
        said = last.get((one.milestone_region, one.milestone_number))
        forecast, state = (said.forecast_on, said.state) if said else (one.planned_on, MilestoneState.PLANNED)
        if (
            expected(forecast, request)
            and (not request.chantiers or set(request.chantiers) & set(one.chantiers))
            and (not request.regions or set(request.regions) & concerned.get(one.number, set()))
        ):
            yield one, one.planned_on, state, forecast
