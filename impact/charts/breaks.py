"""Where the definition of an indicator changes, its series breaks: a line between two periods, and the words for it."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from impact.charts.base import annotation, has
from impact.charts.palette import Palette

ROOM = 20
"""Pixels that the words take above the plot."""

Row = Mapping[Hashable, Any]


def breaks(rows: Iterable[Row]) -> Iterator[tuple[int, int]]:
    """(rank of the first period, version) of each change of definition.

    rows: one per period, in order; version: that of the figures drawn, absent or NaN where none is.
    """
    last = None
    for rank, row in enumerate(rows):
        version = row.get("version")
        if not has(version):
            continue
        if last is not None and version != last:
            yield rank, int(str(version).partition(".")[0])
        last = version


def words(version: int) -> str:
    return f"définition v{version}"


def mark_breaks(figure: go.Figure, rows: list[dict[Hashable, Any]], palette: Palette) -> None:
    """Draw each break over the whole height, with its words above the plot, where nothing else is written."""
    found = list(breaks(rows))
    if found:
        figure.layout.margin.t += ROOM
    for rank, version in found:
        place = rank - 0.5
        ink = {"color": palette.secondary, "width": 1.5, "dash": "dot"}
        figure.add_shape(type="line", x0=place, x1=place, y0=0, y1=1, yref="paper", line=ink)
        side = {"xanchor": "left"} if rank < len(rows) - 1 else {"xanchor": "right"}
        figure.add_annotation(
            annotation(place, 1, words(version), palette.secondary, size=13, yref="paper", yshift=ROOM - 6, **side)
        )


def with_version(data: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """The data of a chart, with a column `version` where its series breaks: elsewhere it would say one thing."""
    if not any(breaks(frame.to_dict("records"))):
        return data
    return data.assign(version=frame["version"].astype("Int64"))


def told_breaks(rows: list[dict[Hashable, Any]]) -> dict[int, str]:
    """For a text alternative: by rank, what to say before a period."""
    return {rank: f"rupture de série, {words(version)}, " for rank, version in breaks(rows)}
