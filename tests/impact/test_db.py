"""The database's settings, and what they promise when two writers meet. Facts: design/reliability.md."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from impact.db import Database, configure, current, driver, reading, transaction, wal_is_safe
from impact.errors import BadSettings
from impact.models import Account, FormToken, Setting
from tests.cast import CLAIRE

NOON = datetime(2011, 7, 10, 10, tzinfo=UTC)


def together(*works: Callable[[], None]) -> None:
    """Run works at the same time, each in a thread; the first error of any is raised."""
    ready = threading.Barrier(len(works))
    failures: list[BaseException] = []

    def run(work: Callable[[], None]) -> None:
        try:
            ready.wait()
            work()
        except BaseException as error:  # raised below: a thread's error is lost otherwise
            failures.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((3, 51, 2), False),
        ((3, 50, 7), True),
        ((3, 50, 6), False),
        ((3, 44, 6), True),
        ((3, 40, 1), False),
    ],
)
def test_only_mended_releases_of_sqlite_use_the_wal(version: tuple[int, ...], safe: bool) -> None:
    assert wal_is_safe(version) is safe


@pytest.mark.parametrize("engine", ["writer", "reader"])
def test_the_pragmas_took(sqlite_db: Database, engine: str) -> None:
    with getattr(sqlite_db, engine).connect() as connection:

        def pragma(name: str) -> object:
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

        assert pragma("journal_mode") == "wal"
        assert pragma("synchronous") == 2  # FULL
        assert pragma("foreign_keys") == 1
        assert pragma("trusted_schema") == 0
        assert pragma("cell_size_check") == 1
        assert pragma("busy_timeout") == 20_000
        assert pragma("query_only") == (1 if engine == "reader" else 0)


def test_an_older_sqlite_writes_without_the_wal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("impact.db.wal_is_safe", lambda version: False)
    with Database(f"sqlite:///{tmp_path / 'old.db'}").writer.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "truncate"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 3  # EXTRA


def test_a_disk_that_refuses_the_journal_stops_the_product(tmp_path: Path) -> None:
    file = tmp_path / "read-only.db"
    plain = driver.connect(file)
    plain.execute("CREATE TABLE something (id INTEGER)")
    plain.close()
    connection = driver.connect(f"file:{file}?mode=ro&immutable=1", uri=True)
    with pytest.raises((BadSettings, driver.OperationalError)):
        configure(connection)
    connection.close()


def test_the_environment_names_the_database(sqlite_db: Database) -> None:
    assert current() is sqlite_db


def test_what_a_transaction_wrote_is_there_for_the_next_reader(db: Database) -> None:
    with transaction() as session:
        session.add(FormToken(token="a", used_at=NOON))
    with reading() as session:
        assert session.get(FormToken, "a") is not None


def test_an_error_in_a_transaction_leaves_nothing(db: Database) -> None:
    def fail_half_way() -> None:
        with transaction() as session:
            session.add(FormToken(token="a", used_at=NOON))
            session.flush()
            1 / 0  # noqa: B018

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    with reading() as session:
        assert session.get(FormToken, "a") is None


def test_the_write_lock_is_free_again_after_an_error(db: Database) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        1 / 0  # noqa: B018
    with transaction() as session:
        session.add(FormToken(token="a", used_at=NOON))


def test_the_reading_engine_cannot_write(db: Database) -> None:
    with reading() as session:
        session.add(FormToken(token="a", used_at=NOON))
        with pytest.raises(sa.exc.DatabaseError):
            session.flush()


def test_a_reader_sees_one_state_while_others_write(db: Database) -> None:
    with reading() as session:
        before = session.exec(select(sa.func.count()).select_from(FormToken)).one()
        with transaction() as writing:
            writing.add(FormToken(token="a", used_at=NOON))
        assert session.exec(select(sa.func.count()).select_from(FormToken)).one() == before == 0


def test_a_dangling_reference_is_refused(session: Session) -> None:
    session.add(Account(email="x@example.org", name="X", role="reader", created_at=NOON))
    session.flush()
    with pytest.raises(sa.exc.IntegrityError):
        session.connection().execute(sa.text("DELETE FROM region WHERE code = '73'"))


def test_a_check_then_write_waits_for_the_other_process(sqlite_db: Database) -> None:
    """The second cannot even look before the first has finished: what it checks is still true when it writes."""
    with transaction() as session:
        session.exec(select(Account)).all()  # only looks
        other = driver.connect(sqlite_db.url.removeprefix("sqlite:///"), timeout=0)
        configure(other)
        with pytest.raises(driver.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.execute("ROLLBACK")
    other.close()


def test_of_two_processes_that_check_before_they_write_one_finds_it_done(sqlite_db: Database) -> None:
    processes = [Database(sqlite_db.url), Database(sqlite_db.url)]
    written: list[str] = []

    def claim(db: Database, token: str) -> None:
        with transaction(db) as session:
            if session.get(FormToken, token) is None:
                session.add(FormToken(token=token, used_at=NOON))
                written.append(token)

    for number in range(20):
        together(*(lambda db=db, number=number: claim(db, f"token-{number}") for db in processes))
    assert sorted(written) == sorted(f"token-{number}" for number in range(20))


def test_two_writers_lose_no_update(sqlite_db: Database) -> None:
    """Two processes and two threads each read a number and write it back raised: none is lost."""
    with transaction() as session:
        session.add(Setting(key="counter", value="0"))

    def count(db: Database) -> None:
        for _ in range(10):
            with transaction(db) as session:
                row = session.exec(select(Setting).where(col(Setting.key) == "counter")).one()
                row.value = str(int(row.value) + 1)

    processes = [Database(sqlite_db.url), Database(sqlite_db.url)]
    together(*(lambda db=db: count(db) for db in processes * 2))
    with reading() as session:
        assert session.get_one(Setting, "counter").value == "40"


def test_committed_figures_survive_a_copy_taken_by_the_backup_interface(sqlite_db: Database, tmp_path: Path) -> None:
    with transaction() as session:
        session.get_one(Account, CLAIRE.id).name = "Claire D."
    source = sqlite_db.writer.raw_connection()
    target = driver.connect(tmp_path / "copy.db")
    source.driver_connection.backup(target)  # type: ignore[union-attr]
    source.close()
    target.close()
    with reading(Database(f"sqlite:///{tmp_path / 'copy.db'}")) as session:
        assert session.get_one(Account, CLAIRE.id).name == "Claire D."
