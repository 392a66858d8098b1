"""Targets and progress: the rows of the measurement page's section 4, and its laws."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.figures import Definition, Target
from impact.progress import Progress, advance, as_of, pooled, progress, share_of_time, share_to_date
from impact.vocabulary import Accumulation, Direction, Frequency, Measure, ProgressState
from tests.impact.samples import END, QUARTERS, START, T2, T3, sample

DAY = QUARTERS[T3].end
STOCK = sample(Measure.RATIO, accumulation=Accumulation.STOCK, decimals=1)


def aim(value: int, baseline: int | None = None, **changes: object) -> Target:
    known = None if baseline is None else Fraction(baseline)
    return Target("73", "FOR-04", "2010-2011", Fraction(value), END, known)._replace(**changes)  # type: ignore[arg-type]


def measured(definition: Definition, target: Target | None, actual: int | None, is_due: bool = True) -> Progress:
    value = None if actual is None else Fraction(actual)
    return progress(definition, "73", target, value, is_due=is_due, start=START, day=DAY)


@pytest.mark.parametrize(
    ("definition", "baseline", "target", "actual", "achievement"),
    [
        (sample(direction=Direction.DOWN), 100, 60, 80, Fraction(1, 2)),
        (sample(direction=Direction.DOWN), 100, 60, 110, Fraction(-1, 4)),
        (sample(), 0, 50, 20, Fraction(2, 5)),
        (sample(direction=Direction.DOWN), 12, 0, 3, Fraction(3, 4)),
        (sample(), 20, 50, 65, Fraction(3, 2)),
        (sample(), None, 50, 20, Fraction(2, 5)),
    ],
    ids=["decrease", "wrong way", "zero baseline", "target zero", "overshoot", "starts from nothing"],
)
def test_achievement_is_the_way_covered_out_of_the_way_to_go(
    definition: Definition, baseline: int | None, target: int, actual: int, achievement: Fraction
) -> None:
    found = measured(definition, aim(target, baseline), actual)
    assert found.achievement == achievement
    assert found.pace == achievement / share_of_time(START, END, DAY)


@pytest.mark.parametrize(
    ("definition", "baseline", "target", "actual", "state"),
    [
        (sample(), 40, 40, 42, ProgressState.HELD),
        (sample(), 40, 40, 38, ProgressState.NOT_HELD),
        (sample(direction=Direction.DOWN), 40, 40, 38, ProgressState.HELD),
        (STOCK, None, 60, 80, ProgressState.REACHED),
        (STOCK, None, 60, 59, ProgressState.NOT_REACHED),
        (sample(direction=Direction.DOWN), None, 60, 61, ProgressState.NOT_REACHED),
    ],
)
def test_without_a_way_to_go_there_is_a_word_and_no_percentage(
    definition: Definition, baseline: int | None, target: int, actual: int, state: ProgressState
) -> None:
    found = measured(definition, aim(target, baseline), actual)
    assert (found.state, found.achievement, found.pace) == (state, None, None)


def test_no_target_no_figure_and_not_due_are_never_nought_percent() -> None:
    assert measured(sample(), None, 20).state is ProgressState.NO_TARGET
    assert measured(sample(), aim(50, 0), None).state is ProgressState.NOT_REPORTED
    assert measured(sample(), aim(50, 0), None, is_due=False).state is ProgressState.NOT_DUE
    early = progress(sample(), "73", aim(50, 0), None, is_due=False, start=START, day=None)
    assert (early.state, early.achievement, early.target) == (ProgressState.NOT_DUE, None, 50)
    assert measured(sample(direction=Direction.NEUTRAL), aim(50, 0), 20).state is ProgressState.NO_TARGET


@pytest.mark.parametrize(
    ("actual", "state"),
    [(100, ProgressState.ON_TRACK), (99, ProgressState.WATCH), (85, ProgressState.WATCH), (84, ProgressState.LATE)],
)
def test_the_status_follows_from_the_pace(actual: int, state: ProgressState) -> None:
    due_now = aim(100, 0, due=DAY)
    assert measured(sample(), due_now, actual).state is state


def test_the_expected_share_counts_both_ends() -> None:
    assert share_of_time(START, END, DAY) == Fraction(259, 351)
    assert share_of_time(START, END, END) == share_of_time(START, DAY, END) == 1
    found = measured(sample(), aim(351, 0), 100)
    assert (found.share, found.expected) == (Fraction(259, 351), 259)


def test_stated_milestones_replace_the_straight_line() -> None:
    stepped = aim(100, 0, milestones=((QUARTERS[T2].end, Fraction(80)),))
    assert share_to_date(sample(), stepped, START, QUARTERS[T2].end) == Fraction(4, 5)
    between = share_to_date(sample(), stepped, START, DAY)
    assert between == Fraction(80, 100) + Fraction(20, 100) * Fraction(91, 183)
    assert share_to_date(sample(), stepped, START, END) == 1


def test_the_day_is_the_end_of_the_last_period_that_is_over() -> None:
    periods = QUARTERS.values()
    assert as_of(periods, sample(), date(2011, 7, 10), date(2011, 7, 10)) == DAY
    assert as_of(periods, sample(), DAY, date(2011, 7, 10)) == DAY
    assert as_of(periods, sample(), DAY, DAY) == QUARTERS[T2].end
    assert as_of(periods, sample(frequency=Frequency.YEAR), DAY, date(2011, 7, 10)) is None


def test_the_country_without_a_target_pools_then_divides() -> None:
    each = [
        replace(measured(sample(), aim(100, 0), 50), region="11"),
        replace(measured(sample(), aim(10, 0), 10), region="22"),
        replace(measured(sample(), aim(1000, 0), None), region="31"),
        replace(measured(sample(), None, 7), region="43"),
    ]
    found = pooled(sample(), each, regions_due=["11", "22", "31", "43"], day=DAY)
    assert found.achievement == Fraction(60, 110)
    assert found.regions == ("11", "22")
    assert dict(found.left_out) == {"31": "non renseigné", "43": "sans cible"}
    assert found.share == Fraction(259, 351)
    apart = pooled(sample(), each, regions_due=["11", "22"], day=DAY, versions={"11": 1, "22": 2, "31": 3})
    assert (apart.regions, apart.achievement) == (("22",), 1), "two versions are never added up"
    assert dict(apart.left_out) == {"11": "rupture de série : une autre version"}
    assert pooled(STOCK, each, day=DAY).state is ProgressState.NO_TARGET


def test_a_regions_progress_is_the_mean_of_its_clipped_indicators() -> None:
    one, two, means = sample(code="A"), sample(code="B"), sample(code="C", direction=Direction.NEUTRAL)
    kept = sample(code="D")
    definitions = {d.code: d for d in (one, two, means, kept)}
    parts = [
        measured(one, aim(20, 0), 65),
        measured(two, aim(100, 0), 20),
        measured(means, None, 5),
        measured(kept, aim(40, 40), 42),
    ]
    found = advance("73", "FOR", parts, definitions, set(definitions) | {"E"})
    assert (found.progress, found.measured, found.indicators) == (Fraction(22, 30), 3, 3)
    assert found.expected == Fraction(259, 351)
    assert found.state is ProgressState.WATCH
    assert found.is_ranked


def test_a_region_with_less_than_half_reported_is_not_ranked() -> None:
    definitions = {code: sample(code=code) for code in "ABC"}
    parts = [measured(definitions["A"], aim(100, 0), 90)] + [measured(definitions[c], aim(9, 0), None) for c in "BC"]
    found = advance("73", "FOR", parts, definitions, set("ABC"))
    assert (found.measured, found.indicators, found.is_ranked) == (1, 3, False)
    nothing = advance("73", "FOR", parts[1:], definitions, set("ABC"))
    assert (nothing.progress, nothing.state) == (None, ProgressState.NOT_REPORTED)


@given(st.integers(-500, 500), st.integers(1, 500), st.integers(-900, 900), st.sampled_from([1, -1]))
def test_achievement_does_not_depend_on_the_unit_nor_on_the_direction(
    baseline: int, way: int, gained: int, sign: int
) -> None:
    up = measured(sample(), aim(baseline + way, baseline), baseline + gained)
    down = measured(
        sample(direction=Direction.DOWN), aim(-sign * (baseline + way) * sign, -baseline), -(baseline + gained)
    )
    assert up.achievement == down.achievement == Fraction(gained, way)
    assert up.state is down.state
