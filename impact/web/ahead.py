"""pandas and plotly, imported while the first visitor's browser takes Streamlit's scripts in.

A server at rest does without their 90 MB, and the first chart does not wait for their half second. Whoever needs
pandas meanwhile waits for the whole of it at their own `import pandas`; impact.charts.base keeps plotly behind it.
"""

import ctypes
import gc
import threading
from functools import cache
from importlib import import_module

HEAVY = ("pandas", "plotly.io", "plotly.tools", "impact.charts.regions_map", "impact.charts.trajectory")


@cache
def begin() -> threading.Thread:
    """Import them in a thread of their own, once; returns at once."""
    thread = threading.Thread(target=_import, name="imports", daemon=True)
    thread.start()
    return thread


def _import() -> None:
    for name in HEAVY:
        import_module(name)
    keep()


def keep() -> None:
    """Leave what is imported out of later collections, each of which would otherwise look through it for 75 ms.

    What imports freed meanwhile goes back to the machine: glibc by itself would keep 4 MB of it.
    """
    gc.collect()
    gc.freeze()
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):  # other C libraries have none
        trim(0)
