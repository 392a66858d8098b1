"""What is kept ready of a network: by the product's own rules for a few campaigns, copied for their like.

The figures of a network are such that campaigns of as many days stand alike (tests.bench.network), which the last of
each kind is compared with. The campaign that runs, and small networks, are computed whole.
"""

from calendar import isleap

import sqlalchemy as sa
from sqlmodel import Session

from impact.db import Database, transaction
from impact.queries.book import Book
from impact.services import rollup

WHOLE = 6
"""Up to so many campaigns are computed, none copied."""
KEPT = (rollup.REPORTING, rollup.STANDING)


def code(year: int) -> str:
    return f"{year}-{year + 1}"


def fill(db: Database, years: range) -> None:
    with transaction(db) as session:
        if len(years) <= WHOLE:
            rollup.rebuild(session)
            return
        current, past = years[-1], years[:-1]
        book = Book(session)
        compute(session, book, current)
        for leap in (False, True):
            alike = [year for year in past if isleap(year + 1) is leap]
            model, others = alike[-1], alike[:-1]
            compute(session, book, model)
            for year in others:
                copy(session, model, year)
            if others:
                compare(session, book, others[0])


def compute(session: Session, book: Book, year: int) -> None:
    rollup.refresh(session, book, rollup.units_of(book, book.chantiers, [code(year)]))


def copy(session: Session, model: int, year: int) -> None:
    connection = session.connection()
    connection.exec_driver_sql(
        "INSERT INTO reporting SELECT region_code, chantier_code, replace(period_code, ?, ?), due, answered, on_time,"
        " figures, proven FROM reporting WHERE period_code LIKE ?",
        (code(model), code(year), f"{code(model)}-%"),
    )
    connection.exec_driver_sql(
        "INSERT INTO standing (region_code, chantier_code, campaign_code, as_of, progress, expected, measured,"
        " indicators, state) SELECT region_code, chantier_code, ?, date(as_of, ?), progress, expected, measured,"
        " indicators, state FROM standing WHERE campaign_code = ?",
        (code(year), f"{year - model} years", code(model)),
    )


def compare(session: Session, book: Book, year: int) -> None:
    """RuntimeError where the copy is not what the rules say."""
    copied = held(session, year)
    compute(session, book, year)
    if copied != held(session, year):
        raise RuntimeError(f"the copied campaign {code(year)} is not what the rules compute")


def held(session: Session, year: int) -> list[list[tuple[object, ...]]]:
    reporting, standing = KEPT
    queries = (
        sa.select(reporting).where(reporting.c.period_code.like(f"{code(year)}-%")),
        sa.select(standing).where(standing.c.campaign_code == code(year)),
    )
    return [sorted(map(tuple, session.connection().execute(query)), key=str) for query in queries]
