"""Regions by how far they have come: ranks, hatching, the map, and what moved."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from impact.figures import Mobilisation, Target
from impact.presentation import achievement, advancement
from impact.presentation.lens import Lens, narrowed
from impact.progress import Advance
from impact.vocabulary import Accumulation, Measure, ProgressState
from impact.world import World
from tests.impact.presentation.worlds import world_of
from tests.impact.samples import END, START, T1, T2, T3, answer, sample, scaled

T1_END, T2_END, T3_END = date(2010, 12, 31), date(2011, 3, 31), date(2011, 6, 30)


def target(region: str, value: int, baseline: int | None = None) -> Target:
    return Target(region, "FOR-04", "2010-2011", Fraction(value), END, None if baseline is None else Fraction(baseline))


USUAL = Lens()


def lines(world: World, lens: Lens = USUAL) -> list[advancement.Line]:
    return advancement.ranking(narrowed(world, lens), advancement.standings(world, lens), lens)


def stood(progress: str, state: ProgressState, measured: int = 4, region: str = "22") -> Advance:
    return Advance(region, "FOR", state, Fraction(progress) if progress else None, Fraction(1, 2), measured, 4)


def test_regions_stand_by_progress_and_equal_ones_share_a_rank() -> None:
    known = [answer(region, T1, scaled(value)) for region, value in (("22", 50), ("73", 80), ("11", 50))]
    goals = [target(region, 100) for region in ("22", "73", "11")]
    found = lines(world_of(*known, regions=["22", "73", "11"], targets=goals))
    assert [(line.name, line.rank) for line in found] == [("Midi-Pyrénées", 1), ("Île-de-France", 2), ("Picardie", 2)]
    assert [line.fraction for line in found] == ["1/1"] * 3


def test_a_region_without_a_target_or_a_figure_has_no_rank_and_says_why() -> None:
    found = lines(world_of(answer("22", T1, scaled(5)), regions=["22", "73"], targets=[target("73", 10)]))
    assert {(line.name, line.rank, line.sign, line.word, line.why_unranked) for line in found} == {
        ("Picardie", None, "–", "sans cible", "aucune cible énoncée"),
        ("Midi-Pyrénées", None, "○", "non renseigné", "0 sur 1 mesuré"),
    }


def test_fewer_than_half_measured_is_hatched_and_never_ranked() -> None:
    other = sample(code="FOR-05", name="Autre")
    third = sample(code="FOR-06", name="Autre encore")
    world = world_of(
        answer("22", T1, scaled(90)), definitions=[sample(), other, third], regions=["22"], targets=[target("22", 100)]
    )
    (line,) = lines(world)
    assert (line.rank, line.is_hatched, line.fraction, line.word) == (None, True, "1/3", "non classée")
    frame = advancement.map_frame([line], world.chantier_names)
    assert (list(frame["hatched"]), list(frame["label"]), bool(frame["value"].isna()[0])) == ([True], ["1/3"], True)


def test_before_any_period_is_over_nothing_is_ranked_nor_hatched() -> None:
    world = world_of(regions=["22"], targets=[target("22", 10)])
    early = replace(world, window=replace(world.window, today=date(2010, 11, 1)), due=(), quality=())
    (line,) = lines(early)
    assert (line.is_hatched, line.word, line.why_unranked) == (False, "à venir", "aucune période échue")
    assert advancement.as_of(early, Lens()) is None


def test_the_map_writes_the_whole_per_cent_of_ranked_regions() -> None:
    world = world_of(answer("22", T1, scaled(29)), regions=["22"], targets=[target("22", 100)])
    frame = advancement.map_frame(lines(world), world.chantier_names)
    assert list(frame["label"]) == ["29\u202f%"]
    assert frame["hover"][0].split("\n") == [
        "Picardie", "Former et sensibiliser", "avancement 29\u202f%, attendu 74\u202f%", "sur 1 sur 1 indicateur",
        "en retard",
    ]  # fmt: skip


def test_a_region_stands_on_its_primary_chantier_of_the_last_day_looked_at() -> None:
    both = [sample(), sample(code="PRE-01", chantier="PRE")]
    spells = (
        Mobilisation("22", "FOR", START, date(2011, 3, 31), True),
        Mobilisation("22", "PRE", START, None, False),
        Mobilisation("22", "PRE", date(2011, 4, 1), None, True),
    )
    world = replace(world_of(definitions=both, regions=["22"]), mobilisations=spells)
    assert [line.chantier for line in lines(world)] == ["PRE"]
    assert [line.chantier for line in lines(world, Lens(start=START, end=T1_END))] == ["FOR"]
    assert [line.chantier for line in lines(world, Lens(chantier="FOR"))] == ["FOR"]


def test_the_as_of_day_follows_the_period_looked_at() -> None:
    world = world_of(answer("22", T1, scaled(10)), answer("22", T3, scaled(30)), targets=[target("22", 100)])
    assert advancement.as_of(world, Lens()) == T3_END
    second = Lens(start=date(2011, 1, 1), end=T2_END)
    assert advancement.as_of(world, second) == T2_END
    assert advancement.standings(world, second)["22", "FOR"].progress == Fraction(1, 10)


def test_the_tally_counts_ranked_regions_by_state_and_the_others_together() -> None:
    known = [answer("22", T1, scaled(90)), answer("73", T1, scaled(10))]
    world = world_of(*known, regions=["22", "73", "11"], targets=[target("22", 100), target("73", 100)])
    assert advancement.tally(lines(world)) == {"conforme": 1, "à surveiller": 0, "en retard": 1, "non classée": 1}


def test_a_state_moves_between_two_ends_of_periods_that_are_over() -> None:
    steps = [
        (T1_END, stood("1/5", ProgressState.WATCH)), (T2_END, stood("1/2", ProgressState.ON_TRACK)),
        (T3_END, stood("1/2", ProgressState.LATE)),
    ]  # fmt: skip
    trend = {("22", "FOR"): steps}
    (move,) = advancement.moves(trend, since=date(2011, 1, 15), today=date(2011, 4, 1))
    assert move.words == "à surveiller au 31/12/2010, conforme au 31/03/2011"
    assert advancement.moves(trend, since=date(2011, 4, 1), today=date(2011, 6, 30)) == [], "T3 is not over yet"
    assert advancement.moves(trend, since=date(2010, 12, 1), today=date(2011, 4, 1)) == [], "nothing stood before"


@pytest.mark.parametrize("measured", [0, 1])
def test_an_unranked_state_never_moves(measured: int) -> None:
    steps = [(T1_END, stood("1/5", ProgressState.WATCH, measured)), (T2_END, stood("1/2", ProgressState.ON_TRACK))]
    assert advancement.moves({("22", "FOR"): steps}, since=date(2011, 1, 15), today=date(2011, 4, 1)) == []


def test_the_pooled_country_is_the_worked_example_and_says_on_how_many_regions() -> None:
    """0 -> 100 at 50 and 0 -> 10 at 10 give 60/110, not 75 %."""
    known = [answer("22", T1, scaled(50)), answer("73", T1, scaled(10))]
    world = world_of(*known, regions=["22", "73", "11"], targets=[target("22", 100), target("73", 10)])
    one = achievement.national(world, "FOR-04", Lens())
    assert achievement.standing(one) == "▼ en retard, réalisation 54,5\u202f%"
    assert achievement.counted_on(one) == "calculée sur 2 régions sur 3"
    assert achievement.target(world, sample(), one) == "cible 110, somme des régions"
    assert achievement.expected(sample(), one) == "attendu 81 au 30/06/2011"


def test_a_national_target_is_alone_where_the_regional_ones_make_the_same_sum() -> None:
    goals = [target("22", 100), target("FR", 100, 0)]
    world = world_of(answer("22", T2, scaled(50)), targets=goals)
    one = achievement.national(world, "FOR-04", Lens())
    assert achievement.target(world, sample(), one) == "cible 100"
    assert achievement.counted_on(one) == ""


def test_the_sum_beside_a_national_target_holds_regions_that_do_not_know_their_start() -> None:
    """As its explanation says: what they set out to reach is known, wherever they began."""
    stock = sample(accumulation=Accumulation.STOCK)
    goals = [target("22", 100), target("73", 10, 0), target("FR", 200, 0)]
    world = world_of(answer("22", T2, scaled(50)), definitions=[stock], targets=goals)
    one = achievement.national(world, "FOR-04", Lens())
    assert achievement.target(world, stock, one) == "cible nationale 200 ; somme des régions 110"


def test_a_ratio_without_a_national_target_has_none_whatever_regions_set_out() -> None:
    ratio = sample(Measure.RATIO)
    world = world_of(answer("22", T1, scaled(9, 22)), definitions=[ratio], targets=[target("22", 65, 20)])
    one = achievement.national(world, "FOR-04", Lens())
    assert achievement.standing(one) == "– sans cible"
    assert achievement.target(world, ratio, one) == ""
