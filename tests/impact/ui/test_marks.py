import re
from fractions import Fraction
from pathlib import Path

import pytest

from impact.aggregation import Total, total
from impact.figures import Cell
from impact.formats import NARROW
from impact.presentation import grading
from impact.proof import GRADES, Composition
from impact.ui import marks
from impact.ui.page import typeset
from impact.ui.style import SHEET
from tests.impact.samples import QUARTERS, T1, answer, sample, scaled

STYLES = Path(SHEET).read_text(encoding="utf-8")


def of(*figures: tuple[int, int]) -> Total:
    """The total of one figure per region: (value, grade)."""
    entries = {
        (one := answer(f"{at:02}", T1, scaled(value), reliability=level)).cell: one
        for at, (value, level) in enumerate(figures, 1)
    }
    return total(sample(), list[Cell](entries), entries, QUARTERS)


def read(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_the_sheet_says_of_each_mark_what_the_product_says_of_its_grade() -> None:
    for level in range(GRADES):
        said = re.search(rf'\.imp-f{level} {{[^}}]*--imp-says: "(.*?)"', STYLES)
        assert said
        assert said[1] == typeset(grading.sentence(level))
    said = re.search(r'\.imp-made {[^}]*--imp-says: "(.*?)"', STYLES)
    assert said
    assert said[1] == typeset(grading.SHARES)


def test_a_mark_says_its_grade_in_letters_and_its_word_to_who_cannot_see_the_box() -> None:
    assert read(marks.mark(2)) == read(marks.beside(2)) == read(marks.named(2)) == "F2 documenté"
    assert 'tabindex="0"' in marks.mark(2)
    assert 'tabindex="-1"' in marks.beside(2)
    assert read(marks.raising(1)) == f"F1 sourcé, pour F2{NARROW}: joindre une pièce ou un lien".replace(NARROW, " ")
    assert read(marks.raising(4)) == "F4 vérifié par un tiers"


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ([(50, 3), (12, 4), (25, 1), (13, 0)], "62 % en F3 ou plus, 25 % en F1, 13 % en F0"),
        ([(60, 4), (40, 2)], "60 % en F4, 40 % en F2"),
        ([(5, 2), (7, 2)], "tout en F2"),
        ([(5, 3), (7, 4)], "tout en F3 ou plus"),
        ([(-30, 3), (10, 1)], "75 % en F3, 25 % en F1"),
        ([(0, 2), (0, 1)], "que des zéros, au plus bas F1"),
        ([(8, 3), (0, 0)], "tout en F3, au plus bas F0"),
        ([(1000, 3), (1, 0)], "plus de 99 % en F3, moins de 1 % en F0"),
    ],
)
def test_under_a_total_stands_what_it_is_made_of(figures: list[tuple[int, int]], said: str) -> None:
    found = of(*figures)
    plain = grading.made_of(found.composition).replace(NARROW, " ")
    drawn = re.sub(r'<span class="imp-hidden">.*?</span>', "", marks.under(found)).replace(NARROW, " ")
    assert plain == said
    assert read(drawn) == said


def test_a_total_of_one_figure_bears_its_mark_and_one_of_none_bears_nothing() -> None:
    assert marks.under(of((5, 2))) == marks.beside(2)
    assert marks.under(of((5, 2)), stop=True) == marks.mark(2)
    assert marks.under(of()) == ""
    assert grading.made_of(Composition()) == "aucun chiffre"


def test_the_bar_draws_each_share_and_nothing_where_there_is_but_one() -> None:
    assert re.findall(r'<i class="imp-f(\d)" style="width:([\d.]+)%">', marks.under(of((50, 3), (25, 1), (25, 0)))) == [
        ("3", "50.0"), ("1", "25.0"), ("0", "25.0"),
    ]  # fmt: skip
    assert "imp-made-bar" not in marks.under(of((5, 2), (7, 2)))


def test_shares_that_are_said_add_up_to_the_whole() -> None:
    for figures in ([(50, 3), (12, 4), (25, 1), (13, 0)], [(1, 0), (2, 1), (3, 2)], [(-30, 3), (10, 1)]):
        said = grading.parts(of(*figures).composition)
        assert sum((part for _, part, _ in said), Fraction(0)) == 1
