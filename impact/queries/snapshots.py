"""Reads of snapshots: what was frozen, never computed again, and what has changed since, figure by figure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact.confrontation import Comparison, definition_of, entries, read
from impact.errors import NotFound
from impact.figures import Cell, CellEntry, Definition
from impact.formats import figure
from impact.models import Account, History
from impact.models import Snapshot as SnapshotTable
from impact.permissions import Scope
from impact.queries.book import Book
from impact.queries.figures import cell_entries
from impact.vocabulary import Answer, SnapshotKind
from impact.workflow import Step

SNAPSHOT: sa.Table = SnapshotTable.__table__  # type: ignore[attr-defined]
PAST: sa.Table = History.__table__  # type: ignore[attr-defined]
ACCOUNT: sa.Table = Account.__table__  # type: ignore[attr-defined]

EVERYBODY = Scope(frozenset())
"""A snapshot is for everybody: it holds validated figures and validated plans alone."""
BETWEEN = ("submit", "take_back", "begin_review", "return")
"""Acts between a region and the national office, before a figure is everybody's."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """asked: what was chosen (actions, window). content: as it was frozen; sha256: of its canonical text."""

    number: int
    kind: SnapshotKind
    title: str
    meeting: int | None
    asked: Mapping[str, Any]
    content: Mapping[str, Any]
    sha256: str
    data_version: int
    taken_by: str
    taken_at: datetime
    taken_on: date

    @property
    def comparison(self) -> Comparison:
        """As it stood: what is shown of it, whenever it is shown."""
        return read(self.content)


@dataclass(frozen=True, slots=True)
class Act:
    """What was done to a figure since: action as history names it (« reopen », « save », « validate »)."""

    action: str
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """before: as it was frozen, None where there was no validated figure; after: the validated one of today, None where
    there is none any more. definition: that before follows; definition_now: that after does. acts: oldest first.
    """

    cell: Cell
    before: CellEntry | None
    after: CellEntry | None
    definition: Definition
    definition_now: Definition
    acts: tuple[Act, ...]

    @property
    def then(self) -> str:
        """« 12 », « non disponible », « – » where there was none."""
        return _told(self.definition, self.before)

    @property
    def now(self) -> str:
        return _told(self.definition_now, self.after)

    @property
    def reason(self) -> str:
        """The last one that was given."""
        return next((one.reason for one in reversed(self.acts) if one.reason), "")


def snapshots(session: Session, meeting: int | None = None) -> list[Snapshot]:
    """Those of a meeting, or all (None); by number."""
    return _rows(session, [] if meeting is None else [SNAPSHOT.c.meeting_number == meeting])


def snapshot(session: Session, number: int) -> Snapshot:
    found = _rows(session, [SNAPSHOT.c.number == number])
    if not found:
        raise NotFound(f"La confrontation n° {number} n’existe pas.")
    return found[0]


def since(session: Session, number: int) -> list[Change]:
    """Figures that are not today what they were when the snapshot was taken, by cell, with the acts that changed them.

    What is not validated today is nobody's to read but its region's: such a figure is told as not there.
    """
    held = snapshot(session, number)
    book, comparison = Book(session), held.comparison
    then, now = entries(held.content), _now(book, comparison)
    changed = [cell for cell in sorted(then.keys() | now.keys()) if _facts(then.get(cell)) != _facts(now.get(cell))]
    acts = _acts(session, held.content["heads"], changed, now)
    return [
        Change(
            cell, before, after, _definition(held, book, cell, before), _definition_now(book, cell, after),
            tuple(acts.get(cell, ())),
        )
        for cell in changed
        for before, after in [(then.get(cell), now.get(cell))]
    ]  # fmt: skip


def _rows(session: Session, wanted: Sequence[sa.ColumnElement[bool]]) -> list[Snapshot]:
    query = (
        sa.select(SNAPSHOT, ACCOUNT.c.name.label("taker"))
        .join(ACCOUNT, ACCOUNT.c.id == SNAPSHOT.c.taken_by)
        .where(*wanted)
        .order_by(SNAPSHOT.c.number)
    )
    return [
        Snapshot(
            row.number, SnapshotKind(row.kind), row.title, row.meeting_number, row.asked, row.content, row.sha256,
            row.data_version, row.taker, row.taken_at, row.taken_on,
        )
        for row in session.connection().execute(query)
    ]  # fmt: skip


def _now(book: Book, comparison: Comparison) -> dict[Cell, CellEntry]:
    """Validated figures of today, of the same regions, indicators and window."""
    wanted = {(key.region, line.definition.code) for line in comparison.lines for key in line.figures}
    periods = [code for code, one in book.periods.items() if comparison.start <= one.end <= comparison.end]
    found = cell_entries(
        book.session, EVERYBODY, regions={region for region, _ in wanted}, indicators={code for _, code in wanted},
        periods=periods,
    )  # fmt: skip
    return {cell: entry for cell, entry in found.items() if (cell.region, cell.indicator) in wanted}


def _facts(entry: CellEntry | None) -> tuple[Any, ...] | None:
    """What makes a figure another one."""
    return (entry.version, entry.answer, entry.pair, entry.reliability) if entry else None


def _definition(held: Snapshot, book: Book, cell: Cell, entry: CellEntry | None) -> Definition:
    """As it was frozen where the snapshot has it: a figure left out of a total may follow another version."""
    facts = held.content["definitions"].get(f"{cell.indicator}/{entry.version}") if entry else None
    return definition_of(facts) if facts else _definition_now(book, cell, entry)


def _definition_now(book: Book, cell: Cell, entry: CellEntry | None) -> Definition:
    return book.definition_of(cell.indicator, entry.version) if entry else book.definition(cell.indicator)


def _told(definition: Definition, entry: CellEntry | None) -> str:
    if entry is None or entry.answer is Answer.VALUE:
        return figure(definition, entry.pair if entry else None)
    return entry.answer.label


def _acts(
    session: Session, heads: Mapping[str, int], cells: Iterable[Cell], now: Collection[Cell]
) -> dict[Cell, list[Act]]:
    """What history has of some cells after the rows that the snapshot knew of, oldest first; of one that is not
    validated any more, up to its last reopening: what its region does with it since is its own business.
    """
    wanted = set(cells)
    query = (
        sa.select(PAST, ACCOUNT.c.name)
        .outerjoin(ACCOUNT, ACCOUNT.c.id == PAST.c.actor_id)
        .where(PAST.c.chain.in_({cell.region for cell in wanted}))
        .where(PAST.c.indicator_code.in_({cell.indicator for cell in wanted}))
        .where(PAST.c.period_code.in_({cell.period for cell in wanted}))
        .where(PAST.c.action.not_in(BETWEEN))
        .order_by(PAST.c.chain, PAST.c.seq)
    )
    found: dict[Cell, list[Act]] = {}
    for row in session.connection().execute(query):
        cell = Cell(row.chain, row.indicator_code, row.period_code)
        if cell in wanted and row.seq > heads.get(row.chain, 0):
            found.setdefault(cell, []).append(Act(row.action, row.at, row.name or row.actor, row.reason))
    return {cell: acts if cell in now else _up_to_its_reopening(acts) for cell, acts in found.items()}


def _up_to_its_reopening(acts: list[Act]) -> list[Act]:
    """The last one: a figure may have been corrected and reopened again, and that one says why it is not there."""
    reopened = [place for place, one in enumerate(acts) if one.action == Step.REOPEN]
    return acts[: reopened[-1] + 1] if reopened else acts
