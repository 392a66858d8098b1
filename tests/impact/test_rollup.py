"""What is kept ready of progress and reporting, in the database."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from impact.figures import Cell, Pair
from impact.permissions import EVERYTHING
from impact.queries import standings
from impact.queries.world import world
from impact.rules import EntryDraft
from impact.services import reviews, submission
from impact.services.entries import save_entry
from impact.services.rollup import REPORTING, STANDING
from impact.vocabulary import Answer, ProgressState
from tests.cast import ADA, MIDI_PYRENEES, ODILE, PICARDIE

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
