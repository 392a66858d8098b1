"""Everything that the totals of one campaign need, read once."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlmodel import Session

from impact.aggregation import Window, due_cells, is_removed
from impact.figures import Cell, CellEntry, Definition, Target
from impact.permissions import EVERYTHING, Scope
from impact.quality import QualityRow
from impact.queries.book import Book
from impact.queries.figures import cell_entries
from impact.queries.standings import reporting_rows
from impact.queries.targets import targets
from impact.rules.definitions import in_force
from impact.vocabulary import Status
from impact.world import World

Codes = Collection[str] | None
"""None = all."""


def world(
    session: Session, scope: Scope, campaign: str = "", *, regions: Codes = None, indicators: Codes = None
) -> World:
    """A campaign as a reader sees it; by default the one that contains today. An unknown code is the default one.

    regions, indicators: what is read of it. Definitions, due cells, entries and targets are then those alone; counts
    are those of the regions read, on the whole chantiers of the indicators; names, calendar and mobilisations stay
    those of all, so that totals over regions must not be asked of some.
    """
    return world_in(Book(session, indicators), scope, campaign, regions=regions, indicators=indicators)


def world_in(book: Book, scope: Scope, campaign: str = "", *, regions: Codes = None, indicators: Codes = None) -> World:
    """`world`, of a book that is already open."""
    held = book.campaigns.get(campaign, book.campaign)
    window = Window(held.start, held.end, book.today)
    return world_of(book, scope, held.code, window, regions=regions, indicators=indicators)


def world_of(
    book: Book,
    scope: Scope,
    campaign: str,
    window: Window,
    *,
    regions: Codes = None,
    indicators: Codes = None,
    counts: list[QualityRow] | None = None,
) -> World:
    """The periods that end in a window, as a reader sees them; screens and exports total and count this alone.

    counts: None = read, of the regions and of the chantiers of the indicators.
    """
    definitions = _definitions(book, indicators, window)
    due = _due(book, definitions, window, regions)
    ends = [code for code, period in book.periods.items() if window.meets(period)]
    entries = cell_entries(book.session, scope, regions=regions, indicators=indicators, periods=ends)
    hidden: dict[Cell, CellEntry] = {}
    if scope != EVERYTHING:  # drafts and returned figures of others change nothing that this reader sees
        submitted = [Status.SUBMITTED]
        known = cell_entries(
            book.session, EVERYTHING, regions=regions, indicators=indicators, periods=ends, statuses=submitted
        )
        hidden = {cell: entry for cell, entry in known.items() if cell not in entries}
        # What a region says « sans objet » is due for nobody, even for those who may not see yet that it says so.
        due = [cell for cell in due if not is_removed(hidden.get(cell))]
    if counts is None:
        held = None if indicators is None else {one.chantier for one in definitions.values()}
        over = [code for code in ends if window.holds(book.periods[code])]
        counts = reporting_rows(book.session, over, regions, held)
    stated = targets(book.session, campaign, regions, indicators)
    return _assembled(book, campaign, window, definitions, due, entries, stated, counts, frozenset(hidden))


def whole_campaign(book: Book, campaign: str, region: str, indicators: Codes) -> World:
    """A region's campaign as the operator would see it once every period is over; without counts: they come from it."""
    held = book.campaigns[campaign]
    window = Window(held.start, held.end, held.end + timedelta(days=1))
    definitions = _definitions(book, indicators, window)
    ends = [code for code, period in book.periods.items() if window.meets(period)]
    entries = cell_entries(book.session, EVERYTHING, regions=[region], indicators=indicators, periods=ends)
    stated = targets(book.session, campaign, [region], indicators)
    due = _due(book, definitions, window, [region])
    return _assembled(book, campaign, window, definitions, due, entries, stated).of_regions([region])


def _definitions(book: Book, indicators: Codes, window: Window) -> dict[str, Definition]:
    """A version published for the next campaign says nothing of this one."""
    return {
        code: in_force(versions, window.end)
        for code, versions in book.versions.items()
        if indicators is None or code in indicators
    }


def _due(book: Book, definitions: dict[str, Definition], window: Window, regions: Codes) -> list[Cell]:
    spells = [spell for spell in book.mobilisations if regions is None or spell.region in regions]
    due = due_cells(definitions.values(), book.periods.values(), spells, window)
    born = book.born
    return (
        [cell for cell in due if born.get(cell.indicator, date.min) <= book.periods[cell.period].end] if born else due
    )


def _assembled(
    book: Book,
    campaign: str,
    window: Window,
    definitions: dict[str, Definition],
    due: list[Cell],
    entries: dict[Cell, CellEntry],
    stated: dict[tuple[str, str], Target],
    counts: list[QualityRow] | None = None,
    pending: frozenset[Cell] = frozenset(),
) -> World:
    return World(
        campaign=campaign,
        window=window,
        definitions=definitions,
        versions={code: book.versions[code] for code in definitions if len(book.versions[code]) > 1},
        periods=book.periods,
        region_names={row.code: row.name for row in book.regions.values()},
        chantier_names={row.code: row.short for row in book.chantiers.values()},
        mobilisations=tuple(book.mobilisations),
        due=tuple(due),
        entries=entries,
        quality=tuple(counts or ()),
        pending=pending,
        granted={key: row.until for key, row in book.reopenings.items()},
        start=book.campaigns[campaign].start,
        targets=stated,
    )
