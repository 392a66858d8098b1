"""Reads of milestones: the day that was planned, and what was said of it since. For everybody who is signed in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact.actions import ActionKey
from impact.errors import NotFound
from impact.models import Account, Milestone, MilestoneStatement
from impact.vocabulary import NATIONAL_CODE, MilestoneKind, MilestoneState

MILESTONE: sa.Table = Milestone.__table__  # type: ignore[attr-defined]
SAID: sa.Table = MilestoneStatement.__table__  # type: ignore[attr-defined]
ACCOUNT: sa.Table = Account.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Statement:
    """said_on: the day as the product takes it; by: a person's name."""

    number: int
    state: MilestoneState
    forecast_on: date
    reason: str
    by: str
    said_on: date


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """region: a code, or 'FR'. set_by: a name, '' where it came with data/milestones.csv. said: oldest first."""

    region: str
    number: int
    kind: MilestoneKind
    name: str
    planned_on: date
    action: ActionKey | None
    set_by: str
    said: tuple[Statement, ...] = ()

    @property
    def state(self) -> MilestoneState:
        return self.said[-1].state if self.said else MilestoneState.PLANNED

    @property
    def expected_on(self) -> date:
        """When it is expected now, or was reached; of one that is abandoned, what was expected last."""
        return self.said[-1].forecast_on if self.said else self.planned_on

    @property
    def seen_number(self) -> int:
        """Of the last statement, 0 = none."""
        return self.said[-1].number if self.said else 0

    @property
    def slip(self) -> int | None:
        """Days from the planned day to the expected one, negative when early; None of one that is abandoned."""
        return None if self.state is MilestoneState.ABANDONED else (self.expected_on - self.planned_on).days

    def is_late(self, today: date) -> bool:
        """Expected on a day that has passed, and not said to be reached."""
        return self.state is MilestoneState.PLANNED and self.expected_on < today


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
