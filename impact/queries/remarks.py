"""Reads of what is said in words beside a figure."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session

from impact.figures import Cell
from impact.permissions import Scope
from impact.queries.figures import TABLE, narrowed, visible


def remarks(session: Session, scope: Scope, *, regions: Collection[str], periods: Collection[str]) -> dict[Cell, str]:
    """Reason, comment, and why the national office returned it, of visible figures; a figure without any is absent."""
    columns = (
        TABLE.c.region_code, TABLE.c.indicator_code, TABLE.c.period_code, TABLE.c.reason, TABLE.c.comment,
        TABLE.c.review_note,
    )  # fmt: skip
    some = sa.or_(TABLE.c.reason != "", TABLE.c.comment != "", TABLE.c.review_note != "")
    query = narrowed(sa.select(*columns).where(visible(scope), some), regions, None, periods)
    return {
        Cell(region, indicator, period): " ".join(text for text in (reason, comment, _returned(note)) if text)
        for region, indicator, period, reason, comment, note in session.connection().execute(query)
    }


def _returned(note: str) -> str:
    return f"Bureau national : {note}" if note else ""
