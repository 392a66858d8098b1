"""Who answers, on time, with proof; who is late, who is silent."""

from dataclasses import replace
from datetime import date

from impact.presentation import advancement, completeness, silences
from impact.presentation.lens import Lens, narrowed
from impact.vocabulary import Answer, Status
from tests.cast import TODAY
from tests.impact.presentation.worlds import world_of
from tests.impact.samples import T1, T2, T3, answer, scaled


def full(region: str) -> list[object]:
    return [answer(region, code, scaled(1), first_submitted_on=date(2011, 1, 10)) for code in (T1, T2, T3)]


def test_each_region_has_its_counts_by_chantier_and_together() -> None:
    world = world_of(*full("22"), answer("73", T1, scaled(1)), regions=["22", "73"])  # type: ignore[arg-type]
    found = completeness.reporting(world)
    assert [(one.region, completeness.fraction(one.whole)) for one in found.regions] == [("73", "1/3"), ("22", "3/3")]
    assert found.total.whole.punctuality == found.total.whole.on_time / 6
    assert {code: row and completeness.fraction(row) for code, row in found.total.chantiers.items()} == {"FOR": "4/6"}


def test_a_hole_is_late_only_once_its_last_day_has_passed() -> None:
    world = world_of(answer("22", T1, scaled(1)), regions=["22"])
    assert [hole.late for hole in silences.holes(world)] == [True, False]
    reopened = replace(world, granted={("22", T2): date(2011, 7, 20)})
    assert [hole.late for hole in silences.holes(reopened)] == [False, False]


def test_silences_count_what_is_due_and_name_each_sheet() -> None:
    entries = (answer("22", T1, scaled(1)), answer("22", T2, scaled(1), Status.RETURNED))
    (one,) = silences.silences(world_of(*entries, regions=["22"]), {"22": date(2011, 4, 12)})
    assert (one.missing, one.due, one.late) == (2, 3, True)
    assert one.last_words(TODAY) == "12/04/2011, il y a 89 jours"
    assert one.by_deadline() == [
        (True, "en retard depuis le 15/04/2011 : FOR T2 1 sur 1 (dont 1 à corriger)"),
        (False, "d’ici le 15/07/2011 : FOR T3 1 sur 1"),
    ]


def test_what_is_said_not_applicable_is_no_longer_expected() -> None:
    exempt = answer("22", T3, None, answer=Answer.NOT_APPLICABLE)
    world = world_of(answer("22", T1, scaled(1)), answer("22", T2, scaled(1)), exempt, regions=["22"])
    assert silences.holes(world) == []
    assert world.pooled().due == 2


def test_a_window_and_a_chantier_narrow_everything_at_once() -> None:
    world = world_of(*full("22"), regions=["22", "73"])  # type: ignore[arg-type]
    second = narrowed(world, Lens(start=date(2011, 1, 1), end=date(2011, 3, 31)))
    assert {cell.period for cell in second.due} == {T2}
    assert second.total("FOR-04").pair == scaled(1)
    assert second.pooled(region="22").due == 1
    assert narrowed(world, Lens(chantier="PRE")).mobilised_regions() == []


def test_a_chantier_without_a_key_indicator_has_its_column_all_the_same() -> None:
    """The national view reads the key indicators alone: regions mobilised on another chantier once broke it."""
    world = replace(world_of(regions=["22", "73"]), definitions={})
    held = {spell.chantier for spell in world.mobilisations}
    assert set(completeness.reporting(world).total.chantiers) == held
    assert all(set(row) == held for row in advancement.matrix(world, {}).values())
