"""What became of one figure, step by step."""

import sqlalchemy as sa
from sqlmodel import Session

from impact.exports.journal import STORED, HistoryFact
from impact.figures import Cell
from impact.models import Account, History
from impact.permissions import Scope

PAST: sa.Table = History.__table__  # type: ignore[attr-defined]
PEOPLE: sa.Table = Account.__table__  # type: ignore[attr-defined]


def steps(session: Session, scope: Scope, cell: Cell) -> list[tuple[str, HistoryFact]]:
    """Who (by name) and what, oldest first. Of a region that the reader does not see all of: none, not even a count."""
    if not scope.sees_all_of(cell.region):
        return []
    query = (
        sa.select(PEOPLE.c.name, *(PAST.c[name] for name in STORED))
        .select_from(PAST.outerjoin(PEOPLE, PEOPLE.c.id == PAST.c.actor_id))
        .where(
            PAST.c.chain == cell.region,
            PAST.c.indicator_code == cell.indicator,
            PAST.c.period_code == cell.period,
        )
        .order_by(PAST.c.seq)
    )
    found = ((name, HistoryFact(*row)) for name, *row in session.connection().execute(query))
    return [(name or fact.actor, fact) for name, fact in found]
