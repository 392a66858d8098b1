"""Validated figures by what is proven of them, for the national office: to read, read, verified outside."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from impact.figures import Cell, Definition, Period
from impact.permissions import EVERYTHING, Actor, Right, require
from impact.proof import DOCUMENTED
from impact.queries.authorship import Fall, lives
from impact.queries.book import Book
from impact.queries.figures import TABLE, narrowed
from impact.queries.views import EntryView, entry_views
from impact.vocabulary import Status


@dataclass(frozen=True, slots=True)
class ProofItem:
    """A validated figure with evidence. may_read, fall: as queries.reviews.ReviewItem."""

    view: EntryView
    definition: Definition
    period: Period
    region_name: str
    may_read: bool
    fall: Fall | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """counts: validated figures by grade, F2 to F4. items: some of one grade, the oldest validation first."""

    counts: Mapping[int, int]
    items: tuple[ProofItem, ...]


def shelf(
    session: Session, actor: Actor, level: int, *, region: str = "", chantier: str = "", period: str = "",
    most: int = 20, opened: Cell | None = None,
) -> Shelf:  # fmt: skip
    """'' = any. opened: a cell whose item comes too, the first, where it is validated, whatever its grade.

    Forbidden to those who may not review.
    """
    require(actor, Right.REVIEW)
    book = Book(session)
    codes = [code for code, held in book.definitions.items() if held.chantier == chantier] if chantier else None
    asked = ([region] if region else None, codes, [period] if period else None, [Status.VALIDATED])
    grades = sa.select(TABLE.c.reliability, sa.func.count().label("figures")).where(TABLE.c.reliability >= DOCUMENTED)
    counts = session.connection().execute(narrowed(grades.group_by(TABLE.c.reliability), *asked))
    oldest = (
        sa.select(TABLE.c.region_code, TABLE.c.indicator_code, TABLE.c.period_code)
        .where(TABLE.c.reliability == level)
        .order_by(TABLE.c.validated_at, TABLE.c.region_code, TABLE.c.indicator_code, TABLE.c.period_code)
    )
    cells = [Cell(*row) for row in session.connection().execute(narrowed(oldest, *asked).limit(most))]
    if opened and opened not in cells:
        cells.insert(0, opened)
    return Shelf({row.reliability: row.figures for row in counts}, tuple(_items(book, actor, cells)))


def _items(book: Book, actor: Actor, cells: Collection[Cell]) -> list[ProofItem]:
    if not cells:
        return []
    views = entry_views(
        book.session, EVERYTHING, regions={cell.region for cell in cells},
        indicators={cell.indicator for cell in cells}, periods={cell.period for cell in cells},
        statuses=[Status.VALIDATED],
    )  # fmt: skip
    told = lives(book.session, cells)
    return [
        ProofItem(
            view, book.definition_of(view.indicator, view.definition_version), book.period(view.period),
            book.region(view.region).name, actor.id not in told[cell].told.authors, told[cell].fall,
        )
        for cell in cells
        if (view := views.get(cell))
    ]  # fmt: skip
