"""The sheet that a region fills: one region, one chantier, one period, every indicator of that frequency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from impact.aggregation import cell_state
from impact.errors import Problem
from impact.figures import Cell, CellEntry, Definition, Period, Target
from impact.permissions import EVERYTHING, Actor, readable
from impact.queries.book import Book
from impact.queries.evidence import Attached, attached
from impact.queries.figures import cell_entries
from impact.queries.targets import targets
from impact.queries.typed import typed
from impact.queries.views import EntryView, Past, entry_views, pasts
from impact.rules.drafts import known_fields
from impact.vocabulary import CellState, Status
from impact.workflow import EDITABLE


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One indicator of a sheet. typed: raw texts not saved yet, by field; seen_version: to be sent back."""

    cell: Cell
    definition: Definition
    """The version that a submitted or validated figure follows; else the one in force, which what is typed follows."""
    view: EntryView | None
    typed: dict[str, str]
    typed_at: datetime | None
    seen_version: int
    previous: EntryView | None
    past: Past
    """What a value being typed is compared with."""
    state: CellState
    lock: str | None
    """Why this actor may not type it now."""
    warnings: tuple[Problem, ...]
    """Of the stored value; they ask for a comment at submission."""
    attached: Attached
    """The pieces that back it, answered or not."""

    @property
    def evidence(self) -> str:
        """As Entry.evidence says it: what the figure will stand on once it is saved."""
        return " ".join(f"{piece.number}.{piece.now.version}" for piece in self.attached.pieces)

    @property
    def status(self) -> Status | None:
        return self.view.status if self.view else None

    @property
    def version(self) -> int:
        return self.view.version if self.view else 0

    @property
    def is_stale(self) -> bool:
        """Somebody saved the figure after this person began to type it."""
        return bool(self.typed) and self.seen_version != self.version

    @property
    def is_done(self) -> bool:
        return self.status in (Status.SUBMITTED, Status.VALIDATED)


@dataclass(frozen=True, slots=True)
class Sheet:
    region: str
    region_name: str
    chantier: str
    chantier_name: str
    period: Period
    mobilised: bool
    until: date | None
    """Last day of a reopening granted to the region."""
    until_why: str
    not_yet: str | None
    """Why it cannot be submitted yet."""
    lines: tuple[SheetLine, ...]
    start: date
    """First day of the period's campaign, from which flows add up towards their targets."""
    targets: Mapping[str, Target]
    """The region's, by indicator."""

    @property
    def done(self) -> int:
        return sum(line.is_done for line in self.lines)


def sheet(session: Session, actor: Actor, region: str, chantier: str, period: str, book: Book | None = None) -> Sheet:
    """The sheet as this actor may see it; NotFound for unknown codes. Whether they may type is in each line's lock."""
    book, scope = book or Book(session), readable(actor)
    held, short = book.period(period), book.chantier(chantier)
    wanted = book.sheet_indicators(chantier, held)
    before = book.period_before(held)
    codes = [period, before.code] if before else [period]
    views = entry_views(session, scope, regions=[region], indicators={d.code for d in wanted}, periods=codes)
    granted = book.reopenings.get((region, period))
    mobilised = book.is_mobilised(region, chantier, held)
    lines = _lines(session, book, actor, [Cell(region, d.code, period) for d in wanted], views, mobilised)
    return Sheet(
        region, book.region(region).name, chantier, short.short, held, mobilised,
        granted.until if granted else None, granted.reason if granted else "",
        book.submission_lock(actor, period), lines, book.campaigns[held.campaign].start,
        _targets(session, region, held.campaign, wanted),
    )  # fmt: skip


def _targets(session: Session, region: str, campaign: str, wanted: Sequence[Definition]) -> dict[str, Target]:
    held = targets(session, campaign, [region], [definition.code for definition in wanted])
    return {code: target for (where, code), target in held.items() if where == region}


def _lines(
    session: Session, book: Book, actor: Actor, cells: Sequence[Cell], views: dict[Cell, EntryView], mobilised: bool
) -> tuple[SheetLine, ...]:
    drafts = typed(session, actor, cells)
    past = pasts(session, book, cells)
    backing = attached(session, readable(actor), cells)
    lines = []
    for cell in cells:
        view = views.get(cell)
        definition = _definition(book, cell, view)
        held = book.period(cell.period)
        before = book.period_before(held)
        draft = drafts.get(cell)
        warned = past[cell].warnings(definition, view.pair if view else None)
        lines.append(
            SheetLine(
                cell, definition, view, known_fields(definition, draft.fields) if draft else {},
                draft.typed_at if draft else None,
                draft.seen_version if draft else view.version if view else 0,
                views.get(cell._replace(period=before.code)) if before else None, past[cell],
                cell_state(mobilised and held.has_ended(book.today), view.as_cell_entry() if view else None),
                book.lock(actor, cell, bool(view and view.editable_late)), tuple(warned), backing[cell],
            )
        )  # fmt: skip
    return tuple(lines)


def _definition(book: Book, cell: Cell, view: EntryView | None) -> Definition:
    if view and view.status not in EDITABLE:
        return book.definition_of(cell.indicator, view.definition_version)
    return book.definition_for(cell)


@dataclass(frozen=True, slots=True)
class SheetSummary:
    """How far a sheet is: what its region must do, by when."""

    region: str
    chantier: str
    period: Period
    last_day: date
    """Deadline, or the later day granted by a reopening."""
    expected: int
    done: int
    drafts: int
    returned: int
    has_ended: bool

    @property
    def missing(self) -> int:
        return self.expected - self.done - self.drafts - self.returned

    def urgency(self, today: date) -> tuple[int, int]:
        """Sorts the sheet that needs work first: returned figures, open sheets, sheets to come, then the latest."""
        left, day = self.expected - self.done, self.last_day.toordinal()
        if self.returned:
            return 0, day
        if left and self.last_day >= today:
            return 1 if self.has_ended else 2, day
        return 3, -day


def summaries(session: Session, regions: Sequence[str] | None = None, book: Book | None = None) -> list[SheetSummary]:
    """Sheets of the campaign whose period has begun, for mobilised regions, by deadline then region's name.

    Counts are the same for every reader, so it reads without a scope; the figures themselves stay where they are.
    """
    book = book or Book(session)
    periods = [p for p in book.periods.values() if p.campaign == book.campaign.code and p.start <= book.today]
    asked = {spell.region for spell in book.mobilisations} if regions is None else set(regions)
    wanted = [code for code in book.regions if code in asked]
    entries = cell_entries(session, EVERYTHING, regions=wanted, periods=[p.code for p in periods])
    found = [
        _summary(book, entries, region, chantier, period)
        for region in wanted
        for chantier in book.chantiers
        for period in periods
        if book.is_mobilised(region, chantier, period) and book.sheet_indicators(chantier, period)
    ]
    return sorted(found, key=lambda s: (s.last_day, wanted.index(s.region), s.period))


def _summary(book: Book, entries: dict[Cell, CellEntry], region: str, chantier: str, period: Period) -> SheetSummary:
    statuses = [
        entry.status if (entry := entries.get(Cell(region, definition.code, period.code))) else None
        for definition in book.sheet_indicators(chantier, period)
    ]
    return SheetSummary(
        region, chantier, period, max(period.deadline, book.until(region, period.code) or period.deadline),
        len(statuses), sum(status in (Status.SUBMITTED, Status.VALIDATED) for status in statuses),
        statuses.count(Status.DRAFT), statuses.count(Status.RETURNED), period.has_ended(book.today),
    )  # fmt: skip
