"""Golden cases and laws of totals; test_totals_reference.py holds them against an independent reading of the page."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.aggregation import Total, Window, cell_state, due_cells, total, totals
from impact.figures import CellEntry, Definition, Mobilisation, Pair
from impact.vocabulary import Accumulation, Additivity, Answer, CellState, Coverage, Measure, Status
from tests.impact.samples import END, QUARTERS, S1, START, T1, T2, T3, T4, all_due, answer, by_cell, sample, scaled

STOCK = sample(accumulation=Accumulation.STOCK)
FLOW = sample()


def over(
    definition: Definition, regions: str, entries: Sequence[CellEntry], last: str = T4, **choices: object
) -> Total:
    """Total over one-letter regions, due from the first quarter to the last one named."""
    known = {code: period for code, period in QUARTERS.items() if code <= last}
    due = all_due(*regions, periods=known)
    return total(definition, due, by_cell(*entries), QUARTERS, **choices)  # type: ignore[arg-type]


def why(result: Total) -> dict[tuple[str, str], str]:
    return {(one.cell.region, one.cell.period): one.reason for one in result.left_out}


def test_a_ratio_is_pooled_never_averaged() -> None:
    ratio = sample(Measure.RATIO, decimals=2)
    result = over(ratio, "AB", [answer("A", T1, scaled(9, 10)), answer("B", T1, scaled(40, 200))], T1)
    assert (result.shown, result.pair, result.coverage) == (Decimal("23.33"), scaled(49, 210), Coverage.COMPLETE)


def test_a_mean_is_weighted_by_its_cases() -> None:
    mean = sample(Measure.MEAN, decimals=1)
    result = over(mean, "AB", [answer("A", T1, scaled(20, 2)), answer("B", T1, scaled(10, 8))], T1)
    assert result.shown == Decimal("3.0")


THREE_OF_FOUR = [answer("A", T1, scaled(10)), answer("A", T2, scaled(15)), answer("A", T4, scaled(20))]


def test_a_flow_adds_up_and_says_that_a_period_is_missing() -> None:
    result = over(FLOW, "A", THREE_OF_FOUR)
    assert (result.shown, result.coverage) == (45, Coverage.PARTIAL)
    assert (result.cells_answered, result.cells_due, result.value_date) == (3, 4, None)
    assert why(result) == {("A", T3): "manquant"}


def test_a_stock_keeps_its_last_state() -> None:
    result = over(STOCK, "A", THREE_OF_FOUR)
    assert (result.shown, result.value_date, result.coverage) == (20, date(2011, 9, 30), Coverage.COMPLETE)
    assert (result.cells_answered, result.cells_due) == (3, 4)
    assert why(result)["A", T2] == "remplacé par une période plus récente"


def test_a_country_with_one_stale_stock_is_partial_and_names_the_region() -> None:
    result = over(STOCK, "AB", [answer("A", T2, scaled(10)), answer("B", T3, scaled(7))], T3)
    assert (result.shown, result.coverage) == (17, Coverage.PARTIAL)
    assert (result.regions_answered, result.regions_due) == (1, 2)
    assert (result.value_date, result.older_regions) == (date(2011, 6, 30), ("A",))


def test_a_true_zero_counts_and_an_empty_cell_does_not() -> None:
    result = over(FLOW, "AB", [answer("A", T1, scaled(0))], T1)
    assert (result.shown, result.coverage, result.cells_answered, result.regions_answered) == (
        0,
        Coverage.PARTIAL,
        1,
        1,
    )
    nothing = over(FLOW, "AB", [], T1)
    assert (nothing.shown, nothing.pair, nothing.coverage) == (None, None, Coverage.EMPTY)


def test_nothing_out_of_nothing_is_answered_and_not_computable() -> None:
    ratio = sample(Measure.RATIO)
    alone = over(ratio, "A", [answer("A", T1, scaled(0, 0))], T1)
    assert (alone.value, alone.coverage, alone.cells_answered) == (None, Coverage.NOT_COMPUTABLE, 1)
    newest = over(sample(Measure.RATIO, accumulation=Accumulation.STOCK), "A",
                  [answer("A", T1, scaled(1, 2)), answer("A", T2, scaled(0, 0))], T2)  # fmt: skip
    assert newest.coverage is Coverage.NOT_COMPUTABLE, "no older figure stands in for it"


def test_a_region_that_is_not_mobilised_is_in_no_denominator() -> None:
    spells = [Mobilisation("A", "FOR", START), Mobilisation("B", "PRE", START)]
    due = due_cells([FLOW], QUARTERS.values(), spells, Window(START, END, END + timedelta(1)))
    entries = by_cell(*(answer(region, T1, scaled(5)) for region in "AB"))
    result = total(FLOW, due, entries, QUARTERS)
    assert (result.shown, result.regions_due, result.cells_due) == (5, 1, 4)
    assert why(result)["B", T1] == "hors périmètre"


def test_a_cell_is_due_once_its_period_is_over_inside_the_window() -> None:
    spells = [
        Mobilisation("A", "FOR", START, date(2011, 3, 31)),
        Mobilisation("A", "FOR", date(2011, 3, 1)),
        Mobilisation("B", "FOR", date(2011, 4, 1)),
    ]
    due = due_cells([FLOW], [S1, *QUARTERS.values()], spells, Window(date(2011, 1, 1), END, date(2011, 7, 1)))
    assert [(cell.region, cell.period) for cell in due] == [("A", T2), ("A", T3), ("B", T3)]
    assert not due_cells([FLOW], QUARTERS.values(), spells, Window(START, END, date(2010, 12, 31)))


def test_a_region_that_has_left_still_counts_in_a_stock_and_is_no_longer_due() -> None:
    spells = [Mobilisation("A", "FOR", START, date(2010, 12, 31)), Mobilisation("B", "FOR", START)]
    due = due_cells([STOCK], QUARTERS.values(), spells, Window(START, END, date(2011, 4, 1)))
    result = total(STOCK, due, by_cell(answer("A", T1, scaled(4)), answer("B", T2, scaled(5))), QUARTERS)
    assert (result.shown, result.coverage, result.older_regions) == (9, Coverage.COMPLETE, ("A",))
    assert (result.regions_answered, result.regions_due) == (1, 1)


def test_regions_that_cannot_be_added_have_their_own_total_only() -> None:
    lonely = sample(additivity=Additivity.NONE)
    entries = [answer("A", T1, scaled(3)), answer("B", T1, scaled(4))]
    country = over(lonely, "AB", entries, T1)
    assert (country.pair, country.value, country.coverage) == (None, None, Coverage.NOT_ADDITIVE)
    assert country.cells_answered == 2
    assert over(lonely, "AB", entries, T1, region="A").shown == 3


def test_what_does_not_enter_says_why() -> None:
    entries = [
        answer("A", T1, scaled(1), Status.DRAFT),
        answer("A", T2, scaled(2), Status.RETURNED),
        answer("A", T3, scaled(4), Status.SUBMITTED),
        answer("A", T4, scaled(8), reliability=1),
        answer("B", T1, None),
        answer("B", T2, None, answer=Answer.NOT_APPLICABLE, status=Status.SUBMITTED),
        answer("B", T3, scaled(16), reliability=2),
    ]
    strict = over(FLOW, "AB", entries, min_proof=2)
    assert (strict.shown, strict.cells_answered, strict.cells_due) == (16, 1, 7)
    assert why(strict) == {
        ("A", T1): "brouillon",
        ("A", T2): "à corriger",
        ("A", T3): "soumis, pas encore validé",
        ("A", T4): "fiabilité F1, en dessous de F2",
        ("B", T1): "non disponible",
        ("B", T2): "sans objet",
        ("B", T4): "manquant",
    }
    assert over(FLOW, "AB", entries, provisional=True).shown == 28


@pytest.mark.parametrize(
    ("due", "entry", "state"),
    [
        (True, answer("A", T1, scaled(0)), CellState.VALUE),
        (True, answer("A", T1, None), CellState.NOT_AVAILABLE),
        (False, answer("A", T1, None, answer=Answer.NOT_APPLICABLE), CellState.NOT_APPLICABLE),
        (True, None, CellState.MISSING),
        (False, None, CellState.NOT_DUE),
    ],
)
def test_a_cell_is_in_one_of_five_states(due: bool, entry: CellEntry | None, state: CellState) -> None:
    assert cell_state(due, entry) is state


parts = st.lists(st.tuples(st.integers(-(10**15), 10**15), st.integers(0, 10**15)), min_size=1, max_size=8)


@given(parts, st.randoms(use_true_random=False))
def test_a_total_is_the_same_however_its_figures_are_split_and_ordered(
    numbers: list[tuple[int, int]], chance: random.Random
) -> None:
    mean = sample(Measure.MEAN, decimals=2)
    whole = [answer(f"{place:02}", T1, Pair(*one)) for place, one in enumerate(numbers)]
    halves: list[CellEntry] = []
    for entry, (numerator, denominator) in zip(whole, numbers, strict=True):
        left = Pair(chance.randint(-(10**15), 10**15), chance.randint(0, denominator))
        right = Pair(numerator - left.numerator, denominator - (left.denominator or 0))
        halves += [answer(f"{entry.region}{side}", T1, pair) for side, pair in (("a", left), ("b", right))]
    chance.shuffle(halves)
    due = all_due(*(entry.region for entry in halves), periods={T1: QUARTERS[T1]})
    chance.shuffle(due)
    split = total(mean, due, by_cell(*halves), QUARTERS)
    together = total(
        mean, all_due(*(entry.region for entry in whole), periods={T1: QUARTERS[T1]}), by_cell(*whole), QUARTERS
    )
    assert (split.pair, split.value, split.shown) == (together.pair, together.value, together.shown)
    pooled = Pair(sum(n for n, _ in numbers), sum(d for _, d in numbers))
    assert together.pair == pooled
    assert together.value == (Fraction(pooled.numerator, pooled.denominator or 1) if pooled.denominator else None)


def test_totals_of_many_regions_are_those_asked_one_by_one() -> None:
    entries = by_cell(*(answer(region, T1, scaled(1)) for region in "ABC"), answer("D", T1, scaled(9)))
    due = all_due(*"ABC")
    several = totals(FLOW, due, entries, QUARTERS, ["B", "A", "E"])
    assert [one.region for one in several] == ["B", "A", "E", "FR"]
    assert several[0] == total(FLOW, due, entries, QUARTERS, region="B")
    assert several[2].coverage is Coverage.EMPTY
    assert (several[3].shown, several[3].regions_due) == (2, 2)
