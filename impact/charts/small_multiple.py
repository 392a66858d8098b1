"""One indicator's curve over the periods."""

import math
from collections.abc import Hashable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from impact.charts.base import Scale, annotation, cell_words, has, hover, layout, period_axis, scale, value_axis
from impact.charts.breaks import breaks, mark_breaks, told_breaks
from impact.charts.palette import PALETTES, Mode, Palette
from impact.charts.planned import draw_plan, reach, spoken
from impact.charts.target_mark import TargetMark
from impact.figures import SCALE, Definition
from impact.vocabulary import CellState, Measure

HEIGHT = 215
LETTER = 0.11
"""Width of a letter at the foot, where a period is 1 wide, in the narrowest column (290 pixels)."""

PLOT = 165
"""Pixels from the foot to the highest line of a small one."""
CLOSED = 10
"""The highest end of a scale of levels."""
LOWEST = 0.25
"""Share of the height that words at the foot need."""

Row = Mapping[Hashable, Any]


def small_multiple(
    frame: pd.DataFrame,
    definition: Definition,
    mode: Mode = "light",
    height: int = HEIGHT,
    mark: TargetMark | None = None,
    beside: Sequence[float] = (),
) -> go.Figure:
    """A curve that never bridges a gap: a missing period is said at its foot, never drawn as zero.

    frame: one row per period of the indicator's frequency, in order. period:str axis text (« T1 », or three lines);
    value:float in the unit shown, NaN for none; label:str the value in French; provisional:bool
    submitted; state:str a CellState; hover:str plain text, lines parted by a newline, the first one bold;
    version, where it is given: of the definition; a change of it is drawn as a break; planned:float expected at the end
    of the period and planned_label:str its words, where they are given. mark: the target. beside: values
    of neighbouring charts, so that all stand on one scale.
    Shares stand on 0 to 100 %, so that they compare.
    """
    palette = PALETTES[mode]
    rows = frame.to_dict("records")
    values = [float(row["value"]) for row in rows if has(row["value"])]
    axis = scale([*values, *beside, *_reach(definition), *reach(rows, mark)], definition)
    figure = go.Figure(
        layout=layout(
            palette,
            height,
            margin={"l": axis.margin, "r": 8, "t": 20, "b": 30 if height == HEIGHT else 66},
            xaxis=period_axis(len(rows), [row["period"] for row in rows], palette),
            yaxis=value_axis(axis, palette),
        )
    )
    draw_plan(figure, rows, mark, palette, small=height == HEIGHT)
    figure.add_trace(_provisional(rows, definition, palette))
    figure.add_trace(_validated(rows, definition, palette))
    for text in _foot(rows, axis, mark, palette):
        figure.add_annotation(text)
    if last := _last_label(rows, axis.high, palette.tone(definition.chantier), palette.paper):
        figure.add_annotation(last)
    mark_breaks(figure, rows, palette)
    return figure


def _reach(definition: Definition) -> list[float]:
    """A mean on a closed scale (1 to 5) shows the whole scale; another's bound (1 095 days) would flatten its curve."""
    if definition.measure is not Measure.MEAN or definition.maximum is None:
        return []
    return [definition.maximum / SCALE] if definition.maximum <= CLOSED * SCALE else []


def _curve(
    rows: Sequence[Row],
    values: Sequence[float | None],
    sizes: Sequence[int],
    marker: dict[str, Any],
    line: dict[str, Any],
) -> go.Scatter:
    """Cut where the definition changes: no line leads from one series to the next."""
    points = [(float(rank), values[rank], sizes[rank], hover(row["hover"])) for rank, row in enumerate(rows)]
    points += [(rank - 0.5, None, 0, "") for rank, _ in breaks(rows)]
    xs, ys, drawn, texts = zip(*sorted(points, key=lambda point: point[0]), strict=True)
    return go.Scatter(
        x=xs,
        y=ys,
        mode="lines+markers",
        connectgaps=False,
        hovertext=texts,
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
        marker={**marker, "size": drawn},
        line=line,
    )


def _validated(rows: Sequence[Row], definition: Definition, palette: Palette) -> go.Scatter:
    tone = palette.tone(definition.chantier)
    values = [None if row["provisional"] or not has(row["value"]) else float(row["value"]) for row in rows]
    return _curve(
        rows, values, [10] * len(rows), {"color": tone, "opacity": 1, "line": {"width": 0}}, {"color": tone, "width": 3}
    )


def _provisional(rows: Sequence[Row], definition: Definition, palette: Palette) -> go.Scatter:
    """Open dots, and the lighter segments that lead to them; drawn first, the validated curve covers the rest."""
    tone, tint = palette.tone(definition.chantier), palette.tint(definition.chantier)
    values = [float(row["value"]) if _touches(rows, rank) else None for rank, row in enumerate(rows)]
    sizes = [10 if row["provisional"] else 0 for row in rows]
    marker = {"color": palette.paper, "line": {"color": tone, "width": 2}, "opacity": 1}
    return _curve(rows, values, sizes, marker, {"color": tint, "width": 3})


def _touches(rows: Sequence[Row], rank: int) -> bool:
    """True for a provisional value and for a value beside one."""
    return has(rows[rank]["value"]) and any(row["provisional"] for row in rows[max(rank - 1, 0) : rank + 2])


def _foot(rows: Sequence[Row], axis: Scale, mark: TargetMark | None, palette: Palette) -> Iterator[dict[str, Any]]:
    """Neighbouring periods in the same state share their words, which stand a line higher where they would touch.

    Where the plan runs at the foot, words stand over it; what is only to come says nothing there.
    """
    end, raised = -math.inf, False
    for words, ranks in groupby(range(len(rows)), key=lambda rank: _absence(rows[rank])):
        if not words:
            continue
        places = list(ranks)
        middle, half = (places[0] + places[-1]) / 2, LETTER * len(words) / 2
        raised = middle - half < end and not raised
        end = middle + half
        taken = _taken(rows, places, axis, mark)
        if taken and all(rows[rank]["state"] == CellState.NOT_DUE for rank in places):
            continue
        shift = taken or (20 if raised else 3)
        place = {**_within(middle, half, len(rows)), "bgcolor": palette.paper}
        yield annotation(text=words, y=axis.low, colour=palette.secondary, size=13, yshift=shift, **place)


def _taken(rows: Sequence[Row], places: Sequence[int], axis: Scale, mark: TargetMark | None) -> int:
    """Pixels from the foot up to above what the plan draws there, 0 where it leaves the foot free."""
    ends = [(float(rows[rank]["planned"]), 8) for rank in places if has(rows[rank].get("planned"))]
    ends += [(mark.value, 30)] if mark is not None and round(mark.place) in places else []
    shares = [((end - axis.low) / (axis.high - axis.low), room) for end, room in ends]
    return max((round(PLOT * share) + room for share, room in shares if share < LOWEST), default=0)


def _within(middle: float, half: float, count: int) -> dict[str, Any]:
    """Centred, or against the edge of the plot that the words would overstep."""
    if middle - half < -0.5:
        return {"x": -0.45, "xanchor": "left"}
    if middle + half > count - 0.5:
        return {"x": count - 0.55, "xanchor": "right"}
    return {"x": middle}


def _absence(row: Row) -> str:
    """Why there is no dot; a ratio of nothing (« n. c. ») is a figure without a value. Empty where there is one."""
    if has(row["value"]):
        return ""
    if row["state"] == CellState.VALUE:
        return escape(row["label"], quote=False)
    return cell_words(CellState(row["state"]))


def _last_label(rows: Sequence[Row], high: float, tone: str, paper: str) -> dict[str, Any] | None:
    """The last value in bold, over its point, or under it where the curve comes down to it."""
    known = [(rank, float(row["value"]), row["label"]) for rank, row in enumerate(rows) if has(row["value"])]
    if not known:
        return None
    (rank, value, label), before = known[-1], known[-2][1] if len(known) > 1 else None
    below = before is not None and before > value > 0.25 * high
    side = {"yanchor": "top", "yshift": -7} if below else {"yanchor": "bottom", "yshift": 6}
    return annotation(
        rank, value, f"<b>{escape(label, quote=False)}</b>", tone, size=15, bgcolor=paper, borderpad=3, **side
    )


def small_multiple_alt(
    frame: pd.DataFrame, definition: Definition, mark: TargetMark | None = None, when: str = "par période"
) -> str:
    """when: what a point is of (« par période », « en cumul »)."""
    rows = frame.to_dict("records")
    broken = told_breaks(rows)
    told = [broken.get(rank, "") + _spoken(row) for rank, row in enumerate(rows) if row["state"] != CellState.NOT_DUE]
    plan = "".join(f" {part[:1].upper()}{part[1:]}." for part in spoken(rows, mark))
    return f"{definition.code} {definition.name}, {when} : {' ; '.join(told) or 'aucune période échue'}.{plan}"


def _spoken(row: Row) -> str:
    period = str(row["period"]).split("<br>")[0]
    if not has(row["value"]):
        words = row["label"] if row["state"] == CellState.VALUE else CellState(row["state"]).label
        return f"{period} {words}"
    return f"{period} {row['label']}{', provisoire' if row['provisional'] else ''}"
