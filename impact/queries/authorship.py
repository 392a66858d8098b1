"""Whose figure it is, and what became of its readings: read from history, where every hand on a figure is kept."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact.figures import Cell
from impact.models import Account, History
from impact.proof import FIGURE, READ, REVIEWED, Told, altered, touches
from impact.queries.evidence import USE, VERSION
from impact.workflow import Step

PAST: sa.Table = History.__table__  # type: ignore[attr-defined]
PEOPLE: sa.Table = Account.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Fall:
    """The end of a reading, or of a verification alone, that was not made again since.

    before, after: the grades. reader, read_at: of the reading that ended, or still stands. by, at: who ended it, when.
    changed: names of the facts that another value or other evidence took (proof.READ); empty where somebody took it
    back, with a reason.
    """

    before: int
    after: int
    reader: str
    read_at: datetime
    by: str
    at: datetime
    changed: tuple[str, ...] = ()
    reason: str = ""


@dataclass(slots=True)
class Life:
    """What history tells of one figure. since_validation: accounts that entered or submitted it since its last one."""

    since_validation: set[int | None] = field(default_factory=set)
    told: Told = field(default_factory=Told)
    reader: str = ""
    read_at: datetime | None = None
    fall: Fall | None = None

    def follow(self, row: Any) -> None:
        """One more row of history, with the name of who made it."""
        facts, told = row.after or {}, self.told
        grade, before, verified = told.grade, told.facts, told.verified
        submits = row.action == Step.SUBMIT
        if row.action == Step.VALIDATE:
            self.since_validation.clear()
        elif submits or touches(FIGURE, before, facts):
            self.since_validation.add(row.actor_id)
        was_read, reader = told.read, (before or {}).get("evidence_read_by")
        told.follow(row.actor_id, facts, submits=submits)
        if told.read and not (was_read and facts.get("evidence_read_by") == reader):
            self.reader, self.read_at, self.fall = row.who, row.at, None
        elif told.verified and not verified:
            self.fall = None
        elif grade >= REVIEWED and told.grade < grade and self.read_at:
            changed = tuple(altered(READ, before, facts))
            self.fall = Fall(grade, told.grade, self.reader, self.read_at, row.who, row.at, changed, row.reason)


def lives(session: Session, cells: Collection[Cell]) -> dict[Cell, Life]:
    """Of each cell, with or without history; two statements.

    Who deposited or attached its pieces is among its authors too: they may have done so before the figure was typed.
    """
    found = {cell: Life() for cell in cells}
    asked = (("chain", "region"), ("indicator_code", "indicator"), ("period_code", "period"))
    query = (
        sa.select(
            *(PAST.c[name] for name in ("chain", "indicator_code", "period_code", "action", "actor_id", "at", "after")),
            PAST.c.reason, sa.func.coalesce(PEOPLE.c.name, PAST.c.actor).label("who"),
        )
        .select_from(PAST.outerjoin(PEOPLE, PEOPLE.c.id == PAST.c.actor_id))
        .where(*(PAST.c[column].in_(sorted({getattr(cell, name) for cell in cells})) for column, name in asked))
        .order_by(PAST.c.chain, PAST.c.seq)
    )  # fmt: skip
    for row in session.connection().execute(query) if cells else ():
        if life := found.get(Cell(row.chain, row.indicator_code, row.period_code)):
            life.follow(row)
    for cell, account in _depositors(session, found):
        found[cell].told.authors.add(account)
    return found


def _depositors(session: Session, cells: Collection[Cell]) -> list[tuple[Cell, int]]:
    """Whoever attached a piece that one of these cells has, or gave it one of its contents."""
    if not cells:
        return []
    same = (USE.c.region_code == VERSION.c.region_code) & (USE.c.evidence_number == VERSION.c.evidence_number)
    query = (
        sa.select(USE.c.region_code, USE.c.indicator_code, USE.c.period_code, USE.c.attached_by, VERSION.c.added_by)
        .join(VERSION, same)
        .where(
            USE.c.region_code.in_(sorted({cell.region for cell in cells})),
            USE.c.indicator_code.in_(sorted({cell.indicator for cell in cells})),
            USE.c.period_code.in_(sorted({cell.period for cell in cells})),
        )
    )
    rows = session.connection().execute(query)
    return [
        (cell, account)
        for *names, attached_by, added_by in rows
        if (cell := Cell(*names)) in cells
        for account in (attached_by, added_by)
    ]


def authors_since_validation(session: Session, cells: Collection[Cell]) -> dict[Cell, set[int | None]]:
    """Accounts that entered or submitted each cell since its last validation; none of them may validate it."""
    return {cell: life.since_validation for cell, life in lives(session, cells).items()}


def authors_ever(session: Session, cells: Collection[Cell]) -> dict[Cell, set[int | None]]:
    """Accounts whose value, evidence (a piece that it has included) or submission each cell ever was; none of them may
    be the reader of its evidence.

    Of all times: what a figure says may come from before its last validation.
    """
    return {cell: life.told.authors for cell, life in lives(session, cells).items()}
