from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from impact.figures import LARGEST, from_scaled, rounded, shown_value, to_scaled
from impact.vocabulary import Measure
from tests.impact.samples import scaled


@given(st.integers(-LARGEST, LARGEST), st.integers(0, 4))
@example(-5_000, 0)
@example(25_000, 0)
def test_rounding_is_half_away_from_zero(number: int, decimals: int) -> None:
    exact = Decimal(number) / 10_000
    assert rounded(Fraction(number, 10_000), decimals) == exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@given(st.integers(-LARGEST, LARGEST))
def test_a_stored_number_reads_back_from_its_decimal(number: int) -> None:
    assert to_scaled(from_scaled(number)) == number


def test_a_number_with_five_decimals_is_not_stored() -> None:
    with pytest.raises(ValueError, match="more than 4 decimals"):
        to_scaled(Decimal("0.00001"))


def test_nothing_out_of_nothing_has_no_value() -> None:
    assert shown_value(Measure.RATIO, scaled(0, 0)) is None
    assert shown_value(Measure.MEAN, scaled(0, 0)) is None


def test_a_ratio_is_shown_in_per_cent_and_a_mean_per_case() -> None:
    assert shown_value(Measure.RATIO, scaled(1, 3)) == Fraction(100, 3)
    assert shown_value(Measure.MEAN, scaled(7, 2)) == Fraction(7, 2)
    assert shown_value(Measure.COUNT, scaled(0)) == 0
