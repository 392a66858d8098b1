"""What the panels of pieces read: a region's pieces, the figures that one may back, the grades that would fall."""

from collections.abc import Collection
from dataclasses import dataclass

from impact.db import reading
from impact.figures import Cell
from impact.permissions import Actor, readable
from impact.proof import REVIEWED
from impact.queries.book import Book
from impact.queries.evidence import PieceView, pieces_of_region
from impact.queries.views import EntryView, entry_views


@dataclass(frozen=True, slots=True)
class Around:
    """What a piece of a region meets in a period. names: cell -> name of its indicator, the sheet asked for first.

    own: how many of them are of that sheet. pieces: the region's, newest first.
    """

    names: dict[Cell, str]
    own: int
    pieces: list[PieceView]


def around(actor: Actor, region: str, chantier: str, period: str) -> Around:
    with reading() as session:
        book = Book(session)
        held = book.period(period)
        sheets = {code: book.sheet_indicators(code, held) for code in (chantier, *book.chantiers)}
        names = {Cell(region, one.code, period): one.name for sheet in sheets.values() for one in sheet}
        return Around(names, len(sheets[chantier]), pieces_of_region(session, readable(actor), region))


def pieces(actor: Actor, region: str) -> list[PieceView]:
    """The region's pieces, newest first."""
    with reading() as session:
        return pieces_of_region(session, readable(actor), region)


def falling(actor: Actor, cells: Collection[Cell]) -> list[EntryView]:
    """Of these figures, those that somebody has read or verified: a change of their evidence takes them back to F2."""
    if not cells:
        return []
    with reading() as session:
        found = entry_views(
            session, readable(actor), regions={cell.region for cell in cells},
            indicators={cell.indicator for cell in cells}, periods={cell.period for cell in cells},
        )  # fmt: skip
    return [view for cell in cells if (view := found.get(cell)) and view.reliability >= REVIEWED]
