"""A server at rest does without pandas; the first visitors may all ask for charts while it is being imported."""

import json
import subprocess
import sys
from typing import Any

from impact.settings import ROOT

FIRST_VISITORS = """
import json, sys, threading
from impact.web import ahead

sys.setswitchinterval(1e-5)
met, failed = [], []

def visit():
    while "pandas" not in sys.modules:
        pass
    met.append(sys.modules["pandas"].__spec__._initializing)
    try:
        from impact.charts.base import layout
        from impact.charts.palette import PALETTES
        import plotly.graph_objects as go
        go.Figure(go.Bar(x=[1, 2], y=[3, None]), layout=layout(PALETTES["light"], 300)).to_json()
    except Exception as error:
        failed.append(repr(error))

visitors = [threading.Thread(target=visit) for _ in range(6)]
for visitor in visitors:
    visitor.start()
ahead.begin().join()
for visitor in visitors:
    visitor.join()
print(json.dumps({"met": met, "failed": failed, "once": ahead.begin() is ahead.begin()}))
"""


def told(code: str) -> Any:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def test_the_server_and_its_frame_do_not_import_pandas() -> None:
    heavy = told(
        "import json, sys, app, impact.ui.guard, impact.ui.page, impact.ui.screens\n"
        "print(json.dumps([name for name in ('pandas', 'numpy', 'pyarrow', 'alembic') if name in sys.modules]))"
    )
    assert heavy == []


def test_visitors_who_come_while_pandas_is_being_imported_see_it_whole() -> None:
    found = told(FIRST_VISITORS)
    assert any(found["met"])  # some did meet it half made
    assert found["failed"] == []
    assert found["once"]
