"""What is kept ready of progress and reporting, brought up to date in the transaction that changes what it tells.

Rows are never added to or taken from: those of a touched unit are dropped, and computed again from its figures by the
pure rules (impact.standing), so that nothing drifts. `python -m impact check` compares them, `rebuild` makes them anew.
"""

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact import reference
from impact.figures import Cell
from impact.models import Reporting, Setting
from impact.models import Standing as StandingRow
from impact.quality import QualityRow
from impact.queries.book import Book
from impact.queries.world import whole_campaign
from impact.services import history
from impact.standing import RULES, Standing, reporting, standings

REPORTING: sa.Table = Reporting.__table__  # type: ignore[attr-defined]
STANDING: sa.Table = StandingRow.__table__  # type: ignore[attr-defined]

MADE_UNDER = "rollup"
"""The setting that tells under which rules and reference data everything was last made anew."""

Unit = tuple[str, str, str]
"""region, chantier, campaign"""


def refresh(session: Session, book: Book, units: Iterable[Unit]) -> None:
    """Recompute what is kept of these units, in the caller's transaction.

    book: read since the last change of the catalogue, the calendar or the mobilisations.
    """
    session.flush()
    touched: dict[tuple[str, str], set[str]] = {}
    for region, chantier, campaign in units:
        touched.setdefault((region, campaign), set()).add(chantier)
    for (region, campaign), chantiers in sorted(touched.items()):
        counts, stands = computed(book, region, campaign, chantiers)
        _drop(session, book, region, campaign, chantiers)
        _add(session, campaign, counts, stands)


def rebuild(session: Session) -> None:
    """Make everything anew, in the caller's transaction; a region of a campaign at a time.

    Whether the tables hold what data/ says now is not known here: only keep_up notes under what it was made.
    """
    session.flush()
    connection, book = session.connection(), Book(session)
    for table in (REPORTING, STANDING):
        connection.execute(sa.delete(table))
    for region, campaign in scopes(book):
        _add(session, campaign, *computed(book, region, campaign, book.chantiers))


def keep_up(session: Session) -> None:
    """Rebuild where what is kept was made under another catalogue, calendar or rule, or never was.

    Call it in the transaction that loaded data/ (reference.load).
    """
    held = session.get(Setting, MADE_UNDER)
    if held is None or held.value != _made_under():
        history.touch(session)  # on PostgreSQL no figure changes between its reading and the end of this
        rebuild(session)
        session.merge(Setting(key=MADE_UNDER, value=_made_under()))
        session.flush()


def _made_under() -> str:
    return f"{RULES}:{reference.fingerprint()}"


def refresh_cells(session: Session, book: Book, cells: Iterable[Cell]) -> None:
    """What is kept of the cells' sheets, after a change of their figures; book as in `refresh`."""
    units = {
        (cell.region, book.definition(cell.indicator).chantier, book.period(cell.period).campaign) for cell in cells
    }
    refresh(session, book, units)


def units_of(book: Book, chantiers: Collection[str], campaigns: Collection[str] | None = None) -> Iterator[Unit]:
    """Every region's units on some chantiers: what a change of definitions or of the calendar touches."""
    for region, campaign in scopes(book):
        if campaigns is None or campaign in campaigns:
            yield from ((region, chantier, campaign) for chantier in chantiers)


def scopes(book: Book) -> list[tuple[str, str]]:
    """(region, campaign) of every region that was ever mobilised: the others have nothing to keep."""
    regions = sorted({spell.region for spell in book.mobilisations})
    return [(region, campaign) for region in regions for campaign in book.campaigns]


def computed(
    book: Book, region: str, campaign: str, chantiers: Collection[str]
) -> tuple[list[QualityRow], list[Standing]]:
    """What the pure rules say of a region's chantiers in a campaign."""
    indicators = [code for code, definition in book.definitions.items() if definition.chantier in chantiers]
    world = whole_campaign(book, campaign, region, indicators)
    return reporting(world), standings(world)


def _drop(session: Session, book: Book, region: str, campaign: str, chantiers: Collection[str]) -> None:
    periods = [code for code, period in book.periods.items() if period.campaign == campaign]
    for table, narrowed in (
        (REPORTING, REPORTING.c.period_code.in_(periods)),
        (STANDING, STANDING.c.campaign_code == campaign),
    ):
        own = (table.c.region_code == region, table.c.chantier_code.in_(sorted(chantiers)))
        session.connection().execute(sa.delete(table).where(*own, narrowed))


def _add(session: Session, campaign: str, counts: Iterable[QualityRow], stands: Iterable[Standing]) -> None:
    connection = session.connection()
    for table, rows in (
        (REPORTING, [reporting_row(row) for row in counts]),
        (STANDING, [standing_row(campaign, one) for one in stands]),
    ):
        if rows:
            connection.execute(sa.insert(table), rows)


def reporting_row(row: QualityRow) -> dict[str, Any]:
    return {
        "region_code": row.region, "chantier_code": row.chantier, "period_code": row.period, "due": row.due,
        "answered": row.answered, "on_time": row.on_time, "figures": row.figures, "proven": row.proven,
    }  # fmt: skip


def standing_row(campaign: str, one: Standing) -> dict[str, Any]:
    advance = one.advance
    return {
        "region_code": advance.region, "chantier_code": advance.chantier, "campaign_code": campaign,
        "as_of": one.as_of, "progress": _text(advance.progress), "expected": _text(advance.expected),
        "measured": advance.measured, "indicators": advance.indicators, "state": advance.state.value,
    }  # fmt: skip


def _text(ratio: Fraction | None) -> str:
    """Exact, as « 5/8 », of any length: Python itself writes no int of more than 4,300 digits.

    A mean over some 200 indicators whose denominators are long and have nothing in common has more.
    """
    if ratio is None:
        return ""
    numerator, denominator = (str(Decimal(part)) for part in ratio.as_integer_ratio())
    return numerator if ratio.denominator == 1 else f"{numerator}/{denominator}"
