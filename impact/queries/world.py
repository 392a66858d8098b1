"""Everything that the totals of one campaign need, read once."""

from sqlmodel import Session

from impact.aggregation import Window, due_cells, is_removed
from impact.permissions import EVERYTHING, Scope
from impact.quality import quality
from impact.queries import catalogue
from impact.queries.book import Book
from impact.queries.figures import cell_entries
from impact.queries.targets import targets
from impact.vocabulary import Status
from impact.world import World


def world(session: Session, scope: Scope, campaign: str = "") -> World:
    """A campaign as a reader sees it; by default the one that contains today. An unknown code is the default one."""
    book = Book(session)
    held = next((row for row in catalogue.campaigns(session) if row.code == campaign), book.campaign)
    return world_of(book, scope, held.code, Window(held.start, held.end, book.today))


def world_of(book: Book, scope: Scope, campaign: str, window: Window) -> World:
    """The periods that end in a window, as a reader sees them; screens and exports total and count this alone."""
    # What a region says « sans objet » is due for nobody, even for those who may not see yet that it says so.
    due = due_cells(book.definitions.values(), book.periods.values(), book.mobilisations, window)
    ends = {code for code, period in book.periods.items() if window.start <= period.end <= window.end}
    entries = cell_entries(book.session, scope, periods=ends)
    known = entries if scope == EVERYTHING else cell_entries(book.session, EVERYTHING, periods=ends)
    return World(
        campaign=campaign,
        window=window,
        definitions=book.definitions,
        periods=book.periods,
        region_names={row.code: row.name for row in book.regions.values()},
        chantier_names={row.code: row.short for row in book.chantiers.values()},
        mobilisations=tuple(book.mobilisations),
        due=tuple(cell for cell in due if cell in entries or not is_removed(known.get(cell))),
        entries=entries,
        quality=tuple(quality(book.definitions.values(), due, known, book.periods)),
        pending=frozenset(c for c, e in known.items() if e.status is Status.SUBMITTED and c not in entries),
        granted={key: row.until for key, row in book.reopenings.items()},
        start=catalogue.campaign(book.session, campaign).start,
        targets=targets(book.session, campaign),
    )
