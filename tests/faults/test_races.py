"""People who act in the same instant: nothing lost, nothing doubled, nothing overwritten unseen, on both engines."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from sqlmodel import Session, col, select

from impact import rules
from impact.db import Database, reading, transaction
from impact.errors import AlreadyDone, ImpactError, Refused, StaleEntry
from impact.figures import Cell
from impact.models import Entry, History
from impact.permissions import Actor
from impact.queries.book import Book
from impact.queries.history import broken_chains
from impact.services import calendar
from impact.services.entries import save_entry
from tests.cast import KARIM, ODILE, PICARDIE
from tests.faults.rounds import rounds

T3 = "2010-2011-T3"
TRAINED = Cell(PICARDIE, "FOR-04", T3)


def type_value(session: Session, actor: Actor, cell: Cell, value: int, seen: int = 0, token: str = "") -> None:
    draft, problems = rules.read_draft(Book(session).definition(cell.indicator), cell, {"valeur": str(value)}, seen)
    assert draft is not None
    assert not problems
    save_entry(session, actor, draft, token)


def at_once(db: Database, *acts: Callable[[Session], None]) -> list[ImpactError | None]:
    """Run each act in its own transaction and thread, started together; what each was refused with, if it was."""
    start = Barrier(len(acts))

    def run(act: Callable[[Session], None]) -> ImpactError | None:
        start.wait()
        try:
            with transaction(db) as session:
                act(session)
        except ImpactError as error:
            return error
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_a_double_click_writes_once(db: Database) -> None:
    for number in rounds(5, 200):
        clicks = [lambda s, n=number: type_value(s, KARIM, TRAINED, n + 1, n, f"token {n}") for _ in range(2)]
        refused = [type(error) for error in at_once(db, *clicks) if error]
        assert refused in ([AlreadyDone], [StaleEntry])
    with reading(db) as session:
        entry = session.get_one(Entry, TRAINED)
        kept = session.exec(select(History).where(History.action == "save")).all()
        assert entry.version == len(kept) == len(rounds(5, 200))


def test_of_two_people_on_one_figure_the_second_is_told(db: Database) -> None:
    for number in rounds(5, 200):
        errors = at_once(
            db,
            lambda s, n=number: type_value(s, KARIM, TRAINED, 2 * n + 1, seen=n),
            lambda s, n=number: type_value(s, ODILE, TRAINED, 2 * n + 2, seen=n),
        )
        assert sorted(type(error).__name__ for error in errors) == ["NoneType", "StaleEntry"]
        with reading(db) as session:
            winner = 2 * number + (1 if errors[0] is None else 2)
            assert session.get_one(Entry, TRAINED).numerator == winner * 10_000


def test_no_figure_enters_a_period_after_it_was_locked(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPACT_TODAY", "2011-07-20")
    for number in rounds(5, 200):
        with transaction(db) as session:
            calendar.set_deadline(session, ODILE, T3, date(2011, 7, 25))
        lock, save = at_once(
            db,
            lambda s: calendar.set_deadline(s, ODILE, T3, date(2011, 7, 15)),
            lambda s, n=number: type_value(s, KARIM, TRAINED, n + 1, seen=_version(s)),
        )
        assert lock is None
        assert save is None or isinstance(save, Refused)
        if save is None:
            assert _moment(db, "save") <= _moment(db, "set_deadline"), "it was written before the lock"


def _version(session: Session) -> int:
    entry = session.get(Entry, TRAINED, populate_existing=True)
    return entry.version if entry else 0


def _moment(db: Database, action: str) -> object:
    with reading(db) as session:
        newest = select(History.recorded_at).where(History.action == action).order_by(col(History.recorded_at).desc())
        return session.exec(newest).first()


def test_many_writers_lose_nothing_and_keep_their_chains_whole(db: Database) -> None:
    codes = ["FOR-01", "FOR-02", "FOR-03", "FOR-04"]
    for number in rounds(3, 50):
        acts = [
            lambda s, c=code, n=number: type_value(s, KARIM, TRAINED._replace(indicator=c), n + 1, seen=n)
            for code in codes
        ]
        assert at_once(db, *acts) == [None] * len(codes)
    with reading(db) as session:
        entries = session.exec(select(Entry)).all()
        assert {entry.version for entry in entries} == {len(rounds(3, 50))}
        assert broken_chains(session) == []
