"""What a total is made of: the figures that enter it, and no other."""

from impact.figures import Cell, Pair
from impact.presentation.parts import NOT_BROKEN_DOWN, axis_tables, broken_down
from impact.vocabulary import Accumulation, Measure, Status
from tests.impact.presentation.worlds import world_of
from tests.impact.samples import ACTS, SEX, T1, T2, T3, answer, sample, scaled

PEOPLE = sample(axes=(SEX, ACTS))


def parts(period: str, **typed: Pair) -> dict[Cell, dict[tuple[str, str], Pair]]:
    """axis__category=pair"""
    said = {tuple(name.split("__")): pair for name, pair in typed.items()}
    return {Cell("22", "FOR-04", period): said}  # type: ignore[dict-item]


def test_categories_of_a_flow_add_up_over_the_periods_that_enter_the_total() -> None:
    world = world_of(
        answer("22", T1, scaled(10)), answer("22", T2, scaled(15)), answer("22", T3, scaled(20), Status.SUBMITTED),
        definitions=[PEOPLE], regions=["22"],
    )  # fmt: skip
    typed = {
        **parts(T1, sexe__femmes=scaled(6), sexe__hommes=scaled(4)),
        **parts(T2, sexe__femmes=scaled(9), sexe__hommes=scaled(5), sexe__non_renseigne=scaled(1)),
        **parts(T3, sexe__femmes=scaled(20)),
    }
    (table,) = axis_tables(PEOPLE, world.total("FOR-04", "22"), typed)
    assert [(line.label, line.value, line.told) for line in table.lines] == [
        ("Femmes", "15", "60\u202f%"), ("Hommes", "9", "36\u202f%"), ("Non renseigné", "1", "4\u202f%"),
    ]  # fmt: skip
    assert table.figures == ""


def test_a_figure_without_a_breakdown_stands_apart_so_that_the_table_adds_up() -> None:
    world = world_of(answer("22", T1, scaled(10)), answer("22", T2, scaled(15)), definitions=[PEOPLE], regions=["22"])
    (table,) = axis_tables(PEOPLE, world.total("FOR-04", "22"), parts(T1, sexe__femmes=scaled(10)))
    assert [(line.label, line.value) for line in table.lines] == [
        ("Femmes", "10"), ("Hommes", "–"), ("Non renseigné", "–"), (NOT_BROKEN_DOWN, "15"),
    ]  # fmt: skip
    assert table.figures == "1 chiffre ventilé sur 2"


def test_a_stock_shows_its_last_period_alone() -> None:
    stock = sample(accumulation=Accumulation.STOCK, axes=(SEX,))
    world = world_of(answer("22", T1, scaled(30)), answer("22", T2, scaled(40)), definitions=[stock], regions=["22"])
    typed = {**parts(T1, sexe__femmes=scaled(30)), **parts(T2, sexe__femmes=scaled(10), sexe__hommes=scaled(30))}
    (table,) = axis_tables(stock, world.total("FOR-04", "22"), typed)
    assert [line.value for line in table.lines] == ["10", "30", "–"]


def test_a_share_of_fewer_than_ten_people_is_no_percentage() -> None:
    world = world_of(answer("22", T1, scaled(7)), definitions=[PEOPLE], regions=["22"])
    (table,) = axis_tables(
        PEOPLE, world.total("FOR-04", "22"), parts(T1, sexe__femmes=scaled(3), sexe__hommes=scaled(4))
    )
    assert [line.told for line in table.lines[:2]] == ["3 sur 7", "4 sur 7"]


def test_a_ratio_s_category_has_its_own_ratio_and_no_share() -> None:
    ratio = sample(Measure.RATIO, decimals=1, axes=(SEX,))
    world = world_of(answer("22", T1, scaled(15, 30)), definitions=[ratio], regions=["22"])
    typed = parts(T1, sexe__femmes=scaled(12, 20), sexe__hommes=scaled(3, 8))
    (table,) = axis_tables(ratio, world.total("FOR-04", "22"), typed)
    assert [(line.value, line.behind, line.share) for line in table.lines[:2]] == [
        ("60,0\u202f%", "12 sur 20", None), ("3 sur 8", "", None),
    ]  # fmt: skip


def test_categories_that_overlap_say_so_and_keep_their_share_of_the_total() -> None:
    world = world_of(answer("22", T1, scaled(20)), definitions=[PEOPLE], regions=["22"])
    (table,) = axis_tables(
        PEOPLE, world.total("FOR-04", "22"), parts(T1, type_acte__creation=scaled(15), type_acte__emploi=scaled(12))
    )
    assert table.overlaps
    assert [line.told for line in table.lines] == ["75\u202f%", "60\u202f%"]


def test_only_indicators_with_a_visible_breakdown_are_offered() -> None:
    world = world_of(answer("22", T1, scaled(20)), definitions=[PEOPLE], regions=["22"])
    assert broken_down(world, "22", parts(T1, sexe__femmes=scaled(20))) == [PEOPLE]
    assert broken_down(world, "22", parts(T2, sexe__femmes=scaled(20))) == [], "not a figure that this reader sees"
