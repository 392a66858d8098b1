"""A page of Dash with one chart of a network: prints the milliseconds of processor of an update, as JSON.

Run by the Python of .bench: `python tests/bench/dash_page.py NETWORK`; nothing of the product is imported. The chart is
that of the national view, the course of one indicator over the campaign, read from the figures at each update.
"""

import json
import sqlite3
import statistics
import sys
import time

import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html

SQL = """SELECT period_code, sum(numerator) FROM entry
WHERE status = 'validated' AND indicator_code = ? GROUP BY period_code ORDER BY period_code"""


def page(path: str) -> Dash:
    app = Dash(__name__)
    app.layout = html.Div([dcc.Dropdown(["FOR-04", "COO-04"], "FOR-04", id="indicator"), dcc.Graph(id="course")])

    @app.callback(Output("course", "figure"), Input("indicator", "value"))  # type: ignore[untyped-decorator]
    def course(indicator: str) -> go.Figure:
        connection = sqlite3.connect(path)
        rows = connection.execute(SQL, [indicator]).fetchall()
        connection.close()
        return go.Figure(go.Bar(x=[row[0] for row in rows], y=[row[1] for row in rows]))

    return app


def updates(app: Dash) -> float:
    client = app.server.test_client()
    asked = {
        "output": "course.figure", "outputs": {"id": "course", "property": "figure"}, "changedPropIds": [],
        "inputs": [{"id": "indicator", "property": "value", "value": "FOR-04"}],
    }  # fmt: skip
    taken = []
    for _ in range(12):
        begin = time.process_time()
        answer = client.post("/_dash-update-component", json=asked)
        taken.append(1000 * (time.process_time() - begin))
        assert answer.status_code == 200, answer.data
        assert answer.json["response"]["course"]["figure"]["data"][0]["x"], "an empty chart"
    return statistics.median(taken[2:])


if __name__ == "__main__":
    print(json.dumps({"update": updates(page(sys.argv[1]))}))
