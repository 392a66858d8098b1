"""Reads of milestones: the day that was planned, and what was said of it since. For everybody who is signed in."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact.actions import ActionKey
from impact.errors import NotFound
from impact.models import Account, Milestone, MilestoneStatement
from impact.rules.milestones import MilestoneRow, Statement
from impact.vocabulary import NATIONAL_CODE, MilestoneKind, MilestoneState

__all__ = ["MilestoneRow", "Statement", "congress", "milestone", "milestones"]

MILESTONE: sa.Table = Milestone.__table__  # type: ignore[attr-defined]
SAID: sa.Table = MilestoneStatement.__table__  # type: ignore[attr-defined]
ACCOUNT: sa.Table = Account.__table__  # type: ignore[attr-defined]


def milestones(session: Session, *, region: str | None = None) -> list[MilestoneRow]:
    """By planned day; region: one's own, 'FR' the country's, None = all. Two statements."""
    wanted = [MILESTONE.c.region_code == region] if region else []
    said: dict[tuple[str, int], list[Statement]] = {}
    for key, one in _statements(session, [SAID.c.region_code == region] if region else []):
        said.setdefault(key, []).append(one)
    query = (
        sa.select(MILESTONE, ACCOUNT.c.name.label("setter"))
        .select_from(MILESTONE.outerjoin(ACCOUNT, ACCOUNT.c.id == MILESTONE.c.set_by))
        .where(*wanted)
        .order_by(MILESTONE.c.planned_on, MILESTONE.c.region_code, MILESTONE.c.number)
    )
    return [
        MilestoneRow(
            row.region_code, row.number, MilestoneKind(row.kind), row.name, row.planned_on,
            ActionKey(row.action_region, row.action_number) if row.action_region else None, row.setter or "",
            tuple(said.get((row.region_code, row.number), ())),
        )
        for row in session.connection().execute(query)
    ]  # fmt: skip


def _statements(session: Session, wanted: list[sa.ColumnElement[bool]]) -> Iterator[tuple[tuple[str, int], Statement]]:
    query = (
        sa.select(SAID, ACCOUNT.c.name.label("speaker"))
        .join(ACCOUNT, ACCOUNT.c.id == SAID.c.said_by)
        .where(*wanted)
        .order_by(SAID.c.number)
    )
    row: Any
    for row in session.connection().execute(query):
        state = MilestoneState(row.state)
        said = Statement(row.number, state, row.forecast_on, row.reason, row.speaker, row.said_on)
        yield (row.region_code, row.milestone_number), said


def milestone(session: Session, region: str, number: int) -> MilestoneRow:
    found = {one.number: one for one in milestones(session, region=region)}
    if number not in found:
        raise NotFound(f"Le jalon n° {number} n’existe pas.")
    return found[number]


def congress(session: Session) -> date | None:
    """The day that was planned for the national Congress, the first one where there are several; None = none is."""
    planned = sa.select(sa.func.min(MILESTONE.c.planned_on)).where(
        MILESTONE.c.region_code == NATIONAL_CODE, MILESTONE.c.kind == MilestoneKind.CONGRESS.value
    )
    found: date | None = session.connection().execute(planned).scalar()
    return found
