"""Rows to CSV text, block by block, so that a file of any length takes the memory of one block."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from impact.exports.columns import WRITERS, Cells, Column
from impact.vocabulary import Dialect

SEPARATORS = {Dialect.OPEN: ",", Dialect.EXCEL_FR: ";"}
BYTE_ORDER_MARK = "\ufeff"
ROWS_PER_BLOCK = 500


def header(columns: Sequence[Column], dialect: Dialect) -> str:
    """First line, after the byte order mark where the dialect has one."""
    mark = BYTE_ORDER_MARK if dialect is Dialect.EXCEL_FR else ""
    return mark + _text([[column.name for column in columns]], dialect)


def blocks(columns: Sequence[Column], rows: Iterable[Cells], dialect: Dialect) -> Iterator[tuple[str, int]]:
    """Text of the rows without the header, some hundred rows at a time, each with its number of rows."""
    writers = [WRITERS[dialect][column.kind] for column in columns]
    remaining = iter(rows)
    while block := list(islice(remaining, ROWS_PER_BLOCK)):
        cells = (
            ["" if value is None else write(value) for write, value in zip(writers, row, strict=True)] for row in block
        )
        yield _text(cells, dialect), len(block)


def _text(rows: Iterable[Sequence[str]], dialect: Dialect) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=SEPARATORS[dialect], lineterminator="\r\n").writerows(rows)
    return buffer.getvalue()
