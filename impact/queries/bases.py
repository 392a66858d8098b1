"""How figures were counted: what comparability is judged on."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session

from impact.comparability import Counted, Survey
from impact.figures import Cell
from impact.permissions import Scope
from impact.queries.evidence import OF_ENTRY, OF_PIECE, PIECE, USE, VERSION
from impact.queries.figures import TABLE, narrowed, visible


def counted(
    session: Session,
    scope: Scope,
    *,
    regions: Collection[str],
    indicators: Collection[str],
    periods: Collection[str],
) -> dict[Cell, Counted]:
    """Of every visible figure of these regions, indicators and periods: all three, so that the key finds the rows."""
    query = sa.select(
        TABLE.c.region_code, TABLE.c.indicator_code, TABLE.c.period_code, TABLE.c.population, TABLE.c.method_family,
        TABLE.c.coverage_start, TABLE.c.coverage_end,
    ).where(visible(scope), TABLE.c.numerator.is_not(None))  # fmt: skip
    rows = session.connection().execute(narrowed(query, regions, indicators, periods))
    return {Cell(*row[:3]): Counted(*row[3:]) for row in rows}


def surveys(
    session: Session,
    scope: Scope,
    *,
    regions: Collection[str],
    indicators: Collection[str],
    periods: Collection[str],
) -> dict[Cell, list[Survey]]:
    """Of the same figures, the pieces in force that say how many people were asked, as they stand.

    How many answered is told of the figure: whoever sees it may know, and nothing else of a piece is told.
    """
    in_force = (
        (VERSION.c.region_code == PIECE.c.region_code)
        & (VERSION.c.evidence_number == PIECE.c.number)
        & (VERSION.c.version == PIECE.c.version)
    )
    query = (
        sa.select(
            TABLE.c.region_code, TABLE.c.indicator_code, TABLE.c.period_code, PIECE.c.number, VERSION.c.asked,
            VERSION.c.respondents,
        )
        .select_from(TABLE.join(USE, OF_ENTRY).join(PIECE, OF_PIECE).join(VERSION, in_force))
        .where(
            visible(scope), TABLE.c.numerator.is_not(None), PIECE.c.withdrawn_at.is_(None),
            VERSION.c.asked.is_not(None),
        )
    )  # fmt: skip
    found: dict[Cell, list[Survey]] = {}
    for region, indicator, period, number, asked, respondents in session.connection().execute(
        narrowed(query, regions, indicators, periods)
    ):
        found.setdefault(Cell(region, indicator, period), []).append(Survey(region, number, asked, respondents))
    return found
