"""What is kept ready compared with what the figures give: one sentence per difference."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact.queries.book import Book
from impact.services.rollup import (
    REPORTING,
    STANDING,
    computed,
    reporting_row,
    scopes,
    standing_row,
)

Row = dict[str, Any]
REMEDY = "lancez python -m impact rebuild"


def outdated(session: Session) -> Iterator[str]:
    """Faults; a region of a campaign at a time, so that memory holds one's figures."""
    book = Book(session)
    held = scopes(book)
    for region, campaign in held:
        counts, stands = computed(book, region, campaign, book.chantiers)
        periods = {code: period for code, period in book.periods.items() if period.campaign == campaign}
        yield from _differences(
            "Complétude tenue prête", _kept(session, REPORTING, region, REPORTING.c.period_code.in_(periods)),
            [reporting_row(row) for row in counts], REPORTING,
        )  # fmt: skip
        yield from _differences(
            "Avancement tenu prêt", _kept(session, STANDING, region, STANDING.c.campaign_code == campaign),
            [standing_row(campaign, one) for one in stands], STANDING,
        )  # fmt: skip
    yield from _strangers(session, {region for region, _ in held})


def _kept(session: Session, table: sa.Table, region: str, condition: sa.ColumnElement[bool]) -> list[Row]:
    query = sa.select(table).where(table.c.region_code == region, condition)
    return [dict(row) for row in session.connection().execute(query).mappings()]


def _differences(what: str, kept: list[Row], right: list[Row], table: sa.Table) -> Iterator[str]:
    """One sentence for each row that is missing, too many, or says something else."""
    key = [column.name for column in table.primary_key.columns]
    stored, given = ({tuple(row[name] for name in key): row for row in rows} for rows in (kept, right))
    for place in sorted(stored.keys() | given.keys(), key=str):
        if stored.get(place) != given.get(place):
            yield f"{what} : {', '.join(map(str, place))} ne dit pas ce que donnent les chiffres : {REMEDY}."


def _strangers(session: Session, regions: set[str]) -> Iterator[str]:
    """Rows of regions that were never mobilised."""
    for what, table in (("Complétude tenue prête", REPORTING), ("Avancement tenu prêt", STANDING)):
        held = session.connection().execute(sa.select(table.c.region_code).distinct()).scalars()
        for region in sorted(set(held) - regions):
            yield f"{what} : la région {region} n’est pas mobilisée : {REMEDY}."
