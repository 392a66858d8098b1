"""Stored figures on their way to a file: a few thousand rows at a time, whatever their number."""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact.exports import Block, ExportRequest
from impact.exports.entries import Part, Totals, Writing
from impact.exports.writing import UNIT
from impact.figures import Cell
from impact.models import Account, Breakdown, Entry, Indicator, ReportingPeriod
from impact.permissions import Scope
from impact.queries import catalogue
from impact.queries.claims import levels
from impact.queries.figures import visible
from impact.vocabulary import Answer

ROWS_AT_A_TIME = 2_000

ENTRY: sa.Table = Entry.__table__  # type: ignore[attr-defined]
PART: sa.Table = Breakdown.__table__  # type: ignore[attr-defined]
PERIOD: sa.Table = ReportingPeriod.__table__  # type: ignore[attr-defined]
ACCOUNT: sa.Table = Account.__table__  # type: ignore[attr-defined]

CELL = ("region_code", "indicator_code", "period_code")
FIGURES = ("numerator", "denominator")
_SERIES, _PERIOD = itemgetter(0, 1), itemgetter(2)
_OWN = slice(len(CELL), None)
_NO_MORE: tuple[Any, Iterator[Any]] = (None, iter(()))

Row = tuple[Any, ...]
"""Begins with the cell; days and times as the driver gives them."""
Whole = tuple[Row, Sequence[Part]]
"""A total, in the order of Totals, and its breakdowns."""


def entry_blocks(session: Session, scope: Scope, request: ExportRequest) -> Iterator[Block]:
    """Every visible figure, some thousand rows at a time: totals, each followed by its breakdowns."""
    people = {row.id: row.email for row in session.connection().execute(sa.select(ACCOUNT.c.id, ACCOUNT.c.email))}
    definitions = {(one.code, one.version): one for known in catalogue.every_version(session).values() for one in known}
    periods = [period.code for period in sorted(catalogue.periods(session))]
    writing = Writing(definitions, people, request.dialect)
    totals = fetched(session, _totals(session, scope, request))
    parts = fetched(session, breakdowns(session, request))
    joined = with_parts(totals, parts, {code: place for place, code in enumerate(periods)})
    if graded := {cell: f"P{found}" for cell, found in levels(session).items()}:
        joined = _with_grades(joined, graded)
    for batch in _batches(joined):
        columns = zip(*(total for total, _ in batch), strict=True)
        yield writing.block(Totals(*columns), [parts for _, parts in batch])


def count(session: Session, scope: Scope, request: ExportRequest) -> int:
    """How many rows `entry_blocks` give, without reading them."""
    totals = _totals(session, scope, request).order_by(None).subquery()
    same = sa.and_(*(PART.c[name] == totals.c[name] for name in CELL))
    queries = (
        sa.select(sa.func.count()).select_from(totals),
        sa.select(sa.func.count()).select_from(PART.join(totals, same)),
    )
    return sum(session.connection().execute(query).scalar_one() for query in queries)


def fetched(session: Session, query: sa.Select[Any]) -> Generator[Row, None, None]:
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


def with_parts(
    totals: Generator[Row, None, None], parts: Generator[Row, None, None], place: Mapping[str, int]
) -> Iterator[list[Whole]]:
    """The totals of each region and indicator, by period, with their breakdowns.

    Both come by region and indicator. Breakdowns come without a condition of their own: those whose total was not asked
    for, or is not the reader's, are passed over with it. place: of each period in the order of files.
    """
    with closing(totals), closing(parts):
        groups = groupby(parts, _SERIES)
        series, own = next(groups, _NO_MORE)
        for asked, rows in groupby(totals, _SERIES):
            while series and series < asked:
                series, own = next(groups, _NO_MORE)
            held = groupby(own, _PERIOD) if series == asked else ()
            by_period = {period: [part[_OWN] for part in of_period] for period, of_period in held}
            in_order = sorted(rows, key=lambda row: place[_PERIOD(row)])
            yield [(row, by_period.get(_PERIOD(row), ())) for row in in_order]


def _batches(joined: Iterable[list[Whole]]) -> Iterator[list[Whole]]:
    """Some thousand rows at a time; what is of one region and indicator stays together."""
    batch: list[Whole] = []
    held = 0
    for series in joined:
        batch += series
        held += sum(1 + len(parts) for _, parts in series)
        if held >= ROWS_AT_A_TIME:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _totals(session: Session, scope: Scope, request: ExportRequest) -> sa.Select[Any]:
    runs = {
        "words": _run(session, ENTRY, ("answer", "reason", "source", "method", "evidence_link", "comment")),
        "about": _run(session, ENTRY, ("method_family", "population", "coverage_start", "coverage_end")),
        "standing": _text(session, f"%s{UNIT}F%s{UNIT}%s{UNIT}%s", _standing(session)),
    }
    asked = (runs[name] if name in runs else unread(ENTRY.c[name]) for name in Totals._fields)
    query = sa.select(*asked)
    query = query.where(visible(scope), ENTRY.c.reliability >= request.min_proof)
    if request.start or request.end:
        query = query.where(ENTRY.c.period_code.in_(periods_asked(request)))
    return narrowed(query, ENTRY, request).order_by(*by_series(session, ENTRY))


def _standing(session: Session) -> list[sa.ColumnElement[Any]]:
    """Grade P, third, is « sans_objet » where the indicator has none; elsewhere what claims give it comes after."""
    effect = [(one.code, one.version) for known in catalogue.every_version(session).values() for one in known
              if one.proof_of_effect]  # fmt: skip
    version = sa.tuple_(ENTRY.c.indicator_code, ENTRY.c.indicator_version)
    grade = sa.case((version.in_(effect), ""), else_=Answer.NOT_APPLICABLE.value)
    return [ENTRY.c.status, ENTRY.c.reliability, grade, ENTRY.c.indicator_version]


def _with_grades(joined: Iterable[list[Whole]], graded: Mapping[Cell, str]) -> Iterator[list[Whole]]:
    """With the grade P of the cells that claims are carried by, of few regions and indicators."""
    place = Totals._fields.index("standing")
    known = {(cell.region, cell.indicator) for cell in graded}
    for series in joined:
        if series[0][0][:2] in known:
            series = [(_graded(row, place, graded.get(Cell(*row[:3]))), parts) for row, parts in series]
        yield series


def _graded(row: Row, place: int, grade: str | None) -> Row:
    if grade is None:
        return row
    status, reliability, _, version = bytes(row[place]).split(UNIT.encode())
    return (*row[:place], UNIT.encode().join((status, reliability, grade.encode(), version)), *row[place + 1 :])


def breakdowns(session: Session, request: ExportRequest) -> sa.Select[Any]:
    place = _run(session, PART, ("axis_code", "category_code"))
    query = narrowed(sa.select(*(PART.c[name] for name in CELL + FIGURES), place), PART, request)
    further = (by_code(session, PART.c[name]) for name in ("period_code", "axis_code", "category_code"))
    return query.order_by(*by_series(session, PART), *further)


def _run(session: Session, table: sa.Table, names: tuple[str, ...]) -> sa.ColumnElement[Any]:
    """Neighbouring cells as one text in UTF-8: putting them together costs the database less than fetching each."""
    return _text(session, UNIT.join(["%s"] * len(names)), [table.c[name] for name in names])


def _text(session: Session, template: str, cells: Sequence[sa.ColumnElement[Any]]) -> sa.ColumnElement[Any]:
    pattern = sa.literal(template)
    if session.get_bind().dialect.name == "sqlite":
        return sa.type_coerce(sa.cast(sa.func.printf(pattern, *cells), sa.LargeBinary), sa.types.NullType())
    texts = [sa.func.to_char(cell, "YYYY-MM-DD") if isinstance(cell.type, sa.Date) else cell for cell in cells]
    return sa.func.convert_to(sa.func.format(pattern, *texts), "UTF8")


def unread(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """As the driver gives it."""
    return sa.type_coerce(column, sa.types.NullType())


def by_series(session: Session, table: sa.Table) -> tuple[Any, Any]:
    return by_code(session, table.c.region_code), by_code(session, table.c.indicator_code)


def narrowed(query: sa.Select[Any], table: sa.Table, request: ExportRequest) -> sa.Select[Any]:
    if request.regions:
        query = query.where(table.c.region_code.in_(request.regions))
    if request.indicators:
        query = query.where(table.c.indicator_code.in_(request.indicators))
    if request.chantiers:
        query = query.where(table.c.indicator_code.in_(_indicators_of(request.chantiers)))
    return query


def periods_asked(request: ExportRequest) -> sa.Select[Any]:
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
