"""Streamlit's options hold whichever way the server starts, and from any directory."""

import asyncio
import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit import App

from impact.db import Database, transaction
from impact.errors import BadSettings
from impact.services import accounts
from impact.settings import ROOT
from impact.web import options, start
from tests.cast import ADA, CLAIRE

SHOW = """
import json, sys
sys.path.insert(0, sys.argv[1])
import app
from streamlit import config
from impact.web import options
options.enforce()
names = [*options.MUST_HOLD, "server.address", "server.port", "server.headless"]
print(json.dumps({name: config.get_option(name) for name in names}))
"""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A working directory whose own settings would undo ours."""
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text(
        '[browser]\ngatherUsageStats = true\n[client]\nshowErrorDetails = "full"\n'
        "[server]\nenableAgentApi = true\nmaxUploadSize = 2000\n[global]\ndisableWidgetStateDuplicationWarning = true\n"
    )
    return tmp_path


def test_another_working_directory_changes_nothing(elsewhere: Path) -> None:
    """As `uvicorn app:app` imports it; the other two ways read the file beside app.py by themselves."""
    ran = subprocess.run(
        [sys.executable, "-c", SHOW, str(ROOT)],
        cwd=elsewhere,
        env={**os.environ, "HOME": str(elsewhere)},
        capture_output=True,
        text=True,
        check=True,
    )
    held = json.loads(ran.stdout.splitlines()[-1])
    assert {name: held[name] for name in options.MUST_HOLD} == options.MUST_HOLD
    assert (held["server.address"], held["server.port"]) == ("127.0.0.1", 8501)
    assert held["server.headless"] is True


@pytest.mark.parametrize("url", ["sqlite:////proc/nowhere/impact.db", "postgresql://u:secret@127.0.0.1:1/x"])
def test_a_database_that_does_not_open_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("IMPACT_DATABASE_URL", url)
    with pytest.raises(BadSettings) as refused:
        start.prepare()
    assert str(refused.value).startswith(("« /proc/nowhere »", "La base de données ne s’ouvre pas"))
    assert "secret" not in str(refused.value)


def test_another_key_than_the_historys_stops_the_start(
    sqlite_db: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with transaction() as session:
        accounts.disable(session, ADA, CLAIRE.id)
    start.prepare()
    monkeypatch.setenv("IMPACT_KEY_FILE", str(tmp_path / "other.key"))
    with pytest.raises(BadSettings, match="La clé de l’historique"):
        start.prepare()


def test_what_the_machine_lacks_is_told_without_a_traceback(
    sqlite_db: Database, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "prepare", full_disk)

    async def begin() -> None:
        async with start.lifespan(App(ROOT / "impact" / "ui" / "main.py")):
            raise AssertionError("the server started")

    with pytest.raises(OSError, match="No space"):
        asyncio.run(begin())
    assert "Le serveur ne démarre pas. Le disque du serveur est plein." in capfd.readouterr().err


def full_disk() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")
