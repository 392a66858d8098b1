"""Stored figures on their way to a file: a few thousand rows at a time, column by column, whatever their number."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact.exports import ExportRequest, Table, entries
from impact.exports.entries import Stored
from impact.models import Account, Breakdown, Entry, Indicator, ReportingPeriod
from impact.permissions import Scope
from impact.queries import catalogue
from impact.queries.figures import visible

ROWS_AT_A_TIME = 2_000

ENTRY: sa.Table = Entry.__table__  # type: ignore[attr-defined]
PART: sa.Table = Breakdown.__table__  # type: ignore[attr-defined]
PERIOD: sa.Table = ReportingPeriod.__table__  # type: ignore[attr-defined]
ACCOUNT: sa.Table = Account.__table__  # type: ignore[attr-defined]

CELL = ("region_code", "indicator_code", "period_code")
FIGURES = ("numerator", "denominator")
SHARED = (
    "answer", "reason", "source", "method", "method_family", "population", "coverage_start", "coverage_end",
    "evidence_link", "comment", "status", "reliability", "indicator_version", "entered_by", "entered_at",
    "submitted_at", "validated_by", "validated_at", "version",
)  # fmt: skip
"""What a breakdown has of its total."""
PART_COLUMNS = (*CELL, "axis_code", "category_code", *FIGURES)
_SERIES, _PERIOD, _BEFORE_SHARED = itemgetter(0, 1), 2, len(PART_COLUMNS)
_NO_MORE: tuple[Any, Iterator[Any]] = (None, iter(()))

Row = tuple[Any, ...]
"""In the order of Stored, days and times still as the driver gives them."""


def entry_tables(session: Session, scope: Scope, request: ExportRequest) -> Iterator[Table]:
    """Every visible figure, some thousand at a time: totals, each followed by its breakdowns."""
    people = {row.id: row.email for row in session.connection().execute(sa.select(ACCOUNT.c.id, ACCOUNT.c.email))}
    definitions = {(one.code, one.version): one for known in catalogue.every_version(session).values() for one in known}
    periods = [period.code for period in sorted(catalogue.periods(session))]
    readers = _readers(session)
    totals = _fetched(session, _totals(session, scope, request))
    parts = _fetched(session, _parts(session, request))
    ordered = _ordered(totals, parts, {code: place for place, code in enumerate(periods)})
    return (entries.table(_columns(rows, readers), definitions, people) for rows in _batches(ordered))


def count(session: Session, scope: Scope, request: ExportRequest) -> int:
    """How many rows `entry_tables` gives, without reading them."""
    totals = _totals(session, scope, request).order_by(None).subquery()
    same = sa.and_(*(PART.c[name] == totals.c[name] for name in CELL))
    queries = (
        sa.select(sa.func.count()).select_from(totals),
        sa.select(sa.func.count()).select_from(PART.join(totals, same)),
    )
    return sum(session.connection().execute(query).scalar_one() for query in queries)


def _fetched(session: Session, query: sa.Select[Any]) -> Generator[Row, None, None]:
    """Rows through a cursor kept open on the server; on SQLite as the driver gives them, which costs a third less."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        with connection.execute(query, execution_options={"yield_per": ROWS_AT_A_TIME}) as result:
            yield from chain.from_iterable(result.partitions())
        return
    with connection.execute(query) as result:
        assert result.cursor is not None
        while rows := result.cursor.fetchmany(ROWS_AT_A_TIME):
            yield from rows


def _ordered(
    totals: Generator[Row, None, None], parts: Generator[Row, None, None], place: Mapping[str, int]
) -> Iterator[list[Row]]:
    """The rows of one indicator of one region after the other: totals by period, each followed by its breakdowns.

    Both come by region and indicator. Breakdowns come without a condition of their own: those whose total was not
    asked for, or is not the reader's, are passed over with it. place: of each period in the order of files.
    """
    with closing(totals), closing(parts):
        groups = groupby(parts, _SERIES)
        series, own = next(groups, _NO_MORE)
        for asked, rows in groupby(totals, _SERIES):
            ordered = sorted(rows, key=lambda row: place[row[_PERIOD]])
            while series and series < asked:
                series, own = next(groups, _NO_MORE)
            yield _with_parts(ordered, own) if series == asked else ordered


def _with_parts(rows: list[Row], parts: Iterable[Row]) -> list[Row]:
    by_period = {period: list(own) for period, own in groupby(parts, itemgetter(_PERIOD))}
    whole: list[Row] = []
    for row in rows:
        whole.append(row)
        shared = row[_BEFORE_SHARED:]
        whole += [(*part, *shared) for part in by_period.get(row[_PERIOD], ())]
    return whole


def _batches(groups: Iterator[list[Row]]) -> Iterator[list[Row]]:
    """Groups put together to lists of some thousand rows."""
    batch: list[Row] = []
    for group in groups:
        batch += group
        if len(batch) >= ROWS_AT_A_TIME:
            yield batch
            batch = []
    if batch:
        yield batch


def _readers(session: Session) -> dict[str, Callable[[Any], Any]]:
    """How the days of a row are read from what the driver gives, by column; moments may stay text."""
    dialect = session.get_bind().dialect
    days = [name for name in SHARED if isinstance(ENTRY.c[name].type, sa.Date)]
    found = {name: ENTRY.c[name].type.dialect_impl(dialect).result_processor(dialect, None) for name in days}
    return {name: read for name, read in found.items() if read}


def _columns(rows: Sequence[Row], readers: dict[str, Callable[[Any], Any]]) -> Stored:
    """Columns instead of rows. What repeats down a column is read once."""
    stored = Stored(*zip(*rows, strict=True))
    read = {}
    for name, reader in readers.items():
        column = getattr(stored, name)
        values = {raw: reader(raw) for raw in set(column)}
        read[name] = [values[raw] for raw in column]
    return stored._replace(**read)


def _totals(session: Session, scope: Scope, request: ExportRequest) -> sa.Select[Any]:
    alone = (sa.literal("").label("axis"), sa.literal("").label("category"))
    unread = (sa.type_coerce(ENTRY.c[name], sa.types.NullType()) for name in SHARED)
    query = sa.select(*(ENTRY.c[name] for name in CELL), *alone, *(ENTRY.c[name] for name in FIGURES), *unread)
    query = query.where(visible(scope), ENTRY.c.reliability >= request.min_proof)
    if request.start or request.end:
        query = query.where(ENTRY.c.period_code.in_(_periods_of(request)))
    return _narrowed(query, ENTRY, request).order_by(*_by_series(session, ENTRY))


def _parts(session: Session, request: ExportRequest) -> sa.Select[Any]:
    query = _narrowed(sa.select(*(PART.c[name] for name in PART_COLUMNS)), PART, request)
    further = (by_code(session, PART.c[name]) for name in ("period_code", "axis_code", "category_code"))
    return query.order_by(*_by_series(session, PART), *further)


def _by_series(session: Session, table: sa.Table) -> tuple[Any, Any]:
    return by_code(session, table.c.region_code), by_code(session, table.c.indicator_code)


def _narrowed(query: sa.Select[Any], table: sa.Table, request: ExportRequest) -> sa.Select[Any]:
    if request.regions:
        query = query.where(table.c.region_code.in_(request.regions))
    if request.indicators:
        query = query.where(table.c.indicator_code.in_(request.indicators))
    if request.chantiers:
        query = query.where(table.c.indicator_code.in_(_indicators_of(request.chantiers)))
    return query


def _periods_of(request: ExportRequest) -> sa.Select[Any]:
    """Codes of the periods that end between the days asked for."""
    query = sa.select(PERIOD.c.code)
    if request.start:
        query = query.where(PERIOD.c.end_date >= request.start)
    return query.where(PERIOD.c.end_date <= request.end) if request.end else query


def _indicators_of(chantiers: tuple[str, ...]) -> sa.Select[Any]:
    table: sa.Table = Indicator.__table__  # type: ignore[attr-defined]
    return sa.select(table.c.code).where(table.c.chantier_code.in_(chantiers))


def by_code(session: Session, column: Any) -> Any:
    """Order of characters, as Python's: a PostgreSQL server may sort by its own language's rules."""
    return column if session.get_bind().dialect.name == "sqlite" else sa.collate(column, "C")
