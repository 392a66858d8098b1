"""Who answers, who is late, who is silent."""

from dataclasses import replace
from datetime import date

from impact.presentation import completeness, silences
from impact.presentation.completeness import LATE, NOTHING, OPEN, SILENT, UP_TO_DATE
from impact.presentation.lens import Lens, narrowed
from impact.vocabulary import Answer, Status
from tests.cast import TODAY
from tests.impact.presentation.worlds import world_of
from tests.impact.samples import T1, T2, T3, answer, scaled


def full(region: str) -> list[object]:
    return [answer(region, code, scaled(1), first_submitted_on=date(2011, 1, 10)) for code in (T1, T2, T3)]


def test_regions_stand_from_the_most_to_the_least_complete_and_equals_share_a_rank() -> None:
    world = world_of(*full("22"), *full("11"), answer("73", T1, scaled(1)), regions=["22", "73", "11"])  # type: ignore[arg-type]
    lines = completeness.ranking(world)
    assert [(line.name, line.rank) for line in lines] == [("Île-de-France", 1), ("Picardie", 1), ("Midi-Pyrénées", 3)]
    assert [line.situation for line in lines] == [UP_TO_DATE, UP_TO_DATE, LATE]


def test_a_region_is_late_only_once_its_last_day_has_passed() -> None:
    world = world_of(answer("22", T1, scaled(1)), answer("22", T2, scaled(1)), regions=["22"])
    assert completeness.situation(world, "22") is OPEN
    assert completeness.situation(world_of(answer("22", T1, scaled(1)), regions=["22"]), "22") is LATE
    reopened = replace(world_of(answer("22", T1, scaled(1)), regions=["22"]), granted={("22", T2): date(2011, 7, 20)})
    assert completeness.situation(reopened, "22") is OPEN


def test_no_answer_is_silence_and_nothing_due_is_neither_0_nor_100() -> None:
    world = world_of(regions=["22"])
    assert completeness.situation(world, "22") is SILENT
    early = replace(world, due=(), quality=())
    (line,) = completeness.ranking(early)
    assert (line.situation, line.share, line.rank) == (NOTHING, None, None)
    assert completeness.map_frame([line]).empty
    assert list(completeness.map_frame(completeness.ranking(world))["hatched"]) == [True]


def test_silences_count_what_is_due_and_name_each_sheet() -> None:
    entries = (answer("22", T1, scaled(1)), answer("22", T2, scaled(1), Status.RETURNED))
    (one,) = silences.silences(world_of(*entries, regions=["22"]), {"22": date(2011, 4, 12)})
    assert (one.missing, one.due, one.late) == (2, 3, True)
    assert one.last_words(TODAY) == "12/04/2011, il y a 89 jours"
    assert [hole.words() for hole in one.holes] == [
        "FOR T2 : 1 chiffre sur 1 (dont 1 à corriger), échéance dépassée depuis le 15/04/2011",
        "FOR T3 : 1 chiffre sur 1, échéance le 15/07/2011",
    ]


def test_what_is_said_not_applicable_is_no_longer_expected() -> None:
    exempt = answer("22", T3, None, answer=Answer.NOT_APPLICABLE)
    world = world_of(answer("22", T1, scaled(1)), answer("22", T2, scaled(1)), exempt, regions=["22"])
    assert completeness.situation(world, "22") is UP_TO_DATE
    assert world.pooled().due == 2


def test_a_window_and_a_chantier_narrow_everything_at_once() -> None:
    world = world_of(*full("22"), regions=["22", "73"])  # type: ignore[arg-type]
    second = narrowed(world, Lens(start=date(2011, 1, 1), end=date(2011, 3, 31)))
    assert {cell.period for cell in second.due} == {T2}
    assert second.total("FOR-04").pair == scaled(1)
    assert second.pooled(region="22").due == 1
    assert narrowed(world, Lens(chantier="PRE")).mobilised_regions() == []
