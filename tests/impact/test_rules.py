"""What is refused, and what asks for a comment (measurement.md, section 9)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from impact.figures import Definition, Pair
from impact.queries.views import Past, PastFigure
from impact.rules import EntryDraft, partition_problems, refusals, warnings
from impact.vocabulary import Answer, Measure, Status
from tests.impact.samples import ACTS, QUARTERS, S1, SEX, T1, sample, scaled

COUNT = sample(minimum=0, maximum=500 * 10_000)
RATIO = sample(Measure.RATIO, axes=(SEX, ACTS))
MEAN = sample(Measure.MEAN, decimals=1, minimum=10_000, maximum=50_000, axes=(SEX, ACTS))
DRAFT = EntryDraft("22", "FOR-04", T1, Answer.VALUE, None)


def refused(definition: Definition, pair: Pair | None, **changes: Any) -> dict[str, str]:
    problems = refusals(definition, replace(DRAFT, pair=pair, **changes), QUARTERS[T1])
    assert all(problem.where == "FOR-04" and problem.message.endswith(".") for problem in problems)
    return {problem.field: problem.message for problem in problems}


@pytest.mark.parametrize(
    ("definition", "pair", "name", "words"),
    [
        (COUNT, scaled(-1), "valeur", "négatif"),
        (sample(), scaled(-1), "valeur", "négatif"),
        (COUNT, scaled(501), "valeur", "501\u00a0personnes est au-dessus du maximum possible, 500\u00a0personnes"),
        (RATIO, scaled(-1, 4), "numerateur", "négatif"),
        (RATIO, scaled(0, -1), "denominateur", "négatif"),
        (RATIO, scaled(5, 4), "numerateur", "5 dépasse « dénominateur », 4"),
        (RATIO, scaled(1, 0), "numerateur", "dépasse"),
        (MEAN, Pair(9_000, 10_000), "valeur", "0,9\u00a0personnes est au-dessous du minimum possible"),
        (MEAN, Pair(-30_000, -10_000), "denominateur", "négatif"),
    ],
)
def test_the_impossible_is_refused(definition: Definition, pair: Pair, name: str, words: str) -> None:
    problems = refused(definition, pair)
    assert list(problems) == [name]
    assert words in problems[name]


@pytest.mark.parametrize(
    ("definition", "pair"),
    [
        (COUNT, scaled(0)),
        (COUNT, scaled(500)),
        (sample(minimum=-500 * 10_000), scaled(-500)),
        (RATIO, scaled(4, 4)),
        (RATIO, scaled(0, 0)),
        (MEAN, Pair(0, 0)),
        (COUNT, None),
    ],
)
def test_what_is_at_the_edge_of_the_possible_is_accepted(definition: Definition, pair: Pair | None) -> None:
    assert refused(definition, pair) == {}


def test_a_category_is_held_to_the_same_rules_and_named() -> None:
    ratio = refused(RATIO, scaled(5, 10), breakdowns={("sexe", "femmes"): scaled(3, 2), ("sexe", "hommes"): scaled(9)})
    assert list(ratio) == ["sexe/femmes/numerateur"]
    assert ratio["sexe/femmes/numerateur"].startswith("« Femmes (Sexe), numérateur »")
    mean = refused(MEAN, scaled(20, 10), breakdowns={("sexe", "femmes"): scaled(6, 1)})
    assert list(mean) == ["sexe/femmes/valeur"]


def test_an_overlapping_category_is_at_most_the_total() -> None:
    assert (
        refused(
            RATIO, scaled(5, 10), breakdowns={("type_acte", code): scaled(5, 10) for code in ("creation", "emploi")}
        )
        == {}
    )
    above = refused(RATIO, scaled(5, 10), breakdowns={("type_acte", "emploi"): scaled(6, 11)})
    assert list(above) == ["type_acte/emploi/numerateur", "type_acte/emploi/denominateur"]
    assert "11 dépasse le total, 10" in above["type_acte/emploi/denominateur"]


def test_the_days_covered_lie_inside_the_period_in_order() -> None:
    outside = refused(COUNT, scaled(1), coverage_start=date(2010, 10, 14), coverage_end=date(2011, 1, 1))
    assert list(outside) == ["couverture_debut", "couverture_fin"]
    assert "du 15/10/2010 au 31/12/2010" in outside["couverture_fin"]
    turned = refused(COUNT, scaled(1), coverage_start=date(2010, 12, 2), coverage_end=date(2010, 12, 1))
    assert list(turned) == ["couverture_fin"]
    assert refused(COUNT, scaled(1), coverage_start=date(2010, 12, 31)) == {}


def test_a_quarterly_figure_has_no_place_in_a_half_year() -> None:
    assert [problem.field for problem in refusals(COUNT, replace(DRAFT, pair=scaled(1)), S1)] == ["periode"]


def unbalanced(definition: Definition, total: Pair, **parts: Pair) -> list[tuple[str, str]]:
    breakdowns: Mapping[tuple[str, str], Pair] = {("sexe", category): pair for category, pair in parts.items()}
    return [(problem.field, problem.message) for problem in partition_problems(definition, total, breakdowns)]


def test_a_partition_adds_up_to_its_total() -> None:
    count = sample(axes=(SEX,))
    assert unbalanced(count, scaled(100), femmes=scaled(60), non_renseigne=scaled(40)) == []
    assert unbalanced(count, scaled(100)) == []
    [(name, message)] = unbalanced(count, scaled(100), femmes=scaled(55), hommes=scaled(40))
    assert name == "sexe/femmes/valeur"
    assert "font 95, le total est 100" in message
    assert "il manque 5" in message
    assert "2 de trop" in unbalanced(count, scaled(3), hommes=scaled(5))[0][1]


def test_denominators_add_up_where_any_is_typed() -> None:
    assert unbalanced(RATIO, scaled(5, 10), femmes=scaled(2), hommes=scaled(3)) == []
    [(name, message)] = unbalanced(RATIO, scaled(5, 10), femmes=scaled(2, 9), hommes=scaled(3))
    assert name == "sexe/femmes/denominateur"
    assert "font 9, le total est 10" in message


@pytest.mark.parametrize(("mean", "fits"), [(23_000, True), (22_500, True), (22_499, False), (23_501, False)])
def test_a_mean_fits_its_categories_to_half_a_unit_of_its_last_decimal(mean: int, fits: bool) -> None:
    """3 cases at 2,0 and 3 at 2,6 make 2,3: a total within 0,05 of it fits. Scaled means of 6 cases."""
    parts = {"femmes": Pair(60_000, 30_000), "hommes": Pair(78_000, 30_000)}
    assert (unbalanced(MEAN, Pair(mean * 6, 60_000), **parts) == []) is fits


VALUES = sample(decimals=0)


def warned(value: int, previous: int | None = None, *earlier: int, **changes: Any) -> list[str]:
    definition = replace(VALUES, **changes)
    before = None if previous is None else Fraction(previous)
    problems = warnings(definition, Fraction(value), before, [Fraction(one) for one in earlier], before="T4")
    assert all((problem.field, problem.where) == ("valeur", "FOR-04") for problem in problems)
    return [problem.message for problem in problems]


def test_a_jump_warns_and_says_both_numbers() -> None:
    jump, outlier = warned(90, 15, 12, 14, 13, 15)
    assert "90\u00a0personnes, est 6 fois celle de T4 (15\u00a0personnes)" in jump
    assert "s’écarte des 4 valeurs précédentes de la région : score 51,6, au-delà de 3,5, médiane 13,5" in outlier
    assert "commentaire" in jump
    [different] = warned(9, 0, 0, 0, 0, 0)
    assert "diffère des 4 valeurs précédentes de la région, toutes égales à 0" in different


def test_a_fall_and_a_change_of_sign_say_their_numbers_too() -> None:
    assert "est 3,3 fois plus petite que celle de T4 (100\u00a0personnes)" in warned(30, 100)[0]
    assert "a changé de signe depuis celle de T4 (−10\u00a0personnes)" in warned(10, -10)[0]


def test_a_score_just_above_the_limit_reads_above_it() -> None:
    """Median 0, MAD 100 000: 518 903 scores 3,50000... and 518 902 does not fire."""
    [outlier] = warned(518_903, None, 0, 100_000, 200_000, -100_000, -200_000)
    assert "score 3,500001, au-delà de 3,5" in outlier
    assert warned(518_902, None, 0, 100_000, 200_000, -100_000, -200_000) == []


def test_a_share_of_fewer_than_ten_is_never_a_percentage_in_a_warning() -> None:
    """measurement.md, section 7."""
    share = sample(Measure.RATIO, decimals=1)
    period = QUARTERS["2010-2011-T2"]
    before = PastFigure(period, Answer.VALUE, Status.VALIDATED, scaled(1, 8), "", 0, 1, period.end)
    [problem] = Past(period, (before,)).warnings(share, scaled(6, 8))
    assert "la valeur, 6 sur 8, est 6 fois celle de T2 (1 sur 8)" in problem.message
    assert "%" not in problem.message


@pytest.mark.parametrize(
    ("value", "previous", "warns"),
    [(30, 10, True), (29, 10, False), (10, 30, True), (11, 30, False), (0, 30, False), (30, 0, False), (-10, 10, True),
     (-30, -10, True), (-29, -10, False), (-10, -30, True), (-11, -30, False), (10, 10, False), (12, None, False)],
)  # fmt: skip
def test_three_times_more_or_less_than_the_period_before_warns(value: int, previous: int | None, warns: bool) -> None:
    assert bool(warned(value, previous)) is warns


def test_a_value_above_the_alert_warns_and_one_at_it_does_not() -> None:
    assert warned(60, alert_above=60 * 10_000) == []
    assert "seuil d’alerte, 60\u00a0personnes" in warned(61, alert_above=60 * 10_000)[0]


@pytest.mark.parametrize(
    ("value", "earlier", "warns"),
    [
        (90, (12, 14, 13), False),  # three values are too few
        (14, (12, 14, 13, 15), False),
        (9, (0, 0, 0, 0), True),
        (0, (0, 0, 0, 0), False),
        (7, (7, 7, 7, 7), False),  # all equal, and the same again
        (8, (7, 7, 7, 7), True),
        (90, (12, 12, 12), False),  # all equal, but three values are too few
        (1669, (0, 0, 0, 1000, 0), True),  # MAD 0, mean deviation 200: the limit is 3.5 x 1.253314 x 200 = 877.3
        (878, (0, 0, 0, 1000, 0), True),
        (877, (0, 0, 0, 1000, 0), False),
        (5190, (0, 1000, 2000, -1000, -2000), True),  # MAD 1000: the limit is 3.5 / 0.6745 x 1000 = 5189.03
        (5189, (0, 1000, 2000, -1000, -2000), False),
        (-5190, (0, 1000, 2000, -1000, -2000), True),
    ],
)
def test_a_value_far_from_the_regions_own_warns(value: int, earlier: tuple[int, ...], warns: bool) -> None:
    assert bool(warned(value, None, *earlier)) is warns


def test_a_ratios_warning_speaks_in_per_cent() -> None:
    ratio = sample(Measure.RATIO, decimals=1)
    [problem] = warnings(ratio, Fraction(100, 3), Fraction(100, 9), [])
    assert (problem.field, "33,3\u202f%" in problem.message, "11,1\u202f%" in problem.message) == (
        "numerateur",
        True,
        True,
    )
