"""Fixtures of every test: the frozen day, a place of its own, and databases furnished with the cast.

`db` is one database per test, once on SQLite and once on PostgreSQL, and the one that the environment names;
`session` is a session of its writing engine, rolled back at the end. Do not mix `session` with `transaction()` in
one test: SQLite has one writer.
"""

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlmodel import Session

from impact import db as database_module
from impact import keys
from impact.db import Database
from tests import cast, databases

settings.register_profile(
    "impact", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("impact")

ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The environment of a test: its day, its database, its key; nothing is left open or remembered afterwards."""
    monkeypatch.setenv("IMPACT_TODAY", cast.TODAY.isoformat())
    monkeypatch.setenv("IMPACT_DATABASE_URL", f"sqlite:///{tmp_path / 'impact.db'}")
    monkeypatch.setenv("IMPACT_KEY_FILE", str(tmp_path / "history.key"))
    for name in ("IMPACT_PUBLIC_URL", "IMPACT_EVIDENCE_URL", "IMPACT_SMTP_URL", "IMPACT_MAIL_FROM"):
        monkeypatch.delenv(name, raising=False)
    opened = _watch_databases(monkeypatch)
    yield
    for db in opened:
        db.dispose()
    database_module.forget_databases()
    keys._key.cache_clear()


def _watch_databases(monkeypatch: pytest.MonkeyPatch) -> list[Database]:
    opened: list[Database] = []
    original = Database.__init__

    def watched(self: Database, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        opened.append(self)

    monkeypatch.setattr(Database, "__init__", watched)
    return opened


@pytest.fixture(scope="session")
def sqlite_mould(tmp_path_factory: pytest.TempPathFactory) -> Iterator[databases.SqliteMould]:
    with databases.sqlite_mould(tmp_path_factory.mktemp("mould")) as mould:
        yield mould


@pytest.fixture(scope="session")
def postgres_mould() -> Iterator[databases.PostgresMould]:
    with databases.postgres_mould() as mould:
        yield mould


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Database]:
    """Make the environment name a database, and open it."""

    def name(url: str) -> Database:
        monkeypatch.setenv("IMPACT_DATABASE_URL", url)
        return database_module.current()

    return name


@pytest.fixture
def sqlite_db(sqlite_mould: databases.SqliteMould, tmp_path: Path, named: Callable[[str], Database]) -> Database:
    """The furnished database on SQLite, for tests of pages and commands, where the engine makes no difference."""
    return named(sqlite_mould.copy_to(tmp_path / "impact.db"))


@pytest.fixture
def own_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside PostgreSQL, files of evidence would go to the checkout's own folder, and stay there."""
    monkeypatch.setenv("IMPACT_EVIDENCE_URL", str(tmp_path / "pieces"))


@pytest.fixture
def postgres_db(
    postgres_mould: databases.PostgresMould, named: Callable[[str], Database], own_pieces: None
) -> Iterator[Database]:
    with postgres_mould.database() as url:
        db = named(url)
        yield db
        db.dispose()


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for every worker of this run."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def demo_mould(shared_folder: Path) -> databases.Demonstration:
    """The demonstration, made once for all workers: it takes seconds. To be copied, not opened."""
    return databases.demonstration(shared_folder)


@pytest.fixture(scope="session")
def demo(demo_mould: databases.Demonstration, tmp_path_factory: pytest.TempPathFactory) -> databases.Demonstration:
    """This worker's copy, for tests that only look."""
    return demo_mould.copy_to(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def demonstration(
    demo: databases.Demonstration, named: Callable[[str], Database], monkeypatch: pytest.MonkeyPatch
) -> Database:
    monkeypatch.setenv("IMPACT_KEY_FILE", str(demo.key))
    monkeypatch.delenv("IMPACT_TODAY")  # it carries its own day
    return named(demo.url)


@pytest.fixture
def own_demonstration(
    demonstration: Database, demo: databases.Demonstration, tmp_path: Path, named: Callable[[str], Database]
) -> Database:
    """A copy of it, for tests that write: an export is an act, and is recorded."""
    demonstration.dispose()
    shutil.copyfile(demo.file, tmp_path / "demo.db")
    return named(f"sqlite:///{tmp_path / 'demo.db'}")


@pytest.fixture(params=ENGINES)
def db(request: pytest.FixtureRequest) -> Database:
    """The furnished database, on either engine."""
    found: Database = request.getfixturevalue(f"{request.param}_db")
    return found


@pytest.fixture(params=ENGINES)
def blank_db(request: pytest.FixtureRequest, tmp_path: Path, named: Callable[[str], Database]) -> Iterator[Database]:
    """A database without a schema, on either engine."""
    if request.param == "sqlite":
        yield named(f"sqlite:///{tmp_path / 'blank.db'}")
        return
    with request.getfixturevalue("postgres_mould").database("template0") as url:
        db = named(url)
        yield db
        db.dispose()


@pytest.fixture
def session(db: Database) -> Iterator[Session]:
    """A writing session on either engine, rolled back at the end."""
    with Session(db.writer, expire_on_commit=False) as session:
        yield session


@pytest.fixture(autouse=True, scope="session")
def quiet_libraries() -> None:
    """Alembic tells every step of every database; only its warnings matter here."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
