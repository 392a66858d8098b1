"""An entry as history keeps it. `check` replays these facts against the tables."""

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from impact.figures import Cell, Pair
from impact.models import Breakdown, Entry

TABLE: sa.Table = Breakdown.__table__  # type: ignore[attr-defined]
_OF_CELL = sa.select(TABLE).where(
    TABLE.c.region_code == sa.bindparam("region"),
    TABLE.c.indicator_code == sa.bindparam("indicator"),
    TABLE.c.period_code == sa.bindparam("period"),
)

KEPT = (
    "indicator_version", "answer", "status", "numerator", "denominator", "reason", "source", "method",
    "method_family", "population", "coverage_start", "coverage_end", "evidence_link", "comment", "reliability",
    "evidence_read_by", "submitted_by", "first_submitted_on", "review_started_by", "review_note", "editable_late",
    "validated_by", "version", "evidence", "evidence_checked", "verifier", "verifier_organisation", "verified_on",
    "verification_report", "verification_by",
)  # fmt: skip


def cell_of(entry: Entry) -> Cell:
    return Cell(entry.region_code, entry.indicator_code, entry.period_code)


def entries_of(session: Session, cells: Collection[Cell]) -> dict[Cell, Entry]:
    """Those stored among some cells, in one query."""
    query = select(Entry).where(
        col(Entry.region_code).in_({cell.region for cell in cells}),
        col(Entry.indicator_code).in_({cell.indicator for cell in cells}),
        col(Entry.period_code).in_({cell.period for cell in cells}),
    )
    wanted = set(cells)
    return {cell: entry for entry in session.exec(query) if (cell := cell_of(entry)) in wanted}


def facts(entry: Entry, breakdowns: Mapping[tuple[str, str], Pair]) -> dict[str, Any]:
    """JSON-ready: every kept column, and breakdowns as {"axis/category": [numerator, denominator]}."""
    kept: dict[str, Any] = {name: getattr(entry, name) for name in KEPT}
    for name in ("coverage_start", "coverage_end", "first_submitted_on", "verified_on"):
        kept[name] = kept[name].isoformat() if kept[name] else None
    kept["breakdowns"] = {f"{axis}/{category}": list(pair) for (axis, category), pair in sorted(breakdowns.items())}
    return kept


def snapshot(session: Session, entry: Entry) -> dict[str, Any]:
    """The facts of an entry as it stands, its breakdowns read."""
    return facts(entry, breakdowns_of(session, cell_of(entry)))


def moved_on(entry: Entry, before: Mapping[str, Any]) -> dict[str, Any]:
    """The facts after a step that leaves the breakdowns as they were."""
    return {**facts(entry, {}), "breakdowns": before["breakdowns"]}


def breakdowns_of(session: Session, cell: Cell) -> dict[tuple[str, str], Pair]:
    rows = session.connection().execute(_OF_CELL, cell._asdict())
    return {(row.axis_code, row.category_code): Pair(row.numerator, row.denominator) for row in rows}


def replace_breakdowns(session: Session, cell: Cell, wanted: Mapping[tuple[str, str], Pair]) -> None:
    connection = session.connection()
    connection.execute(sa.delete(TABLE).where(*_of(cell)))
    rows = [
        {
            "region_code": cell.region, "indicator_code": cell.indicator, "period_code": cell.period,
            "axis_code": axis, "category_code": category, "numerator": pair.numerator, "denominator": pair.denominator,
        }
        for (axis, category), pair in wanted.items()
    ]  # fmt: skip
    if rows:
        connection.execute(sa.insert(TABLE), rows)


def _of(cell: Cell) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        TABLE.c.region_code == cell.region,
        TABLE.c.indicator_code == cell.indicator,
        TABLE.c.period_code == cell.period,
    )
