"""Frames for charts: a missing period is a gap, a total that is partial says so, nothing is drawn before its time."""

import math
from dataclasses import replace

from impact.charts.trajectory import trajectory_alt
from impact.figures import Cell
from impact.presentation import courses
from impact.presentation.lens import Lens
from impact.presentation.paths import path_frame
from impact.vocabulary import Accumulation, CellState, Measure, Status
from tests.impact.presentation.worlds import world_of
from tests.impact.samples import T1, T2, T3, answer, sample, scaled

SHARE = sample(Measure.RATIO, accumulation=Accumulation.STOCK, decimals=1)


def test_bars_add_up_since_the_start_and_stay_partial_once_something_is_missing() -> None:
    """measurement.md, section 10, example 2: 10, 15, missing."""
    world = world_of(answer("22", T1, scaled(10)), answer("22", T2, scaled(15)), regions=["22"])
    bars = courses.bars_frame(world, sample(), Lens())
    assert list(bars["validated"][:3]) == [10, 25, 25]
    assert math.isnan(bars["validated"][3])
    assert list(bars["partial"]) == [False, False, True, True]
    assert list(bars["due"]) == [True, True, True, False]
    assert list(bars["label"][:3]) == ["1 région sur 1", "1 région sur 1", "2 chiffres sur 3"]


def test_a_period_whose_figures_are_all_below_the_proof_level_is_not_said_to_be_missing() -> None:
    world = world_of(answer("22", T1, scaled(10), reliability=1), regions=["22"])
    bars = courses.bars_frame(world, sample(), Lens(min_proof=2))
    assert list(bars["absent"][:3]) == ["– sous F2"] * 3, "they add up since the start"
    assert list(courses.bars_frame(world, sample(), Lens())["absent"][:3]) == [""] * 3
    assert "T1 – sous F2" in trajectory_alt(bars, sample())


def test_provisional_figures_stand_on_validated_ones_only_when_asked_for() -> None:
    world = world_of(answer("22", T1, scaled(10)), answer("73", T1, scaled(5), Status.SUBMITTED))
    assert courses.bars_frame(world, sample(), Lens())["provisional"][0] == 0
    assert courses.bars_frame(world, sample(), Lens(provisional=True))["provisional"][0] == 5


def test_a_curve_leaves_gaps_and_says_in_words_why() -> None:
    world = world_of(
        answer("22", T1, scaled(9, 22)),
        answer("22", T2, scaled(12, 22), Status.DRAFT),
        definitions=[SHARE], regions=["22"],
    )  # fmt: skip
    curve = courses.curve_frame(world, SHARE, Lens(), "22")
    assert [math.isnan(value) for value in curve["value"]] == [False, True, True, True]
    assert list(curve["label"]) == ["40,9\u202f%", "✎ brouillon", "manquant", "à venir"]
    assert list(curve["state"])[2:] == [CellState.MISSING, CellState.NOT_DUE]


def test_what_others_may_not_read_yet_is_not_called_missing() -> None:
    world = replace(world_of(regions=["22"]), pending=frozenset({Cell("22", "FOR-04", T3)}))
    assert list(courses.curve_frame(world, sample(), Lens(), "22")["label"])[1:3] == [
        "manquant", "→ soumis",
    ]  # fmt: skip


def test_the_table_under_a_curve_gives_no_percentage_of_fewer_than_ten() -> None:
    world = world_of(
        answer("22", T1, scaled(7, 9)), answer("22", T2, scaled(7, 10)), definitions=[SHARE], regions=["22"]
    )
    data = courses.curve_data(courses.curve_frame(world, SHARE, Lens(), "22"), SHARE)
    assert [math.isnan(value) for value in data["valeur"][:2]] == [True, False]
    assert list(data["texte"][:2]) == ["7 sur 9", "70,0\u202f%"]
    assert list(data["denominateur"][:2]) == [9, 10]


def test_the_country_s_curve_of_a_stock_is_of_each_period_alone() -> None:
    world = world_of(
        answer("22", T1, scaled(9, 10)), answer("73", T1, scaled(40, 200)), answer("22", T2, scaled(1, 2)),
        definitions=[SHARE],
    )  # fmt: skip
    curve = courses.curve_frame(world, SHARE, Lens())
    assert list(curve["label"][:3]) == ["23,3\u202f%", "1 sur 2", "aucun chiffre"]
    assert "partiel : 1 région sur 2" in curve["hover"][1]


def test_what_adds_up_stays_open_where_a_period_is_missing_and_goes_on_after_it() -> None:
    """measurement.md, section 10, example 2: 10, missing, 20 -> 30; the hole is not a period that brought nothing."""
    world = world_of(answer("22", T1, scaled(10)), answer("22", T3, scaled(20)), regions=["22"])
    curve = courses.cumulated_frame(world, sample(), Lens(), "22")
    assert [None if math.isnan(value) else value for value in curve["value"]] == [10, None, 30, None]
    assert list(curve["label"]) == ["10", "manquant", "30", "à venir"]
    assert "partiel : 2 périodes sur 3" in curve["hover"][2]


def test_a_ratio_of_nothing_is_no_hole_in_what_has_come_about_so_far() -> None:
    """The same on the region's screen and on the chantier's."""
    share = sample(Measure.RATIO)
    figures = ((T1, 10, 20), (T2, 0, 0), (T3, 20, 20))
    world = world_of(*(answer("22", code, scaled(*pair)) for code, *pair in figures), definitions=[share])
    for frame in (
        courses.cumulated_frame(world, share, Lens(), "22"), path_frame(world, share, Lens(), "22", None)
    ):  # fmt: skip
        assert list(frame["value"][:3]) == [50, 50, 75]
