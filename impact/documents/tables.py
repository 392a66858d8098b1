"""CSV, by the rules of impact.imports; runs in the child process only."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any

from impact.errors import Refused
from impact.imports import table, text

LONGEST_SHOWN = 200
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+")
_CALLS = r"\b(hyperlink|webservice|import\w+|image|call|exec|register\w*|dde\w*)\s*\("
_RUNS = re.compile(rf"\s*(=|[+\-@].*(\|.*!|{_CALLS}))", re.IGNORECASE | re.DOTALL)
"""What a spreadsheet would run on opening. A minus before a number, or a dash before a word, is none of it."""


def examine(data: bytes) -> None:
    """Refused unless it is a table of at least two columns and two lines, that no spreadsheet would run."""
    words = text.decode(data)
    _, records = table.lines(words)
    suspect = any(sign in words for sign in "=|(")  # most long tables need not be looked at cell by cell
    wide = widest = filled = 0
    for line, cells in records:
        if suspect:
            _refuse_formula(line, cells)
        wide += len(cells) > 1
        if len(cells) > widest or filled < 2:
            widest, filled = max(widest, len(cells)), max(filled, sum(1 for cell in cells if cell.strip()))
    if wide < 2 or filled < 2:
        raise Refused(
            "Ce fichier est du texte, mais pas un tableau d’au moins deux colonnes et deux lignes : s’il s’agit d’un "
            "document, enregistrez-le en PDF ; d’un tableau, en CSV ou en xlsx."
        )
    if widest > table.MOST_COLUMNS:
        raise Refused(f"Ce tableau a {widest} colonnes ; au plus {table.MOST_COLUMNS} : enregistrez-le en xlsx.")


def _refuse_formula(line: int, cells: Sequence[str]) -> None:
    for cell in cells:
        if cell and _RUNS.match(cell):
            raise Refused(
                f"Ligne {line} : une case contient une formule, qu’un tableur exécuterait en ouvrant ce fichier ; "
                "enregistrez les valeurs, sans les formules."
            )


def preview(data: bytes, most: int) -> dict[str, Any]:
    """Header, first rows, and how many rows there are below the header."""
    _, records = table.lines(text.decode(data))
    header = next(records, table.Record(1, []))
    rows = [_shown(record.cells) for record in islice(records, most)]
    return {"header": _shown(header.cells), "rows": rows, "total_rows": len(rows) + sum(1 for _ in records)}


def _shown(cells: Sequence[str]) -> list[str]:
    """What fits in a cell of the screen, without what would disturb the others."""
    plain = [_UNSEEN.sub(" ", cell) for cell in cells[: table.MOST_COLUMNS]]
    return [cell if len(cell) <= LONGEST_SHOWN else f"{cell[: LONGEST_SHOWN - 1]}…" for cell in plain]
