"""The running sum of a breakdown, as it is typed."""

import pytest

from impact.ui.sheet.sums import running_sum
from impact.vocabulary import Measure
from tests.impact.samples import ACTS, SEX, sample


def said(measure: Measure, **texts: str) -> str:
    axis = SEX
    named = {name.replace("__", "/"): text for name, text in texts.items()}
    return running_sum(sample(measure, axes=(axis,)), axis, named).replace("\u202f", " ")


def test_nothing_typed_says_nothing() -> None:
    assert said(Measure.COUNT, valeur="20") == ""


@pytest.mark.parametrize(
    ("women", "men", "words"),
    [
        ("15", "", "15 sur 20, il manque 5"),
        ("15", "5", "20 sur 20, le compte y est"),
        ("15", "6", "21 sur 20, il y a en trop 1"),
        ("0", "", "0 sur 20, il manque 20"),
        ("15", "cinq", "15 sur 20, il manque 5"),
    ],
)
def test_a_sum_is_told_against_its_total(women: str, men: str, words: str) -> None:
    assert said(Measure.COUNT, valeur="20", sexe__femmes__valeur=women, sexe__hommes__valeur=men) == words


def test_a_sum_without_its_total_waits_for_it() -> None:
    assert said(Measure.COUNT, sexe__femmes__valeur="1 200,5") == "somme 1 200,5, le total n’est pas encore saisi"


def test_a_ratio_sums_its_denominators_only_where_they_are_typed() -> None:
    total = {"numerateur": "10", "denominateur": "20", "sexe__femmes__numerateur": "10"}
    assert said(Measure.RATIO, **total) == "10 sur 10, le compte y est"
    both = said(Measure.RATIO, **total, sexe__femmes__denominateur="15")
    assert both == "10 sur 10 au numérateur, le compte y est ; 15 sur 20 au dénominateur, il manque 5"


def test_a_mean_sums_its_cases_never_its_means() -> None:
    typed = {"sexe__femmes__valeur": "3,5", "sexe__femmes__denominateur": "4"}
    assert said(Measure.MEAN, valeur="3", denominateur="10", **typed) == "4 sur 10 cas, il manque 6"


def test_categories_that_overlap_have_no_sum() -> None:
    axis = ACTS
    told = running_sum(sample(axes=(axis,)), axis, {"valeur": "3", "type_acte/emploi/valeur": "3"})
    assert told == "chaque modalité va jusqu’au total"
