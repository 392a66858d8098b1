from impact.aggregation import total
from impact.presentation.wording import coverage
from tests.impact.samples import QUARTERS, T1, T2, T3, all_due, answer, by_cell, sample, scaled

DEFINITION = sample(version=2)


def test_a_total_that_follows_a_new_definition_says_that_its_series_breaks() -> None:
    periods = {code: QUARTERS[code] for code in (T1, T2, T3)}
    entries = by_cell(
        answer("73", T1, scaled(10), version=1), answer("73", T2, scaled(12), version=1),
        answer("73", T3, scaled(9), version=2),
    )  # fmt: skip
    found = total(DEFINITION, all_due("73", periods=periods), entries, periods, region="73")
    assert coverage(DEFINITION, found) == (
        "partiel : 1 période sur 3 ; rupture de série, 2 chiffres d’une autre version à part"
    )


def test_a_total_of_one_definition_says_nothing_of_it() -> None:
    periods = {T1: QUARTERS[T1]}
    entries = by_cell(answer("73", T1, scaled(10), version=2))
    found = total(DEFINITION, all_due("73", periods=periods), entries, periods, region="73")
    assert coverage(DEFINITION, found) == "1 période sur 1"
