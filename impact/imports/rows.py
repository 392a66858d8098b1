"""Records to rows with a key and fields, columns found by their names."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from impact.errors import Problem, Refused
from impact.exports import entries
from impact.figures import Cell
from impact.imports.table import Record, Table, parse
from impact.imports.text import decode

KEY_COLUMNS = ("code_region", "code_indicateur", "periode", "axe", "modalite")
IMPORT_COLUMNS = tuple(column.name for column in entries.IMPORT_COLUMNS)
REQUIRED = ("code_region", "code_indicateur", "periode")
"""Without these a row names no cell. What else a figure needs and its column lacks, its row says."""
IGNORED = frozenset(column.name for column in entries.FURTHER_COLUMNS)
"""An export comes back: its further columns are known, and not read."""

MOST_NAMED = 5
"""Other lines with the same key that a line is told of."""

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
    names = [_name(cell) for cell in table.header]
    _refuse_columns(names)
    rows = [_row(names, record, table) for record in table.records]
    if not rows:
        raise Refused("Le fichier n’a pas de ligne sous ses en-têtes.")
    return tuple(_refuse_twice(rows))


def _name(cell: str) -> str:
    return cell.strip().lower()


def _refuse_columns(names: Sequence[str]) -> None:
    known = {*IMPORT_COLUMNS, *IGNORED}
    if not set(names) & known:
        raise Refused(f"La première ligne n’a aucun des en-têtes attendus : {', '.join(IMPORT_COLUMNS)}.")
    problems = [
        *(Problem(f"colonne inconnue : « {name} ».") for name in names if name not in known),
        *(Problem(f"colonne absente : « {name} ».") for name in REQUIRED if name not in names),
        *(
            Problem(f"colonne présente {count} fois : « {name} ».")
            for name, count in Counter(names).items()
            if count > 1
        ),
    ]
    if problems:
        raise Refused(problems)


def _row(names: Sequence[str], record: Record, table: Table) -> ImportRow:
    """Missing last cells are blank: old spreadsheets drop the separators at the end of a line."""
    cells = [_cell(cell, table.separator) for cell in record.cells]
    by_name = dict(zip(names, cells + [""] * (len(names) - len(cells)), strict=False))
    key = {name: by_name.pop(name, "") for name in KEY_COLUMNS}
    return ImportRow(
        record.line,
        _region(key["code_region"]),
        key["code_indicateur"],
        key["periode"],
        key["axe"],
        key["modalite"],
        {name: text for name, text in by_name.items() if name not in IGNORED},
        tuple(_flaws(key, len(cells), len(names))),
    )


def _cell(text: str, separator: str) -> str:
    """Without the ' that the French dialect puts before text which a spreadsheet would run."""
    stripped = text.strip()
    return stripped[1:] if separator == ";" and stripped.startswith("'") else stripped


def _region(code: str) -> str:
    """A spreadsheet takes the 0 of 01 off; every code has two characters, so it is sure to be put back."""
    return f"0{code}" if len(code) == 1 and code.isdigit() else code


def _flaws(key: Mapping[str, str], cells: int, columns: int) -> list[str]:
    flaws = [f"« {name} » est vide." for name in ("code_region", "code_indicateur", "periode") if not key[name]]
    if bool(key["axe"]) != bool(key["modalite"]):
        flaws.append("« axe » et « modalite » vont ensemble : l’un des deux est vide.")
    if cells > columns:
        flaws.append(
            f"{cells} cases pour {columns} colonnes : un séparateur est de trop, ou un nombre n’est pas protégé."
        )
    return flaws


def _refuse_twice(rows: Sequence[ImportRow]) -> list[ImportRow]:
    """Rows with the same key are each told of the others' lines; blank ones may repeat."""
    lines: dict[RowKey, list[int]] = {}
    for row in rows:
        if not row.is_blank:
            lines.setdefault(row.key, []).append(row.line)
    return [_told(row, lines.get(row.key, [])) for row in rows]


def _told(row: ImportRow, lines: Sequence[int]) -> ImportRow:
    """The first of the other lines are enough: all of them beside each would make a small file's answer endless."""
    if len(lines) < 2 or row.is_blank:
        return row
    others = [line for line in lines[: MOST_NAMED + 1] if line != row.line][:MOST_NAMED]
    where = ", ".join(str(line) for line in others) + (", etc" if len(lines) > len(others) + 1 else "")
    message = f"même région, indicateur, période, axe et modalité qu’à la ligne {where}."
    return replace(row, problems=(*row.problems, message))
