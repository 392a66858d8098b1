"""How many regional actions stand at each stage, month by month."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from impact.charts.base import hover, layout, period_axis, scale_of_counts, value_axis
from impact.charts.palette import PALETTES, Mode, Palette
from impact.charts.periods import MONTHS
from impact.formats import counted, short_date

HEIGHT = 320
MOST_TICKS = 6
WIDEST_TEXT = 18
"""Columns beyond which a count does not fit in its part; hover and table tell it."""

Row = Mapping[Hashable, Any]


def stages_over_time(frame: pd.DataFrame, mode: Mode = "light") -> go.Figure:
    """Stacked columns, a month each, the lowest stage at the bottom.

    frame: one row per day and stage, days and stages in order. day:date; stage:str; count:int.
    """
    palette = PALETTES[mode]
    days, stages = list(frame["day"].drop_duplicates()), list(frame["stage"].drop_duplicates())
    by_stage = {stage: [row for row in frame.to_dict("records") if row["stage"] == stage] for stage in stages}
    totals = frame.groupby("day")["count"].sum().tolist()
    figure = go.Figure(layout=_layout(days, totals, palette))
    for rank, stage in enumerate(stages):
        figure.add_trace(_part(rank, by_stage[stage], len(days), palette))
    return figure


def _layout(days: Sequence[date], totals: Sequence[int], palette: Palette) -> go.Layout:
    axis = scale_of_counts(totals)
    step = -(-len(days) // MOST_TICKS)
    last = len(days) - 1
    texts = [
        f"{MONTHS[day.month - 1]}<br>{day.year}" if (last - rank) % step == 0 else "" for rank, day in enumerate(days)
    ]
    return layout(
        palette, HEIGHT, barmode="stack", bargap=0.25, margin={"l": axis.margin, "r": 8, "t": 12, "b": 52},
        xaxis=period_axis(len(days), texts, palette), yaxis=value_axis(axis, palette),
    )  # fmt: skip


def _part(rank: int, rows: Sequence[Row], columns: int, palette: Palette) -> go.Bar:
    """rank: 0 = no stage yet, boxed; the five stages take the five tones of progress."""
    colour, ink = (
        (palette.outside, palette.ink) if rank == 0 else (palette.progress[rank - 1], palette.on_progress[rank - 1])
    )
    return go.Bar(
        x=list(range(len(rows))), y=[row["count"] for row in rows],
        text=[str(row["count"]) if row["count"] and columns <= WIDEST_TEXT else "" for row in rows],
        textposition="inside", insidetextanchor="middle", textangle=0, textfont={"size": 13, "color": ink},
        constraintext="none", cliponaxis=False,
        hovertext=[hover(short_date(row["day"]), f"{row['stage']} : {_actions(row)}") for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"color": colour, "line": {"color": palette.outline if rank == 0 else palette.paper, "width": 1}},
    )  # fmt: skip


def _actions(row: Row) -> str:
    return counted(int(row["count"]), "action", "actions")


def stages_over_time_alt(frame: pd.DataFrame) -> str:
    """The last day whole; before it, the days on which a count changed."""
    told: list[str] = []
    before: list[int] = []
    for day, own in frame.groupby("day", sort=False):
        counts = own["count"].tolist()
        if counts != before:
            parts = [f"{row['count']} {row['stage']}" for row in own.to_dict("records") if row["count"]]
            told.append(f"{short_date(day)} {', '.join(parts) or 'aucune'}")  # type: ignore[arg-type]
        before = counts
    return f"Actions régionales par étape : {' ; '.join(told) or 'aucune'}."


def stages_over_time_data(frame: pd.DataFrame) -> pd.DataFrame:
    """What is drawn, as a file has it: date, etape, actions."""
    return pd.DataFrame({"date": frame["day"].map(short_date), "etape": frame["stage"], "actions": frame["count"]})
