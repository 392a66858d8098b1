"""Targets and definitions under the same ill luck as figures: two people at once, a kill in the middle of a sheet."""

import os
import signal
import subprocess
import sys
from datetime import date

from sqlmodel import Session, select

from impact.db import Database, reading, transaction
from impact.errors import StaleEntry
from impact.maintenance import check
from impact.models import IndicatorVersion, TargetRevision
from impact.permissions import Actor
from impact.rules.targets import TargetDraft
from impact.services import catalogue, rollup
from impact.services.targets import set_targets
from impact.settings import ROOT
from tests.cast import ADA, ODILE, PICARDIE
from tests.faults.measuring import CAMPAIGN, SHEET
from tests.faults.rounds import rounds
from tests.faults.test_races import at_once

ACKNOWLEDGED = 5


def faults(db: Database) -> list[str]:
    """Of `check`, but for the mobilisations that the cast has without an act."""
    return [fault for fault in check(db) if not fault.startswith("Mobilisation")]


def aim(session: Session, actor: Actor, value: int, seen: int, token: str = "") -> None:
    draft = TargetDraft(PICARDIE, "FOR-04", CAMPAIGN, 0, value * 10_000, date(2011, 9, 30), (), "revue", seen)
    set_targets(session, actor, [draft], token)


def test_of_two_who_state_one_target_the_second_is_told(db: Database) -> None:
    for number in rounds(5, 100):
        errors = at_once(
            db,
            lambda s, n=number: aim(s, ODILE, 2 * n + 1, n),
            lambda s, n=number: aim(s, ADA, 2 * n + 2, n),
        )
        assert sorted(type(error).__name__ for error in errors) == ["NoneType", "StaleEntry"]
    with reading(db) as session:
        numbers = [one.number for one in session.exec(select(TargetRevision).order_by(TargetRevision.number))]  # type: ignore[arg-type]
    assert numbers == [number + 1 for number in rounds(5, 100)]
    assert faults(db) == []


def test_a_target_sent_twice_is_stated_once(db: Database) -> None:
    clicks = [lambda s: aim(s, ODILE, 10, 0, "jeton") for _ in range(2)]
    refused = [type(error).__name__ for error in at_once(db, *clicks) if error]
    assert refused == ["AlreadyDone"]


def test_of_two_who_revise_one_definition_the_second_is_told(db: Database) -> None:
    for number in rounds(3, 50):
        errors = at_once(
            db,
            *(
                lambda s, a=actor, n=number: catalogue.revise(
                    s, a, "FOR-04", {"name": f"{a.name} {n}"}, None, "m", n + 1
                )
                for actor in (ODILE, ADA)
            ),
        )
        assert [type(error) for error in errors if error] == [StaleEntry]
    with reading(db) as session:
        held = session.exec(select(IndicatorVersion.version).where(IndicatorVersion.indicator_code == "FOR-04")).all()
    assert sorted(held) == [number + 1 for number in range(len(rounds(3, 50)) + 1)]
    assert faults(db) == []


def test_a_target_stated_while_everything_is_made_anew_is_counted(db: Database) -> None:
    for number in rounds(3, 50):
        assert at_once(db, lambda s, n=number: aim(s, ODILE, n + 1, n), _anew) == [None, None]
        assert faults(db) == []


def _anew(session: Session) -> None:
    """What the next start does after an upgrade."""
    session.connection().exec_driver_sql(f"DELETE FROM setting WHERE key = '{rollup.MADE_UNDER}'")
    rollup.keep_up(session)


def test_a_kill_leaves_no_half_of_a_sheet_of_targets_nor_of_a_revision(db: Database) -> None:
    for _ in rounds(1, 10):
        writer = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.measuring"], cwd=ROOT, env={**os.environ}, stdout=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        assert writer.stdout is not None
        done = 0
        with writer.stdout as lines:
            for line in lines:
                done = int(line)
                if done >= ACKNOWLEDGED:
                    writer.send_signal(signal.SIGKILL)
        assert writer.wait() == -signal.SIGKILL
        with reading(db) as session:
            numbers = {code: _last(session, code) for code in SHEET}
            versions = len(
                session.exec(select(IndicatorVersion).where(IndicatorVersion.indicator_code == "FOR-04")).all()
            )
        assert len(set(numbers.values())) == 1, numbers
        assert {*numbers.values(), versions - 1} <= {done, done + 1}, "one more may have been committed, never one less"
        assert faults(db) == []
        with transaction(db) as session:
            _forget(session)


def _last(session: Session, code: str) -> int:
    return len(session.exec(select(TargetRevision).where(TargetRevision.indicator_code == code)).all())


def _forget(session: Session) -> None:
    """Start the next round from nothing."""
    connection = session.connection()
    for statement in ("DELETE FROM target", "DELETE FROM history", "DELETE FROM indicator_version WHERE version > 1"):
        connection.exec_driver_sql(statement)
    rollup.rebuild(session)
