"""Reads of stored entries as the pure modules take them."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact.figures import Cell, CellEntry, Pair
from impact.models import Entry
from impact.permissions import Scope
from impact.vocabulary import Answer, Status

TABLE: sa.Table = Entry.__table__  # type: ignore[attr-defined]

_ANSWERS = {one.value: one for one in Answer}
_STATUSES = {one.value: one for one in Status}


UNDER_WAY = TABLE.c.status != sa.literal_column(f"'{Status.VALIDATED.value}'")
"""Written out beside the statuses asked, so that the planner sees that the index of what is under way will do."""


def visible(scope: Scope) -> sa.ColumnElement[bool]:
    """The condition every read of entries carries: validated ones, and everything of the scope's own regions."""
    if scope.own is None:
        return sa.true()
    validated = TABLE.c.status == Status.VALIDATED
    return sa.or_(validated, TABLE.c.region_code.in_(sorted(scope.own))) if scope.own else validated


def narrowed(
    query: sa.Select[Any],
    regions: Collection[str] | None = None,
    indicators: Collection[str] | None = None,
    periods: Collection[str] | None = None,
    statuses: Collection[Status] | None = None,
) -> sa.Select[Any]:
    """The query narrowed to what is asked for; None = no limit, an empty collection = nothing."""
    asked = (
        (TABLE.c.region_code, regions),
        (TABLE.c.indicator_code, indicators),
        (TABLE.c.period_code, periods),
        (TABLE.c.status, statuses),
    )
    for column, values in asked:
        if values is not None:
            query = query.where(column.in_(sorted(values)))
    if statuses is not None and Status.VALIDATED not in statuses:
        query = query.where(UNDER_WAY)
    return query


_CELLS = sa.select(
    TABLE.c.region_code, TABLE.c.indicator_code, TABLE.c.period_code, TABLE.c.answer, TABLE.c.status,
    TABLE.c.numerator, TABLE.c.denominator, TABLE.c.reliability, TABLE.c.indicator_version, TABLE.c.first_submitted_on,
)  # fmt: skip


def cell_entries(
    session: Session,
    scope: Scope,
    *,
    regions: Collection[str] | None = None,
    indicators: Collection[str] | None = None,
    periods: Collection[str] | None = None,
    statuses: Collection[Status] | None = None,
) -> dict[Cell, CellEntry]:
    """Visible entries by cell."""
    query = narrowed(_CELLS.where(visible(scope)), regions, indicators, periods, statuses)
    found = session.connection().execute(query).all()  # at once: one by one, rows cost three times as much
    return {
        Cell(region, indicator, period): CellEntry(
            region, indicator, period, _ANSWERS[answer], _STATUSES[status],
            None if numerator is None else Pair(numerator, denominator), grade, version, submitted,
        )
        for region, indicator, period, answer, status, numerator, denominator, grade, version, submitted in found
    }  # fmt: skip
