"""Stored entries with everything that a person reads beside them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact import rules
from impact.errors import Problem
from impact.figures import Cell, CellEntry, Definition, Pair, shown_value
from impact.models import Account, Breakdown, Entry
from impact.permissions import Scope
from impact.queries.book import Book
from impact.queries.figures import TABLE, narrowed, visible
from impact.rules import EntryDraft
from impact.vocabulary import Answer, Status


@dataclass(frozen=True, slots=True)
class EntryView:
    """One stored entry; people are their names. pair: scaled figures. breakdowns: by (axis, category)."""

    region: str
    indicator: str
    period: str
    definition_version: int
    answer: Answer
    status: Status
    pair: Pair | None
    reason: str
    source: str
    method: str
    method_family: str
    population: str
    coverage_start: date
    coverage_end: date
    evidence_link: str
    comment: str
    reliability: int
    evidence_read: bool
    entered_by: str
    entered_at: datetime
    submitted_by: str
    submitted_at: datetime | None
    first_submitted_on: date | None
    review_started_by: str
    review_note: str
    editable_late: bool
    validated_by: str
    validated_at: datetime | None
    version: int
    breakdowns: dict[tuple[str, str], Pair] = field(default_factory=dict)

    @property
    def cell(self) -> Cell:
        return Cell(self.region, self.indicator, self.period)

    def value(self, definition: Definition) -> Fraction | None:
        return shown_value(definition.measure, self.pair) if self.pair else None

    def as_draft(self) -> EntryDraft:
        """The draft that would store this entry again."""
        return EntryDraft(
            *self.cell, answer=self.answer, pair=self.pair, reason=self.reason, source=self.source,
            method=self.method, method_family=self.method_family, population=self.population,
            evidence_link=self.evidence_link, comment=self.comment, coverage_start=self.coverage_start,
            coverage_end=self.coverage_end, breakdowns=self.breakdowns, seen_version=self.version,
        )  # fmt: skip

    def as_cell_entry(self) -> CellEntry:
        return CellEntry(
            self.region, self.indicator, self.period, self.answer, self.status, self.pair, self.reliability,
            self.definition_version, self.first_submitted_on,
        )  # fmt: skip


def entry_views(
    session: Session,
    scope: Scope,
    *,
    regions: Collection[str] | None = None,
    indicators: Collection[str] | None = None,
    periods: Collection[str] | None = None,
    statuses: Collection[Status] | None = None,
) -> dict[Cell, EntryView]:
    """Visible entries by cell, with their breakdowns and the names of people."""
    query = narrowed(sa.select(Entry).where(visible(scope)), regions, indicators, periods, statuses)
    entries = list(session.execute(query).scalars())
    people = _names(session, entries)
    parts = _breakdowns(session, scope, regions, indicators, periods, statuses)
    return {view.cell: view for view in (_view(entry, people, parts) for entry in entries)}


def entry_view(session: Session, scope: Scope, cell: Cell) -> EntryView | None:
    found = entry_views(session, scope, regions=[cell.region], indicators=[cell.indicator], periods=[cell.period])
    return found.get(cell)


def _names(session: Session, entries: Iterable[Entry]) -> dict[int | None, str]:
    wanted = {
        person
        for entry in entries
        for person in (entry.entered_by, entry.submitted_by, entry.validated_by, entry.review_started_by)
        if person is not None
    }
    table: sa.Table = Account.__table__  # type: ignore[attr-defined]
    rows = session.connection().execute(sa.select(table.c.id, table.c.name).where(table.c.id.in_(wanted)))
    return {None: "", **{row.id: row.name for row in rows}}


def _breakdowns(session: Session, scope: Scope, *filters: Any) -> dict[Cell, dict[tuple[str, str], Pair]]:
    table: sa.Table = Breakdown.__table__  # type: ignore[attr-defined]
    same_cell = sa.and_(*(table.c[name] == TABLE.c[name] for name in ("region_code", "indicator_code", "period_code")))
    query = narrowed(sa.select(table).join(TABLE, same_cell).where(visible(scope)), *filters)
    parts: dict[Cell, dict[tuple[str, str], Pair]] = {}
    for row in session.connection().execute(query):
        cell = Cell(row.region_code, row.indicator_code, row.period_code)
        parts.setdefault(cell, {})[row.axis_code, row.category_code] = Pair(row.numerator, row.denominator)
    return parts


def _view(entry: Entry, people: dict[int | None, str], parts: dict[Cell, dict[tuple[str, str], Pair]]) -> EntryView:
    cell = Cell(entry.region_code, entry.indicator_code, entry.period_code)
    return EntryView(
        *cell,
        definition_version=entry.indicator_version,
        answer=Answer(entry.answer),
        status=Status(entry.status),
        pair=None if entry.numerator is None else Pair(entry.numerator, entry.denominator),
        reason=entry.reason,
        source=entry.source,
        method=entry.method,
        method_family=entry.method_family,
        population=entry.population,
        coverage_start=entry.coverage_start,
        coverage_end=entry.coverage_end,
        evidence_link=entry.evidence_link,
        comment=entry.comment,
        reliability=entry.reliability,
        evidence_read=entry.evidence_read_by is not None,
        entered_by=people[entry.entered_by],
        entered_at=entry.entered_at,
        submitted_by=people[entry.submitted_by],
        submitted_at=entry.submitted_at,
        first_submitted_on=entry.first_submitted_on,
        review_started_by=people[entry.review_started_by],
        review_note=entry.review_note,
        editable_late=entry.editable_late,
        validated_by=people[entry.validated_by],
        validated_at=entry.validated_at,
        version=entry.version,
        breakdowns=parts.get(cell, {}),
    )


@dataclass(frozen=True, slots=True)
class Past:
    """A region's own earlier values of an indicator, as plausibility asks for them (measurement.md, section 9)."""

    previous: Fraction | None
    """Value of the period just before, submitted or validated."""
    earlier: tuple[Fraction, ...]
    """Values of every earlier period of the same frequency, oldest first."""

    def warnings(self, definition: Definition, value: Fraction | None) -> list[Problem]:
        """What is surprising in a value after these; nothing where there is no value."""
        return [] if value is None else rules.warnings(definition, value, self.previous, self.earlier)


def pasts(session: Session, book: Book, cells: Collection[Cell]) -> dict[Cell, Past]:
    """What came before each cell, submitted or validated, whatever the reader's scope: only warnings use it."""
    query = narrowed(
        sa.select(
            TABLE.c.region_code, TABLE.c.indicator_code, TABLE.c.period_code, TABLE.c.numerator, TABLE.c.denominator
        ).where(TABLE.c.numerator.is_not(None)),
        {cell.region for cell in cells}, {cell.indicator for cell in cells}, None,
        [Status.SUBMITTED, Status.VALIDATED],
    )  # fmt: skip
    values: dict[tuple[str, str], list[tuple[Any, Fraction]]] = {}
    for region, indicator, period, numerator, denominator in session.connection().execute(query):
        value = shown_value(book.definition(indicator).measure, Pair(numerator, denominator))
        if value is not None:
            values.setdefault((region, indicator), []).append((book.period(period), value))
    return {cell: _past(book, cell, values.get((cell.region, cell.indicator), [])) for cell in cells}


def _past(book: Book, cell: Cell, values: list[tuple[Any, Fraction]]) -> Past:
    period = book.period(cell.period)
    before = sorted((other, value) for other, value in values if other < period and other.frequency == period.frequency)
    just_before = book.period_before(period)
    previous = next((value for other, value in before if just_before and other.code == just_before.code), None)
    return Past(previous, tuple(value for _, value in before))
