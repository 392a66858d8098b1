"""Reads of breakdowns: what a value is made of, by axis and category."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session

from impact.figures import Cell, Pair
from impact.models import Breakdown
from impact.permissions import Scope
from impact.queries.figures import TABLE, narrowed, visible
from impact.vocabulary import Status

Parts = dict[tuple[str, str], Pair]
"""Figures by (axis, category)."""
_PARTS: sa.Table = Breakdown.__table__  # type: ignore[attr-defined]


def breakdowns(
    session: Session,
    scope: Scope,
    *,
    regions: Collection[str] | None = None,
    indicators: Collection[str] | None = None,
    periods: Collection[str] | None = None,
    statuses: Collection[Status] | None = None,
) -> dict[Cell, Parts]:
    """Those of visible entries, by cell; a cell without any is absent, a category that was not typed too."""
    names = ("region_code", "indicator_code", "period_code")
    same_cell = sa.and_(*(_PARTS.c[name] == TABLE.c[name] for name in names))
    query = sa.select(_PARTS).join(TABLE, same_cell).where(visible(scope))
    parts: dict[Cell, Parts] = {}
    for row in session.connection().execute(narrowed(query, regions, indicators, periods, statuses)):
        cell = Cell(row.region_code, row.indicator_code, row.period_code)
        parts.setdefault(cell, {})[row.axis_code, row.category_code] = Pair(row.numerator, row.denominator)
    return parts
