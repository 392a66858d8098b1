"""Milestones on a line of time: what was planned, when it is expected now, and by how much it slips."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date, timedelta
from html import escape
from textwrap import shorten
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from impact.charts.base import annotation, hover, layout
from impact.charts.palette import PALETTES, Mode, Palette
from impact.charts.periods import MONTHS
from impact.formats import short_date

ROW = 66
SYMBOLS = {"○": "diamond-open", "●": "circle", "▼": "triangle-down", "✕": "x"}
MOST_TICKS = 6
LONGEST = 52
"""Letters of a name that a phone has room for."""

Row = Mapping[Hashable, Any]


def timeline(frame: pd.DataFrame, today: date, mode: Mode = "light") -> go.Figure:
    """One milestone a line, the first on top: an open circle where it was planned, its sign where it is expected.

    frame: one row per milestone. name:str; planned, expected:date; sign:str of its state; state:str; slip:str, may be
    empty; spoken:str, the whole in words, shown on hover.
    """
    palette, rows = PALETTES[mode], frame.to_dict("records")
    first, last = _span(rows, today)
    figure = go.Figure(layout=_layout(rows, first, last, palette))
    figure.add_vline(x=today.isoformat(), line={"color": palette.secondary, "width": 1, "dash": "dot"})
    for rank, row in enumerate(rows):
        figure.add_traces(_traces(len(rows) - rank, row, palette))
        figure.add_annotation(_name(len(rows) - rank, row, palette))
    side = "right" if _share(today, first, last) > 0.5 else "left"
    figure.add_annotation(_text(today, 0.45, "aujourd’hui", palette.secondary, 13, yanchor="middle", xanchor=side))
    return figure


def _span(rows: Sequence[Row], today: date) -> tuple[date, date]:
    """Every day that is drawn, and some room."""
    days = [today, *(row["planned"] for row in rows), *(row["expected"] for row in rows)]
    room = timedelta(days=max(5, (max(days) - min(days)).days // 20))
    return min(days) - room, max(days) + room


def _share(day: date, first: date, last: date) -> float:
    return (day - first).days / (last - first).days


def _layout(rows: Sequence[Row], first: date, last: date, palette: Palette) -> go.Layout:
    ticks = _ticks(first, last)
    return layout(
        palette, ROW * len(rows) + 74, margin={"l": 4, "r": 8, "t": 6, "b": 46},
        xaxis={
            "type": "date", "range": [first.isoformat(), last.isoformat()],
            "tickvals": [day.isoformat() for day in ticks],
            "ticktext": [f"{MONTHS[day.month - 1]}<br>{day.year}" for day in ticks],
            "tickangle": 0, "tickfont": {"size": 13, "color": palette.secondary}, "showgrid": True,
            "gridcolor": palette.grid, "zeroline": False, "fixedrange": True,
        },
        yaxis={"visible": False, "range": [0.2, len(rows) + 0.8], "fixedrange": True},
    )  # fmt: skip


def _ticks(first: date, last: date) -> list[date]:
    """First days of months, a few of them."""
    months = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= date(year, month, 1) <= last
    ]
    return months[:: max(1, -(-len(months) // MOST_TICKS))]


def _traces(height: int, row: Row, palette: Palette) -> list[go.Scatter]:
    """The way from the planned day to the expected one, and their two signs, on the lower half of the line."""
    days, at = [row["planned"].isoformat(), row["expected"].isoformat()], height - 0.26
    told = {
        "hovertext": [hover(*str(row["spoken"]).split(" : ", 1))] * 2,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    way = go.Scatter(x=days, y=[at, at], mode="lines", line={"color": palette.secondary, "width": 2}, hoverinfo="skip")
    planned = go.Scatter(
        x=days[:1], y=[at], mode="markers", **told,
        marker={"symbol": "circle-open", "size": 11, "color": palette.ink, "line": {"width": 2}},
    )  # fmt: skip
    expected = go.Scatter(
        x=days[1:], y=[at], mode="markers", **told,
        marker={"symbol": SYMBOLS[str(row["sign"])], "size": 11, "color": palette.ink, "line": {"width": 2}},
    )  # fmt: skip
    return [way, planned, expected]


def _name(height: int, row: Row, palette: Palette) -> dict[str, Any]:
    """« Congrès national », « atteint, +12 jours » over its line, from the left edge, where a phone has room for it."""
    slip = f", <b>{escape(str(row['slip']))}</b>" if row["slip"] else ""
    name = escape(shorten(str(row["name"]), LONGEST, placeholder="…"), quote=False)
    text = f"{name}<br>{escape(str(row['state']))}{slip}"
    place = {"xref": "paper", "xanchor": "left", "x": 0, "align": "left"}
    return annotation(0, height - 0.12, text, palette.ink, 14, bgcolor=palette.paper) | place


def _text(day: date, height: float, text: str, colour: str, size: int, **more: Any) -> dict[str, Any]:
    return annotation(0, height, text, colour, size, **more) | {"x": day.isoformat()}


def timeline_alt(frame: pd.DataFrame) -> str:
    told = " ; ".join(str(row["spoken"]) for row in frame.to_dict("records"))
    return f"Jalons : {told}." if told else "Aucun jalon."


def timeline_data(frame: pd.DataFrame) -> pd.DataFrame:
    """What is drawn, as a file has it: jalon, type, prevu, attendu_le, statut, decalage:days, motif."""
    return pd.DataFrame({
        "jalon": frame["name"], "type": frame["kind"], "prevu": frame["planned"].map(short_date),
        "attendu_le": frame["expected"].map(short_date), "statut": frame["state"],
        "decalage": frame["days"].astype("Int64"), "motif": frame["reason"],
    })  # fmt: skip
