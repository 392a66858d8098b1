"""The columns of a file, found by their names in any order, and its keys."""

from collections import Counter
from collections.abc import Collection, Sequence

from impact.errors import Problem, Refused
from impact.imports.table import Record, Table

MOST_NAMED = 5
"""Other lines with the same key that a line is told of."""


def names(table: Table, known: Sequence[str], required: Sequence[str], ignored: Collection[str] = ()) -> list[str]:
    """The headers, in the order of the file; Refused, every problem at once, when they are not those expected."""
    found = [cell.strip().lower() for cell in table.header]
    accepted = {*known, *ignored}
    if not set(found) & accepted:
        raise Refused(f"La première ligne n’a aucun des en-têtes attendus : {', '.join(known)}.")
    problems = [
        *(Problem(f"colonne inconnue : « {name} ».") for name in found if name not in accepted),
        *(Problem(f"colonne absente : « {name} ».") for name in required if name not in found),
        *(
            Problem(f"colonne présente {count} fois : « {name} ».")
            for name, count in Counter(found).items()
            if count > 1
        ),
    ]
    if problems:
        raise Refused(problems)
    if not table.records:
        raise Refused("Le fichier n’a pas de ligne sous ses en-têtes.")
    return found


def cells(found: Sequence[str], record: Record, separator: str) -> dict[str, str]:
    """A record's cells by column. Missing last ones are blank: old spreadsheets drop the separators at the end."""
    texts = [_cell(cell, separator) for cell in record.cells]
    return dict(zip(found, texts + [""] * (len(found) - len(texts)), strict=False))


def _cell(text: str, separator: str) -> str:
    """Without the ' that the French dialect puts before text which a spreadsheet would run."""
    stripped = text.strip()
    return stripped[1:] if separator == ";" and stripped.startswith("'") else stripped


def region_code(code: str) -> str:
    """A spreadsheet takes the 0 of 01 off; every code has two characters, so it is sure to be put back."""
    return f"0{code}" if len(code) == 1 and code.isdigit() else code


def too_wide(record: Record, found: Sequence[str]) -> list[str]:
    width = len(record.cells)
    if width <= len(found):
        return []
    return [f"{width} cases pour {len(found)} colonnes : un séparateur est de trop, ou un nombre n’est pas protégé."]


def other_lines(line: int, lines: Sequence[int]) -> str:
    """The first of the other lines are enough: all of them beside each would make a small file's answer endless."""
    others = [other for other in lines[: MOST_NAMED + 1] if other != line][:MOST_NAMED]
    return ", ".join(str(other) for other in others) + (", etc" if len(lines) > len(others) + 1 else "")
