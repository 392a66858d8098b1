"""Regions side by side on one indicator: a dot each, its target, and what should be reached by now."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from impact.charts.base import FONT, Scale, annotation, has, hover, layout, scale
from impact.charts.palette import PALETTES, Mode, Palette
from impact.figures import Definition
from impact.formats import NARROW
from impact.vocabulary import Measure

ROW = 58
"""Pixels of a region: its name and value over its line, the target's value below."""
STEM = 0.13
GAP = 0.75
"""Between the regions that compare and those that stand apart, where a row is 1 high; their heading stands in it."""
SMALL_SHARES = 25
"""Per cent; above, a share stands on the whole scale."""
HEADING = "≠ Non comparables : hors classement"

Row = Mapping[Hashable, Any]


def dots(frame: pd.DataFrame, definition: Definition, mode: Mode = "light") -> go.Figure:
    """One line per region, the first on top; those that do not compare apart, below all others.

    frame: one row per region, in order, those apart last. name:str with its rank, « 1. Picardie »; mark:str a sign
    after it; label:str the value in French; detail:str beside it (« 9/22, partiel »); value:float in the unit shown;
    target, expected:float; target_label:str; partial, provisional, apart:bool; comparability:str in words; hover:str
    plain text, lines parted by a newline, the first one bold. Texts may be empty, numbers NaN. definition: gives the
    axis its decimals.
    """
    palette = PALETTES[mode]
    rows = frame.to_dict("records")
    places = _places(rows)
    axis = _axis([float(row[key]) for row in rows for key in ("value", "target") if has(row[key])], definition)
    figure = go.Figure(layout=_layout(places, axis, palette))
    figure.add_trace(_stems(rows, places, definition, palette))
    figure.add_trace(_expected(rows, places, palette))
    figure.add_trace(_targets(rows, places, palette))
    figure.add_trace(_dots(rows, places, definition, palette))
    for texts in _texts(rows, places, figure.layout.xaxis.range, palette):
        figure.add_trace(texts)
    if any(row["apart"] for row in rows):
        figure.add_annotation(_heading(rows, places, palette))
    return figure


def _axis(values: Sequence[float], definition: Definition) -> Scale:
    """From zero; shares on 0 to 100 %, unless all are so small that regions could not be told apart on it."""
    if definition.measure is not Measure.RATIO or not values or min(values) < 0 or max(values) > SMALL_SHARES:
        return scale(values, definition)
    near = scale(values, replace(definition, measure=Measure.AMOUNT))
    return Scale(near.low, near.high, near.ticks, tuple(f"{text}{NARROW}%" for text in near.texts))


def _places(rows: Sequence[Row]) -> list[float]:
    return [rank + (GAP if row["apart"] else 0) for rank, row in enumerate(rows)]


def _layout(places: Sequence[float], axis: Scale, palette: Palette) -> go.Layout:
    last = max(places, default=0.0)
    return layout(
        palette,
        round(ROW * (last + 1.1)) + 34,
        margin={"l": 12, "r": 6, "t": 0, "b": 34},
        xaxis={
            "range": [axis.low, axis.high + 0.06 * (axis.high - axis.low)],
            "tickvals": list(axis.ticks),
            "ticktext": list(axis.texts),
            "tickfont": {"size": 13, "color": palette.secondary},
            "gridcolor": palette.grid,
            "zeroline": axis.low < 0,
            "zerolinecolor": palette.secondary,
            "fixedrange": True,
        },
        yaxis={"range": [last + 0.5, -0.6], "visible": False, "fixedrange": True},
    )


def _colour(row: Row, definition: Definition, palette: Palette) -> str:
    return palette.secondary if row["apart"] else palette.tone(definition.chantier)


def _stems(rows: Sequence[Row], places: Sequence[float], definition: Definition, palette: Palette) -> go.Bar:
    """From zero to the dot: hatched where the total is partial, lighter where figures are provisional."""
    tones = [_colour(row, definition, palette) for row in rows]
    fills = [
        (palette.outside if row["apart"] else palette.tint(definition.chantier)) if row["provisional"] else tone
        for row, tone in zip(rows, tones, strict=True)
    ]
    return go.Bar(
        orientation="h",
        x=[row["value"] if has(row["value"]) else None for row in rows],
        y=list(places),
        width=STEM,
        hoverinfo="skip",
        marker={
            "color": fills,
            "line": {"color": tones, "width": 1},
            "pattern": {
                "shape": ["/" if row["partial"] else "" for row in rows],
                "size": 6,
                "solidity": 0.4,
                "fgcolor": tones,
                "bgcolor": palette.paper,
                "fillmode": "replace",
            },
        },
    )


def _dots(rows: Sequence[Row], places: Sequence[float], definition: Definition, palette: Palette) -> go.Scatter:
    """Full where all figures are validated, open otherwise; a square where the region stands apart."""
    tones = [_colour(row, definition, palette) for row in rows]
    return go.Scatter(
        x=[row["value"] if has(row["value"]) else None for row in rows],
        y=list(places),
        mode="markers",
        hovertext=[hover(row["hover"]) for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
        marker={
            "symbol": ["square" if row["apart"] else "circle" for row in rows],
            "size": 14,
            "color": [palette.paper if row["provisional"] else tone for row, tone in zip(rows, tones, strict=True)],
            "line": {"color": tones, "width": 2.5},
            "opacity": 1,
        },
    )


def _expected(rows: Sequence[Row], places: Sequence[float], palette: Palette) -> go.Scatter:
    """A dotted tick across the line."""
    x: list[float | None] = []
    y: list[float | None] = []
    for row, place in zip(rows, places, strict=True):
        if has(row["expected"]):
            x += [row["expected"], row["expected"], None]
            y += [place - 0.17, place + 0.17, None]
    line = {"color": palette.ink, "width": 2, "dash": "dot"}
    return go.Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", cliponaxis=False)


def _targets(rows: Sequence[Row], places: Sequence[float], palette: Palette) -> go.Scatter:
    known = [(row, place) for row, place in zip(rows, places, strict=True) if has(row["target"])]
    return go.Scatter(
        x=[row["target"] for row, _ in known],
        y=[place for _, place in known],
        mode="markers",
        hovertext=[hover(row["hover"]) for row, _ in known],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
        marker={"symbol": "diamond", "size": 11, "color": palette.ink, "line": {"color": palette.paper, "width": 1}},
    )


def _texts(
    rows: Sequence[Row], places: Sequence[float], ends: tuple[float, float], palette: Palette
) -> Iterator[go.Scatter]:
    """Name at the left and value at the right, over the line; the target's value below its mark.

    Traces, not annotations: plotly takes a time that grows with the square of their number to add those.
    """
    halo = ", ".join(f"{x}px {y}px 2px {palette.paper}" for x in (-2, 0, 2) for y in (-2, 0, 2))  # no line strikes them
    names = [" ".join(text for text in (row["name"], row["mark"]) if text) for row in rows]
    yield _words("names", [ends[0]] * len(rows), _over(places), map(_plain, names), "middle right", palette.ink, halo)
    values = [f"<b>{_plain(row['label'])}</b> {_plain(row['detail'])}".strip() for row in rows]
    yield _words("values", [ends[1]] * len(rows), _over(places), values, "middle left", palette.ink, halo)
    known = [(row, place) for row, place in zip(rows, places, strict=True) if has(row["target"])]
    labels = [_plain(row["target_label"]) for row, _ in known]
    below = [place + 0.27 for _, place in known]
    at = [float(row["target"]) for row, _ in known]
    yield _words("target labels", at, below, labels, "middle center", palette.secondary, halo, 13)


def _over(places: Sequence[float]) -> list[float]:
    return [place - 0.31 for place in places]


def _plain(text: str) -> str:
    return escape(text, quote=False)


def _words(
    name: str,
    x: Sequence[float],
    y: Sequence[float],
    texts: Iterable[str],
    side: str,
    colour: str,
    halo: str,
    size: int = 14,
) -> go.Scatter:
    return go.Scatter(
        name=name, x=list(x), y=list(y), text=list(texts), mode="text", textposition=side, hoverinfo="skip",
        cliponaxis=False, textfont={"family": FONT, "size": size, "color": colour, "shadow": halo},
    )  # fmt: skip


def _heading(rows: Sequence[Row], places: Sequence[float], palette: Palette) -> dict[str, Any]:
    """Over the first region that stands apart."""
    first = next(place for row, place in zip(rows, places, strict=True) if row["apart"])
    return annotation(0, first - 0.5, f"<b>{HEADING}</b>", palette.ink, xref="paper", xanchor="left", yshift=6)


def dots_alt(frame: pd.DataFrame, definition: Definition) -> str:
    rows = frame.to_dict("records")
    told = " ; ".join(_spoken(row) for row in rows if not row["apart"])
    apart = " ; ".join(_spoken(row) for row in rows if row["apart"])
    sentence = f"{definition.code} {definition.name}, par région : {told or 'aucune région'}."
    return f"{sentence} Non comparables, hors classement : {apart}." if apart else sentence


def _spoken(row: Row) -> str:
    more = [row["comparability"]] if row["mark"] and not row["apart"] else []
    more += ["provisoire"] if row["provisional"] else []
    more += [f"cible {row['target_label'].removeprefix('cible ')}"] if has(row["target"]) else []
    value = f"{row['label']} {row['detail']}".strip()
    return ", ".join([f"{row['name']} {value}", *more])
