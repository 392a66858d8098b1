"""What each region's figures rest on, in words and as a file."""

import pytest

from impact.charts.data import csv_file
from impact.comparability import Counted, Response, Survey
from impact.presentation.comparing import comparison
from impact.presentation.grounds import Ground, answered, covered, grounds, grounds_data
from impact.presentation.lens import Lens
from tests.impact.presentation.worlds import world_of
from tests.impact.samples import QUARTERS, T1, T3, answer, sample, scaled

FIGURES = [answer("22", T1, scaled(3)), answer("22", T3, scaled(5)), answer("73", T1, scaled(9))]
SURVEYS = {FIGURES[0].cell: [Survey("22", 1, 300, 120)], FIGURES[1].cell: [Survey("22", 1, 300, 120)]}


def found() -> dict[str, Ground]:
    world, definition = world_of(*FIGURES), sample()
    said = {
        one.cell: Counted("", "registre" if one.region == "22" else "", QUARTERS[one.period].start,
                          QUARTERS[one.period].end)
        for one in FIGURES
    }  # fmt: skip
    compared = comparison(world, world, definition, Lens("FOR"), said)
    return {one.region: one for one in grounds(compared, said, SURVEYS)}


def test_each_region_says_what_its_figures_rest_on_and_what_sets_it_apart() -> None:
    held = found()
    assert [(one.version, one.population, one.method) for one in held.values()] == [
        ("version\u202f1", "comme la définition", "registre ou suivi au fil de l’eau"),
        ("version\u202f1", "comme la définition", "non précisée"),
    ]
    assert covered(held["22"].covered) == ("169 jours", "en 2 fois, du 15/10/2010 au 30/06/2011")
    assert (held["22"].is_reference, held["22"].apart) == (True, ())
    assert [text.split(" :")[0] for text in held["73"].apart] == ["méthode", "dates"]
    assert held["22"].response == Response(120, 300, 0)
    assert held["73"].response is None


@pytest.mark.parametrize(
    ("held", "told"),
    [
        (None, "non précisé"),
        (Response(0, 0, 1), "non précisé"),
        (Response(120, 300, 0), "120 sur 300, soit 40\u202f%"),
        (Response(3, 7, 0), "3 sur 7"),
        (Response(0, 30, 0), "0 sur 30, soit 0\u202f%"),
        (Response(120, 300, 2), "120 sur 300, soit 40\u202f% ; 2 enquêtes sans nombre de réponses"),
    ],
)
def test_answers_always_stand_with_how_many_were_asked(held: Response | None, told: str) -> None:
    assert answered(held) == told


def test_the_file_says_the_same_and_leaves_what_nobody_said_empty() -> None:
    lines = csv_file(grounds_data(list(found().values()))).decode("utf-8-sig").splitlines()
    assert (
        lines[0] == "code_region;region;comparabilite;version;population;methode;jours;du;au;reponses;interroges;ecarts"
    )
    assert lines[1].startswith("22;Picardie;comparable;")
    assert ";169;15/10/2010;30/06/2011;120;300;" in lines[1]
    assert ";78;15/10/2010;31/12/2010;;;" in lines[2]
