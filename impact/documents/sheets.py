"""What a worksheet claims to hold, against what a spreadsheet can: a few bytes can claim billions of cells."""

import re
from collections.abc import Mapping

from impact.documents.markup import local
from impact.errors import Refused

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_CELLS = 5_000_000
"""Between the first cell and the furthest one: what a reader of the whole sheet would make room for."""
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


class Sheet:
    """Follows the elements of one worksheet; Refused at the first that goes too far."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self.row = ""
        self.known: set[str] = set()

    def seen(self, element: str, attributes: Mapping[str, str]) -> None:
        if element in ("v", "f"):
            return  # half of all elements
        element = local(element)
        if element == "c":
            self._cell(attributes.get("r", ""))
        elif element == "row":
            self.row = attributes.get("r", "")
            if self.row:
                self._extend(_whole(self.row), 0)
        elif element in ("dimension", "mergeCell"):
            for address in attributes.get("ref", "").split(":"):
                if address:
                    self._reach(address)

    def _cell(self, address: str) -> None:
        """Most stand under another one, in the row that was just begun: these reach no further."""
        letters = address.removesuffix(self.row)
        if address and letters not in self.known:
            self._reach(address)
            if letters.isalpha():
                self.known.add(letters)

    def _reach(self, address: str) -> None:
        found = _ADDRESS.fullmatch(address)
        if not found:
            raise Refused(
                "Ce classeur contient une adresse de case impossible : ouvrez-le et enregistrez-le de nouveau."
            )
        column = 0
        for letter in found[1].upper():
            column = column * 26 + ord(letter) - 64
        self._extend(int(found[2]), column)

    def _extend(self, row: int, column: int) -> None:
        if row <= self.rows and column <= self.columns:
            return
        self.rows, self.columns = max(row, self.rows), max(column, self.columns)
        if self.rows > MOST_ROWS or self.columns > MOST_COLUMNS or self.rows * self.columns > MOST_CELLS:
            raise Refused(
                f"Ce classeur prétend contenir {self.rows} lignes et {self.columns} colonnes ; au plus "
                f"{MOST_CELLS // 1_000_000} millions de cases : supprimez les lignes et colonnes vides, puis "
                "enregistrez-le."
            )


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else MOST_ROWS + 1
