"""What the server imports before its first page, and before the first chart, against `import streamlit`.

In processor time, which neighbours on the machine disturb less; compiled code is kept apart, as pip would install it.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from impact.settings import ROOT
from tests.bench.measure import Line, environment

BARE = "import streamlit"
WITH_TABLES = "import gc; gc.disable(); import streamlit, sqlmodel"
"""What no arrangement of ours can spare; uncollected meanwhile, as in app.py."""
SERVER = "import app"
"""Before it listens."""
FIRST_PAGE = f"{SERVER}, impact.ui.page, impact.ui.screens, jinja2"
"""The sign-in page and the frame of every screen. Jinja comes with the first of the plain pages."""
FIRST_CHART = f"""{FIRST_PAGE}
import impact.ui.national.board, impact.ui.national.regions, impact.ui.national.reporting, impact.ui.national.news
from impact.web import ahead
for name in ahead.HEAVY:
    __import__(name)
"""
"""The national view, map and chart included."""
SAID = "\nimport os, time\nos.write(1, str(time.process_time()).encode())\nos._exit(0)"
"""The end of the process is no import."""
TIMES = 7


def starting(paths: dict[str, Path]) -> Iterator[Line]:
    taken = medians(next(iter(paths.values())))
    bare = taken[BARE]
    yield Line("« import streamlit » (processeur)", bare, "ms")
    yield Line("imports avant la première page (processeur)", taken[FIRST_PAGE], "ms")
    yield Line("imports avant la première page, contre « import streamlit »", taken[FIRST_PAGE] / bare, "x", 1.5)
    yield Line("dont avant d’écouter", taken[SERVER] / bare, "x")
    yield Line("dont « import streamlit, sqlmodel » seuls", taken[WITH_TABLES] / bare, "x")
    yield Line("imports de la vue nationale, pandas et plotly compris", taken[FIRST_CHART] / bare, "x")


def medians(path: Path) -> dict[str, float]:
    """Milliseconds of each, in new processes, in turn; the first turn compiles and does not count."""
    codes = (BARE, WITH_TABLES, SERVER, FIRST_PAGE, FIRST_CHART)
    with tempfile.TemporaryDirectory() as compiled:
        turns = [[importing(code, path, compiled) for code in codes] for _ in range(TIMES + 1)][1:]
    return dict(zip(codes, (statistics.median(one) for one in zip(*turns, strict=True)), strict=True))


def importing(code: str, path: Path, compiled: str) -> float:
    env = os.environ | environment(path) | {"PYTHONPYCACHEPREFIX": compiled}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run([sys.executable, "-c", code + SAID], cwd=ROOT, env=env, check=True, capture_output=True)
    return 1000 * float(done.stdout.split()[-1])
