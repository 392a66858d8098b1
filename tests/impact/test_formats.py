from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from impact import formats
from impact.errors import Refused
from impact.figures import LARGEST, Pair, to_scaled
from impact.formats import NARROW
from impact.vocabulary import Measure
from tests.impact.samples import sample, scaled


@given(st.integers(-LARGEST + 1, LARGEST - 1))
@example(12_340)  # 1,234 would read two ways
def test_what_is_written_in_a_field_reads_back(number: int) -> None:
    value = formats.parse_number(formats.typed(number))
    assert value is not None
    assert to_scaled(value) == number


@given(st.integers(-(10**9), 10**9), st.integers(0, 2))
def test_what_is_shown_reads_back(number: int, decimals: int) -> None:
    value = Decimal(number).scaleb(-decimals)
    assert formats.parse_number(formats.number(value, decimals)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234,5", "1234.5"),
        ("1 234.5", "1234.5"),
        ("1\u202f234\u202f567", "1234567"),
        ("1\u00a0234", "1234"),
        ("  12 ", "12"),
        ("\u22123", "-3"),
        ("0,125", "0.125"),
        ("1,2340", "1.234"),
        ("1234,567", "1234.567"),
    ],
)
def test_french_and_english_numbers_are_read(text: str, value: str) -> None:
    assert formats.parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "douze",
        "1,2,3",
        "1.234,5",
        "12 34",
        "1e5",
        "NaN",
        "inf",
        "1/2",
        "12 %",
        "--1",
        "٣",
        "²",
        "1_000",
        "=1+1",
        "1,",
        ",",
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="n’est pas un nombre"):
        formats.parse_number(text)


@pytest.mark.parametrize("text", ["9" * 25, "-1" + "0" * 10_000, "1," + "0" * 30 + "1"])
def test_a_number_that_decimal_arithmetic_would_round_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="trop grand, ou a trop de décimales"):
        formats.parse_number(text)


def test_the_longest_number_read_is_written_in_full() -> None:
    longest = formats.parse_number("9" * 12 + "," + "9" * 12)
    assert longest is not None
    assert formats.number(longest).replace(formats.NARROW, "") == "9" * 12 + "," + "9" * 12
    assert formats.number(formats.parse_number("9" * 24) or 0).replace(formats.NARROW, "") == "9" * 24


@pytest.mark.parametrize("text", ["1,234", "1.234", "-12,345"])
def test_what_reads_two_ways_is_refused_with_both_readings(text: str) -> None:
    with pytest.raises(Refused, match="se lit de deux façons") as refusal:
        formats.parse_number(text)
    whole, _, fraction = text.replace(".", ",").partition(",")
    assert f"{whole}{NARROW}{fraction} ou {whole},{fraction}0" in str(refusal.value)


@pytest.mark.parametrize("text", ["", "  ", "\u202f", "\n"])
def test_an_empty_field_is_no_number_and_no_zero(text: str) -> None:
    assert formats.parse_number(text) is None


def test_a_share_of_few_is_said_in_units_and_one_of_none_is_not_computable() -> None:
    ratio = sample(Measure.RATIO, decimals=1)
    assert formats.figure(ratio, scaled(9, 22)) == f"40,9{NARROW}%"
    assert formats.figure(ratio, scaled(4, 9)) == "4 sur 9"
    assert formats.figure(ratio, scaled(0, 0)) == "n.\u00a0c."
    assert formats.figure(sample(), scaled(0)) == "0"
    assert formats.figure(sample(), None) == "–"


def test_numbers_dates_and_counts_are_french() -> None:
    assert formats.number(Fraction(-12345678, 1000), 2) == f"\u221212{NARROW}345,68"
    assert formats.counted(0, "région") == "0 région"
    assert formats.counted(2, "région") == "2 régions"
    assert formats.counted(2, "cheval", "chevaux") == "2 chevaux"
    assert formats.short_date(date(2011, 3, 31)) == "31/03/2011"
    assert formats.moment(datetime(2011, 3, 31, 22, 30, tzinfo=UTC)) == "01/04/2011 00:30"
    assert formats.grade(2) == "F2 documenté"


def test_nothing_is_above_the_highest_grade() -> None:
    assert [formats.at_least(level) for level in (2, 4)] == ["F2 documenté ou plus", "F4 vérifié par un tiers"]


def test_the_day_is_that_of_paris() -> None:
    at = datetime(2011, 3, 31, 22, 30, tzinfo=UTC)
    assert formats.day_of(at) == date(2011, 4, 1)
    assert formats.midnight(date(2011, 4, 1)) == datetime(2011, 3, 31, 22, tzinfo=UTC)


def test_regions_stand_where_people_look_for_them() -> None:
    assert sorted(["Picardie", "Île-de-France", "Lorraine"], key=formats.sortable)[0] == "Île-de-France"


def test_text_keeps_its_accents_and_loses_what_cannot_be_seen() -> None:
    assert formats.clean_text("  e\u0301te\u0301\u202e\x00\r\nfin\u200b ") == "été\nfin"


def test_a_text_too_long_is_refused_with_both_lengths() -> None:
    with pytest.raises(Refused, match="11 caractères, au plus 10"):
        formats.clean_text("a" * 11, longest=10)


def test_a_whole_amount_is_written_without_cents() -> None:
    amount = sample(Measure.AMOUNT, unit="euros courants", decimals=2)
    assert formats.figure(amount, scaled(17_040)) == f"17{NARROW}040"
    assert formats.figure(amount, Pair(170_405_000)) == f"17{NARROW}040,50"
    assert formats.figure(sample(decimals=1), scaled(832)) == "832,0"
