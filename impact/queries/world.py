"""Everything that the totals of one campaign or window need, read once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlmodel import Session

from impact.aggregation import Total, Window, due_cells, total
from impact.figures import Cell, CellEntry, Definition, Mobilisation, Period
from impact.permissions import EVERYTHING, Scope
from impact.quality import QualityRow, quality
from impact.queries.book import Book
from impact.queries.catalogue import CampaignRow, ChantierRow, RegionRow
from impact.queries.figures import cell_entries


@dataclass(frozen=True, slots=True)
class World:
    """What a reader may see of a window: definitions, calendar, due cells and entries; ready for impact.aggregation."""

    window: Window
    campaign: CampaignRow
    definitions: dict[str, Definition]
    periods: dict[str, Period]
    regions: dict[str, RegionRow]
    chantiers: dict[str, ChantierRow]
    mobilisations: list[Mobilisation]
    due: list[Cell]
    entries: dict[Cell, CellEntry]
    quality: list[QualityRow]
    """Completeness and punctuality by region, chantier and period: counts alone, the same for every reader."""

    @property
    def today(self) -> date:
        return self.window.today

    def total(self, indicator: str, region: str = "FR", *, provisional: bool = False, min_proof: int = 0) -> Total:
        """The total of one indicator, over the regions of this world or for one of them."""
        return total(
            self.definitions[indicator], self.due, self.entries, self.periods,
            provisional=provisional, min_proof=min_proof, region=region,
        )  # fmt: skip

    def mobilised_regions(self, chantier: str | None = None) -> list[str]:
        """Codes of regions with a spell in the window, by code."""
        held = {
            spell.region
            for spell in self.mobilisations
            if (chantier is None or spell.chantier == chantier)
            and spell.start <= self.window.end
            and (spell.end is None or spell.end >= self.window.start)
        }
        return sorted(held)


def window_of(book: Book, start: date | None, end: date | None) -> Window:
    """The window asked for; by default the campaign that contains today (the last one if none), up to today."""
    return Window(start or book.campaign.start, end or min(book.today, book.campaign.end), book.today)


def world(
    session: Session,
    scope: Scope,
    *,
    start: date | None = None,
    end: date | None = None,
    regions: Collection[str] | None = None,
    chantiers: Collection[str] | None = None,
    indicators: Collection[str] | None = None,
) -> World:
    """Read a window; regions, chantiers and indicators narrow everything in it. Unknown codes raise NotFound."""
    book = Book(session)
    for code in regions or ():
        book.region(code)
    for code in chantiers or ():
        book.chantier(code)
    wanted = _definitions(book, chantiers, indicators)
    window = window_of(book, start, end)
    spells = [spell for spell in book.mobilisations if regions is None or spell.region in regions]
    due = due_cells(wanted.values(), book.periods.values(), spells, window)
    held = {code for code, period in book.periods.items() if window.start <= period.end <= window.end}
    read = partial(cell_entries, session, regions=regions, indicators=list(wanted), periods=held)
    entries = read(scope)
    known = entries if scope == EVERYTHING else read(EVERYTHING)
    return World(
        window, book.campaign, wanted, book.periods, book.regions, book.chantiers, spells, due, entries,
        quality(wanted.values(), due, known, book.periods),
    )  # fmt: skip


def _definitions(
    book: Book, chantiers: Collection[str] | None, indicators: Collection[str] | None
) -> dict[str, Definition]:
    wanted = indicators if indicators is not None else book.definitions
    chosen = {code: book.definition(code) for code in wanted}
    return {code: d for code, d in chosen.items() if chantiers is None or d.chantier in chantiers}
