"""What the pure modules compute with: definitions, periods, cells and exact pairs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, NamedTuple, TypeVar

from impact.vocabulary import Accumulation, Additivity, Answer, AxisKind, Direction, Frequency, Measure, Stage, Status

SCALE = 10_000
"""Figures are stored as whole numbers of 1/10,000, so that sums are exact in any order."""

LARGEST = 2**53
"""Scaled figures stay below this: a double then holds them exactly."""


Made = TypeVar("Made", bound=tuple[Any, ...])


make: Callable[[type[Made], Iterable[Any]], Made] = tuple.__new__
"""A named tuple of all its fields, in order: half the cost of calling its class, where there are thousands."""


class Pair(NamedTuple):
    """A stored figure: whole numbers of 1/SCALE. denominator is None for counts and amounts."""

    numerator: int
    denominator: int | None = None


@dataclass(frozen=True, slots=True)
class Category:
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """A breakdown: `partition` categories add up to the total, `overlap` ones are each at most the total."""

    code: str
    label: str
    kind: AxisKind
    categories: tuple[Category, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """One version of an indicator. minimum, maximum, alert_above: shown unit x SCALE."""

    code: str
    version: int
    chantier: str
    name: str
    question: str
    definition: str
    stage: Stage
    measure: Measure
    unit: str
    accumulation: Accumulation
    additivity: Additivity
    direction: Direction
    frequency: Frequency
    decimals: int
    minimum: int | None = None
    maximum: int | None = None
    alert_above: int | None = None
    numerator_label: str = ""
    denominator_label: str = ""
    collection_method: str = ""
    proof_of_effect: bool = False
    axes: tuple[Axis, ...] = ()
    sheet: dict[str, Any] = field(default_factory=dict, hash=False, compare=False)
    """The rest of the sheet: pitfalls, verification_sources, aggregation_note, iris, sdg_goals, sdg_targets."""
    applies_from: date | None = None
    """First day of the periods that are entered under it, where no newer version is; None = all."""

    @property
    def has_pair(self) -> bool:
        """True where a denominator is typed: ratios (n and N) and means (mean and cases)."""
        return self.measure in (Measure.RATIO, Measure.MEAN)


FREQUENCIES = {one.value: one for one in Frequency}


class Period(NamedTuple):
    """A reporting period, both days included; ordered as files are: by end, then length."""

    end: date
    days: int
    code: str
    campaign: str
    frequency: Frequency
    start: date
    deadline: date

    def has_ended(self, today: date) -> bool:
        return today > self.end

    @property
    def short(self) -> str:
        """The code without its campaign: T2, S1, A."""
        return self.code.removeprefix(f"{self.campaign}-")


def period(code: str, campaign: str, frequency: str, start: date, end: date, deadline: date) -> Period:
    return make(Period, (end, (end - start).days + 1, code, campaign, FREQUENCIES[frequency], start, deadline))


class Mobilisation(NamedTuple):
    """A region's commitment to a chantier, both days included; end None = still running."""

    region: str
    chantier: str
    start: date
    end: date | None = None
    primary: bool = False

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


class Target(NamedTuple):
    """What a region, or the country (region 'FR'), sets out to reach in a campaign; values in the unit shown, exact.

    baseline: where it starts from, None where nobody knows. milestones: (day, value) on the way, by day.
    number: how many times it was stated, this one included.
    """

    region: str
    indicator: str
    campaign: str
    value: Fraction
    due: date
    baseline: Fraction | None = None
    milestones: tuple[tuple[date, Fraction], ...] = ()
    number: int = 1


class TargetStatement(NamedTuple):
    """One revision of a target as it was said; target None = withdrawn. region 'FR' = national. set_by: a name."""

    region: str
    indicator: str
    campaign: str
    number: int
    target: Target | None
    reason: str
    set_by: str
    set_at: datetime
    set_on: date


class Cell(NamedTuple):
    region: str
    indicator: str
    period: str


class CellEntry(NamedTuple):
    """What totals and rates need to know of a stored entry. A tuple: worlds hold thousands, and make them fast."""

    region: str
    indicator: str
    period: str
    answer: Answer
    status: Status
    pair: Pair | None
    reliability: int = 0
    version: int = 1
    """Version of the indicator's definition under which it was typed."""
    first_submitted_on: date | None = None

    @property
    def cell(self) -> Cell:
        return Cell(self.region, self.indicator, self.period)


WAY_OF_COUNTING = (
    "chantier", "stage", "measure", "unit", "accumulation", "additivity", "direction", "frequency", "decimals",
)  # fmt: skip
"""What no version of an indicator changes: another way of counting is another indicator."""


def shown_value(measure: Measure, pair: Pair) -> Fraction | None:
    """The value in the unit shown, exact; None when the denominator is 0 (n. c.)."""
    if pair.denominator is None:
        return Fraction(pair.numerator, SCALE)
    if pair.denominator == 0:
        return None
    return Fraction((100 if measure is Measure.RATIO else 1) * pair.numerator, pair.denominator)


def rounded(value: Fraction, decimals: int) -> Decimal:
    """Round once, half away from zero, to so many decimals (docs/mesure.md, *Les totaux*)."""
    return rounded_ratio(value.numerator, value.denominator, decimals)


def rounded_ratio(numerator: int, denominator: int, decimals: int) -> Decimal:
    """`rounded`, of a ratio that is not reduced; denominator > 0."""
    return Decimal(rounded_units(numerator, denominator, decimals)).scaleb(-decimals)


def rounded_units(numerator: int, denominator: int, decimals: int) -> int:
    """`rounded_ratio` in units of its last decimal: 1/8 with two decimals is 13 hundredths."""
    units: int = (2 * abs(numerator) * 10**decimals + denominator) // (2 * denominator)
    return -units if numerator < 0 else units


def to_scaled(value: Decimal) -> int:
    """Scaled whole number of an exact decimal with at most 4 decimals; ValueError beyond."""
    scaled = value * SCALE
    if scaled != scaled.to_integral_value():
        raise ValueError(f"more than 4 decimals: {value}")
    return int(scaled)


def from_scaled(number: int) -> Decimal:
    """Exact decimal of a scaled number, without trailing zeros (120000 -> 12, 125000 -> 12.5)."""
    value = (Decimal(number) / SCALE).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
