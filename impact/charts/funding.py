"""The money of plans at one status, a bar for each region, with the budget as a mark."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from impact import formats
from impact.charts.base import FONT, Scale, has, hover, layout, nice_step, tick_texts
from impact.charts.palette import PALETTES, Mode, Palette
from impact.figures import SCALE

ROW = 54
"""Pixels of a region: its name and amount over its bar."""
THICK = 0.26

Row = Mapping[Hashable, Any]


def funding(frame: pd.DataFrame, mode: Mode = "light") -> go.Figure:
    """One bar per region, the first on top.

    frame: region:str, statut:str, montant:float and budget:float in euros, NaN where nothing was said.
    """
    palette, rows = PALETTES[mode], frame.to_dict("records")
    axis = _axis([float(row[key]) for row in rows for key in ("montant", "budget") if has(row[key])])
    figure = go.Figure(layout=_layout(len(rows), axis, palette))
    figure.add_trace(_bars(rows, palette))
    figure.add_trace(_budgets(rows, palette))
    for texts in _texts(rows, axis, palette):
        figure.add_trace(texts)
    return figure


def _axis(amounts: Sequence[float]) -> Scale:
    high = max(1.0, *amounts, 1.0)
    step = nice_step(high, 4, 0)
    count = int(-(-high // step))
    ticks = tuple(rank * step for rank in range(count + 1))
    return Scale(0, ticks[-1], ticks, tick_texts(ticks, "€"))


def _layout(count: int, axis: Scale, palette: Palette) -> go.Layout:
    return layout(
        palette,
        round(ROW * (count + 0.1)) + 34,
        margin={"l": 12, "r": 26, "t": 0, "b": 34},
        xaxis={
            "range": [axis.low, axis.high],
            "tickvals": list(axis.ticks),
            "ticktext": list(axis.texts),
            "tickfont": {"size": 13, "color": palette.secondary},
            "gridcolor": palette.grid,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis={"range": [count - 0.5, -0.6], "visible": False, "fixedrange": True},
    )


def _bars(rows: Sequence[Row], palette: Palette) -> go.Bar:
    return go.Bar(
        orientation="h",
        x=[row["montant"] if has(row["montant"]) else None for row in rows],
        y=list(range(len(rows))),
        width=THICK,
        marker={"color": palette.progress[3], "line": {"width": 0}},
        hovertext=[hover(*_told(row)) for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _budgets(rows: Sequence[Row], palette: Palette) -> go.Scatter:
    known = [(place, row) for place, row in enumerate(rows) if has(row["budget"])]
    return go.Scatter(
        x=[row["budget"] for _, row in known],
        y=[place for place, _ in known],
        mode="markers",
        cliponaxis=False,
        hovertext=[hover(*_told(row)) for _, row in known],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"symbol": "diamond", "size": 11, "color": palette.ink, "line": {"color": palette.paper, "width": 1}},
    )


def _texts(rows: Sequence[Row], axis: Scale, palette: Palette) -> Iterator[go.Scatter]:
    """Name at the left and amount at the right, over the bar; no grid line strikes them."""
    halo = ", ".join(f"{x}px {y}px 2px {palette.paper}" for x in (-2, 0, 2) for y in (-2, 0, 2))
    names = [escape(str(row["region"]), quote=False) for row in rows]
    yield _words(axis.low, names, "middle right", palette, halo)
    yield _words(axis.high, [f"<b>{euros(row['montant'])}</b>" for row in rows], "middle left", palette, halo)


def _words(at: float, texts: Sequence[str], side: str, palette: Palette, halo: str) -> go.Scatter:
    return go.Scatter(
        x=[at] * len(texts), y=[place - 0.34 for place in range(len(texts))], text=list(texts), mode="text",
        textposition=side, hoverinfo="skip", cliponaxis=False,
        textfont={"family": FONT, "size": 14, "color": palette.ink, "shadow": halo},
    )  # fmt: skip


def _told(row: Row) -> tuple[str, ...]:
    budget = f"budget {euros(row['budget'])}" if has(row["budget"]) else ""
    return str(row["region"]), f"{row['statut']} : {euros(row['montant'])}", budget


def euros(amount: float) -> str:
    return formats.euros(round(amount * SCALE)) if has(amount) else "non dit"


def funding_alt(frame: pd.DataFrame, what: str) -> str:
    """what: « Argent conventionné »."""
    told = []
    for row in frame.to_dict("records"):
        budget = f" pour un budget de {euros(row['budget'])}" if has(row["budget"]) else ""
        told.append(f"{row['region']} {euros(row['montant'])}{budget}")
    return f"{what}, par région : {' ; '.join(told) or 'aucune région'}."


def funding_data(frame: pd.DataFrame) -> pd.DataFrame:
    """What is drawn, as a file has it; no budget where the amounts are in kind."""
    kept = ["code_region", "region", "plans", "statut", "montant"]
    return frame[[*kept, "budget"] if frame["budget"].notna().any() else kept]
