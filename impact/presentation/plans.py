"""The way that an indicator should take over the campaign: planned values, and where the target stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import nan
from typing import TYPE_CHECKING

from impact.charts.target_mark import TargetMark
from impact.figures import Definition, Period, Target
from impact.formats import NARROW, counted, number, percent, short_date
from impact.presentation.wording import MILLION, is_euros
from impact.progress import can_pool, share_of_time, share_to_date, starts_from
from impact.vocabulary import NATIONAL_CODE, Direction, Measure
from impact.world import World

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Plan:
    """values: expected at the end of each period of the indicator's frequency, None without a baseline.

    start: the baseline, on the eve of the campaign. target: reached on `due` (the latest, where regions differ).
    place: of the due date where the ends of the periods stand at 0, 1, 2... regions: those whose targets are added up;
    empty for one target. steps: (place, value) of one target's milestones, wherever they fall.
    """

    values: tuple[Fraction | None, ...]
    start: Fraction | None
    target: Fraction
    due: date
    place: float
    regions: tuple[str, ...] = ()
    steps: tuple[tuple[float, Fraction], ...] = ()


def plan(world: World, definition: Definition, region: str = NATIONAL_CODE) -> Plan | None:
    """None without a target. The country without one of its own adds those of its regions up, where they add up.

    world: holds the campaign from its start; narrowed to a chantier or not.
    """
    if definition.direction is Direction.NEUTRAL:
        return None
    own = world.targets.get((region, definition.code))
    if own:
        return _plan(world, definition, [own])
    if region != NATIONAL_CODE or not can_pool(definition):
        return None
    regional = _regional_targets(world, definition)
    return _plan(world, definition, regional, tuple(one.region for one in regional)) if regional else None


def _regional_targets(world: World, definition: Definition) -> list[Target]:
    """Those that add up: of the regions mobilised on the chantier, where the start is known; by code."""
    held = (world.targets.get((code, definition.code)) for code in sorted(world.mobilised_regions(definition.chantier)))
    return [one for one in held if one is not None and starts_from(definition, one) is not None]


def _plan(world: World, definition: Definition, targets: Sequence[Target], regions: tuple[str, ...] = ()) -> Plan:
    periods, due = world.own_periods(definition), max(one.due for one in targets)
    starts = [start for one in targets if (start := starts_from(definition, one)) is not None]
    return Plan(
        tuple(_expected(world, definition, targets, period.end) for period in periods),
        sum(starts, Fraction(0)) if starts else None,
        sum((one.value for one in targets), Fraction(0)),
        due,
        place(periods, due),
        regions,
        tuple(_step(world, periods, day, value) for day, value in targets[0].milestones)
        if starts and not regions
        else (),
    )


def _expected(world: World, definition: Definition, targets: Sequence[Target], day: date) -> Fraction | None:
    parts = []
    for one in targets:
        start = starts_from(definition, one)
        if start is None:
            return None
        parts.append(start + share_to_date(definition, one, world.start, day) * (one.value - start))
    return sum(parts, Fraction(0))


def _step(world: World, periods: Sequence[Period], day: date, value: Fraction) -> tuple[float, Fraction]:
    """The first period runs from the eve of the campaign, at the left edge of the plot, to 0."""
    if not periods or day > periods[0].end:
        return place(periods, day), value
    return -0.5 + 0.5 * float(share_of_time(world.start, periods[0].end, day)), value


def place(periods: Sequence[Period], day: date) -> float:
    """Where a day stands on an axis on which the ends of the periods stand at 0, 1, 2..., never beyond the last."""
    if not periods or day <= periods[0].end:
        return 0.0
    for rank, (earlier, later) in enumerate(pairwise(periods)):
        if day <= later.end:
            return rank + (day - earlier.end).days / (later.end - earlier.end).days
    return float(len(periods) - 1)


def amount(definition: Definition, value: Fraction) -> str:
    """A planned or reached value in few characters: « 41,2 % », « 1 771 », « 2,84 M€ »; rounded as its indicator is."""
    if definition.measure is Measure.RATIO:
        return percent(value, definition.decimals)
    if not is_euros(definition):
        return number(value, definition.decimals)
    if abs(value) >= MILLION:
        return f"{number(value / MILLION, 2)}{NARROW}M€"
    return f"{number(value, 0)}{NARROW}€"


def with_plan(frame: "pd.DataFrame", definition: Definition, held: Plan | None) -> "pd.DataFrame":
    """A course's frame, a row per period of the indicator, with `planned` and `planned_label` for charts.planned."""
    if held is None:
        return frame
    labels = ["" if value is None else f"attendu {amount(definition, value)}" for value in held.values]
    planned = [nan if value is None else float(value) for value in held.values]
    return frame.assign(planned=planned, planned_label=labels)


def mark(definition: Definition, held: Plan | None) -> TargetMark | None:
    if held is None:
        return None
    start = None if held.start is None else float(held.start)
    return TargetMark(
        held.place, float(held.target), f"cible {amount(definition, held.target)}",
        f"au {short_date(held.due)}{_summed(held)}", start,
        tuple((at, float(value)) for at, value in held.steps),
    )  # fmt: skip


def _summed(held: Plan) -> str:
    return f", somme des cibles de {counted(len(held.regions), 'région')}" if held.regions else ""
