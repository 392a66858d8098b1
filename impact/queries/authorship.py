"""Whose figure it is: read from history, where every hand on a figure is kept."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlmodel import Session, col, select

from impact.figures import Cell
from impact.models import History
from impact.workflow import Step

FIGURE = ("answer", "numerator", "denominator", "breakdowns", "source", "evidence_link")
"""The value and its evidence: a change to one of these undoes the reading of the evidence, and makes one its author."""


def touches_figure(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> bool:
    return before is None or any(before.get(name) != after.get(name) for name in FIGURE)


def authors_since_validation(session: Session, cells: Collection[Cell]) -> dict[Cell, set[int | None]]:
    """Accounts that entered or submitted each cell since its last validation; none of them may validate it."""
    merged: dict[Cell, set[int | None]] = {cell: set() for cell in cells}
    for region in sorted({cell.region for cell in cells}):
        for row in _rows(session, region, [cell for cell in cells if cell.region == region]):
            hands = merged.setdefault(Cell(region, row.indicator_code, row.period_code), set())
            if row.action == Step.VALIDATE:
                hands.clear()
            elif _makes_an_author(row):
                hands.add(row.actor_id)
    return merged


def _rows(session: Session, region: str, cells: Collection[Cell]) -> Collection[History]:
    return session.exec(
        select(History)
        .where(
            History.chain == region,
            col(History.indicator_code).in_({cell.indicator for cell in cells}),
            col(History.period_code).in_({cell.period for cell in cells}),
        )
        .order_by(col(History.seq))
    ).all()


def _makes_an_author(row: History) -> bool:
    return row.action == Step.SUBMIT or (row.action == Step.SAVE and touches_figure(row.before, row.after or {}))
