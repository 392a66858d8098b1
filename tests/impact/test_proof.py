from fractions import Fraction

import pytest

from impact.figures import Pair
from impact.proof import composition, is_link, reliability
from tests.impact.samples import scaled

LINK = "https://exemple.fr/piece.pdf"


@pytest.mark.parametrize(
    ("source", "method", "family", "link", "read", "grade"),
    [
        ("", "relevé", "registre", LINK, True, 0),
        ("  ", "relevé", "registre", LINK, True, 0),
        ("registre", "", "", LINK, True, 0),
        ("registre", "relevé", "", "", True, 1),
        ("registre", "", "sondage", "", False, 1),
        ("registre", "relevé", "", "pièce au bureau", True, 1),
        ("registre", "relevé", "", LINK, False, 2),
        ("registre", "", "sondage", LINK, True, 3),
    ],
)
def test_each_grade_requires_all_the_lower_ones(
    source: str, method: str, family: str, link: str, read: bool, grade: int
) -> None:
    assert reliability(source, method, family, link, read=read) == grade


@pytest.mark.parametrize(
    "text",
    [LINK, "http://localhost:8000/a?b=c#d", "https://café.fr/é", "HTTPS://Exemple.FR", "http://192.0.2.1/x", "http://[2001:db8::1]/"],
)  # fmt: skip
def test_a_well_formed_address_is_a_link(text: str) -> None:
    assert is_link(text)


@pytest.mark.parametrize(
    "text",
    ["", "exemple.fr", "ftp://exemple.fr/a", "javascript:alert(1)", "https://", "https:///a", "https://exemple",
     "http://a b.fr",
     "https://exemple.fr/<script>", "https://exemple.fr:port/", "https://exemple.fr:99999/", "http://[::1", "https://.fr/",
     "https://exemple..fr/", "https://-a.fr/", "http://exemple.fr/\u202epdf", "data:text/html,x", "http://[abc]/"],
)  # fmt: skip
def test_anything_else_is_no_link(text: str) -> None:
    assert not is_link(text)


def test_a_total_says_its_shares_by_absolute_value_and_its_lowest_grade() -> None:
    made_of = composition([(scaled(62), 3), (scaled(-25), 1), (scaled(13), 0)])
    assert made_of.shares == (Fraction(13, 100), Fraction(25, 100), 0, Fraction(62, 100), 0)
    assert made_of.at_least(2) == Fraction(62, 100)
    assert made_of.at_least(1) == Fraction(87, 100)
    assert made_of.lowest == 0


def test_zeros_have_a_lowest_grade_and_no_shares() -> None:
    zeros = composition([(Pair(0), 2), (Pair(0, 10_000), 3)])
    assert zeros.lowest == 2
    assert zeros.at_least(0) is None
    assert composition([]).lowest is None
