"""What a region's total is made of, axis by axis (women, men...): only figures that enter the total."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from impact.aggregation import Total
from impact.figures import SCALE, Axis, Cell, CellEntry, Definition, Pair, from_scaled
from impact.formats import SMALL_NUMBER, counted, n_of_n, number, percent
from impact.presentation.wording import in_brief
from impact.vocabulary import AxisKind, Measure
from impact.world import World

Parts = Mapping[Cell, Mapping[tuple[str, str], Pair]]
"""Breakdowns as queries.breakdowns gives them: by cell, then by (axis, category)."""
NOT_BROKEN_DOWN = "Sans ventilation"


@dataclass(frozen=True, slots=True)
class PartLine:
    """One category. value: « 12 », « 40,0 % ». behind: n sur N, or cases. share: of the total, None where none is.

    told: the share in words; « 3 sur 7 » where a percentage of so few would say too much.
    """

    label: str
    value: str
    behind: str = ""
    share: float | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class AxisTable:
    """One axis of one total. figures: how many of those that enter are broken down, in words."""

    axis: Axis
    lines: tuple[PartLine, ...]
    figures: str

    @property
    def overlaps(self) -> bool:
        return self.axis.kind is AxisKind.OVERLAP


def broken_down(world: World, region: str, parts: Parts) -> list[Definition]:
    """Indicators of the region with at least one category typed in the world's window, in the catalogue's order."""
    held = {cell.indicator for cell in parts if cell.region == region and cell in world.entries}
    return [definition for definition in world.definitions.values() if definition.code in held]


def axis_tables(definition: Definition, total: Total, parts: Parts) -> list[AxisTable]:
    """Sums over the periods of a flow, the last one of a stock: what `total` used. Axes nobody typed are absent."""
    tables = []
    for axis in definition.axes:
        own = [entry for entry in total.used if any(name == axis.code for name, _ in parts.get(entry.cell, {}))]
        if own:
            tables.append(AxisTable(axis, tuple(_lines(definition, axis, total, own, parts)), _figures(total, own)))
    return tables


def _figures(total: Total, own: list[CellEntry]) -> str:
    """« 2 chiffres ventilés sur 3 »; nothing where all are."""
    if len(own) == len(total.used):
        return ""
    return f"{counted(len(own), 'chiffre ventilé', 'chiffres ventilés')} sur {len(total.used)}"


def _lines(definition: Definition, axis: Axis, total: Total, own: list[CellEntry], parts: Parts) -> Iterable[PartLine]:
    whole = total.pair or Pair(0)
    for category in axis.categories:
        typed = [pair for entry in own if (pair := parts[entry.cell].get((axis.code, category.code)))]
        yield _line(definition, category.label, _sum(definition, typed), whole)
    bare = [entry.pair for entry in total.used if entry not in own and entry.pair]
    if bare:
        yield _line(definition, NOT_BROKEN_DOWN, _sum(definition, bare), whole)


def _sum(definition: Definition, pairs: list[Pair]) -> Pair | None:
    if not pairs:
        return None
    denominator = sum(pair.denominator or 0 for pair in pairs) if definition.has_pair else None
    return Pair(sum(pair.numerator for pair in pairs), denominator)


def _line(definition: Definition, label: str, pair: Pair | None, whole: Pair) -> PartLine:
    if pair is None:
        return PartLine(label, "–")
    share = _share(definition, pair, whole)
    drawn = None if share is None else float(share)
    told = _told(definition, pair, whole, share)
    return PartLine(label, in_brief(definition, pair), _behind(definition, pair), drawn, told)


def _share(definition: Definition, pair: Pair, whole: Pair) -> Fraction | None:
    """Of the total; a category of a ratio or a mean has a value of its own instead."""
    if definition.has_pair or whole.numerator <= 0:
        return None
    return Fraction(pair.numerator, whole.numerator)


def _told(definition: Definition, pair: Pair, whole: Pair, share: Fraction | None) -> str:
    if share is None:
        return ""
    few = definition.measure is Measure.COUNT and whole.numerator < SMALL_NUMBER * SCALE
    return n_of_n(Pair(pair.numerator, whole.numerator)) if few else percent(100 * share)


def _behind(definition: Definition, pair: Pair) -> str:
    if definition.measure is Measure.MEAN:
        return f"{number(from_scaled(pair.denominator or 0))} cas"
    large = definition.measure is Measure.RATIO and (pair.denominator or 0) >= SMALL_NUMBER * SCALE
    return n_of_n(pair) if large else ""
