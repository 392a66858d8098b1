"""A chart on the page: drawn without a request to another host, with its data as a table and as a file."""

from typing import TYPE_CHECKING, Any

import streamlit as st
from markupsafe import Markup

from impact.ui import page, tables

if TYPE_CHECKING:
    import pandas as pd

    from impact.ui.drawings import Drawing
    from impact.ui.page import Explanation

_EMPTY_TOPOLOGY = (
    'data:application/json,{"type":"Topology","arcs":[],"objects":{'
    + ",".join(
        f'"{name}":{{"type":"GeometryCollection","geometries":[]}}'
        for name in ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
    )
    + "}}#"
)
"""Plotly fetches a world map from a CDN for any `geo` figure; this one is empty and comes with the page."""

CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "showTips": False,
    "scrollZoom": False,
    "doubleClick": False,
    "topojsonURL": _EMPTY_TOPOLOGY,
}


def show(drawing: "Drawing", name: str, explanation: "Explanation | None" = None) -> None:
    """name: of the file, and of the widgets; once per page."""
    draw(drawing, name)
    if explanation is None:
        take_away(drawing.data, drawing.alt, name)
        return
    with st.container(horizontal=True, gap="medium"):
        explanation(f"{name}_")
        take_away(drawing.data, drawing.alt, name)


def draw(drawing: "Drawing", name: str) -> None:
    """The chart alone, where several share one table."""
    st.plotly_chart(drawing.figure, config=CONFIG, theme=None, alt=drawing.alt, key=f"{name}_graphique")


def show_map(drawing: "Drawing", name: str) -> str | None:
    """The same; returns the code of the region clicked, if any."""
    event = st.plotly_chart(
        drawing.figure,
        config=CONFIG,
        theme=None,
        alt=drawing.alt,
        key=f"{name}_graphique",
        on_select="rerun",
        selection_mode="points",
    )
    take_away(drawing.data, drawing.alt, name)
    points = event["selection"]["points"]
    return str(points[0]["location"]) if points else None


def take_away(data: "pd.DataFrame", caption: str, name: str) -> None:
    """« Voir les données »: once open, the data as a table and as a file, which is made when it is asked for."""
    panel = st.popover("Voir les données", type="tertiary", key=f"{name}_donnees", on_change="rerun")
    if not panel.open:
        return
    with panel:
        as_file(data, name)
        page.html(data_table(data, caption))


def as_file(data: "pd.DataFrame", name: str) -> None:
    """« Télécharger en CSV »: made when it is asked for."""
    from impact.charts.data import csv_file

    st.download_button(
        "Télécharger en CSV",
        data=lambda: csv_file(data),
        file_name=f"{name}.csv",
        mime="text/csv",
        type="tertiary",
        on_click="ignore",
        key=f"{name}_csv",
    )


def data_table(data: "pd.DataFrame", caption: str) -> str:
    from impact.charts.data import LABELS, is_number, screen_rows

    columns = [
        tables.Column(str(name), LABELS.get(str(name), str(name)), "right" if is_number(data, name) else "left")
        for name in data.columns
    ]
    rows = [{str(name): text for name, text in row.items()} for row in screen_rows(data)]
    return Markup('<div class="imp-data">{}</div>').format(tables.table(columns, rows, caption))
