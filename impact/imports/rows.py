"""Records to rows with a key and fields, columns found by their names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from impact.exports import entries
from impact.figures import Cell
from impact.imports import columns
from impact.imports.table import Record, Table, parse
from impact.imports.text import decode

KEY_COLUMNS = ("code_region", "code_indicateur", "periode", "axe", "modalite")
IMPORT_COLUMNS = tuple(column.name for column in entries.IMPORT_COLUMNS)
REQUIRED = ("code_region", "code_indicateur", "periode")
"""Without these a row names no cell. What else a figure needs and its column lacks, its row says."""
IGNORED = frozenset(column.name for column in entries.FURTHER_COLUMNS)
"""An export comes back: its further columns are known, and not read."""

RowKey = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One line of a file. fields: raw text of the columns that the file has, keys apart, blanks included."""

    line: int
    region: str
    indicator: str
    period: str
    axis: str
    category: str
    fields: Mapping[str, str]
    problems: tuple[str, ...] = ()
    """What is wrong with the line as such: its number of cells, its key."""

    @property
    def cell(self) -> Cell:
        return Cell(self.region, self.indicator, self.period)

    @property
    def key(self) -> RowKey:
        return self.region, self.indicator, self.period, self.axis, self.category

    @property
    def is_blank(self) -> bool:
        """Nothing but its key is filled in: the line of a template that nobody touched."""
        return not any(self.fields.values())


def read(data: bytes) -> tuple[ImportRow, ...]:
    """The rows of a CSV file; Refused (every problem at once) when the file as a whole cannot be read."""
    table = parse(decode(data))
    names = columns.names(table, IMPORT_COLUMNS, REQUIRED, IGNORED)
    return tuple(_refuse_twice([_row(names, record, table) for record in table.records]))


def _row(names: Sequence[str], record: Record, table: Table) -> ImportRow:
    by_name = columns.cells(names, record, table.separator)
    key = {name: by_name.pop(name, "") for name in KEY_COLUMNS}
    return ImportRow(
        record.line,
        columns.region_code(key["code_region"]),
        key["code_indicateur"],
        key["periode"],
        key["axe"],
        key["modalite"],
        {name: text for name, text in by_name.items() if name not in IGNORED},
        (*_flaws(key), *columns.too_wide(record, names)),
    )


def _flaws(key: Mapping[str, str]) -> list[str]:
    flaws = [f"« {name} » est vide." for name in ("code_region", "code_indicateur", "periode") if not key[name]]
    if bool(key["axe"]) != bool(key["modalite"]):
        flaws.append("« axe » et « modalite » vont ensemble : l’un des deux est vide.")
    return flaws


def _refuse_twice(rows: Sequence[ImportRow]) -> list[ImportRow]:
    """Rows with the same key are each told of the others' lines; blank ones may repeat."""
    lines: dict[RowKey, list[int]] = {}
    for row in rows:
        if not row.is_blank:
            lines.setdefault(row.key, []).append(row.line)
    return [_told(row, lines.get(row.key, [])) for row in rows]


def _told(row: ImportRow, lines: Sequence[int]) -> ImportRow:
    if len(lines) < 2 or row.is_blank:
        return row
    message = f"même région, indicateur, période, axe et modalité qu’à la ligne {columns.other_lines(row.line, lines)}."
    return replace(row, problems=(*row.problems, message))
