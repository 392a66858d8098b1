"""A page of Dash with the charts of the national view: prints the milliseconds of processor of an update, as JSON.

Run by the Python of .bench: `python tests/bench/dash_page.py NETWORK`; nothing of the product is imported. The map of
regions by progress and the course of one indicator beside its target, read from the figures at each update, as a
careful author would: one statement each, outlines at an address that the browser keeps, floats; neither statuses nor
labels nor coverage. `course` is the same page without the map.
"""

import json
import sqlite3
import statistics
import sys
import time
from collections import defaultdict

import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html

CAMPAIGN = "SELECT max(code) FROM campaign"
PROGRESS = """
WITH figure AS (
  SELECT region_code, indicator_code, sum(numerator) AS added, sum(denominator) AS cases, max(end_date) AS latest_end,
    numerator AS latest, denominator AS latest_cases
  FROM period CROSS JOIN entry ON period_code = code
  WHERE campaign_code = :campaign AND status = 'validated' AND answer = 'valeur'
  GROUP BY region_code, indicator_code
)
SELECT figure.region_code, measure, accumulation, added, cases, latest, latest_cases, baseline, value, max(number)
FROM figure
JOIN indicator_version USING (indicator_code)
JOIN target USING (region_code, indicator_code)
WHERE campaign_code = :campaign AND version = 1
GROUP BY figure.region_code, indicator_code
"""
COURSE = """SELECT period_code, sum(numerator) FROM period CROSS JOIN entry ON period_code = code
WHERE campaign_code = ? AND status = 'validated' AND indicator_code = ? GROUP BY period_code ORDER BY end_date"""
TARGET = "SELECT baseline, value FROM target WHERE region_code = 'FR' AND campaign_code = ? AND indicator_code = ?"
OUTLINES = "/assets/regions.geojson"
SCALE = 10_000
"""Figures are stored in 1/10,000; shares in percent."""


def progress(connection: sqlite3.Connection, campaign: str) -> dict[str, float]:
    """The mean way to its targets of each region, 0 to 1."""
    ways = defaultdict(list)
    for region, measure, accumulation, added, cases, latest, latest_cases, baseline, target, _ in connection.execute(
        PROGRESS, {"campaign": campaign}
    ):
        if accumulation == "stock":
            added, cases = latest, latest_cases
        if target is None or target == baseline or (measure in ("ratio", "mean") and not cases):
            continue
        value = (100 if measure == "ratio" else 1) * SCALE * added / cases if cases else added
        start = baseline or 0
        ways[region].append(min(1, max(0, (value - start) / (target - start))))
    return {region: statistics.fmean(own) for region, own in ways.items()}


def map_of_regions(shares: dict[str, float]) -> go.Figure:
    figure = go.Figure(
        go.Choropleth(
            geojson=OUTLINES, featureidkey="properties.code", locations=list(shares), z=list(shares.values()),
            text=[f"{100 * share:.0f} %" for share in shares.values()], hovertemplate="%{text}<extra></extra>",
        )
    )  # fmt: skip
    return figure.update_geos(visible=False, fitbounds="locations")


def course(connection: sqlite3.Connection, campaign: str, indicator: str) -> go.Figure:
    rows = connection.execute(COURSE, [campaign, indicator]).fetchall()
    figure, added = go.Figure(), [sum(row[1] for row in rows[: rank + 1]) / SCALE for rank in range(len(rows))]
    figure.add_bar(x=[row[0] for row in rows], y=added)
    if stated := connection.execute(TARGET, [campaign, indicator]).fetchone():
        figure.add_scatter(x=[rows[0][0], rows[-1][0]], y=[(stated[0] or 0) / SCALE, stated[1] / SCALE], mode="lines")
    return figure


def page(path: str, alone: bool) -> Dash:
    app, shown = Dash(__name__), [dcc.Graph(id="course")] if alone else [dcc.Graph(id="map"), dcc.Graph(id="course")]
    app.layout = html.Div([dcc.Dropdown(["FOR-04", "COO-04"], "FOR-04", id="indicator"), *shown])

    @app.callback(  # type: ignore[untyped-decorator]
        [Output(one.id, "figure") for one in shown], Input("indicator", "value")
    )
    def charts(indicator: str) -> list[go.Figure]:
        connection = sqlite3.connect(path)
        campaign = connection.execute(CAMPAIGN).fetchone()[0]
        drawn = [] if alone else [map_of_regions(progress(connection, campaign))]
        drawn.append(course(connection, campaign, indicator))
        connection.close()
        return drawn

    return app


def updates(app: Dash, names: list[str]) -> float:
    client = app.server.test_client()
    asked = {
        "output": f"..{'...'.join(f'{name}.figure' for name in names)}..",
        "outputs": [{"id": name, "property": "figure"} for name in names],
        "changedPropIds": [], "inputs": [{"id": "indicator", "property": "value", "value": "FOR-04"}],
    }  # fmt: skip
    taken = []
    for _ in range(12):
        begin = time.process_time()
        answer = client.post("/_dash-update-component", json=asked)
        taken.append(1000 * (time.process_time() - begin))
        assert answer.status_code == 200, answer.data
        drawn = answer.json["response"]
        assert all(drawn[name]["figure"]["data"][0]["z" if name == "map" else "x"] for name in names), "an empty chart"
    return statistics.median(taken[2:])


if __name__ == "__main__":
    print(
        json.dumps(
            {
                "charts": updates(page(sys.argv[1], alone=False), ["map", "course"]),
                "course": updates(page(sys.argv[1], alone=True), ["course"]),
            }
        )
    )
