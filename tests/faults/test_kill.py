"""The server is killed while it writes: what it acknowledged is there, whole, and its history fits."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from sqlmodel import Session, col, select

from impact.db import Database, reading
from impact.figures import Cell
from impact.models import Entry, History
from impact.queries.history import broken_chains
from impact.settings import ROOT
from tests.cast import PICARDIE
from tests.faults.rounds import rounds

ACKNOWLEDGED = 60


def acknowledged_until_killed(folder: Path) -> dict[str, int]:
    """Last number acknowledged by each writer before SIGKILL."""
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.writer"], cwd=ROOT, env={**os.environ}, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    last: dict[str, int] = {}
    with writer.stdout as lines:
        for count, line in enumerate(lines):
            indicator, number = line.split()
            last[indicator] = int(number)
            if count == ACKNOWLEDGED:
                writer.send_signal(signal.SIGKILL)
    assert writer.wait() == -signal.SIGKILL
    return last


def test_what_was_acknowledged_survives_a_kill_under_load(db: Database, tmp_path: Path) -> None:
    for _ in rounds(1, 20):
        last = acknowledged_until_killed(tmp_path)
        assert sum(last.values()) >= ACKNOWLEDGED
        with reading(db) as session:
            for indicator, number in last.items():
                _check_whole(session, Cell(PICARDIE, indicator, "2010-2011-T3"), number)
            assert broken_chains(session) == []
        _forget(db)


def _check_whole(session: Session, cell: Cell, acknowledged: int) -> None:
    entry = session.get_one(Entry, cell)
    assert entry.version in (acknowledged, acknowledged + 1), "one more may have been committed, never one less"
    assert (entry.numerator, entry.comment) == (entry.version * 10_000, f"essai {entry.version}")
    rows = session.exec(
        select(History).where(History.indicator_code == cell.indicator).order_by(col(History.seq))
    ).all()
    assert [row.after["version"] for row in rows if row.after] == list(range(1, entry.version + 1))


def _forget(db: Database) -> None:
    """Start the next round from nothing."""
    with db.writer.begin() as connection:
        for table in (History, Entry):
            connection.execute(table.__table__.delete())  # type: ignore[attr-defined]
