"""What a confrontation of approaches consists of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from impact.actions import ActionKey, Partner, Plan, Resource
from impact.aggregation import LeftOut
from impact.figures import CellEntry, Definition, Pair, shown_value
from impact.proof import Composition
from impact.vocabulary import (
    ActionStage,
    Comparability,
    Coverage,
    Finding,
    FundingState,
    LabelledEnum,
    Stage,
)

FEWEST, MOST = 2, 6
"""How many actions are set side by side."""


class Dimension(LabelledEnum):
    """What an indicator tells of an approach, by its place in the results chain."""

    MEANS = "moyens", "moyens"
    REACH = "portee", "portée"
    RESULTS = "resultats", "résultats"


DIMENSIONS: Mapping[Stage, Dimension] = {
    Stage.INPUT: Dimension.MEANS,
    Stage.ACTIVITY: Dimension.REACH,
    Stage.OUTPUT: Dimension.REACH,
    Stage.OUTCOME: Dimension.RESULTS,
    Stage.IMPACT: Dimension.RESULTS,
}


class PublicClaim(NamedTuple):
    """A claim that everybody may read, with the level that it had. key: « 22-3 »."""

    key: str
    version: int
    sentence: str
    finding: Finding
    level: int


@dataclass(frozen=True, slots=True)
class Approach:
    """A regional action as it stands: its validated plan, and what is public of its region on the chantier.

    version: of the plan. population: of the region, 0 where unknown. stage: None = to be formed.
    """

    key: ActionKey
    region_name: str
    population: int
    chantier_name: str
    plan: Plan
    version: int
    stage: ActionStage | None
    claims: tuple[PublicClaim, ...] = ()

    @property
    def chantier(self) -> str:
        return self.plan.identity.chantier


@dataclass(frozen=True, slots=True)
class Side:
    """An action as it was frozen. Money: by status, in 1/10,000 euro; absent, and budget None = not said.

    grades: how many of the figures used stood at each grade, F0 to F4; lowest: None without a figure.
    """

    key: ActionKey
    region_name: str
    population: int
    chantier: str
    chantier_name: str
    title: str
    need: str
    stage: ActionStage | None
    plan_version: int
    budget: int | None
    cash: Mapping[FundingState, int]
    in_kind: Mapping[FundingState, int]
    resources: tuple[Resource, ...]
    partners: tuple[Partner, ...]
    claims: tuple[PublicClaim, ...]
    grades: tuple[int, ...]
    lowest: int | None


@dataclass(frozen=True, slots=True)
class Figure:
    """The total of one region as it was frozen; definition: the version that it follows.

    cells, regions: answered and due. used: the figures that entered, as they stood. left_out: those that did not, why.
    """

    definition: Definition
    pair: Pair | None
    coverage: Coverage
    cells: tuple[int, int]
    regions: tuple[int, int]
    value_date: date | None
    composition: Composition
    used: tuple[CellEntry, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def value(self) -> Fraction | None:
        return shown_value(self.definition.measure, self.pair) if self.pair else None


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator over the actions of its chantier; an action of another one is absent.

    comparability, differences: of those with a figure, against the reference, a region's code.
    """

    definition: Definition
    dimension: Dimension
    figures: Mapping[ActionKey, Figure]
    reference: str
    comparability: Mapping[ActionKey, Comparability]
    differences: Mapping[ActionKey, tuple[str, ...]]


class Cost(NamedTuple):
    """Euros for each unit of a result: numerator in 1/10,000 euro, denominator in 1/10,000 unit, as stored.

    reason: why there is none, in French; '' where there is one, and then both numbers are there.
    """

    numerator: int | None = None
    denominator: int | None = None
    reason: str = ""

    @property
    def value(self) -> Fraction | None:
        """Euros per unit, exact."""
        return Fraction(self.numerator, self.denominator) if self.numerator is not None and self.denominator else None


@dataclass(frozen=True, slots=True)
class CostLine:
    """spent, result: definitions; None where the chantier follows none, and every action then has the reason."""

    chantier: str
    spent: Definition | None
    result: Definition | None
    costs: Mapping[ActionKey, Cost]

    @property
    def name(self) -> str:
        """« FOR-01/FOR-04 », « COO »"""
        return f"{self.spent.code}/{self.result.code}" if self.spent and self.result else self.chantier


@dataclass(frozen=True, slots=True)
class Comparison:
    """Actions side by side, over the periods that end from start to end, as they stood on a day."""

    start: date
    end: date
    taken_on: date
    sides: tuple[Side, ...]
    lines: tuple[Line, ...]
    costs: tuple[CostLine, ...]

    def of(self, dimension: Dimension) -> list[Line]:
        return [line for line in self.lines if line.dimension is dimension]
