"""Text to a header and records, by the separator that splits the header into most columns."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from impact.errors import Refused

SEPARATORS = ";,\t"
MOST_COLUMNS = 200
LONGEST_CELL = 10_000


class Record(NamedTuple):
    """Cells of one line as a spreadsheet numbers it: the header is line 1."""

    line: int
    cells: list[str]


class Table(NamedTuple):
    separator: str
    header: list[str]
    records: list[Record]


def parse(text: str) -> Table:
    """Refused when the text cannot be cut into lines of cells; lines of blanks alone are left out."""
    separator, read = lines(text)
    records = list(read)
    header = records[0].cells if records else []
    if len(header) > MOST_COLUMNS:
        raise Refused(f"Le fichier a {len(header)} colonnes ; au plus {MOST_COLUMNS}.")
    return Table(separator, header, records[1:])


def lines(text: str) -> tuple[str, Iterator[Record]]:
    """The separator, and the records one by one, the header first: a long file need not be held as cells."""
    text = _without_hint(text)
    separator = _separator(text)
    return separator, _records(text, separator)


def _without_hint(text: str) -> str:
    """Without the line « sep=; » that some spreadsheets put first."""
    first, _, rest = text.partition("\n")
    return rest if first.strip().strip('"').lower().startswith("sep=") else text


def _separator(text: str) -> str:
    """Equal column counts decide: most records as wide as the header, then the widest header."""
    return max(SEPARATORS, key=lambda separator: _agreement(text, separator))


def _agreement(text: str, separator: str) -> tuple[bool, int, int]:
    widths = _widths(text, separator)
    header = widths[0] if widths else 0
    return header > 1, sum(width == header for width in widths), header


def _widths(text: str, separator: str) -> list[int]:
    """Column counts of the first records; enough to tell separators apart."""
    widths = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if any(cell.strip() for cell in cells):
                widths.append(len(cells))
            if len(widths) == 50:
                break
    except csv.Error:  # the reading proper says where
        pass
    return widths


def _records(text: str, separator: str) -> Iterator[Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 0
    try:
        for line, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                _refuse_long(line, cells)
                yield Record(line, cells)
    except csv.Error:
        raise Refused(
            f"Ligne {line + 1} : le fichier n’est pas du CSV lisible ; un guillemet n’est sans doute pas fermé, "
            "ou une case est démesurée."
        ) from None


def _refuse_long(line: int, cells: Sequence[str]) -> None:
    if any(len(cell) > LONGEST_CELL for cell in cells):
        raise Refused(f"Ligne {line} : une case dépasse {LONGEST_CELL} caractères.")
