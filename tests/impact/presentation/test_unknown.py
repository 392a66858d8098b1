"""What nobody measured, and what moves the wrong way."""

from fractions import Fraction

import pytest

from impact.figures import CellEntry, Pair, Target
from impact.presentation.lens import Lens
from impact.presentation.unknown import astray, never_measured
from impact.vocabulary import Accumulation, Direction, Frequency, Measure, Stage, Status
from tests.impact.presentation.worlds import world_of
from tests.impact.samples import END, QUARTERS, T1, T2, T3, answer, sample, scaled

LENS = Lens("FOR")
OUTCOME = sample(code="FOR-06", stage=Stage.OUTCOME)
YEARLY = sample(code="FOR-08", stage=Stage.IMPACT, frequency=Frequency.YEAR)


def figure(period: str, pair: Pair, **changes: object) -> CellEntry:
    return answer("22", period, pair)._replace(**changes)


def test_results_without_a_validated_figure_are_listed_with_what_was_expected() -> None:
    world = world_of(
        figure(T1, scaled(3), indicator="FOR-06", status=Status.SUBMITTED), definitions=[sample(), OUTCOME]
    )
    assert [(one.definition.code, one.why) for one in never_measured(world, LENS)] == [
        ("FOR-06", "aucune valeur validée sur 6 attendues")
    ]


def test_a_zero_is_a_measure_and_the_proof_level_may_leave_it_out() -> None:
    world = world_of(figure(T1, scaled(0), indicator="FOR-06", reliability=1), definitions=[OUTCOME])
    assert never_measured(world, LENS) == []
    (found,) = never_measured(world, LENS._replace(min_proof=2))
    assert found.why == "aucune valeur validée de fiabilité F2 documenté ou plus sur 6 attendues"


def test_what_is_not_due_yet_says_when() -> None:
    year = QUARTERS["2010-2011-T4"]._replace(code="2010-2011-A", frequency=Frequency.YEAR)
    (found,) = never_measured(world_of(definitions=[YEARLY], periods={year.code: year}), LENS)
    assert found.why == "première échéance au 30/09/2011"
    assert never_measured(world_of(definitions=[YEARLY], regions=[]), LENS) == []


SHARE = sample(Measure.RATIO, accumulation=Accumulation.STOCK, unit="%")


@pytest.mark.parametrize(
    ("direction", "values", "told"),
    [
        (Direction.UP, (40, 30), [("40\u202f%", "30\u202f%", "")]),
        (Direction.UP, (30, 40), []),
        (Direction.UP, (30, 30), []),
        (Direction.DOWN, (30, 40), [("30\u202f%", "40\u202f%", "")]),
        (Direction.NEUTRAL, (40, 30), []),
    ],
)
def test_without_a_baseline_the_last_value_is_held_against_the_first(
    direction: Direction, values: tuple[int, int], told: list[tuple[str, str, str]]
) -> None:
    entries = [figure(period, scaled(value, 100)) for period, value in zip((T1, T3), values, strict=True)]
    world = world_of(
        *entries, definitions=[sample(Measure.RATIO, accumulation=Accumulation.STOCK, direction=direction)]
    )
    assert [(one.start, one.now, one.target) for one in astray(world, LENS)] == told


def test_a_baseline_decides_where_there_is_one_and_small_numbers_stay_small() -> None:
    target = Target("22", "FOR-04", "2010-2011", Fraction(60), END, baseline=Fraction(50))
    world = world_of(figure(T1, scaled(1, 9)), figure(T2, scaled(3, 7)), definitions=[SHARE], targets=[target])
    (one,) = astray(world, LENS)
    assert (one.region, one.start, one.now, one.target) == ("Picardie", "50\u202f%", "3 sur 7", "60\u202f%")
    assert one.cell.period == T2


def test_a_flow_that_adds_up_is_not_judged_on_its_last_period() -> None:
    assert astray(world_of(figure(T1, scaled(30)), figure(T2, scaled(3))), LENS) == []


def test_values_of_another_definition_are_not_compared() -> None:
    entries = figure(T1, scaled(40, 100)), figure(T2, scaled(30, 100), version=2)
    assert astray(world_of(*entries, definitions=[SHARE]), LENS) == []
