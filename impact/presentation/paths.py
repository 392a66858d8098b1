"""One indicator's course in each region, for charts that stand side by side."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from impact.figures import Definition, Period
from impact.presentation.courses import cumulated_frame, curve_frame
from impact.presentation.lens import Lens
from impact.presentation.plans import Plan, with_plan
from impact.vocabulary import NATIONAL_CODE, Accumulation
from impact.world import World

if TYPE_CHECKING:
    import pandas as pd


def path_frame(world: World, definition: Definition, lens: Lens, region: str, plan: Plan | None) -> "pd.DataFrame":
    """For charts.small_multiple: what has come about so far, against the plan; a period without a figure stays open.

    world: the whole campaign.
    """
    course = curve_frame if definition.accumulation is Accumulation.STOCK else cumulated_frame
    return with_plan(course(world.of_regions({region}), definition, lens, region), definition, plan)


def scale_of(world: World, definition: Definition, lens: Lens, plans: Iterable[Plan | None]) -> list[float]:
    """Every value that the regions' courses show: what one scale for all has to hold."""
    planned = [value for plan in plans if plan for value in (*plan.values, plan.start, plan.target)]
    reached = [value for period in world.own_periods(definition) for value in _reached(world, definition, lens, period)]
    return [float(value) for value in (*planned, *reached) if value is not None]


def _reached(world: World, definition: Definition, lens: Lens, period: Period) -> Iterator[Fraction | None]:
    """Each region's value at the end of a period."""
    since = period.end if definition.accumulation is Accumulation.STOCK else world.window.start
    held = world.within(since, period.end)
    for total in held.totals(definition.code, provisional=lens.provisional, min_proof=lens.min_proof):
        if total.region != NATIONAL_CODE:
            yield total.value
