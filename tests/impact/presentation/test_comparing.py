"""Regions side by side: in what order, who stands apart, and what is drawn of them."""

from fractions import Fraction
from typing import Any

from impact.comparability import Counted
from impact.figures import Cell, CellEntry, Definition, Target
from impact.presentation.comparing import Comparison, adds_up, comparison
from impact.presentation.lens import Lens, narrowed
from impact.presentation.side_by_side import dots_data, dots_frame
from impact.vocabulary import Additivity, Comparability, Direction, Measure, Status
from impact.world import World
from tests.impact.presentation.worlds import world_of
from tests.impact.samples import END, QUARTERS, T1, T2, T3, answer, sample, scaled

TRAINED, WHOLE = sample(), Lens("FOR")
THREE = ("11", "22", "73")


def said_of(world: World, populations: dict[str, str]) -> dict[Cell, Counted]:
    return {
        cell: Counted(
            populations.get(cell.region, ""), "registre", QUARTERS[cell.period].start, QUARTERS[cell.period].end
        )
        for cell in world.entries
    }


def compared(
    *entries: CellEntry,
    definition: Definition = TRAINED,
    populations: dict[str, str] | None = None,
    lens: Lens = WHOLE,
    **more: Any,
) -> Comparison:
    world = world_of(*entries, definitions=(definition,), regions=THREE, targets=more.pop("targets", ()))
    return comparison(
        world, narrowed(world, lens), definition, lens, said_of(world, populations or {}), more.pop("inhabitants", None)
    )


def whole_year(region: str, value: int, **changes: Any) -> list[CellEntry]:
    return [answer(region, code, scaled(value), **changes) for code in (T1, T2, T3)]


def ranks(found: Comparison) -> list[tuple[str, int | None]]:
    return [(one.region, one.rank) for one in found.places]


ALL = (*whole_year("11", 4), *whole_year("22", 9), *whole_year("73", 5))


def test_the_best_stands_first_whichever_way_is_better() -> None:
    assert ranks(compared(*ALL)) == [("22", 1), ("73", 2), ("11", 3)]
    assert ranks(compared(*ALL, definition=sample(direction=Direction.DOWN))) == [("11", 1), ("73", 2), ("22", 3)]


def test_a_means_is_in_the_order_of_names_and_has_no_rank() -> None:
    found = compared(*ALL, definition=sample(direction=Direction.NEUTRAL))
    assert ranks(found) == [("11", None), ("73", None), ("22", None)]


def test_equal_regions_share_their_rank() -> None:
    assert ranks(compared(*whole_year("11", 4), *whole_year("22", 4), *whole_year("73", 3))) == [
        ("11", 1), ("22", 1), ("73", 3),
    ]  # fmt: skip


def test_a_region_that_counts_another_population_stands_apart_and_is_not_ranked() -> None:
    found = compared(*ALL, populations={"22": "adhérents seulement"})
    assert ranks(found) == [("73", 1), ("11", 2), ("22", None)]
    assert [one.is_apart for one in found.places] == [False, False, True]
    drawn = dots_frame(found)
    assert drawn["name"].tolist() == ["1. Midi-Pyrénées", "2. Île-de-France", "Picardie"]
    assert "« adhérents seulement »" in drawn["hover"].iloc[-1]


def test_a_region_that_covers_fewer_days_stays_ranked_and_is_marked() -> None:
    found = compared(*whole_year("11", 4), *whole_year("73", 5), answer("22", T1, scaled(90)))
    assert ranks(found) == [("22", 1), ("73", 2), ("11", 3)]
    assert found.places[0].word is Comparability.PARTIAL
    frame = dots_frame(found)
    assert (frame["mark"][0], bool(frame["partial"][0]), frame["detail"][0]) == ("≈", True, "partiel")


def test_a_region_without_a_figure_is_named_with_why() -> None:
    found = compared(*whole_year("11", 4))
    assert found.silent == (("Midi-Pyrénées", "aucun chiffre"), ("Picardie", "aucun chiffre"))
    assert sum(found.strip.counts().values()) == 1


def test_a_value_that_cannot_be_computed_is_shown_last_and_has_no_rank() -> None:
    ratio = sample(Measure.RATIO)
    found = compared(answer("11", T1, scaled(0, 0)), answer("22", T1, scaled(20, 40)), definition=ratio)
    assert ranks(found) == [("22", None), ("11", None)]  # nobody is first of one
    assert dots_frame(found)["label"].tolist() == ["50\u202f%", "n.\u00a0c."]


def test_small_shares_are_written_n_sur_n_and_their_percentage_stays_out_of_the_file() -> None:
    ratio = sample(Measure.RATIO)
    found = compared(answer("11", T1, scaled(3, 7)), answer("22", T1, scaled(20, 40)), definition=ratio)
    frame = dots_frame(found)
    assert frame[["label", "detail"]].to_numpy().tolist() == [["50\u202f%", "20/40, partiel"], ["3 sur 7", "partiel"]]
    data = dots_data(frame, ratio)
    assert data["valeur"].isna().tolist() == [False, True]
    assert data["numerateur"].tolist() == [20, 3]


def test_per_inhabitant_values_rank_by_what_is_shown() -> None:
    found = compared(*ALL, inhabitants={"11": 300_000, "22": 900_000})
    values = [(one.region, one.value) for one in found.places]
    assert values == [("11", Fraction(4)), ("22", Fraction(3)), ("73", None)]  # 12 x 100 000 / 300 000
    assert dots_frame(found)["label"].tolist() == ["4,00", "3,00", "population inconnue"]
    assert ranks(found)[-1] == ("73", None)


def test_only_what_adds_up_is_divided_by_inhabitants() -> None:
    assert adds_up(sample())
    assert adds_up(sample(Measure.AMOUNT))
    assert not adds_up(sample(Measure.RATIO))
    assert not adds_up(sample(Measure.MEAN))
    assert not adds_up(sample(additivity=Additivity.NONE))


def test_targets_stand_beside_the_value_that_they_are_set_against() -> None:
    """Of the whole campaign so far; the second quarter alone is no part of the way."""
    target = Target("22", "FOR-04", "2010-2011", Fraction(30), END)
    whole = compared(*ALL, targets=(target,))
    assert whole.places[0].target == 30
    assert whole.places[0].expected is not None
    quarter = QUARTERS[T2]
    alone = compared(*ALL, targets=(target,), lens=Lens("FOR", quarter.start, quarter.end))
    assert alone.places[0].value == 9
    assert not alone.has_targets
    first = QUARTERS[T1]
    assert compared(*ALL, targets=(target,), lens=Lens("FOR", first.start, first.end)).has_targets


def test_provisional_figures_enter_where_they_are_asked_for() -> None:
    entries = (*whole_year("11", 4), answer("22", T1, scaled(8), Status.SUBMITTED))
    assert [one.region for one in compared(*entries).places] == ["11"]
    found = compared(*entries, lens=Lens("FOR", provisional=True))
    assert dots_frame(found)["provisional"].tolist() == [False, True]


def test_the_days_of_a_region_on_another_definition_do_not_make_it_comparable() -> None:
    found = compared(*whole_year("11", 4), *whole_year("22", 9, version=2), *whole_year("73", 5))
    apart = found.places[-1]
    assert (apart.region, apart.rank, apart.word) == ("22", None, Comparability.NOT_COMPARABLE)
    assert found.strip.differences["22"][0].startswith("définition : version")
