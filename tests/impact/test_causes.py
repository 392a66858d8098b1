"""What an operator has to mend is told apart from a bug."""

import errno
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from impact import causes
from impact.causes import cause
from impact.db import Database, reading
from impact.models import Account
from impact.services import accounts
from impact.services.accounts import identity
from tests.cast import CLAIRE


def failed(db: Database, *statements: str) -> BaseException:
    """The error that the last of the statements meets, on one connection."""
    *before, last = statements
    with db.writer.connect() as connection:
        for statement in before:
            connection.exec_driver_sql(statement)
        with pytest.raises(sa.exc.DBAPIError) as met:
            connection.exec_driver_sql(last)
    return met.value


def test_a_full_disk_is_named(sqlite_db: Database) -> None:
    filling = "INSERT INTO setting (key, value) VALUES ('x', zeroblob(10000000))"
    assert cause(failed(sqlite_db, "PRAGMA max_page_count = 1", filling)) == causes.FULL
    assert cause(OSError(errno.ENOSPC, "No space left on device")) == causes.FULL


def test_a_disk_that_takes_no_writing_is_named(sqlite_db: Database) -> None:
    assert cause(failed(sqlite_db, "PRAGMA query_only = ON", "DELETE FROM setting")) == causes.READ_ONLY


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"x" * 10_000)
    broken = Database(f"sqlite:///{tmp_path / 'x.db'}")
    with pytest.raises(sa.exc.DatabaseError) as met:
        broken.writer.connect()
    assert cause(met.value) == causes.DAMAGED


def test_a_database_that_went_away_is_named() -> None:
    gone = Database("postgresql+psycopg://u:secret@127.0.0.1:1/x")
    with reading(gone) as session, pytest.raises(sa.exc.OperationalError) as met:
        session.connection()
    assert cause(met.value) == causes.AWAY


@pytest.mark.parametrize("statement", ["SELECT * FROM nowhere", "SELECT 1 +"])
def test_a_bug_has_no_cause_of_that_kind(db: Database, statement: str) -> None:
    assert cause(failed(db, statement)) == ""
    assert cause(RuntimeError("disk is full")) == ""


def test_people_go_on_reading_where_nothing_can_be_written(
    sqlite_db: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with Session(sqlite_db.writer) as session:
        token = accounts.open_session(session, session.get_one(Account, CLAIRE.id), "127.0.0.1")
        session.commit()
    monkeypatch.setattr(identity, "TOUCH_EVERY", identity.TOUCH_EVERY * 0)
    sa.event.listen(sqlite_db.writer, "begin", lambda made: made.exec_driver_sql("PRAGMA query_only = ON"))
    assert accounts.identify(token) == CLAIRE
    assert "Présence non notée" in caplog.text
