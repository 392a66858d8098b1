"""A table of things side by side, block by block, as values: what the screen draws and what its file says."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from impact.formats import grade
from impact.presentation.grading import made_of
from impact.proof import Composition


@dataclass(frozen=True, slots=True)
class Side:
    """One thing said of one action. text: '' = nothing is known of it, and `lines` say why.

    grade: of a single figure; composition: of a total of several. lines: n/N, coverage, what cannot be compared.
    code: what names the figure, where it is one that can be picked.
    """

    text: str
    lines: tuple[str, ...] = ()
    grade: int | None = None
    composition: Composition | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """under: the unit, or how to read it. sides: one for each action, in their order."""

    label: str
    sides: tuple[Side, ...]
    under: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """name: « Picardie », title: the action's. code: « 22-1 »."""

    code: str
    name: str
    title: str
    chantier: str


FILE = ("bloc", "ligne", "unite", "action", "region", "valeur", "precisions", "preuve")
"""Columns of the file that holds the whole table, a line for each cell."""


def proof(side: Side) -> str:
    """« F2 documenté », « 62 % en F3, 38 % en F1 »; '' without a figure."""
    if side.composition is not None and side.composition.lowest is not None:
        return made_of(side.composition)
    return "" if side.grade is None else grade(side.grade)


def lines(columns: Sequence[Column], blocks: Iterable[Block]) -> Iterator[tuple[str, ...]]:
    for block in blocks:
        for row in block.rows:
            for column, side in zip(columns, row.sides, strict=True):
                yield (
                    block.title, row.label, row.under, column.code, column.name, side.text, " ; ".join(side.lines),
                    proof(side),
                )  # fmt: skip
