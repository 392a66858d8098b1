from datetime import date
from fractions import Fraction

from impact.quality import NOTHING_DUE, quality
from impact.vocabulary import Answer, Status
from tests.impact.samples import QUARTERS, T1, T2, T3, all_due, answer, by_cell, sample, scaled

DEADLINE = QUARTERS[T1].deadline
ROWS = quality(
    [sample()],
    all_due("A", "B", "C", "D", "E", "F", "G", periods={T1: QUARTERS[T1]}) + all_due("A", periods={T2: QUARTERS[T2]}),
    by_cell(
        answer("A", T1, scaled(0), first_submitted_on=DEADLINE, reliability=2),
        answer("B", T1, None, Status.SUBMITTED, first_submitted_on=date(2011, 1, 16)),
        answer("C", T1, scaled(1), Status.RETURNED, first_submitted_on=DEADLINE, reliability=3),
        answer("D", T1, None, answer=Answer.NOT_APPLICABLE, status=Status.SUBMITTED, first_submitted_on=DEADLINE),
        answer("E", T1, None, answer=Answer.NOT_APPLICABLE, status=Status.DRAFT),
        answer("F", T1, scaled(1), first_submitted_on=date(2011, 1, 16), reliability=1),
        answer("A", T3, scaled(9), first_submitted_on=DEADLINE, reliability=3),
    ),
    QUARTERS,
)


def test_cells_are_counted_by_region_and_period_in_the_order_of_files() -> None:
    assert [(row.region, row.period) for row in ROWS] == [("A", T1), ("A", T2), *((letter, T1) for letter in "BCDEFG")]
    counts = {
        row.region: (row.due, row.answered, row.on_time, row.figures, row.proven) for row in ROWS if row.period == T1
    }
    assert counts == {
        "A": (1, 1, 1, 1, 1),
        "B": (1, 1, 0, 0, 0),
        "C": (1, 0, 0, 0, 0),
        "D": (0, 0, 0, 0, 0),
        "E": (1, 0, 0, 0, 0),
        "F": (1, 1, 0, 1, 0),
        "G": (1, 0, 0, 0, 0),
    }


def test_rates_are_over_what_is_due_and_nothing_due_has_none() -> None:
    pooled = sum((row for row in ROWS if row.period == T1), NOTHING_DUE)
    assert (pooled.completeness, pooled.punctuality) == (Fraction(3, 6), Fraction(1, 6))
    assert pooled.proven_share == Fraction(1, 2)
    nothing = ROWS[4]
    assert (nothing.completeness, nothing.punctuality, nothing.proven_share) == (None, None, None)


def test_pooled_rows_keep_what_they_share() -> None:
    pooled = ROWS[0] + ROWS[1]
    assert (pooled.region, pooled.chantier, pooled.period, pooled.due) == ("A", "FOR", "", 2)
