"""The planned way: what should be reached by the end of each period, and where the target stands."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from impact.charts.small_multiple import small_multiple
from impact.figures import Target
from impact.presentation import courses, plans
from impact.presentation.lens import Lens
from impact.progress import Progress
from impact.vocabulary import Accumulation, Direction, Measure
from tests.impact.presentation.worlds import world_of
from tests.impact.samples import END, QUARTERS, T1, T2, T3, answer, sample, scaled

DAYS = (END - date(2010, 10, 14)).days


def target(region: str, value: int, baseline: int | None = None, due: date = END, **more: Any) -> Target:
    start = None if baseline is None else Fraction(baseline)
    return Target(region, "FOR-04", "2010-2011", Fraction(value), due, start, **more)


def test_the_way_is_straight_from_the_eve_of_the_campaign_to_the_due_date() -> None:
    found = plans.plan(world_of(targets=[target("FR", 351, 0)]), sample())
    assert found is not None
    assert [value for value in found.values if value is not None] == [78, 168, 259, 351]
    assert (DAYS, found.start, found.target, found.place, found.regions) == (351, 0, 351, 3.0, ())


def test_the_plan_at_the_end_of_a_period_is_what_progress_expects_then() -> None:
    milestones = ((date(2011, 2, 1), Fraction(20)),)
    known = [answer("22", period, scaled(5)) for period in (T1, T2, T3)]
    world = world_of(*known, regions=["22"], targets=[target("22", 100, 10, milestones=milestones)])
    found = plans.plan(world, sample(), "22")
    assert found is not None
    for value, period in zip(found.values, QUARTERS.values(), strict=True):
        if period.has_ended(world.today):
            stood: Progress = world.progresses("FOR-04", day=period.end)["22"]
            assert value == stood.expected


def test_the_country_adds_up_its_regions_plans_where_it_has_none_of_its_own() -> None:
    regional = [target("22", 100), target("73", 40, 20)]
    found = plans.plan(world_of(targets=regional), sample())
    assert found is not None
    assert (found.start, found.target, found.regions) == (20, 140, ("22", "73"))
    assert found.values[-1] == 140
    own = plans.plan(world_of(targets=[*regional, target("FR", 500, 0)]), sample())
    assert own is not None
    assert (own.target, own.regions) == (500, ())


@pytest.mark.parametrize("definition", [sample(Measure.RATIO), sample(direction=Direction.NEUTRAL)])
def test_ratios_are_not_added_up_and_means_are_no_ends(definition: Any) -> None:
    assert plans.plan(world_of(definitions=[definition], targets=[target("22", 50, 0)]), definition) is None
    assert plans.plan(world_of(), sample()) is None


def test_without_a_known_start_there_is_a_target_and_no_way() -> None:
    stock = sample(accumulation=Accumulation.STOCK)
    world = world_of(definitions=[stock], targets=[target("22", 80)])
    found = plans.plan(world, stock, "22")
    assert found is not None
    assert (set(found.values), found.start, found.target) == ({None}, None, 80)
    frame = plans.with_plan(courses.curve_frame(world, stock, Lens(), "22"), stock, found)
    assert frame["planned"].isna().all()


def test_a_target_due_within_a_period_stands_between_two_ends() -> None:
    periods = list(QUARTERS.values())
    assert plans.place(periods, date(2011, 2, 14)) == 0.5
    assert plans.place(periods, date(2012, 1, 1)) == 3.0
    assert plans.place(periods, date(2010, 11, 1)) == 0.0


@pytest.mark.parametrize(
    ("definition", "value", "shown"),
    [
        (sample(), Fraction(1771), "1\u202f771"),
        (sample(Measure.RATIO, decimals=1), Fraction(412, 10), "41,2\u202f%"),
        (sample(Measure.AMOUNT, unit="euros courants HT"), Fraction(2_841_230), "2,84\u202fM€"),
        (sample(Measure.AMOUNT, unit="euros courants HT"), Fraction(2840), "2\u202f840\u202f€"),
    ],
)
def test_planned_values_are_said_in_few_characters(definition: Any, value: Fraction, shown: str) -> None:
    assert plans.amount(definition, value) == shown


def test_the_mark_says_when_and_of_whose_targets() -> None:
    world = world_of(targets=[target("22", 100), target("73", 40)])
    said = plans.mark(sample(), plans.plan(world, sample()))
    assert said is not None
    assert (said.text, said.detail) == ("cible 140", "au 30/09/2011, somme des cibles de 2 régions")


def test_a_milestone_inside_a_period_bends_the_way_where_it_is() -> None:
    """30/11/2010 is day 47 of the first period's 78; 15/02/2011 lies 46 days into the 90 between T1 and T2."""
    milestones = ((date(2010, 11, 30), Fraction(5)), (date(2011, 2, 15), Fraction(60)))
    world = world_of(regions=["22"], targets=[target("22", 100, 0, milestones=milestones)])
    found = plans.plan(world, sample(), "22")
    assert found is not None
    (early, first), (later, second) = found.steps
    assert (first, second) == (5, 60)
    assert early == pytest.approx(-0.5 + 0.5 * 47 / 78)
    assert later == pytest.approx(46 / 90)
    mark = plans.mark(sample(), found)
    assert mark is not None
    frame = plans.with_plan(courses.cumulated_frame(world, sample(), Lens(), "22"), sample(), found)
    way = small_multiple(frame, sample(), mark=mark).data[0]
    assert (later, 60) in list(zip(way.x, way.y, strict=True))
