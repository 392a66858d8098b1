"""What a person has begun to type and not saved: their own alone, outside history."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from impact.figures import Cell
from impact.models import TypedDraft
from impact.permissions import Actor


def typed(session: Session, actor: Actor, cells: Collection[Cell] | None = None) -> dict[Cell, TypedDraft]:
    """Raw texts by cell; None = of every cell."""
    query = select(TypedDraft).where(TypedDraft.account_id == actor.id)
    if cells is not None:
        query = query.where(
            col(TypedDraft.region_code).in_({cell.region for cell in cells}),
            col(TypedDraft.period_code).in_({cell.period for cell in cells}),
        )
    found = {Cell(row.region_code, row.indicator_code, row.period_code): row for row in session.exec(query)}
    wanted = found.keys() if cells is None else set(cells)
    return {cell: row for cell, row in found.items() if cell in wanted}
