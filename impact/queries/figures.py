"""Reads of stored entries as the pure modules take them."""

from collections.abc import Collection
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact.figures import Cell, CellEntry, Pair, make
from impact.models import Entry
from impact.permissions import Scope
from impact.queries.rows import day, rows
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
    asked = _asked(regions, indicators, periods, statuses)
    return _limited(query, tuple(asked), _all_under_way(statuses)).params(asked)


def _asked(
    regions: Collection[str] | None,
    indicators: Collection[str] | None,
    periods: Collection[str] | None,
    statuses: Collection[Status] | None,
) -> dict[str, list[str]]:
    """What each column is limited to, by its name."""
    limits = {"region_code": regions, "indicator_code": indicators, "period_code": periods, "status": statuses}
    return {name: sorted(values) for name, values in limits.items() if values is not None}


def _all_under_way(statuses: Collection[Status] | None) -> bool:
    return statuses is not None and Status.VALIDATED not in statuses


def _limited(query: sa.Select[Any], names: Collection[str], under_way: bool) -> sa.Select[Any]:
    """names: columns that parameters of their own name limit."""
    query = query.where(*(TABLE.c[name].in_(sa.bindparam(name, expanding=True)) for name in names))
    return query.where(UNDER_WAY) if under_way else query


_CELLS = sa.select(
    TABLE.c.region_code, TABLE.c.indicator_code, TABLE.c.period_code, TABLE.c.answer, TABLE.c.status,
    TABLE.c.numerator, TABLE.c.denominator, TABLE.c.reliability, TABLE.c.indicator_version, TABLE.c.first_submitted_on,
)  # fmt: skip


@lru_cache(maxsize=64)
def _cells(scope: Scope, names: tuple[str, ...], under_way: bool) -> sa.Select[Any]:
    """Built once: that costs as much as reading a hundred rows."""
    return _limited(_CELLS.where(visible(scope)), names, under_way)


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
    asked = _asked(regions, indicators, periods, statuses)
    query = _cells(scope, tuple(asked), _all_under_way(statuses))
    return {
        make(Cell, (region, indicator, period)): make(CellEntry, (
            region, indicator, period, _ANSWERS[answer], _STATUSES[status],
            None if numerator is None else make(Pair, (numerator, denominator)), grade, version,
            None if submitted is None else day(submitted),
        ))
        for region, indicator, period, answer, status, numerator, denominator, grade, version, submitted in rows(
            session, query, asked
        )
    }  # fmt: skip
