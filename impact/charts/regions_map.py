"""The map of regions, coloured by a share, drawn without any request to another host."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from impact.charts.base import FONT, has, hover, layout
from impact.charts.geography import Box, Geography, Point
from impact.charts.hatching import hatching
from impact.charts.palette import PALETTES, Mode, Palette, progress_class
from impact.formats import counted

HEIGHT = 492

Row = Mapping[Hashable, Any]


def map_of_regions(frame: pd.DataFrame, geography: Geography, mode: Mode = "light") -> go.Figure:
    """Regions in five classes; those absent from the frame are out of the campaign.

    frame: one row per region of the campaign. region:str INSEE code of 2010; value:float 0..1, NaN where nothing was
    due; label:str written on the region; hover:str plain text, lines parted by a newline, the first one bold;
    hatched:bool not classed, drawn hatched whatever its value. A region without an outline is not drawn.
    A click's event carries `location`, the region's code.
    """
    palette = PALETTES[mode]
    rows = [row for row in frame.to_dict("records") if row["region"] in geography.names]
    inside = {row["region"] for row in rows}
    outside = [code for code in geography.names if code not in inside]
    figure = go.Figure(layout=_layout(palette))
    figure.add_trace(_outside(outside, geography, palette))
    figure.add_trace(_inside(rows, geography, palette))
    figure.add_trace(_lines(_hatches(rows, geography), palette.secondary, 1.1))
    figure.add_trace(_lines([pair for box in geography.frames.values() for pair in _sides(box)], palette.grid, 1))
    figure.add_trace(_names(geography, palette))
    for trace in _labels(rows, geography, palette):
        figure.add_trace(trace)
    return figure


def _layout(palette: Palette) -> go.Layout:
    return layout(
        palette,
        HEIGHT,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        clickmode="event+select",
        geo={
            "visible": False,
            "projection_type": "mercator",
            "lonaxis_range": [-9.9, 9.9],
            "lataxis_range": [41.1, 51.4],
            "bgcolor": "rgba(0,0,0,0)",
        },
    )


def _areas(codes: Sequence[str], geography: Geography, colours: Sequence[str], **more: Any) -> go.Choropleth:
    """One colour per region: the colour scale has as many steps as there are regions."""
    last = max(len(codes) - 1, 1)
    scale = [(rank / last, colour) for rank, colour in enumerate(colours)]
    return go.Choropleth(
        geojson=geography.shapes,
        featureidkey="properties.code",
        locations=list(codes),
        z=list(range(len(codes))),
        zmin=0,
        zmax=last,
        colorscale=scale if len(scale) > 1 else [(0, colours[0]), (1, colours[0])] if colours else None,
        showscale=False,
        hovertemplate="%{text}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        **more,
    )


def _outside(codes: Sequence[str], geography: Geography, palette: Palette) -> go.Choropleth:
    return _areas(
        codes,
        geography,
        [palette.outside] * len(codes),
        text=[hover(geography.names[code], "hors campagne") for code in codes],
        marker={"line": {"color": palette.outline, "width": 0.8}},
    )


def _inside(rows: Sequence[Row], geography: Geography, palette: Palette) -> go.Choropleth:
    outlines = [palette.secondary if _unclassed(row) else palette.paper for row in rows]
    return _areas(
        [row["region"] for row in rows],
        geography,
        [palette.outside if _unclassed(row) else palette.progress[progress_class(row["value"])] for row in rows],
        text=[hover(row["hover"]) for row in rows],
        marker={"line": {"color": outlines, "width": 1.4}},
    )


def _unclassed(row: Row) -> bool:
    return bool(row["hatched"]) or not has(row["value"])


def _hatches(rows: Sequence[Row], geography: Geography) -> list[tuple[Point, Point]]:
    hatched = [row["region"] for row in rows if row["hatched"]]
    return [segment for code in hatched for segment in hatching(geography.rings[code])]


def _lines(segments: Sequence[tuple[Point, Point]], colour: str, width: float) -> go.Scattergeo:
    return go.Scattergeo(
        lon=[longitude for a, b in segments for longitude in (a.longitude, b.longitude, None)],
        lat=[latitude for a, b in segments for latitude in (a.latitude, b.latitude, None)],
        mode="lines",
        line={"color": colour, "width": width},
        hoverinfo="skip",
    )


def _sides(box: Box) -> list[tuple[Point, Point]]:
    corners = [
        Point(box.west, box.south),
        Point(box.east, box.south),
        Point(box.east, box.north),
        Point(box.west, box.north),
    ]
    return list(zip(corners, [*corners[1:], corners[0]], strict=True))


def _names(geography: Geography, palette: Palette) -> go.Scattergeo:
    """Names of the overseas frames, at their right and low."""
    return _texts(
        [Point(box.east + 0.1, box.south + 0.2) for box in geography.frames.values()],
        [geography.names[code] for code in geography.frames],
        palette.secondary,
        position="middle right",
        size=13,
    )


def _labels(rows: Sequence[Row], geography: Geography, palette: Palette) -> Iterator[go.Scattergeo]:
    """One trace per ink: after a click, plotly gives all the texts of a trace one colour."""
    inks = [palette.ink if _unclassed(row) else palette.on_progress[progress_class(row["value"])] for row in rows]
    kinds = [(ink, bool(row["hatched"])) for ink, row in zip(inks, rows, strict=True)]
    for kind in dict.fromkeys(kinds):
        some = [row for row, of_row in zip(rows, kinds, strict=True) if of_row == kind]
        yield _texts(
            [geography.centres[row["region"]] for row in some],
            [f"<b>{escape(row['label'], quote=False)}</b>" for row in some],
            kind[0],
            halo=_halo(palette.paper) if kind[1] else "none",
        )


def _halo(colour: str) -> str:
    """Keeps a text readable over hatching."""
    return ", ".join(f"{x}px {y}px 2px {colour}" for x in (-2, 0, 2) for y in (-2, 0, 2))


def _texts(
    points: Sequence[Point],
    texts: Sequence[str],
    ink: str,
    position: str = "middle center",
    size: int = 14,
    halo: str = "none",
) -> go.Scattergeo:
    return go.Scattergeo(
        lon=[point.longitude for point in points],
        lat=[point.latitude for point in points],
        text=list(texts),
        mode="text",
        textposition=position,
        textfont={"family": FONT, "size": size, "color": ink, "shadow": halo},
        selected={"textfont": {"color": ink}},
        unselected={"textfont": {"color": ink}},
        hoverinfo="skip",
    )


def map_of_regions_alt(frame: pd.DataFrame, geography: Geography, subject: str) -> str:
    """subject: what the colours tell, « complétude »."""
    rows = [row for row in frame.to_dict("records") if not _unclassed(row)]
    rows.sort(key=lambda row: float(row["value"]), reverse=True)
    if not rows:
        return f"Carte des régions, {subject} : aucune région n’est classée."
    first, last = rows[0], rows[-1]
    most, least = (f"{_name(row, geography)} {row['label']}" for row in (first, last))
    classed = counted(len(rows), "région classée", "régions classées")
    return f"Carte des régions, {subject} : de {most} à {least}, {classed} sur {len(frame)}."


def _name(row: Row, geography: Geography) -> str:
    """Without an outline, as the hover text calls it."""
    return geography.names.get(row["region"]) or str(row["hover"]).splitlines()[0]


def map_of_regions_data(frame: pd.DataFrame, geography: Geography, header: str) -> pd.DataFrame:
    """What is drawn, as a file has it: code_region, region, `header`:float 0..1, classe."""
    return pd.DataFrame(
        {
            "code_region": frame["region"],
            "region": [_name(row, geography) for row in frame.to_dict("records")],
            header: frame["value"],
            "texte": frame["label"],
            "classee": [not _unclassed(row) for row in frame.to_dict("records")],
        }
    )
