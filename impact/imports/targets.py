"""Files of targets: bytes to rows, and what becomes of each. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from impact.imports import columns
from impact.imports.table import Record, Table, parse
from impact.imports.text import decode
from impact.vocabulary import LabelledEnum

TARGET_COLUMNS = ("code_region", "code_indicateur", "base", "cible", "echeance", "motif")
KEY = ("code_region", "code_indicateur")
REQUIRED = (*KEY, "cible", "echeance")


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One line of a file. fields: raw text of the columns that the file has, the key apart, blanks included."""

    line: int
    region: str
    indicator: str
    fields: Mapping[str, str]
    problems: tuple[str, ...] = ()
    """What is wrong with the line as such: its number of cells, its key."""

    @property
    def key(self) -> tuple[str, str]:
        return self.region, self.indicator

    @property
    def is_blank(self) -> bool:
        """Nothing but its key is filled in: it withdraws nothing."""
        return not any(self.fields.values())


class TargetOutcome(LabelledEnum):
    CREATED = "created", "créée"
    UPDATED = "updated", "modifiée"
    UNCHANGED = "unchanged", "inchangée"
    REFUSED = "refused", "refusée"
    IGNORED = "ignored", "ignorée"


@dataclass(frozen=True, slots=True)
class TargetVerdict:
    """messages: why the row is refused."""

    row: TargetRow
    outcome: TargetOutcome
    messages: tuple[str, ...] = ()


def all_accepted(verdicts: Iterable[TargetVerdict]) -> bool:
    """One refused row and nothing of the file is written."""
    return all(verdict.outcome is not TargetOutcome.REFUSED for verdict in verdicts)


def read(data: bytes) -> tuple[TargetRow, ...]:
    """The rows of a CSV file; Refused (every problem at once) when the file as a whole cannot be read."""
    table = parse(decode(data))
    names = columns.names(table, TARGET_COLUMNS, REQUIRED)
    return tuple(_refuse_twice([_row(names, record, table) for record in table.records]))


def _row(names: Sequence[str], record: Record, table: Table) -> TargetRow:
    by_name = columns.cells(names, record, table.separator)
    region, indicator = (by_name.pop(name) for name in KEY)
    empty = [f"« {name} » est vide." for name, text in zip(KEY, (region, indicator), strict=True) if not text]
    flaws = (*empty, *columns.too_wide(record, names))
    return TargetRow(record.line, columns.region_code(region), indicator, by_name, flaws)


def _refuse_twice(rows: Sequence[TargetRow]) -> list[TargetRow]:
    """Rows with the same key are each told of the others' lines; blank ones may repeat."""
    lines: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        if not row.is_blank:
            lines.setdefault(row.key, []).append(row.line)
    return [_told(row, lines.get(row.key, [])) for row in rows]


def _told(row: TargetRow, lines: Sequence[int]) -> TargetRow:
    if len(lines) < 2 or row.is_blank:
        return row
    message = f"même région et même indicateur qu’à la ligne {columns.other_lines(row.line, lines)}."
    return replace(row, problems=(*row.problems, message))
