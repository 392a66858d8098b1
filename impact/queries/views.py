"""Stored entries with everything that a person reads beside them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

import sqlalchemy as sa
from sqlmodel import Session

from impact import rules
from impact.errors import Problem
from impact.figures import SCALE, Cell, CellEntry, Definition, Pair, Period, shown_value
from impact.formats import SMALL_NUMBER, n_of_n
from impact.models import Account, Entry
from impact.permissions import Scope
from impact.queries.book import Book
from impact.queries.breakdowns import breakdowns
from impact.queries.figures import TABLE, narrowed, visible
from impact.rules import EntryDraft
from impact.vocabulary import Answer, Measure, Status


@dataclass(frozen=True, slots=True)
class EntryView:
    """One stored entry; people are their names. pair: scaled figures. breakdowns: by (axis, category).

    evidence: its pieces and their versions, as Entry.evidence. verified_on: None where no third party verified it.
    """

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
    evidence: str
    evidence_checked: str
    evidence_read_by: str
    evidence_read_at: datetime | None
    verifier: str
    verifier_organisation: str
    verified_on: date | None
    verification_report: int | None
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
    parts = breakdowns(session, scope, regions=regions, indicators=indicators, periods=periods, statuses=statuses)
    return {view.cell: view for view in (_view(entry, people, parts) for entry in entries)}


def entry_view(session: Session, scope: Scope, cell: Cell) -> EntryView | None:
    found = entry_views(session, scope, regions=[cell.region], indicators=[cell.indicator], periods=[cell.period])
    return found.get(cell)


def _names(session: Session, entries: Iterable[Entry]) -> dict[int | None, str]:
    wanted = {
        person
        for entry in entries
        for person in (
            entry.entered_by,
            entry.submitted_by,
            entry.validated_by,
            entry.review_started_by,
            entry.evidence_read_by,
        )
        if person is not None
    }
    table: sa.Table = Account.__table__  # type: ignore[attr-defined]
    rows = session.connection().execute(sa.select(table.c.id, table.c.name).where(table.c.id.in_(wanted)))
    return {None: "", **{row.id: row.name for row in rows}}


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
        evidence=entry.evidence,
        evidence_checked=entry.evidence_checked,
        evidence_read_by=people[entry.evidence_read_by],
        evidence_read_at=entry.evidence_read_at,
        verifier=entry.verifier,
        verifier_organisation=entry.verifier_organisation,
        verified_on=entry.verified_on,
        verification_report=entry.verification_report,
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
class PastFigure:
    """What a region said of an earlier period, submitted or validated."""

    period: Period
    answer: Answer
    status: Status
    pair: Pair | None
    reason: str
    reliability: int
    definition_version: int
    coverage_end: date

    def value(self, definition: Definition) -> Fraction | None:
        """None too where it follows another version of the definition: the series is broken, nothing compares."""
        same = self.definition_version == definition.version
        return shown_value(definition.measure, self.pair) if self.pair and same else None


@dataclass(frozen=True, slots=True)
class Past:
    """What a region said of an indicator before a period, as plausibility asks for it."""

    before: Period | None
    """The period just before, of the same frequency; None at the very first."""
    figures: tuple[PastFigure, ...]
    """Of every earlier period of the same frequency, oldest first."""

    @property
    def previous(self) -> PastFigure | None:
        """That of the period just before."""
        return next((one for one in reversed(self.figures) if one.period == self.before), None)

    def previous_value(self, definition: Definition) -> Fraction | None:
        return self.previous.value(definition) if self.previous else None

    def values(self, definition: Definition) -> list[tuple[Period, Fraction]]:
        """Every earlier value, oldest first."""
        known = ((one.period, one.value(definition)) for one in self.figures)
        return [(period, value) for period, value in known if value is not None]

    def warnings(self, definition: Definition, pair: Pair | None) -> list[Problem]:
        """What is surprising in a figure after these; nothing where there is no value."""
        value = shown_value(definition.measure, pair) if pair else None
        if value is None:
            return []
        before, previous = self.previous, self.previous_value(definition)
        return rules.warnings(
            definition, value, previous, [one for _, one in self.values(definition)],
            before=before.period.short if before else "", shown=_small(definition, pair),
            previous_shown=_small(definition, before.pair if before else None),
        )  # fmt: skip


def _small(definition: Definition, pair: Pair | None) -> str:
    """« 3 sur 7 » where a percentage of so few would not be shown; else nothing."""
    few = pair is not None and definition.measure is Measure.RATIO and (pair.denominator or 0) < SMALL_NUMBER * SCALE
    return n_of_n(pair) if few and pair else ""


_PAST = (
    TABLE.c.region_code, TABLE.c.indicator_code, TABLE.c.period_code, TABLE.c.answer, TABLE.c.status, TABLE.c.numerator,
    TABLE.c.denominator, TABLE.c.reason, TABLE.c.reliability, TABLE.c.indicator_version, TABLE.c.coverage_end,
)  # fmt: skip


def pasts(session: Session, book: Book, cells: Collection[Cell]) -> dict[Cell, Past]:
    """What came before each cell, submitted or validated, whatever the reader's scope: who may enter or review a
    cell may know its region's own history."""
    query = narrowed(
        sa.select(*_PAST), {cell.region for cell in cells}, {cell.indicator for cell in cells}, None,
        [Status.SUBMITTED, Status.VALIDATED],
    )  # fmt: skip
    known: dict[tuple[str, str], list[PastFigure]] = {}
    for row in session.connection().execute(query):
        figure = PastFigure(
            book.period(row.period_code), Answer(row.answer), Status(row.status),
            None if row.numerator is None else Pair(row.numerator, row.denominator), row.reason, row.reliability,
            row.indicator_version, row.coverage_end,
        )  # fmt: skip
        known.setdefault((row.region_code, row.indicator_code), []).append(figure)
    return {cell: _past(book, cell, known.get((cell.region, cell.indicator), [])) for cell in cells}


def _past(book: Book, cell: Cell, figures: list[PastFigure]) -> Past:
    period = book.period(cell.period)
    before = [one for one in figures if one.period < period and one.period.frequency == period.frequency]
    return Past(book.period_before(period), tuple(sorted(before, key=lambda one: one.period)))
