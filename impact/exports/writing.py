"""Rows to CSV text, block by block, so that a file of any length takes the memory of one block.

A block is written column by column: what repeats down a column is written once, and rows are joined without a function
call per cell. That is three times as fast as csv.writer over cells written one by one, and equal to it to the byte.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from impact.exports.columns import WRITERS, Cells, Column, Kind, Writer
from impact.vocabulary import Dialect

SEPARATORS = {Dialect.OPEN: ",", Dialect.EXCEL_FR: ";"}
BYTE_ORDER_MARK = "\ufeff"
LINE_END = "\r\n"
ROWS_PER_BLOCK = 2_000

Table = Sequence[Sequence[Any]]
"""Cells column by column, all columns of one length."""

_EACH_ALONE = (Kind.ROUNDED, Kind.VALUE)
"""Equal numbers may be written in two ways there: 5 and 5.0 are of two indicators."""


def header(columns: Sequence[Column], dialect: Dialect) -> str:
    """First line, after the byte order mark where the dialect has one."""
    mark = BYTE_ORDER_MARK if dialect is Dialect.EXCEL_FR else ""
    return mark + SEPARATORS[dialect].join(column.name for column in columns) + LINE_END


def blocks(columns: Sequence[Column], rows: Iterable[Cells], dialect: Dialect) -> Iterator[tuple[str, int]]:
    """Text of the rows without the header, some thousand rows at a time, each with its number of rows."""
    return table_blocks(columns, tables(rows), dialect)


def tables(rows: Iterable[Cells]) -> Iterator[Table]:
    """Rows put together to columns, some thousand at a time."""
    remaining = iter(rows)
    while block := list(islice(remaining, ROWS_PER_BLOCK)):
        yield list(zip(*block, strict=True))


def table_blocks(columns: Sequence[Column], whole: Iterable[Table], dialect: Dialect) -> Iterator[tuple[str, int]]:
    """As blocks, of what comes column by column; a block for each table."""
    separator, writers = SEPARATORS[dialect], WRITERS[dialect]
    needs_quotes = re.compile(rf'[{separator}"\r\n]')
    for table in whole:
        written = [
            _written(column, writers[column.kind], values, needs_quotes)
            for column, values in zip(columns, table, strict=True)
        ]
        lines = list(map(separator.join, zip(*written, strict=True)))
        if len(columns) == 1:
            lines = [line or '""' for line in lines]  # an empty line would be no row
        yield LINE_END.join((*lines, "")), len(table[0])


def _written(column: Column, write: Writer, values: Sequence[Any], needs_quotes: re.Pattern[str]) -> Iterable[str]:
    """The cells of one column, None empty."""

    def cell(value: Any) -> str:
        text = "" if value is None else write(value)
        return '"{}"'.format(text.replace('"', '""')) if needs_quotes.search(text) else text

    if column.kind in _EACH_ALONE:
        return map(cell, values)
    known = {value: cell(value) for value in set(values)}
    return map(known.__getitem__, values)
