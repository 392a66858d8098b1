"""What a total is made of, by reliability grade."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from impact.charts.base import annotation, hover, layout
from impact.charts.palette import PALETTES, Mode, Palette
from impact.formats import grade, percent

ROW_HEIGHT = 74
PATTERNS = ("/", ".", "", "", "")
"""By grade: what no document backs is hatched (F0) or dotted (F1)."""

Row = Mapping[Hashable, Any]


def composition_bar(frame: pd.DataFrame, mode: Mode = "light") -> go.Figure:
    """One bar of 100 % per name, cut by grade from F0 to F4, each part labelled where it is wide enough.

    frame: one row per bar and grade, bars in the order to show. name:str of the bar, written over it; grade:int 0..4;
    share:float 0..1, of the total's absolute value; detail:str shown on hover (« 12 chiffres »), may be empty.
    """
    palette = PALETTES[mode]
    rows = frame.to_dict("records")
    names = list(dict.fromkeys(str(row["name"]) for row in rows))
    figure = go.Figure(layout=_layout(len(names), palette))
    for level in range(5):
        figure.add_trace(_parts([row for row in rows if row["grade"] == level], level, names, palette))
    for rank, name in enumerate(names):
        figure.add_annotation(
            annotation(0, rank - 0.3, escape(name, quote=False), palette.ink, xanchor="left", yshift=2)
        )
    for label in _labels(rows, names, palette):
        figure.add_annotation(label)
    return figure


def _layout(count: int, palette: Palette) -> go.Layout:
    bare = {"visible": False, "fixedrange": True}
    return layout(
        palette,
        max(count, 1) * ROW_HEIGHT,
        barmode="stack",
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis={**bare, "range": [0, 1]},
        yaxis={**bare, "range": [max(count, 1) - 0.62, -0.62]},
    )


def _parts(rows: Sequence[Row], level: int, names: Sequence[str], palette: Palette) -> go.Bar:
    return go.Bar(
        orientation="h",
        x=[row["share"] for row in rows],
        y=[names.index(str(row["name"])) for row in rows],
        width=0.6,
        hovertext=[_hover(row) for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={
            "color": palette.proof[level],
            "line": {"color": palette.paper, "width": 2},
            "pattern": {
                "shape": PATTERNS[level],
                "size": 7,
                "solidity": 0.2,
                "fgcolor": palette.secondary,
                "bgcolor": palette.proof[level],
                "fillmode": "replace",
            },
        },
    )


def _hover(row: Row) -> str:
    return hover(str(row["name"]), f"{grade(row['grade'])} : {_percent(row)}", row["detail"])


def _percent(row: Row) -> str:
    return percent(Decimal(repr(float(row["share"]))) * 100)


def _labels(rows: Sequence[Row], names: Sequence[str], palette: Palette) -> Iterator[dict[str, Any]]:
    """« F2 » over its per cent; a narrow part keeps its grade alone, the narrowest none: hover and table tell it."""
    for name in names:
        start = 0.0
        for row in sorted((row for row in rows if row["name"] == name), key=lambda row: int(row["grade"])):
            share, level = float(row["share"]), int(row["grade"])
            if share >= 0.05:
                text = f"<b>F{level}</b><br>{_percent(row)}" if share >= 0.11 else f"<b>F{level}</b>"
                backing = {"bgcolor": palette.proof[level]} if PATTERNS[level] else {}
                yield annotation(
                    start + share / 2, names.index(name), text, palette.on_proof[level], 13, yanchor="middle", **backing
                )
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
