"""Tables as lines of JSON, one row a line, the same from either engine.

Read through the product's own engines inside one transaction: a backup is one state of the database, and needs neither
a file copy (which drops SQLite's locks) nor PostgreSQL's programs. Tables are reflected, not declared, so that a
backup of an older schema restores too.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa

from impact.errors import Refused
from impact.services.rollup import MADE_UNDER

DERIVED = frozenset({"reporting", "standing"})
"""Made anew from the figures that are restored (services.rollup)."""
NOT_KEPT = DERIVED | {"alembic_version", "sign_in"}
"""The revision is in the manifest. Open browser sessions would come back to life: people sign in again."""

ROWS_AT_A_TIME = 1_000


def tables(connection: sa.Connection) -> list[sa.Table]:
    """The tables that a backup keeps, those referred to first."""
    return [table for table in _reflected(connection) if table.name not in NOT_KEPT]


def _reflected(connection: sa.Connection) -> list[sa.Table]:
    metadata = sa.MetaData()
    metadata.reflect(connection)
    return metadata.sorted_tables


def forget_derived(connection: sa.Connection) -> None:
    """Empty what is made from other tables, and what says that it was made, so that it is made anew."""
    for table in _reflected(connection):
        if table.name in DERIVED:
            connection.execute(sa.delete(table))
        if table.name == "setting":
            connection.execute(sa.delete(table).where(table.columns.key == MADE_UNDER))


def lines(connection: sa.Connection, table: sa.Table) -> Iterator[str]:
    """Every row in the order of its key, as a JSON list in the order of columns."""
    query = sa.select(table).order_by(*table.primary_key.columns)
    for row in connection.execute(query, execution_options={"yield_per": ROWS_AT_A_TIME}):
        yield json.dumps([_plain(value) for value in row], ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):  # SQLite keeps UTC without saying so
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def empty(connection: sa.Connection, kept: Iterable[sa.Table]) -> None:
    for table in reversed(list(kept)):
        connection.execute(sa.delete(table))


def fill(connection: sa.Connection, table: sa.Table, columns: list[str], rows: Iterable[str]) -> int:
    """Insert the lines of a table; how many there were. Refused when they do not fit the table."""
    if columns != list(table.columns.keys()):
        raise Refused(f"La sauvegarde et la base n’ont pas les mêmes colonnes dans « {table.name} ».")
    read = [_reader(table.columns[name].type) for name in columns]
    remaining, count = iter(rows), 0
    while batch := list(islice(remaining, ROWS_AT_A_TIME)):
        records = [_record(columns, read, json.loads(line)) for line in batch]
        connection.execute(sa.insert(table), records)
        count += len(records)
    return count


def _record(columns: list[str], read: list[Callable[[Any], Any]], values: list[Any]) -> dict[str, Any]:
    return {
        name: None if value is None else convert(value)
        for name, convert, value in zip(columns, read, values, strict=True)
    }


def _reader(kind: sa.types.TypeEngine[Any]) -> Callable[[Any], Any]:
    """What turns JSON back into a column's value."""
    if isinstance(kind, sa.DateTime):
        return datetime.fromisoformat if kind.timezone else _naive
    if isinstance(kind, sa.Date):
        return date.fromisoformat
    return bool if isinstance(kind, sa.Boolean) else lambda value: value


def _naive(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None)


def count_from_last(connection: sa.Connection, table: sa.Table) -> None:
    """Let PostgreSQL's numbering continue after the restored rows; SQLite does so by itself."""
    if connection.dialect.name != "postgresql" or "id" not in table.columns:
        return
    sequence = connection.execute(sa.select(sa.func.pg_get_serial_sequence(table.name, "id"))).scalar()
    last = connection.execute(sa.select(sa.func.max(table.columns.id))).scalar()
    if sequence and last:
        connection.execute(sa.select(sa.func.setval(sequence, last)))
