"""Frames for the tests of charts."""

import math
from typing import Any

import pandas as pd

from impact.charts.periods import period_tick
from impact.vocabulary import CellState
from tests.impact.samples import QUARTERS

NAN = math.nan


def regions(*rows: tuple[str, float, str, bool]) -> pd.DataFrame:
    """(region, value, label, hatched)"""
    return pd.DataFrame(
        [
            {"region": code, "value": value, "label": label, "hover": f"{code}\n{label}", "hatched": hatched}
            for code, value, label, hatched in rows
        ]
    )


def totals(*rows: tuple[float, float, bool, bool, str]) -> pd.DataFrame:
    """(validated, provisional, partial, due, label), quarter after quarter."""
    keys = ("validated", "provisional", "partial", "due", "label")
    return pd.DataFrame(
        [
            {"period": one.short, "tick": period_tick(one), **dict(zip(keys, row, strict=True))}
            for one, row in zip(QUARTERS.values(), rows, strict=False)
        ]
    )


def curve(*values: float | CellState, provisional: tuple[int, ...] = ()) -> pd.DataFrame:
    """A value, or the state of a cell without one; provisional: ranks of submitted values."""
    return pd.DataFrame([_point(rank, value, rank in provisional) for rank, value in enumerate(values)])


def _point(rank: int, value: float | CellState, provisional: bool) -> dict[str, Any]:
    known = not isinstance(value, CellState)
    label = f"{value:g}" if known else ""
    return {
        "period": f"T{rank + 1}",
        "value": value if known else NAN,
        "label": label,
        "provisional": provisional,
        "state": str(CellState.VALUE if known else value),
        "hover": f"T{rank + 1}\n{label}",
    }
