"""What all charts share: layout without furniture, French separators, periods, nice axes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

import pandas  # noqa: F401 - whole before plotly, which looks for it in sys.modules and stumbles on one half made
import plotly.graph_objects as go

from impact.charts.palette import Palette
from impact.figures import Definition
from impact.formats import NARROW, number
from impact.vocabulary import CELL_SIGNS, CellState, Measure

FONT = '"Source Sans", "Source Sans Pro", sans-serif'


def layout(palette: Palette, height: int, **more: Any) -> go.Layout:
    """Paper and plot are transparent: the page shows through, light or dark."""
    return go.Layout(
        template="none",
        height=height,
        separators=f",{NARROW}",
        font={"family": FONT, "size": 14, "color": palette.ink},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        showlegend=False,
        dragmode=False,
        hoverlabel={
            "bgcolor": palette.paper,
            "bordercolor": palette.secondary,
            "align": "left",
            "font": {"family": FONT, "size": 14, "color": palette.ink},
        },
        **more,
    )


@dataclass(frozen=True, slots=True)
class Scale:
    low: float
    high: float
    ticks: tuple[float, ...]
    texts: tuple[str, ...]

    @property
    def margin(self) -> int:
        """Pixels that the widest text needs at the left of the axis, at 13 px."""
        return 16 + round(7.4 * max(len(text) for text in self.texts))


def scale(values: Sequence[float], definition: Definition, most_ticks: int = 5) -> Scale:
    """An axis from zero that holds the values: 0 to 100 % for shares, so that they compare; else to a round number."""
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    if definition.measure is Measure.RATIO and low == 0 and high <= 100:
        ticks: tuple[float, ...] = (0, 25, 50, 75, 100)
        return Scale(0, 100, ticks, tuple(f"{number(int(tick))}{NARROW}%" for tick in ticks))
    if low == high:
        return Scale(0, 1, (0.0,), ("0",))
    step = nice_step(high - low, most_ticks, definition.decimals)
    first, last = math.floor(low / step), max(math.ceil(high / step), 1)
    ticks = tuple(round(rank * step, 10) for rank in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], ticks, tick_texts(ticks, "%" if definition.measure is Measure.RATIO else ""))


def scale_of_counts(counts: Sequence[int], most_ticks: int = 5) -> Scale:
    """An axis from zero to a round whole number."""
    high = max(1, *counts, 1)
    step = nice_step(high, most_ticks, 0)
    ticks = tuple(rank * step for rank in range(math.ceil(high / step) + 1))
    return Scale(0, ticks[-1], ticks, tick_texts(ticks))


def nice_step(span: float, most_ticks: int, decimals: int) -> float:
    """The smallest of 1, 2, 2.5, 5 x 10^n that cuts the span into at most so many parts and needs no more decimals."""
    finest = 10.0**-decimals
    least = max(span / most_ticks / finest, 1.0)
    magnitude = 10.0 ** math.floor(math.log10(least))
    steps = (factor * size for size in (magnitude, 10 * magnitude) for factor in (1, 2, 2.5, 5))
    return finest * next(step for step in steps if step >= least * (1 - 1e-9) and step % 1 == 0)


def tick_texts(ticks: Sequence[float], sign: str = "") -> tuple[str, ...]:
    """Written in millions (« 1,5 M ») from one million on."""
    largest = max(abs(tick) for tick in ticks)
    divisor, suffix = (1_000_000, f"{NARROW}M") if largest >= 1_000_000 else (1, f"{NARROW}{sign}" if sign else "")
    shown = [tick / divisor for tick in ticks]
    places = next(n for n in range(12) if all(abs(value - round(value, n)) < 1e-9 for value in shown))
    return tuple(
        number(_exact(value, places if value else 0), places if value else 0) + (suffix if value or sign else "")
        for value in shown
    )


def _exact(value: float, places: int) -> Decimal:
    return Decimal(repr(round(value, places)))


def short_number(value: float, decimals: int) -> str:
    """« 1 600 », « 2,84 M »: what fits over a bar; the hover and the table give the exact number."""
    if abs(value) >= 1_000_000:
        return f"{number(_exact(value / 1_000_000, 2), 2)}{NARROW}M"
    return number(_exact(value, decimals), decimals)


def has(value: object) -> bool:
    """False for None and NaN."""
    return value is not None and value == value


def hover(*lines: str) -> str:
    """Lines of plain text as plotly reads them: escaped, the first one bold, empty ones left out."""
    first, *others = [escape(line, quote=False) for text in lines for line in text.split("\n") if line]
    return "<br>".join([f"<b>{first}</b>", *others])


def value_axis(axis: Scale, palette: Palette) -> dict[str, Any]:
    """Horizontal grid alone, texts written in Python; room above the last line for a value's text."""
    return {
        "range": [axis.low, axis.high + 0.08 * (axis.high - axis.low)],
        "tickvals": list(axis.ticks),
        "ticktext": list(axis.texts),
        "tickfont": {"size": 13, "color": palette.secondary},
        "gridcolor": palette.grid,
        "ticks": "outside",
        "ticklen": 6,
        "tickcolor": "rgba(0,0,0,0)",
        "zeroline": False,
        "fixedrange": True,
    }


def period_axis(count: int, texts: Sequence[str], palette: Palette) -> dict[str, Any]:
    """Periods stand at 0, 1, 2...: numbers keep an empty period's place, and annotations between two."""
    return {
        "range": [-0.5, count - 0.5],
        "tickvals": list(range(count)),
        "ticktext": list(texts),
        "tickangle": 0,
        "tickfont": {"size": 13, "color": palette.secondary},
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": palette.secondary,
        "fixedrange": True,
    }


def annotation(x: float, y: float, text: str, colour: str, size: int = 14, **more: Any) -> dict[str, Any]:
    """A text on the plot, standing on its point unless told otherwise."""
    place = {"xanchor": "center", "yanchor": "bottom", "showarrow": False}
    return place | {"x": x, "y": y, "text": text, "font": {"family": FONT, "size": size, "color": colour}} | more


def cell_words(state: CellState) -> str:
    """What stands at the foot of a period without a value: « ○ manquant »; nothing said yet needs no sign."""
    return state.label if state is CellState.NOT_DUE else f"{CELL_SIGNS[state]} {state.label}"
