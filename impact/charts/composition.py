"""What a total is made of, by reliability grade."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from impact.charts.base import annotation, hover, layout
from impact.charts.palette import PALETTES, Mode, Palette
from impact.formats import grade, percent

HEIGHT = 44
PATTERNS = ("/", ".", "", "", "")
"""By grade: what no document backs is hatched (F0) or dotted (F1)."""

Row = Mapping[Hashable, Any]


def composition_bar(frame: pd.DataFrame, mode: Mode = "light") -> go.Figure:
    """One total's bar of 100 %, cut by grade from F0 to F4, each part labelled where it is wide enough.

    frame: one row per grade. name:str of the total, which stands over the bar on the page; grade:int 0..4;
    share:float 0..1, of the total's absolute value; detail:str shown on hover (« 12 chiffres »), may be empty.
    """
    palette = PALETTES[mode]
    rows = sorted(frame.to_dict("records"), key=lambda row: int(row["grade"]))
    figure = go.Figure(layout=_layout(palette))
    for row in rows:
        figure.add_trace(_part(row, palette))
    for label in _labels(rows, palette):
        figure.add_annotation(label)
    return figure


def _layout(palette: Palette) -> go.Layout:
    bare = {"visible": False, "fixedrange": True}
    return layout(
        palette,
        HEIGHT,
        barmode="stack",
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis={**bare, "range": [0, 1]},
        yaxis={**bare, "range": [-0.5, 0.5]},
    )


def _part(row: Row, palette: Palette) -> go.Bar:
    level = int(row["grade"])
    return go.Bar(
        orientation="h",
        x=[row["share"]],
        y=[0],
        width=1,
        hovertext=[_hover(row)],
        hovertemplate="%{hovertext}<extra></extra>",
        marker=marker(level, palette, {"color": palette.paper, "width": 2}),
    )


def marker(level: int, palette: Palette, line: Mapping[str, Any]) -> dict[str, Any]:
    """How a part of a bar shows its grade; line: around it."""
    return {
        "color": palette.proof[level],
        "line": line,
        "pattern": {
            "shape": PATTERNS[level],
            "size": 7,
            "solidity": 0.2,
            "fgcolor": palette.secondary,
            "bgcolor": palette.proof[level],
            "fillmode": "replace",
        },
    }


def _hover(row: Row) -> str:
    return hover(str(row["name"]), f"{grade(row['grade'])} : {_percent(row)}", row["detail"])


def _percent(row: Row) -> str:
    return percent(Decimal(repr(float(row["share"]))) * 100)


def _labels(rows: Sequence[Row], palette: Palette) -> Iterator[dict[str, Any]]:
    """« F2 » over its per cent; a narrow part keeps its grade alone, the narrowest none: hover and table tell it."""
    start = 0.0
    for row in rows:
        share, level = float(row["share"]), int(row["grade"])
        if share >= 0.05:
            text = f"<b>F{level}</b><br>{_percent(row)}" if share >= 0.11 else f"<b>F{level}</b>"
            backing = {"bgcolor": palette.proof[level]} if PATTERNS[level] else {}
            yield annotation(start + share / 2, 0, text, palette.on_proof[level], 13, yanchor="middle", **backing)
        start += share


def composition_bar_alt(frame: pd.DataFrame) -> str:
    parts: dict[str, list[str]] = {}
    for row in frame.to_dict("records"):
        if row["share"] > 0:
            parts.setdefault(str(row["name"]), []).append(f"{_percent(row)} en {grade(row['grade'])}")
    told = " ; ".join(f"{name} : {', '.join(shares)}" for name, shares in parts.items())
    return f"Composition par niveau de fiabilité. {told or 'Aucun chiffre'}."


def composition_bar_data(frame: pd.DataFrame) -> pd.DataFrame:
    """What is drawn, as a file has it: nom, niveau_f, part:float 0..1, detail."""
    return pd.DataFrame(
        {"nom": frame["name"], "niveau_f": frame["grade"], "part": frame["share"], "detail": frame["detail"]}
    )
