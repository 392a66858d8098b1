"""May two regions' figures be set side by side? (design/measurement.md, section 8)"""

from datetime import date
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.comparability import (
    Basis,
    Counted,
    Response,
    Survey,
    basis,
    compare,
    days,
    normalised,
    response,
    same_days,
    strip,
    union,
)
from impact.figures import Cell
from impact.vocabulary import Comparability
from tests.impact.samples import T1, T2, T3, answer, scaled

COMPARABLE, PARTIAL, NOT_COMPARABLE = Comparability
START = date(2010, 10, 15)


def one(region: str = "22", first: int = 1, length: int = 100, **said: Any) -> Basis:
    """Counted for so many days; `first` is the first of them."""
    known: dict[str, Any] = {"versions": {1}, "population": "", "methods": {"registre"}} | said
    text = known["population"]
    return Basis(
        region,
        frozenset(known["versions"]),
        {normalised(text): text},
        frozenset(known["methods"]),
        ((first, first + length - 1),),
    )


@pytest.mark.parametrize(
    ("other", "word"),
    [
        (one(), COMPARABLE),
        (one(methods={"sondage"}), PARTIAL),
        (one(length=79), PARTIAL),
        (one(length=79, methods={"sondage"}), PARTIAL),
        (one(population="adhérents de l’union"), NOT_COMPARABLE),
        (one(versions={2}), NOT_COMPARABLE),
        (one(versions={2}, methods={"sondage"}, length=10), NOT_COMPARABLE),
    ],
)
def test_what_two_regions_share_decides(other: Basis, word: Comparability) -> None:
    assert compare(one(), other) is word


@pytest.mark.parametrize(("shared", "word"), [(80, COMPARABLE), (79, PARTIAL), (81, COMPARABLE)])
def test_exactly_eighty_per_cent_of_the_longer_is_enough(shared: int, word: Comparability) -> None:
    assert compare(one(length=100), one(length=shared)) is word  # the shorter one inside the longer
    assert compare(one(length=100), one(length=100, first=101 - shared)) is word  # two of a length, one later


def test_days_in_both_are_taken_over_the_longer_of_the_two() -> None:
    """40 of 50 days are in both, but the other one covers 100."""
    assert same_days(one(length=50, first=61), one(length=100)) == Fraction(40, 100)
    assert compare(one(length=50, first=61), one(length=100)) is PARTIAL


@pytest.mark.parametrize("text", ["Adhérents de l’Union", "  adherents  de l’union ", "ADHÉRENTS DE L’UNION"])
def test_case_accents_and_spaces_do_not_make_another_population(text: str) -> None:
    assert compare(one(population="adhérents de l’union"), one(population=text)) is COMPARABLE


def test_a_population_that_is_not_named_is_that_of_the_definition() -> None:
    assert compare(one(population=""), one(population="   ")) is COMPARABLE
    assert compare(one(population=""), one(population="adhérents")) is NOT_COMPARABLE


def test_the_basis_is_that_of_the_figures_that_enter_the_total() -> None:
    used = [answer("22", T2, scaled(5), version=2), answer("22", T1, scaled(3), version=2)]
    said = {
        Cell("22", "FOR-04", T1): Counted("Adhérents", "registre", date(2010, 10, 15), date(2010, 12, 31)),
        Cell("22", "FOR-04", T2): Counted("adherents", "sondage", date(2011, 1, 1), date(2011, 3, 31)),
        Cell("22", "FOR-04", T3): Counted("tous", "entretiens", date(2011, 4, 1), date(2011, 6, 30)),
    }
    found = basis("22", used, said)
    assert found is not None
    assert found.versions == {2}
    assert dict(found.populations) == {"adherents": "Adhérents"}
    assert found.methods == {"registre", "sondage"}
    assert found.days == ((START.toordinal(), date(2011, 3, 31).toordinal()),)  # two quarters that touch are one span
    assert basis("22", [], said) is None


def test_the_reference_is_the_region_to_which_most_are_comparable() -> None:
    regions = [one("11", population="autre"), one("22", length=100), one("31", length=95), one("43", length=70)]
    found = strip(regions)
    assert found.reference == "22"
    assert found.classes == {"11": NOT_COMPARABLE, "22": COMPARABLE, "31": COMPARABLE, "43": PARTIAL}
    assert found.counts() == {COMPARABLE: 2, PARTIAL: 1, NOT_COMPARABLE: 1}


def test_ties_go_to_the_region_with_most_partially_comparable_then_to_the_lowest_code() -> None:
    """Each is comparable to itself alone; 31 and 43 also share population and definition."""
    apart = [one("22", population="autre"), one("31", methods={"sondage"}), one("43")]
    assert strip(apart).reference == "31"
    assert strip([one("73"), one("22")]).reference == "22"


def test_what_differs_is_said_in_french() -> None:
    regions = [
        one("22"), one("31"), one("43", population="Adhérents de l’union"), one("52", methods={"sondage", ""}),
        one("73", length=20), one("82", versions={2}),
    ]  # fmt: skip
    told = strip(regions).differences
    assert told["22"] == ()
    assert told["43"] == ("population : « Adhérents de l’union » (référence : comme la définition)",)
    assert told["52"] == (
        "méthode : enquête par sondage, non précisée (référence : registre ou suivi au fil de l’eau)",
    )  # fmt: skip
    assert told["73"] == ("dates : 20 jours en commun sur 100",)
    assert told["82"] == ("définition : version\u202f2 (référence : version\u202f1)",)


def test_without_any_region_there_is_nothing_to_compare() -> None:
    assert strip([]).counts() == {COMPARABLE: 0, PARTIAL: 0, NOT_COMPARABLE: 0}


SPANS = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 30)).map(lambda s: (s[0], s[0] + s[1])), min_size=1)
BASES = st.builds(
    lambda versions, text, methods, spans: Basis("", frozenset(versions), {text: text}, frozenset(methods), spans),
    st.sets(st.sampled_from([1, 2]), min_size=1),
    st.sampled_from(["", "adherents"]),
    st.sets(st.sampled_from(["", "registre", "sondage"]), min_size=1),
    SPANS.map(union),
)


@given(BASES, BASES)
def test_comparing_does_not_depend_on_the_order(a: Basis, b: Basis) -> None:
    assert compare(a, b) is compare(b, a)
    assert 0 <= same_days(a, b) <= 1
    assert compare(a, a) is COMPARABLE


@given(st.lists(BASES, max_size=8))
def test_the_counts_add_up_to_the_regions_and_every_difference_is_told(bases: list[Basis]) -> None:
    regions = [
        Basis(f"{rank:02}", each.versions, each.populations, each.methods, each.days) for rank, each in enumerate(bases)
    ]
    found = strip(regions)
    assert sum(found.counts().values()) == len(regions)
    for region, word in found.classes.items():
        assert (found.differences[region] == ()) is (word is COMPARABLE)
    if regions:
        most = max(sum(compare(one, other) is COMPARABLE for other in regions) for one in regions)
        assert found.counts()[COMPARABLE] == most


@given(SPANS)
def test_a_union_of_spans_holds_the_same_days(spans: list[tuple[int, int]]) -> None:
    def held(these: Any) -> set[int]:
        return {day for start, end in these for day in range(start, end + 1)}

    joined = union(spans)
    assert held(joined) == held(spans)
    assert all(after[0] - before[1] > 1 for before, after in combinations(joined, 2))
    assert days(joined) == len(held(spans))


def test_a_survey_behind_several_figures_is_counted_once_and_an_unknown_answer_is_no_zero() -> None:
    figures = [answer("22", period, scaled(3)) for period in (T1, T2)]
    one, silent = Survey("22", 1, 300, 120), Survey("22", 2, 50, None)
    said = {figures[0].cell: [one], figures[1].cell: [one, silent], Cell("73", "FOR-04", T1): [Survey("73", 1, 9, 9)]}
    assert response(figures, said) == Response(120, 300, 1)
    assert response(figures[:1], said) == Response(120, 300, 0)
    assert response(figures, {}) is None
