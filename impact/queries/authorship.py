"""Whose figure it is: read from history, where every hand on a figure is kept."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from impact.figures import Cell
from impact.models import History
from impact.proof import FIGURE, touches
from impact.workflow import Step


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


def authors_ever(session: Session, cells: Collection[Cell]) -> dict[Cell, set[int | None]]:
    """Accounts whose value, evidence or submission each cell ever was; none of them may be the reader of its evidence.

    Of all times: what a figure says may come from before its last validation.
    """
    hands: dict[Cell, set[int | None]] = {cell: set() for cell in cells}
    for region in sorted({cell.region for cell in cells}):
        for row in _rows(session, region, [cell for cell in cells if cell.region == region]):
            if _makes_an_author(row):
                hands.setdefault(Cell(region, row.indicator_code, row.period_code), set()).add(row.actor_id)
    return hands


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
    return row.action == Step.SUBMIT or touches(FIGURE, row.before, row.after or {})
