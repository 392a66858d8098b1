"""What was planned, drawn over what is: a dashed way with a tick per period, and the target as a diamond."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from impact.charts.base import annotation, has, hover
from impact.charts.palette import Palette
from impact.charts.target_mark import TargetMark

Row = Mapping[Hashable, Any]


def reach(rows: Sequence[Row], mark: TargetMark | None) -> list[float]:
    """The values that the axis has to hold; none without a plan."""
    ends = [mark.value, *([mark.start] if mark.start is not None else [])] if mark else []
    ends += [value for _, value in mark.steps] if mark else []
    return [*ends, *(float(row["planned"]) for row in rows if has(row.get("planned")))]


def draw_plan(
    figure: go.Figure, rows: Sequence[Row], mark: TargetMark | None, palette: Palette, small: bool = False
) -> None:
    """rows: planned:float at the end of each period, absent or NaN for none; period:str; planned_label:str in French.

    small: finer marks. A legend says what the dashes are.
    """
    points = _points(rows, mark)
    if len(points) > 1:
        figure.add_trace(_way(points, {"color": palette.paper, "width": 5}))  # so that the dashes read on a bar
        figure.add_trace(_way(points, {"color": palette.secondary, "width": 1.8, "dash": "dash"}))
    known = [(rank, row) for rank, row in enumerate(rows) if has(row.get("planned"))]
    if known:
        figure.add_trace(_ticks(known, palette, small))
    if mark:
        figure.add_trace(_diamond(mark, palette, small))
        figure.add_annotation(_text(mark, len(rows), palette, small))


def _points(rows: Sequence[Row], mark: TargetMark | None) -> list[tuple[float, float]]:
    """From the eve of the campaign to the target; a period that ends after it stays where the target is."""
    points = [(float(rank), float(row["planned"])) for rank, row in enumerate(rows) if has(row.get("planned"))]
    if not points or mark is None:
        return points
    start = [(-0.5, mark.start)] if mark.start is not None else []
    return sorted({*start, *points, *mark.steps, (mark.place, mark.value)})


def _way(points: Sequence[tuple[float, float]], line: dict[str, Any]) -> go.Scatter:
    return go.Scatter(
        x=[x for x, _ in points],
        y=[y for _, y in points],
        mode="lines",
        line=line,
        hoverinfo="skip",
    )


def _ticks(known: Sequence[tuple[int, Row]], palette: Palette, small: bool) -> go.Scatter:
    return go.Scatter(
        x=[rank for rank, _ in known],
        y=[float(row["planned"]) for _, row in known],
        mode="markers",
        marker={
            "symbol": "line-ew", "size": 11 if small else 22, "line": {"color": palette.secondary, "width": 2},
        },
        hovertext=[hover(f"{row['period'].split('<br>')[0]} : {row['planned_label']}") for _, row in known],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )  # fmt: skip


def _diamond(mark: TargetMark, palette: Palette, small: bool) -> go.Scatter:
    return go.Scatter(
        x=[mark.place],
        y=[mark.value],
        mode="markers",
        marker={"symbol": "diamond", "size": 11 if small else 14, "color": palette.ink},
        hovertext=[hover(mark.text, mark.detail)],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )


def _text(mark: TargetMark, count: int, palette: Palette, small: bool) -> dict[str, Any]:
    """Over the diamond, against the right edge where it stands there."""
    edge = {"xanchor": "right", "xshift": 34} if mark.place > count - 1.4 else {}
    return annotation(
        mark.place, mark.value, escape(mark.text, quote=False), palette.ink, 13 if small else 14, yshift=9, **edge
    )


def spoken(rows: Sequence[Row], mark: TargetMark | None) -> Iterator[str]:
    """For a text alternative."""
    if mark:
        yield f"{mark.text}, {mark.detail}"
    told = [f"{row['period'].split('<br>')[0]} {row['planned_label']}" for row in rows if has(row.get("planned"))]
    if told:
        yield f"chemin prévu : {', '.join(told)}"


def with_plan(data: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """The data of a chart, with a column `attendu` where something is planned."""
    if "planned" not in frame or frame["planned"].isna().all():
        return data
    return data.assign(attendu=frame["planned"])
