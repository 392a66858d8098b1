"""How figures were counted: what comparability is judged on."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session

from impact.comparability import Counted
from impact.figures import Cell
from impact.permissions import Scope
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
