"""The cumulated total, period after period."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from html import escape
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from impact.charts.base import (
    Scale,
    annotation,
    cell_words,
    has,
    hover,
    layout,
    period_axis,
    scale,
    short_number,
    value_axis,
)
from impact.charts.breaks import mark_breaks, told_breaks, with_version
from impact.charts.palette import PALETTES, Mode, Palette
from impact.charts.planned import draw_plan, reach, spoken, with_plan
from impact.charts.target_mark import TargetMark
from impact.figures import Definition
from impact.vocabulary import CellState, Measure

HEIGHT = 420
WIDTH = 0.58
"""Of a bar, where a period is 1 wide."""

Row = Mapping[Hashable, Any]


def trajectory(
    frame: pd.DataFrame, definition: Definition, mode: Mode = "light", mark: TargetMark | None = None
) -> go.Figure:
    """Bars of a count or an amount cumulated since the campaign's start; nothing where nothing is known.

    frame: one row per period, in order. period:str short code; tick:str (periods.period_tick); validated:float
    cumulated, NaN where no figure is validated; provisional:float what submitted figures add to it, NaN or 0 for none;
    partial:bool some due figures are missing behind it; due:bool the period has ended; label:str coverage in words;
    absent:str, where it is given, what stands in place of « manquant ». version, likewise: of the definition; a change
    of it is drawn as a break; planned:float expected at the end of the period and planned_label:str its words,
    likewise. mark: the target.
    """
    palette = PALETTES[mode]
    rows = frame.to_dict("records")
    planned = reach(rows, mark)
    axis = scale([*(top for row in rows for top in (_total(row), _validated(row))), *planned], definition)
    figure = go.Figure(layout=_layout(rows, axis, palette, planned))
    figure.add_trace(_validated_bars(rows, definition, palette))
    figure.add_trace(_provisional_bars(rows, definition, palette))
    for rank in range(len(rows)):
        for text in _annotations(rank, rows, definition, palette):
            figure.add_annotation(text)
    draw_plan(figure, rows, mark, palette)
    mark_breaks(figure, rows, palette)
    return figure


def _validated(row: Row) -> float:
    return float(row["validated"]) if has(row["validated"]) else 0.0


def _provisional(row: Row) -> float:
    return float(row["provisional"]) if has(row["provisional"]) else 0.0


def _total(row: Row) -> float:
    return _validated(row) + _provisional(row)


def _known(row: Row) -> bool:
    return has(row["validated"]) or has(row["provisional"])


def _layout(rows: Sequence[Row], axis: Scale, palette: Palette, planned: Sequence[float]) -> go.Layout:
    values = value_axis(axis, palette)
    values["range"] = [axis.low, max(1.02 * axis.high, 1.14 * max([*map(_total, rows), *planned], default=0.0))]
    return layout(
        palette,
        HEIGHT,
        barmode="relative",
        margin={"l": axis.margin, "r": 8, "t": 12, "b": 66},
        xaxis=period_axis(len(rows), [row["tick"] for row in rows], palette),
        yaxis=values,
    )


def _bars(rows: Sequence[Row], heights: Sequence[float | None], definition: Definition, **more: Any) -> go.Bar:
    return go.Bar(
        x=list(range(len(rows))),
        y=list(heights),
        width=WIDTH,
        hovertext=[_hover(row, definition) for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
        **more,
    )


def _validated_bars(rows: Sequence[Row], definition: Definition, palette: Palette) -> go.Bar:
    """Partial ones are hatched and outlined, so that they read without colour."""
    tone = palette.tone(definition.chantier)
    heights = [_validated(row) if has(row["validated"]) else None for row in rows]
    pattern = {
        "shape": ["/" if row["partial"] else "" for row in rows],
        "size": 7,
        "solidity": 0.45,
        "fgcolor": tone,
        "bgcolor": palette.paper,
        "fillmode": "replace",
    }
    return _bars(
        rows, heights, definition, marker={"color": tone, "pattern": pattern, "line": {"color": tone, "width": 1.4}}
    )


def _provisional_bars(rows: Sequence[Row], definition: Definition, palette: Palette) -> go.Bar:
    tone, tint = palette.tone(definition.chantier), palette.tint(definition.chantier)
    return _bars(
        rows,
        [_provisional(row) or None for row in rows],
        definition,
        marker={"color": tint, "line": {"color": tone, "width": 1.4}},
    )


def _number(value: float, definition: Definition) -> str:
    """Cents tell nothing over a bar."""
    return short_number(value, 0 if definition.measure is Measure.AMOUNT else definition.decimals)


def _waiting(row: Row, definition: Definition) -> str:
    """« 12 provisoires », « 1 provisoire »"""
    value = _provisional(row)
    return f"{_number(value, definition)} provisoire{'s' if abs(value) >= 2 else ''}"


def _hover(row: Row, definition: Definition) -> str:
    more = [f"{_waiting(row, definition)} (soumis)"] if _provisional(row) else []
    coverage = f"partiel : {row['label']}" if row["partial"] else row["label"]
    return hover(f"{row['period']} : {_number(_total(row), definition)} {definition.unit}", *more, coverage)


def _annotations(rank: int, rows: Sequence[Row], definition: Definition, palette: Palette) -> Iterator[dict[str, Any]]:
    """The total over its bar; what it is made of at its right where that place is free."""
    row = rows[rank]
    if not _known(row):
        word = row.get("absent") or cell_words(CellState.MISSING if row["due"] else CellState.NOT_DUE)
        yield annotation(rank, 0, word, palette.secondary, size=13, yshift=4)
        return
    total, top = f"<b>{_number(_total(row), definition)}</b>", max(_total(row), _validated(row), 0.0)
    free = rank + 1 < len(rows) and not any(map(_known, rows[rank + 1 :]))
    short = "<br>partiel" if row["partial"] and not free else ""
    yield annotation(rank, top, total + short, palette.ink, size=15 if free else 14, bgcolor=palette.paper, yshift=2)
    if free and (details := _details(row, definition)):
        place = {"xanchor": "left", "yanchor": "top", "align": "left"}
        text = "<br>".join(details)
        yield annotation(rank + WIDTH / 2 + 0.06, top, text, palette.ink, size=13, bgcolor=palette.paper, **place)


def _details(row: Row, definition: Definition) -> list[str]:
    """Short lines: beside a bar, a phone has room for twelve letters."""
    texts = [f"dont {_waiting(row, definition)}"] if _provisional(row) else []
    texts += ["partiel :", row["label"]] if row["partial"] else []
    return [escape(line, quote=False) for text in texts for line in wrap(text, 12)]


def trajectory_alt(frame: pd.DataFrame, definition: Definition, mark: TargetMark | None = None) -> str:
    rows = frame.to_dict("records")
    broken = told_breaks(rows)
    told = [
        broken.get(rank, "") + _spoken(row, definition) for rank, row in enumerate(rows) if row["due"] or _known(row)
    ]
    plan = "".join(f" {part[:1].upper()}{part[1:]}." for part in spoken(rows, mark))
    return f"{definition.name}, cumul par période : {' ; '.join(told) or 'aucune période échue'}.{plan}"


def _spoken(row: Row, definition: Definition) -> str:
    if not _known(row):
        return f"{row['period']} {row.get('absent') or CellState.MISSING.label}"
    details = [f"dont {_waiting(row, definition)}"] if _provisional(row) else []
    details += ["partiel"] if row["partial"] else []
    return ", ".join([f"{row['period']} {_number(_total(row), definition)}", *details])


def trajectory_data(frame: pd.DataFrame) -> pd.DataFrame:
    """What is drawn, as a file has it: periode, valide, provisoire, partiel, couverture; attendu where there is a plan;
    version where it changes.
    """
    drawn = pd.DataFrame(
        {
            "periode": frame["period"],
            "valide": frame["validated"],
            "provisoire": frame["provisional"],
            "partiel": frame["partial"],
            "couverture": frame["label"],
        }
    )
    return with_version(with_plan(drawn, frame), frame)
