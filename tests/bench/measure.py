"""Medians, memory of child processes, and the table that is printed."""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from impact.settings import ROOT
from tests.cast import TODAY


@dataclass(frozen=True, slots=True)
class Line:
    """value against most or least; neither = told without a target."""

    what: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None

    @property
    def missed(self) -> bool:
        return (self.most is not None and self.value > self.most) or (
            self.least is not None and self.value < self.least
        )

    def __str__(self) -> str:
        aim = f"≤ {self.most:g}" if self.most is not None else f"≥ {self.least:g}" if self.least is not None else ""
        return f"{self.value:>10.2f} {self.unit:<10} {aim:>9} {'✗ manqué' if self.missed else '':<9} {self.what}"


def median(work: Callable[[], object], times: int = 7) -> float:
    """Milliseconds, after one run that does not count."""
    work()
    return statistics.median(timed(work) for _ in range(times))


def timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begin)


def peak() -> float:
    """Most memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def resident(pid: int) -> float:
    """Memory of a process now, in MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 2**20


def environment(path: Path) -> dict[str, str]:
    """What a process of the product needs to open a network."""
    return {
        "IMPACT_DATABASE_URL": f"sqlite:///{path}", "IMPACT_TODAY": TODAY.isoformat(),
        "IMPACT_KEY_FILE": str(path.parent / "key"), "PYTHONPATH": str(ROOT),
    }  # fmt: skip


def child(measure: str, path: Path) -> dict[str, Any]:
    """What `python -m tests.bench.child MEASURE` finds in a process of its own; with its peak memory as « peak »."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.child", measure], cwd=ROOT, env=os.environ | environment(path),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
