"""A chart ready to be shown, and the ones that several screens share; made once, never changed.

Every visit shows them again: what can be made beforehand is.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from impact.charts.palette import Mode
from impact.figures import Definition
from impact.formats import short_date
from impact.presentation import courses, plans
from impact.presentation.lens import Lens, accumulates
from impact.presentation.wording import short_name, titled
from impact.vocabulary import Accumulation, Measure
from impact.world import World

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

    from impact.charts.finished import Finished

TALL = 420


@dataclass(frozen=True, slots=True)
class Drawing:
    """Made by `drawing`. alt: what it shows, in words; captions the table of its data too."""

    title: str
    figure: "Finished"
    data: "pd.DataFrame"
    alt: str


def drawing(title: str, figure: "go.Figure", data: "pd.DataFrame", alt: str) -> Drawing:
    from impact.charts.finished import Finished

    return Drawing(title, Finished(figure), data, alt)


def course(world: World, definition: Definition, lens: Lens, mode: Mode) -> Drawing:
    """The country's course over the campaign: what has added up, or each period's value. world: the whole campaign."""
    if accumulates(definition):
        return _bars(world, definition, lens, mode)
    return _curve(world, definition, lens, mode)


def _bars(world: World, definition: Definition, lens: Lens, mode: Mode) -> Drawing:
    from impact.charts.trajectory import trajectory, trajectory_alt, trajectory_data

    held = plans.plan(world, definition)
    frame = plans.with_plan(courses.bars_frame(world, definition, lens), definition, held)
    mark = plans.mark(definition, held)
    unit = "" if definition.measure is Measure.COUNT else ", en €"
    title = f"{short_name(definition)}{unit}, cumul depuis le {short_date(world.window.start)}"
    drawn = trajectory(frame, definition, mode, mark)
    return drawing(titled(title, lens), drawn, trajectory_data(frame), trajectory_alt(frame, definition, mark))


def _curve(world: World, definition: Definition, lens: Lens, mode: Mode) -> Drawing:
    from impact.charts.planned import with_plan
    from impact.charts.small_multiple import small_multiple, small_multiple_alt

    stock, held = definition.accumulation is Accumulation.STOCK, plans.plan(world, definition)
    values = courses.curve_frame(world, definition, lens, long_ticks=True, so_far=not stock)
    frame, mark = plans.with_plan(values, definition, held), plans.mark(definition, held)
    when = "en fin de période" if stock else f"cumul depuis le {short_date(world.window.start)}"
    return drawing(
        titled(f"{short_name(definition)}, {when}", lens),
        small_multiple(frame, definition, mode, TALL, mark),
        with_plan(courses.curve_data(frame, definition), frame),
        small_multiple_alt(frame, definition, mark),
    )


def is_cumulated(world: World, definition: Definition, region: str) -> bool:
    """A flow with a target is drawn from the campaign's start to each period: that is what its target is about."""
    flows = definition.accumulation is Accumulation.FLOW
    return flows and plans.plan(world, definition, region) is not None


def small(world: World, definition: Definition, lens: Lens, region: str, mode: Mode) -> Drawing:
    """One region's curve, small, with its planned way and its target. world: the whole campaign."""
    from impact.charts.planned import with_plan
    from impact.charts.small_multiple import small_multiple, small_multiple_alt

    held, cumulated = plans.plan(world, definition, region), is_cumulated(world, definition, region)
    values = (courses.cumulated_frame if cumulated else courses.curve_frame)(world, definition, lens, region)
    frame, mark = plans.with_plan(values, definition, held), plans.mark(definition, held)
    return drawing(
        titled(short_name(definition), lens),
        small_multiple(frame, definition, mode, mark=mark),
        with_plan(courses.curve_data(frame, definition), frame),
        small_multiple_alt(frame, definition, mark, "en cumul" if cumulated else "par période"),
    )
