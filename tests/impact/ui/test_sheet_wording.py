"""How figures, their changes and what was corrected are worded."""

from fractions import Fraction

import pytest

from impact.figures import Pair
from impact.ui import wording
from impact.ui.review.changes import worded
from impact.vocabulary import Measure
from tests.impact.samples import QUARTERS, S1, SEX, T2, sample, scaled


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("measure", "now", "before", "words"),
    [
        (Measure.COUNT, 88, 73, "+15 (+21 %)"),
        (Measure.COUNT, 12, 0, "+12"),
        (Measure.COUNT, 0, 12, "−12 (−100 %)"),
        (Measure.COUNT, 12, 12, "sans changement"),
        (Measure.COUNT, 12, None, ""),
        (Measure.RATIO, Fraction(113, 2), 41, "+16 points"),
        (Measure.RATIO, 42, 41, "+1 point"),
    ],
)
def test_a_change_is_told_in_the_unit_shown(measure: Measure, now: Fraction, before: Fraction, words: str) -> None:
    then = None if before is None else Fraction(before)
    assert plain(wording.change(sample(measure), Fraction(now), then)) == words


def test_a_change_of_a_rounded_value_agrees_with_the_two_values_shown() -> None:
    assert wording.change(sample(Measure.RATIO), Fraction(403, 10), Fraction(397, 10)) == "sans changement"


@pytest.mark.parametrize(
    ("measure", "pair", "words", "behind"),
    [
        (Measure.COUNT, scaled(1200), "1 200 personnes", ""),
        (Measure.RATIO, scaled(9, 22), "41 %", "9 sur 22"),
        (Measure.RATIO, scaled(7, 9), "7 sur 9", ""),
        (Measure.RATIO, scaled(0, 0), "n. c.", "0 sur 0"),
        (Measure.MEAN, scaled(40, 10), "4 personnes", "10 cas"),
        (Measure.MEAN, scaled(0, 0), "n. c.", "0 cas"),
    ],
)
def test_a_figure_is_told_with_what_stands_behind_it(measure: Measure, pair: Pair, words: str, behind: str) -> None:
    definition = sample(measure)
    assert plain(wording.quantity(definition, pair)) == words
    assert plain(wording.details(definition, pair)) == behind


def test_a_period_is_named_by_its_months() -> None:
    assert wording.period_name(QUARTERS[T2]) == "T2, janvier à mars 2011"
    assert wording.period_name(S1) == "S1, octobre 2010 à mars 2011"


def test_what_is_expected_says_kind_and_bounds() -> None:
    bounded = sample(minimum=0, maximum=50_000_000)
    assert plain(wording.expected(bounded)) == "Un nombre entier, de 0 à 5 000 ; 0 compte."
    assert plain(wording.expected(sample(decimals=2))) == "Au plus 2 décimales ; 0 compte."


def test_changes_since_the_last_submission_are_told_in_french() -> None:
    women = {"sexe/femmes": [50_000, None]}
    told = worded(
        sample(axes=(SEX,)),
        {
            "numerator": (120_000, 900_000),
            "denominator": (None, None),
            "breakdowns": (women, {"sexe/femmes": [60_000, None], "sexe/hommes": [60_000, None]}),
            "method_family": ("", "registre"),
            "coverage_end": ("2011-03-31", "2011-03-15"),
            "evidence": (None, "3.1 7.2"),
        },
    )  # fmt: skip
    assert [tuple(map(plain, row)) for row in told] == [
        ("Valeur", "12 personnes", "90 personnes"),
        ("Sexe : Femmes", "5", "6"),
        ("Sexe : Hommes", "", "6"),
        ("Famille de méthode", "", "Registre ou suivi au fil de l’eau"),
        ("Fin de la couverture", "31/03/2011", "15/03/2011"),
        ("Pièces", "", "n° 3, n° 7 (version 2)"),
    ]
