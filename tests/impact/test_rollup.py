"""What is kept ready of progress and reporting, in the database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from impact import migrations, reference
from impact.cli import main
from impact.db import Database, database, reading, transaction
from impact.errors import ImpactError
from impact.figures import Cell, Pair
from impact.maintenance import backup, check, restore
from impact.maintenance.rollups import outdated
from impact.permissions import EVERYTHING
from impact.queries import standings
from impact.queries.book import Book
from impact.queries.world import world
from impact.rules import EntryDraft
from impact.rules.targets import TargetDraft
from impact.services import calendar, catalogue, mobilisations, reviews, rollup, submission, targets
from impact.services.entries import save_entry
from impact.services.rollup import REPORTING, STANDING
from impact.vocabulary import Answer, ProgressState
from tests.cast import ADA, MIDI_PYRENEES, ODILE, PICARDIE
from tests.databases import SqliteMould

CAMPAIGN = "2010-2011"
CELL = Cell(MIDI_PYRENEES, "PRE-03", "2010-2011-T2")


def kept(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the roll-up, in the order of keys."""
    connection = session.connection()
    return {
        table.name: [tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key.columns))]
        for table in (REPORTING, STANDING)
    }


def draft(session: Session, cell: Cell = CELL, number: int = 12) -> None:
    said = EntryDraft(*cell, answer=Answer.VALUE, pair=Pair(number * 10_000), source="registre", comment="dit")
    save_entry(session, ODILE, said)


def enter(session: Session, cell: Cell = CELL, number: int = 12) -> None:
    draft(session, cell, number)
    submission.submit_cells(session, ODILE, [cell])


def test_a_mobilised_region_has_its_rows_before_any_figure(session: Session) -> None:
    found = standings.advances(session, CAMPAIGN, date(2011, 7, 10))
    assert set(found) == {(MIDI_PYRENEES, "PRE"), (PICARDIE, "FOR")}
    assert {one.state for one in found.values()} == {ProgressState.NO_TARGET}
    assert all(one.progress is None and one.indicators for one in found.values())


def test_before_the_first_period_is_over_nothing_is_due_of_anyone(session: Session) -> None:
    found = standings.advances(session, CAMPAIGN, date(2010, 12, 31))
    assert {(one.state, one.measured, one.indicators) for one in found.values()} == {(ProgressState.NOT_DUE, 0, 0)}


def test_what_is_read_is_what_the_world_says(session: Session) -> None:
    enter(session)
    reviews.validate(session, ADA, [CELL])
    held = world(session, EVERYTHING)
    computed = {(c, code): one for code in held.chantier_names for c, one in held.advances(code).items()}
    assert standings.advances(session, CAMPAIGN, held.today) == computed
    ended = [
        code for code, period in sorted(held.periods.items(), key=lambda item: item[1]) if held.window.holds(period)
    ]
    (row,) = [
        one
        for one in standings.reporting_rows(session, ended, [MIDI_PYRENEES])
        if (one.chantier, one.period) == ("PRE", CELL.period)
    ]
    assert (row.answered, row.on_time, row.figures) == (1, 0, 1)


CELLS = [CELL, *(Cell(MIDI_PYRENEES, "PRE-03", f"{CAMPAIGN}-{period}") for period in ("T3", "T4"))]
DAYS = st.sampled_from([date(2011, 7, 2), date(2011, 7, 9), date(2011, 7, 10), date(2011, 8, 1)])


def aim(value: int) -> TargetDraft:
    return TargetDraft(MIDI_PYRENEES, "PRE-03", CAMPAIGN, 0, value * 10_000, date(2011, 9, 30), reason="revu")


ACTS: dict[str, Callable[[Session, Cell, date], object]] = {
    "submit": lambda session, cell, _: enter(session, cell),
    "validate": lambda session, cell, _: reviews.validate(session, ADA, [cell]),
    "return": lambda session, cell, _: reviews.send_back(session, ADA, [cell], "à revoir"),
    "reopen": lambda session, cell, _: reviews.reopen_entry(session, ADA, cell, "à revoir"),
    "take back": lambda session, cell, _: submission.take_back(session, ODILE, cell),
    "deadline": lambda session, cell, day: calendar.set_deadline(session, ODILE, f"{CAMPAIGN}-T3", day),
    "leave": lambda session, cell, day: mobilisations.demobilise(session, ODILE, MIDI_PYRENEES, "PRE", day),
    "join": lambda session, cell, day: mobilisations.mobilise(session, ODILE, MIDI_PYRENEES, "PRE"),
    "aim": lambda session, cell, day: targets.set_target(session, ODILE, aim(day.day)),
    "aim again": lambda session, cell, day: targets.set_target(session, ODILE, replace(aim(day.day), seen_number=1)),
    "give up": lambda session, cell, day: targets.withdraw_target(session, ODILE, *AIMED, "abandon", 1),
    "revise": lambda session, cell, day: revise(session, cell.indicator, day),
    "open": lambda session, cell, day: calendar.open_campaign(session, ODILE, *calendar.next_campaign(session)),
}


AIMED = (MIDI_PYRENEES, "PRE-03", CAMPAIGN)


def revise(session: Session, code: str, day: date) -> None:
    """From the running quarter on, other words, other bounds and no axis: T4 may follow another version than T3."""
    changes = {"name": f"Nom du {day}", "maximum": None, "alert_above": None, "axes": []}
    latest = Book(session).definition(code).version
    catalogue.revise(session, ODILE, code, changes, None, "motif", latest)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from(CELLS), DAYS), min_size=3, max_size=9))
def test_whatever_people_do_what_is_kept_follows(sqlite_db: Database, acts: list[tuple[str, Cell, date]]) -> None:
    with Session(sqlite_db.writer, expire_on_commit=False) as session:
        enter(session)
        for name, cell, day in acts:
            with session.begin_nested() as savepoint:
                try:
                    ACTS[name](session, cell, day)
                except ImpactError:
                    savepoint.rollback()
            assert list(outdated(session)) == [], name
        found = kept(session)
        rollup.rebuild(session)
        assert kept(session) == found


def test_check_names_what_does_not_follow_the_figures_and_rebuild_mends_it(
    db: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    with transaction(db) as session:
        enter(session)
    assert check(db) == []
    with transaction(db) as session:
        connection = session.connection()
        connection.execute(sa.update(REPORTING).where(REPORTING.c.answered == 1).values(answered=0, on_time=0))
        connection.execute(sa.delete(STANDING).where(STANDING.c.region_code == PICARDIE))
    named = {" ".join(fault.split(" ne dit pas")[0].split(", ")[:2]) for fault in check(db)}
    assert named == {f"Complétude tenue prête : {MIDI_PYRENEES} PRE", f"Avancement tenu prêt : {PICARDIE} FOR"}
    assert main(["check"]) == 1
    assert "lancez python -m impact rebuild" in capsys.readouterr().err
    assert main(["rebuild"]) == 0
    assert check(db) == []


def test_a_database_of_the_first_schema_comes_out_right(
    sqlite_mould: SqliteMould, blank_db: Database, tmp_path: Path
) -> None:
    filled = database(sqlite_mould.copy_to(tmp_path / "filled.db"))
    with transaction(filled) as session:
        enter(session)
    with reading(filled) as session:
        right = kept(session)
    migrations.upgrade(blank_db, "0001")
    move(filled, blank_db)
    assert main(["init"]) == 0
    with reading(blank_db) as session:
        assert kept(session) == right
    assert check(blank_db) == []


def move(source: Database, target: Database) -> None:
    """Copy every row into the tables of an older schema, whatever columns they share."""
    new, old = sa.MetaData(), sa.MetaData()
    new.reflect(source.reader)
    old.reflect(target.reader)
    with source.reader.connect() as taken, target.writer.begin() as given:
        for table in old.sorted_tables:
            if table.name == "alembic_version":
                continue
            shared = [new.tables[table.name].c[column.name] for column in table.columns]
            rows = [dict(row) for row in taken.execute(sa.select(*shared)).mappings()]
            if table.name == "setting":
                rows = [row for row in rows if row["key"] != rollup.MADE_UNDER]
            if rows:
                given.execute(sa.insert(table), rows)


def test_another_catalogue_makes_everything_anew(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    session.connection().execute(sa.delete(STANDING))
    rollup.keep_up(session)
    assert kept(session)["standing"] == [], "made under this catalogue: nothing to do"
    monkeypatch.setattr(reference, "fingerprint", lambda: "another")
    rollup.keep_up(session)
    assert kept(session)["standing"]


def test_what_is_rebuilt_or_restored_before_data_is_loaded_is_made_anew_at_the_next_start(
    sqlite_db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An upgrade may bring another data/: its fingerprint says nothing of tables that were not loaded from it yet."""
    backup(tmp_path / "s.zip", sqlite_db)
    monkeypatch.setattr(reference, "fingerprint", lambda: "another")
    monkeypatch.setenv("IMPACT_KEY_FILE", str(tmp_path / "other.key"))
    restored = database(f"sqlite:///{tmp_path / 'restored.db'}")
    restore(tmp_path / "s.zip", restored)
    for db in (sqlite_db, restored):
        with transaction(db) as session:
            rollup.rebuild(session)
        with transaction(db) as session:
            session.connection().execute(sa.delete(STANDING))  # stands for what data/ would have changed
            rollup.keep_up(session)
            assert list(outdated(session)) == []
