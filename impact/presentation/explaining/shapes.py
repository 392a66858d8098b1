"""What an explanation is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from impact.aggregation import Total
from impact.figures import Cell, TargetStatement
from impact.presentation.parts import Parts


class Link(NamedTuple):
    """address: of this product, relative to any screen."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A table. numbers: places of the columns that hold numbers. The first column names its row."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str | Link, ...], ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Contribution:
    """A figure that entered. grade: F0 to F4.

    hands: who entered, submitted and validated it, and when; empty where nobody asked.
    """

    region: str
    period: str
    numerator: str
    denominator: str
    status: str
    grade: int
    hands: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One number, explained. Only what holds for its kind is filled.

    number: as screens show it. exact: the same, not rounded: in the unit shown, or a ratio (1/2, not 50) for rates,
    achievement and progress; None where it has no value. title: the number with what it is of. formula: in words, with
    its numbers; notes go on from it. has_denominator: whether the figures are pairs. left_out: why -> which ones.
    total: whose composition by grade is shown. behind: the totals that the number was made of.
    """

    title: str
    formula: str
    has_denominator: bool = False
    contributions: tuple[Contribution, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    coverage: str = ""
    reliability: str = ""
    total: Total | None = None
    definition: str = ""
    subject: str = ""
    number: str = ""
    exact: Fraction | None = None
    notes: tuple[str, ...] = ()
    listings: tuple[Listing, ...] = ()
    links: tuple[Link, ...] = ()
    behind: tuple["Explanation", ...] = ()


@dataclass(frozen=True, slots=True)
class Background:
    """What a World does not hold. hands: as in Contribution, by cell. parts: breakdowns of figures, by cell.

    statements: revisions of the targets asked about, by region then number.
    """

    hands: Mapping[Cell, str] = field(default_factory=dict)
    parts: Parts = field(default_factory=dict)
    statements: tuple[TargetStatement, ...] = ()


NOTHING_MORE = Background()
