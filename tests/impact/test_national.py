"""The country read in few rows says what the whole campaign says."""

import pytest
from sqlmodel import Session

from impact.figures import Cell
from impact.permissions import EVERYTHING, Scope
from impact.presentation import silences
from impact.presentation.lens import KEY_INDICATORS
from impact.queries import national
from impact.queries.world import world
from impact.services import reviews
from tests.cast import ADA, MIDI_PYRENEES, ODILE, PICARDIE
from tests.impact.test_rollup import CELL, draft, enter

OTHER = Cell(PICARDIE, "FOR-04", "2010-2011-T1")


@pytest.mark.parametrize("by_period", [True, False])
def test_the_overview_says_what_the_whole_campaign_says(session: Session, by_period: bool) -> None:
    enter(session)
    reviews.validate(session, ADA, [CELL])
    enter(session, OTHER)
    reviews.send_back(session, ODILE, [OTHER], "à relire")
    draft(session, Cell(MIDI_PYRENEES, "PRE-03", "2010-2011-T1"))
    seen, whole = national.overview(session, EVERYTHING, by_period=by_period), world(session, EVERYTHING)
    assert seen.advances == {(r, code): one for code in whole.chantier_names for r, one in whole.advances(code).items()}
    for region in ("", MIDI_PYRENEES, PICARDIE):
        for chantier in ("", *whole.chantier_names):
            one, other = seen.world.pooled(region, chantier), whole.pooled(region, chantier)
            assert (one.due, one.answered, one.on_time, one.figures, one.proven) == (
                other.due, other.answered, other.on_time, other.figures, other.proven,
            )  # fmt: skip
    for code in KEY_INDICATORS:
        assert seen.world.total(code) == whole.total(code)
        assert seen.world.progresses(code) == whole.progresses(code)
    assert seen.unfinished == {
        (PICARDIE, "FOR", "2010-2011-T1"): (0, 1), (MIDI_PYRENEES, "PRE", "2010-2011-T1"): (1, 0),
    }  # fmt: skip
    assert silences.holes(seen.world, seen.unfinished) == silences.holes(whole)
    assert set(seen.last_submissions) == {MIDI_PYRENEES, PICARDIE}


def test_what_others_have_not_finished_is_not_told(session: Session) -> None:
    draft(session, OTHER)
    assert national.overview(session, Scope(frozenset({MIDI_PYRENEES}))).unfinished == {}
    assert national.overview(session, Scope(frozenset({PICARDIE}))).unfinished == {
        (*OTHER[:1], "FOR", OTHER.period): (1, 0)
    }
