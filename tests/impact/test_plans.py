"""How SQLite finds what the screens read: by an index, and never by going through every figure."""

import sqlalchemy as sa
from sqlmodel import Session

from impact.db import Database, transaction
from impact.figures import Cell
from impact.permissions import EVERYTHING, Scope
from impact.queries import changes, home, national, views
from impact.queries.book import Book
from impact.queries.world import world
from impact.services import rollup
from impact.vocabulary import Status
from tests.cast import MIDI_PYRENEES, ODILE, START
from tests.impact.test_rollup import CELL, enter

HELD = ("entry", "history", "reporting", "standing", "target", "breakdown")
"""Tables that grow with the years."""


def reads(session: Session) -> None:
    """Everything that a screen reads of figures before it draws."""
    key = ["FOR-04", "PRE-03"]
    for scope in (EVERYTHING, Scope(frozenset({MIDI_PYRENEES})), Scope(frozenset())):
        national.overview(session, scope)
        national.overview(session, scope, by_period=False)
        world(session, scope, regions=[MIDI_PYRENEES])
        world(session, scope, indicators=key)
        changes.changes(session, scope, START)
    home.waiting(session, ODILE)
    views.entry_views(session, EVERYTHING, statuses=[Status.SUBMITTED])
    views.pasts(session, Book(session), [Cell(*CELL)])
    rollup.refresh_cells(session, Book(session), [CELL])


def plans(db: Database) -> dict[str, list[str]]:
    """What SQLite says of each statement, by its text."""
    asked: dict[str, object] = {}

    def keep(_: object, __: object, text: str, values: object, *___: object) -> None:
        if text.startswith(("SELECT", "DELETE")):
            asked.setdefault(text, values)

    with transaction(db) as session:
        sa.event.listen(db.writer, "before_cursor_execute", keep)
        reads(session)
        sa.event.remove(db.writer, "before_cursor_execute", keep)
        connection = session.connection()
        return {
            text: [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)]  # type: ignore[arg-type]
            for text, values in asked.items()
        }


def grown(db: Database) -> None:
    """Statistics of a large network, which is where a planner goes wrong: 55 regions, 41 campaigns, all validated."""
    with db.writer.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
    stats = {
        ("entry", "sqlite_autoindex_entry_1"): "875000 16000 100 1",
        ("entry", "ix_entry_region_code_period_code"): "875000 16000 60",
        ("entry", "ix_entry_period_code_indicator_code"): "875000 4000 50",
        ("entry", "ix_entry_under_way"): "500 170 5",
        ("entry", "ix_entry_status_validated_at"): "875000 875000 6000",
        ("history", "ix_history_action_chain_at"): "2500000 800000 16000 20",
        ("reporting", "ix_reporting_of_a_period"): "250000 880 16 1 1 1 1 1 1",
        ("standing", "ix_standing_campaign_code_as_of"): "144000 3500 880",
    }
    with transaction(db) as session:
        for (table, index), stat in stats.items():
            connection = session.connection()
            connection.exec_driver_sql("DELETE FROM sqlite_stat1 WHERE tbl = ? AND idx = ?", (table, index))
            connection.exec_driver_sql("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", (table, index, stat))
    db.dispose()


def scans(found: dict[str, list[str]]) -> dict[str, list[str]]:
    """Steps that go through a whole table, or the whole of an index of it."""
    return {
        text: bad
        for text, steps in found.items()
        if (bad := [step for step in steps if step.startswith(tuple(f"SCAN {name}" for name in HELD))])
    }


def test_nothing_that_a_screen_reads_goes_through_every_figure(sqlite_db: Database) -> None:
    with transaction(sqlite_db) as session:
        enter(session)
    fresh = plans(sqlite_db)
    assert any("entry" in text for text in fresh)
    assert scans(fresh) == {}
    grown(sqlite_db)
    assert scans(plans(sqlite_db)) == {}


def test_what_is_under_way_or_lately_validated_is_found_by_its_own_index(sqlite_db: Database) -> None:
    grown(sqlite_db)
    found = plans(sqlite_db)
    under_way = [steps for text, steps in found.items() if "status != 'validated'" in text]
    lately = [steps for text, steps in found.items() if "validated_at >= ?" in text]
    assert len(under_way) >= 4
    assert lately
    assert all("ix_entry_under_way" in " ".join(steps) for steps in under_way)
    assert all("ix_entry_status_validated_at (status=? AND validated_at>?)" in " ".join(steps) for steps in lately)
