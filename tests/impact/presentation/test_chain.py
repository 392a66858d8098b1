"""From means to impact, and each region's course on one scale."""

from fractions import Fraction

import pytest

from impact.figures import CellEntry, Target
from impact.presentation.chain import absence, chain, steps
from impact.presentation.lens import Lens
from impact.presentation.paths import path_frame, scale_of
from impact.presentation.plans import plan
from impact.vocabulary import NATIONAL_CODE, Answer, CellState, ProgressState, Stage, Status
from tests.impact.presentation.worlds import world_of
from tests.impact.samples import END, T1, T2, T3, answer, scaled

LENS = Lens("FOR")
TARGET = Target("22", "FOR-04", "2010-2011", Fraction(30), END)


def test_every_stage_is_there_even_where_nothing_measures_it() -> None:
    world = world_of(answer("22", T1, scaled(3)))
    links = chain(steps(world, world, "FOR", LENS))
    assert [link.stage for link in links] == list(Stage)
    assert [len(link.steps) for link in links] == [0, 0, 1, 0, 0]


def test_a_step_holds_the_countrys_total_and_each_regions_with_their_progress() -> None:
    world = world_of(answer("22", T1, scaled(30)), targets=[TARGET])
    (step,) = steps(world, world, "FOR", LENS)
    assert (step.total.region, step.progress.region) == (NATIONAL_CODE, NATIONAL_CODE)
    assert step.regions["22"][1].state is ProgressState.ON_TRACK
    assert step.regions["73"][1].state is ProgressState.NO_TARGET
    assert not step.is_silent


NOTHING_SAID = {"answer": Answer.NOT_APPLICABLE}


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([], "aucun chiffre"),
        ([answer("22", T1, None)], "non disponible"),
        ([answer("22", code, None, **NOTHING_SAID) for code in (T1, T2, T3)], "sans objet"),
        ([answer("22", T1, scaled(3), Status.SUBMITTED)], "soumis, pas encore validé"),
        ([answer("22", T1, scaled(3), Status.DRAFT)], "aucun chiffre"),
        ([answer("22", T1, scaled(3), reliability=1)], "sous le niveau de preuve"),
    ],
)
def test_a_total_without_a_figure_says_why(entries: list[CellEntry], told: str) -> None:
    world = world_of(*entries, regions=["22"])
    assert absence(world, world.total("FOR-04", "22", min_proof=2))[1] == told


def test_what_no_region_owes_is_said_so() -> None:
    world = world_of(regions=["73"])
    assert absence(world, world.total("FOR-04", "22"))[1] == "rien d’attendu"


def test_a_course_adds_up_and_leaves_a_missing_period_open() -> None:
    world = world_of(answer("22", T1, scaled(3)), answer("22", T3, scaled(5)), answer("73", T1, scaled(90)))
    definition = world.definitions["FOR-04"]
    frame = path_frame(world, definition, LENS, "22", None)
    assert frame["value"].fillna(-1).tolist() == [3, -1, 8, -1]
    assert frame["state"].tolist()[1] == CellState.MISSING.value


def test_every_region_stands_on_one_scale_plans_included() -> None:
    world = world_of(answer("22", T1, scaled(3)), answer("73", T1, scaled(20)), targets=[TARGET])
    definition = world.definitions["FOR-04"]
    held = scale_of(world, definition, LENS, [plan(world, definition, "22"), plan(world, definition, "73")])
    assert {0, 3, 20, 30} <= set(held)
    assert max(held) == 30
