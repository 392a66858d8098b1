"""The engine, its SQLite settings, and the two ways in: reading() and transaction().

The only SQLite that this process uses is the one that the wheel pysqlite3 carries: it is free of the WAL corruption
bug of releases before 3.51.3.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact.errors import BadSettings
from impact.settings import Settings

try:  # Wheels exist for common platforms; elsewhere the system's SQLite serves, under safer pragmas.
    from pysqlite3 import dbapi2 as driver
except ImportError:  # pragma: no cover
    driver = sqlite3

FIXED_WAL = [(3, 44, 6), (3, 50, 7)]
BUSY = 20
"""Seconds that a connection waits for another one."""
ERASED = "erased"
"""In a session's info: it overwrote something that must not stay on the disk."""


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """SQLite releases in which the WAL reset bug is mended: 3.51.3 on, and two back-ports."""
    return version >= (3, 51, 3) or version in FIXED_WAL


class Database:
    """One database: a writing engine, a reading engine, and the lock that queues this process's writers."""

    def __init__(self, url: str):
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self.write_lock = threading.Lock() if self.is_sqlite else nullcontext()
        self.writer = self._engine(read_only=False)
        self.reader = self._engine(read_only=True)

    def _engine(self, read_only: bool) -> sa.Engine:
        if not self.is_sqlite:
            isolation = {"postgresql_readonly": read_only, "isolation_level": "REPEATABLE READ"} if read_only else {}
            return sa.create_engine(self.url, pool_pre_ping=True, execution_options=isolation)
        engine = sa.create_engine(
            self.url, module=driver, connect_args={"timeout": BUSY, "check_same_thread": False}, pool_size=8
        )
        sa.event.listen(engine, "connect", lambda connection, _: configure(connection, read_only))
        begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
        sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
        return engine

    def empty_log(self) -> None:
        """Bring SQLite's write-ahead log home and cut it: what was erased stays in it otherwise for as long as little
        is written. A reader at work is waited for half a second; the log is then left to the next erasure.
        """
        if not self.is_sqlite:
            return
        held = self.writer.raw_connection()
        try:
            for said in ("busy_timeout=500", "wal_checkpoint(TRUNCATE)", f"busy_timeout={BUSY * 1_000}"):
                held.cursor().execute(f"PRAGMA {said}").fetchall()
        finally:
            held.close()

    def dispose(self) -> None:
        self.writer.dispose()
        self.reader.dispose()


def configure(connection: Any, read_only: bool = False) -> None:
    """Set one SQLite connection up and check that the settings took; a product that may lose data does not start."""
    connection.isolation_level = None  # the begin event decides, not the driver
    journal, synchronous = ("wal", "FULL") if wal_is_safe(driver.sqlite_version_info) else ("truncate", "EXTRA")
    took = connection.execute(f"PRAGMA journal_mode={journal}").fetchone()[0]
    if took not in (journal, "memory"):
        raise BadSettings(f"SQLite n’a pas accepté journal_mode={journal} (reçu {took}) : disque non adapté ?")
    for pragma in (f"synchronous={synchronous}", "foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON"):
        connection.execute(f"PRAGMA {pragma}")
    if connection.execute("PRAGMA foreign_keys").fetchone()[0] != 1:
        raise BadSettings("SQLite n’a pas accepté foreign_keys=ON.")
    if read_only:
        connection.execute("PRAGMA query_only=ON")


_databases: dict[str, Database] = {}
_opening = threading.Lock()


def database(url: str) -> Database:
    """The one Database of an address in this process: two of them would have two write locks."""
    with _opening:
        if url not in _databases:
            _databases[url] = Database(url)
        return _databases[url]


def forget_databases() -> None:
    """Close every database of this process, so that the next call opens them anew."""
    with _opening:
        while _databases:
            _databases.popitem()[1].dispose()


def current() -> Database:
    """The database that the environment names."""
    return database(Settings.from_env().database_url)


@contextmanager
def reading(db: Database | None = None) -> Iterator[Session]:
    """A session that sees one state of the database and cannot write."""
    with Session((db or current()).reader) as session:
        yield session


@contextmanager
def transaction(db: Database | None = None) -> Iterator[Session]:
    """A session whose work is committed whole at the end of the block, or not at all.

    Never call st.* inside: Streamlit stops scripts at such calls, and the work would be rolled back. What a session has
    ERASED leaves the log of the database too.
    """
    db = db or current()
    with db.write_lock, Session(db.writer, expire_on_commit=False) as session:
        yield session
        session.commit()
        if session.info.get(ERASED):
            db.empty_log()
