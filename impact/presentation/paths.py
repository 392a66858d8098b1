"""One indicator's course in each region, for charts that stand side by side."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from impact.figures import Definition
from impact.presentation.courses import curve_frame
from impact.presentation.lens import Lens
from impact.presentation.plans import Plan, with_plan
from impact.vocabulary import Accumulation
from impact.world import World

if TYPE_CHECKING:
    import pandas as pd


def path_frame(world: World, definition: Definition, lens: Lens, region: str, plan: Plan | None) -> "pd.DataFrame":
    """For charts.small_multiple: what has come about so far, against the plan; a period without a figure stays open.

    world: the whole campaign.
    """
    alone = curve_frame(world, definition, lens, region)
    if definition.accumulation is Accumulation.STOCK:
        return with_plan(alone, definition, plan)
    so_far = curve_frame(world, definition, lens, region, so_far=True)
    open_ones = alone["numerator"].isna()
    return with_plan(so_far.mask(open_ones, alone).astype(alone.dtypes), definition, plan)


def reached(frames: Iterable["pd.DataFrame"], plans: Iterable[Plan | None]) -> list[float]:
    """Every value drawn: what one scale for all has to hold."""
    held = [float(value) for frame in frames for value in frame["value"].dropna()]
    planned = [value for plan in plans if plan for value in (*plan.values, plan.start, plan.target)]
    return held + [float(value) for value in planned if value is not None]
