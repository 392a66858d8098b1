import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.charts.base import hover, nice_step, scale, short_number, tick_texts
from impact.charts.periods import period_tick
from impact.vocabulary import Measure
from tests.impact.samples import QUARTERS, S1, sample

FIGURES = st.lists(st.floats(-1e9, 1e9, allow_nan=False), max_size=6)


@given(FIGURES, st.sampled_from([0, 1, 2]))
def test_an_axis_holds_every_value_and_zero(values: list[float], decimals: int) -> None:
    axis = scale(values, sample(decimals=decimals))
    slack = 1e-6 * (axis.high - axis.low)
    assert axis.low - slack <= min(0, *values, 0)
    assert axis.high + slack >= max(0, *values, 0)
    assert len(axis.ticks) == len(set(axis.texts)) <= 8


def test_shares_stand_on_the_same_axis_so_that_they_compare() -> None:
    axis = scale([3.2], sample(Measure.RATIO))
    assert axis.ticks == (0, 25, 50, 75, 100)
    assert axis.texts[-1] == "100\u202f%"


def test_an_axis_without_any_value_shows_zero_alone() -> None:
    assert scale([], sample()).texts == ("0",)


def test_people_are_not_cut_in_half_on_the_axis() -> None:
    assert all(tick == int(tick) for tick in scale([12], sample(decimals=0)).ticks)
    assert nice_step(12, 5, 1) == 2.5


@pytest.mark.parametrize(
    ("ticks", "texts"),
    [
        ((0, 500, 1000), ("0", "500", "1\u202f000")),
        ((0, 0.5, 1), ("0", "0,5", "1,0")),
        ((0, 1_500_000, 3_000_000), ("0", "1,5\u202fM", "3,0\u202fM")),
        ((-5, 0, 5), ("\u22125", "0", "5")),
    ],
)
def test_ticks_are_written_in_french(ticks: tuple[float, ...], texts: tuple[str, ...]) -> None:
    assert tick_texts(ticks) == texts


def test_large_amounts_are_shortened_over_a_bar() -> None:
    assert short_number(2_840_000, 2) == "2,84\u202fM"
    assert short_number(1600, 0) == "1\u202f600"


def test_hover_texts_are_escaped_and_their_empty_lines_left_out() -> None:
    assert hover("<b>Nord</b>\n8 sur 9", "", "R&D") == "<b>&lt;b&gt;Nord&lt;/b&gt;</b><br>8 sur 9<br>R&amp;D"


def test_periods_are_told_in_three_short_lines() -> None:
    assert [period_tick(one) for one in QUARTERS.values()][:2] == [
        "T1<br>oct.-déc.<br>2010",
        "T2<br>janv.-mars<br>2011",
    ]
    assert period_tick(S1) == "S1<br>oct. 2010-<br>mars 2011"
