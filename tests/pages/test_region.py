"""One region, as its own team, the office and everybody else may see it."""

import pytest

from impact.db import Database, transaction
from impact.figures import Cell
from impact.permissions import Actor
from tests.cast import CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI
from tests.pages import scenes
from tests.pages.scenes import T1, T3, look, rows, words

PAGE = "region"
STATES = "États de tous les chiffres de la campagne"


@pytest.fixture(autouse=True)
def furnished(sqlite_db: Database) -> None:
    scenes.furnish()


def test_a_team_finds_its_own_region_first(monkeypatch: pytest.MonkeyPatch) -> None:
    assert look(monkeypatch, PAGE, KARIM).title[0].value == "Picardie"
    assert look(monkeypatch, PAGE, CLAIRE).title[0].value == "Midi-Pyrénées"
    assert look(monkeypatch, PAGE, CLAIRE, region=PICARDIE).title[0].value == "Picardie"


@pytest.mark.parametrize(("who", "sees"), [(CLAIRE, True), (ODILE, True), (KARIM, False), (REMI, False)])
def test_a_draft_is_seen_by_its_own_region_and_the_office_alone(
    monkeypatch: pytest.MonkeyPatch, who: Actor, sees: bool
) -> None:
    text = words(look(monkeypatch, PAGE, who, region=MIDI_PYRENEES))
    assert ("✎ brouillon" in text) is sees
    assert ("60,9 %" in text) is sees


@pytest.mark.parametrize(("who", "offered"), [(KARIM, True), (ODILE, True), (CLAIRE, False), (REMI, False)])
def test_provisional_figures_are_for_the_region_itself_and_the_office(
    monkeypatch: pytest.MonkeyPatch, who: Actor, offered: bool
) -> None:
    seen = look(monkeypatch, PAGE, who, region=PICARDIE, chiffres="provisoires")
    assert ("region_chiffres" in [box.key for box in seen.selectbox]) is offered
    assert (seen.title[0].value == "Picardie (provisoire)") is offered
    assert ("45 personnes ; provisoire ; 3 périodes sur 3" in words(seen)) is offered
    assert ("25 personnes ; partiel : 2 périodes sur 3" in words(seen)) is not offered


def test_a_submitted_figure_is_not_called_missing_to_those_who_may_not_read_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = look(monkeypatch, PAGE, REMI, region=PICARDIE)
    assert "T3 → soumis, pas encore validé" in words(seen)
    assert "T3 ○ manquant" in words(seen)  # FOR-01 to FOR-03, of which nothing was said


def test_every_cell_of_the_campaign_has_its_state_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        reason = {"etat": "non_disponible", "motif": "Enquête en juillet."}
        scenes.submit(session, KARIM, Cell(PICARDIE, "FOR-02", T3), **reason)
    text = words(look(monkeypatch, PAGE, KARIM))
    for told in ("T1 10 ● valeur ✓ validé F2 documenté", "T3 ∅ non disponible → soumis Enquête en juillet.",
                 "T4 ○ à venir", "T2 ○ manquant"):  # fmt: skip
        assert told in text


def test_a_small_share_is_written_n_sur_n(monkeypatch: pytest.MonkeyPatch) -> None:
    text = words(look(monkeypatch, PAGE, CLAIRE))
    assert "3 sur 7" in text
    assert "42,9 %" not in text


def test_sheets_to_complete_are_linked_for_those_who_fill_them(monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"saisie?region={PICARDIE}&amp;chantier=FOR&amp;periode={T3}"
    assert address in scenes.html(look(monkeypatch, PAGE, KARIM))
    assert address not in scenes.html(look(monkeypatch, PAGE, CLAIRE, region=PICARDIE))
    assert "échéance dépassée" in rows(look(monkeypatch, PAGE, REMI, region=PICARDIE), "Feuilles à compléter")["FOR T2"]


def test_each_indicator_that_has_begun_has_its_curve(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, REMI, region=PICARDIE, periode=T1)
    assert len(scenes.charts(seen)) == 4  # FOR-01 to FOR-04 report each quarter
    assert "FOR-08" in words(look(monkeypatch, PAGE, REMI, region=PICARDIE)).split("Pas encore de période échue")[1]


def test_a_region_outside_the_campaign_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, REMI, region="53")
    assert seen.title[0].value == "Bretagne"
    assert "Hors campagne" in words(seen)


def test_an_unknown_region_is_answered_in_french(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, REMI, region="99")
    assert "demande la région «\u202f99\u202f»" in seen.warning[0].value
    assert seen.title[0].value == "Midi-Pyrénées"
