"""One region, as its own team, the office and everybody else may see it."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from urllib.parse import parse_qsl

import pytest

from impact.db import Database, transaction
from impact.figures import SCALE, Cell
from impact.permissions import Actor
from impact.rules.targets import TargetDraft
from impact.services.targets import set_target
from tests.cast import CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI
from tests.pages import scenes
from tests.pages.scenes import LINKED, T1, T2, T3, look, rows, words

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


def test_what_was_kept_for_the_office_is_not_shown_to_a_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    for who, sees in ((ODILE, True), (REMI, False), (CLAIRE, True), (KARIM, False)):
        assert ("✎ brouillon" in words(look(monkeypatch, PAGE, who, region=MIDI_PYRENEES))) is sees


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


def test_the_chantiers_of_a_region_lead_to_their_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, REMI, region=PICARDIE)
    assert "Mobilisée sur Former et sensibiliser" in words(seen)
    assert 'href="chantier?chantier=FOR"' in scenes.html(seen)


def test_a_region_outside_the_campaign_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, REMI, region="53")
    assert seen.title[0].value == "Bretagne"
    assert "Hors campagne" in words(seen)


def test_an_unknown_region_is_answered_in_french(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, REMI, region="99")
    assert "demande la région «\u202f99\u202f»" in seen.warning[0].value
    assert seen.title[0].value == "Midi-Pyrénées"


BULLETS = "Réalisé, attendu et cible de chaque indicateur"
AIM = TargetDraft(PICARDIE, "FOR-04", "2010-2011", None, 60 * SCALE, date(2011, 9, 30))


def aim(*drafts: TargetDraft) -> None:
    with transaction() as session:
        for draft in drafts:
            set_target(session, ODILE, draft)


def test_an_indicator_stands_against_its_target_in_words_numbers_and_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    aim(AIM)
    seen = look(monkeypatch, PAGE, KARIM, region=PICARDIE, chiffres="provisoires")
    # T1 to T3 bring 45 of 60; 259 days out of 351 are gone, so that 44 were expected.
    line = rows(seen, BULLETS)["FOR-04 Personnes ayant achevé une formation"]
    made_of = "67 % en F2 documenté , 33 % en F0 déclaré"
    assert line.endswith(f" formation 45 provisoire 44 60 75,0 % 1,02 ● conforme {made_of}")
    assert "● conforme , 75,0 % du chemin vers la cible" in words(seen)
    assert "FOR-04, personnes, cumul depuis le 15/10/2010" in words(seen)
    question = f"explication?nombre=realisation&amp;indicateur=FOR-04&amp;region={PICARDIE}"
    assert question in scenes.html(seen)


def test_no_track_is_drawn_where_there_is_no_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty one would read as zero."""
    aim(AIM, replace(AIM, indicator="FOR-02"))
    seen = scenes.html(look(monkeypatch, PAGE, REMI, region=PICARDIE))
    lines = seen.partition(f"{BULLETS}</caption>")[2].partition("</table>")[0].split("<tr>")
    drawn = {code: 'class="imp-bar ' in line for line in lines for code in ("FOR-02", "FOR-04") if code in line}
    assert drawn == {"FOR-02": False, "FOR-04": True}


def test_official_figures_alone_leave_the_line_partial(monkeypatch: pytest.MonkeyPatch) -> None:
    aim(AIM)
    line = rows(look(monkeypatch, PAGE, REMI, region=PICARDIE), BULLETS)
    assert (
        "25 partiel : 2 périodes sur 3 44 60 41,7 % 0,56 ▼ en retard"
        in line["FOR-04 Personnes ayant achevé une formation"]
    )


def test_progress_is_a_key_figure_with_its_coverage(monkeypatch: pytest.MonkeyPatch) -> None:
    aim(AIM)
    seen = words(look(monkeypatch, PAGE, REMI, region=PICARDIE))
    assert (
        "Avancement 42 % sur 1 indicateur sur 6 attendu au 30/06/2011 : 74 % ; ▼ en retard moins de la moitié" in seen
    )


def test_a_number_that_began_before_the_window_is_explained_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """25 trained by T2, of which 15 in T2: the line says 25, and its explanation must not say 15."""
    seen = scenes.html(look(monkeypatch, PAGE, REMI, region=PICARDIE, periode=T2))
    (reached,) = re.findall(r'href="([^"]*)"[^>]*><strong>25</strong>', seen)
    parameters = dict(parse_qsl(unescape(reached).partition("?")[2]))
    assert parameters["depuis"] == "debut"
    assert "25 personnes, du 15/10/2010 au 31/03/2011" in words(look(monkeypatch, "explication", REMI, **parameters))


def test_without_any_target_nothing_is_called_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, REMI, region=PICARDIE)
    assert "Avancement –" in words(seen)
    assert "sans cible" in rows(seen, BULLETS)["FOR-04 Personnes ayant achevé une formation"]


def test_a_target_revised_since_the_congress_stands_beside_its_original(monkeypatch: pytest.MonkeyPatch) -> None:
    aim(AIM, replace(AIM, value=90 * SCALE, reason="Deux lycées de plus.", seen_number=1))
    lines = rows(look(monkeypatch, PAGE, REMI, region=PICARDIE), BULLETS)
    (line,) = [text for name, text in lines.items() if name.startswith("FOR-04")]
    assert "90 origine 60" in line
    assert "Cible révisée le 10/07/2011 : Deux lycées de plus." in line


def test_means_stand_apart_without_a_target_or_a_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, REMI, region=PICARDIE)
    assert list(rows(seen, "Moyens engagés, sans cible")) == ["FOR-01 Dépenses de formation et de sensibilisation"]
    assert not [name for name in rows(seen, BULLETS) if name.startswith("FOR-01")]


BY_SEX = {"sexe/femmes/valeur": "90", "sexe/hommes/valeur": "50", "sexe/non_renseigne/valeur": "10"}


def test_a_breakdown_shows_each_category_with_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        scenes.validate(session, Cell(PICARDIE, "FOR-03", T1), valeur="150", **LINKED, **BY_SEX)
    seen = look(monkeypatch, PAGE, REMI, region=PICARDIE)
    assert rows(seen, "FOR-03 par sexe") == {
        "Femmes": "Femmes 90,0 60 %", "Hommes": "Hommes 50,0 33 %", "Non renseigné": "Non renseigné 10,0 7 %",
    }  # fmt: skip


def test_a_breakdown_of_a_submitted_figure_is_not_for_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        scenes.submit(session, KARIM, Cell(PICARDIE, "FOR-03", T3), valeur="150", **LINKED, **BY_SEX)
    assert "FOR-03 par sexe" not in scenes.html(look(monkeypatch, PAGE, REMI, region=PICARDIE))
    assert "FOR-03 par sexe" not in scenes.html(look(monkeypatch, PAGE, KARIM, region=PICARDIE)), "not validated yet"
    own = look(monkeypatch, PAGE, KARIM, region=PICARDIE, chiffres="provisoires")
    assert rows(own, "FOR-03 par sexe")["Hommes"] == "Hommes 50,0 33 %"
