"""A chart ready to be shown, and the ones that several screens share; made once, never changed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from impact.charts.palette import Mode
from impact.figures import Definition
from impact.presentation import courses
from impact.presentation.lens import Lens, accumulates
from impact.presentation.wording import short_name, titled
from impact.vocabulary import Accumulation, Measure
from impact.world import World

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

TALL = 420


@dataclass(frozen=True, slots=True)
class Drawing:
    title: str
    figure: "go.Figure"
    data: "pd.DataFrame"
    alt: str


def course(world: World, definition: Definition, lens: Lens, mode: Mode) -> Drawing:
    """The country's course over the campaign: what has added up, or each period's value. world: the whole campaign."""
    if accumulates(definition):
        return _bars(world, definition, lens, mode)
    return _curve(world, definition, lens, mode)


def _bars(world: World, definition: Definition, lens: Lens, mode: Mode) -> Drawing:
    from impact.charts.trajectory import trajectory, trajectory_alt, trajectory_data
    from impact.formats import short_date

    frame = courses.bars_frame(world, definition, lens)
    unit = "" if definition.measure is Measure.COUNT else ", en €"
    title = f"{short_name(definition)}{unit}, cumul depuis le {short_date(world.window.start)}"
    drawn = trajectory(frame, definition, mode)
    return Drawing(titled(title, lens), drawn, trajectory_data(frame), trajectory_alt(frame, definition))


def _curve(world: World, definition: Definition, lens: Lens, mode: Mode) -> Drawing:
    from impact.charts.small_multiple import small_multiple, small_multiple_alt

    frame = courses.curve_frame(world, definition, lens, long_ticks=True)
    when = "en fin de période" if definition.accumulation is Accumulation.STOCK else "par période"
    drawn = small_multiple(frame, definition, mode, height=TALL)
    data = courses.curve_data(frame, definition)
    return Drawing(
        titled(f"{short_name(definition)}, {when}", lens), drawn, data, small_multiple_alt(frame, definition)
    )


def small(world: World, definition: Definition, lens: Lens, region: str, mode: Mode) -> Drawing:
    """One region's curve, small. world: the whole campaign."""
    from impact.charts.small_multiple import small_multiple, small_multiple_alt

    frame = courses.curve_frame(world, definition, lens, region)
    return Drawing(
        titled(short_name(definition), lens),
        small_multiple(frame, definition, mode),
        courses.curve_data(frame, definition),
        small_multiple_alt(frame, definition),
    )
