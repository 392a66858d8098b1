"""The language of proof: practice side by side, totals by grade, figures without evidence."""

import re
from html import unescape
from urllib.parse import parse_qsl

import pytest

from impact.db import Database, transaction
from impact.figures import Cell
from impact.rules.claims import ClaimDraft
from impact.services import mobilisations
from impact.services.claims import write_claim
from impact.vocabulary import Finding, Stage
from tests.cast import CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI, START
from tests.pages import scenes
from tests.pages.scenes import LINKED, S1, T1, T2, html, look, opened, rows, words

PAGE = "preuve"
PRACTICE = "Indicateurs du langage de la preuve par région"


@pytest.fixture(autouse=True)
def furnished(sqlite_db: Database) -> None:
    scenes.furnish()


def test_regions_on_the_chantier_stand_side_by_side_and_the_others_are_said_not_mobilised(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = look(monkeypatch, PAGE, REMI)
    assert "Non mobilisées sur ce chantier : Picardie." in words(seen)
    practice = {name.split()[0]: row for name, row in rows(seen, PRACTICE).items()}
    assert "56,5 % 13 sur 23 partiel, dernière période vide valeur au 31/03/2011 F2 documenté" in practice["PRE-03"]
    assert "partiel, 0 région sur 1" in practice["PRE-03"]
    assert "5 valeur au 31/03/2011 F2 documenté non additif" in practice["PRE-05"]
    assert "3 sur 7 valeur au 31/03/2011 F2 documenté" in practice["PRE-12"]
    assert "PRE-14" not in practice


def test_every_number_of_the_practice_table_can_be_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, REMI)
    asked = re.search(r'href="explication\?([^"]+)"[^>]*>56,5\u202f%', html(seen))
    assert asked
    explained = look(monkeypatch, "explication", REMI, **dict(parse_qsl(unescape(asked[1]))))
    assert "Midi-Pyrénées T2 13 23" in words(explained)
    assert "100 × 13 / 23 = 56,5" in words(explained)


def test_totals_are_taken_apart_by_grade_and_never_averaged(monkeypatch: pytest.MonkeyPatch) -> None:
    text = words(opened(look(monkeypatch, PAGE, REMI), "composition_donnees"))
    assert "FOR-04 Personnes ayant achevé une formation 25 personnes, au plus bas F0 déclaré" in text
    assert re.search(r"achevé une formation 0 60,0 % 1 chiffre", text)
    assert re.search(r"achevé une formation 2 40,0 % 1 chiffre", text)


BARE = "Chiffres validés sans pièce"


def test_validated_figures_without_evidence_are_listed_oldest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        scenes.validate(session, Cell(MIDI_PYRENEES, "PRE-02", T1), valeur="1", source="Cahier")
    told = words(look(monkeypatch, PAGE, REMI))
    first, second = (told.index(text) for text in ("T1 31/12/2010 Midi-Pyrénées", "T2 31/03/2011 Picardie FOR-04"))
    assert first < second
    mine = words(look(monkeypatch, PAGE, KARIM))
    assert mine.index("T2 31/03/2011 Picardie") < mine.index("T1 31/12/2010 Midi-Pyrénées"), "his own before others"
    bare = rows(look(monkeypatch, PAGE, REMI), BARE)
    assert bare["Picardie"].endswith("F0 déclaré pour F1 : nommer la source et la méthode")
    assert "sont faits" in words(look(monkeypatch, PAGE, REMI, chantier="INN"))


def test_who_may_attach_evidence_finds_the_way_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        sourced = {"valeur": "1", "source": "Cahier", "famille_methode": "registre"}
        scenes.validate(session, Cell(PICARDIE, "FOR-02", T2), **sourced)
    there = f'href="saisie?region=22&amp;chantier=FOR&amp;periode={T2}&amp;indicateur=FOR-02"'
    assert there in html(look(monkeypatch, PAGE, KARIM))
    assert there in html(look(monkeypatch, PAGE, ODILE))
    assert "Joindre une pièce" not in words(look(monkeypatch, PAGE, CLAIRE)), "another region's"
    assert "Joindre une pièce" not in words(look(monkeypatch, PAGE, REMI))


def test_a_validated_figure_without_its_source_is_first_reopened_by_the_office(monkeypatch: pytest.MonkeyPatch) -> None:
    office = look(monkeypatch, PAGE, ODILE)
    assert rows(office, BARE)["Picardie"].endswith("Rouvrir pour nommer la source")
    assert f'href="validation?region=22&amp;chantier=FOR&amp;periode={T2}"' in html(office)
    assert rows(look(monkeypatch, PAGE, KARIM), BARE)["Picardie"].endswith("à rouvrir par le bureau national")
    assert "rouvrir par" not in words(look(monkeypatch, PAGE, REMI))


def test_the_office_is_told_what_waits_for_a_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = "5 chiffres validés ont une pièce que personne d’autre que leur auteur n’a lue"
    assert waiting in words(look(monkeypatch, PAGE, ODILE))
    assert 'href="validation"' in html(look(monkeypatch, PAGE, ODILE))
    assert waiting not in words(look(monkeypatch, PAGE, KARIM))


def test_grades_are_counted_over_time_and_by_place(monkeypatch: pytest.MonkeyPatch) -> None:
    told = words(opened(look(monkeypatch, PAGE, REMI, periode=T1), "niveaux_dans_le_temps_donnees"))
    assert "T2, S1 0 1 25,0 % T2, S1 1 0 0,0 % T2, S1 2 3 75,0 %" in told, "the whole campaign, whatever the period"
    places = rows(opened(look(monkeypatch, PAGE, REMI), "preuve_regions"), "Niveaux par région et chantier")
    assert places["Picardie"] == "Picardie Former et sensibiliser 1 – 1 – – 2"
    assert places["Midi-Pyrénées"].endswith("– – 4 – – 4")
    seen = opened(look(monkeypatch, PAGE, REMI), "preuve_regions")
    (asked,) = re.findall(r'explication\?(nombre=part_prouvee&amp;region=73[^"]*)', html(seen))
    explained = look(monkeypatch, "explication", REMI, **dict(parse_qsl(unescape(asked))))
    assert "Midi-Pyrénées, Langage de la preuve" in words(explained)
    assert "F2 documenté 4" in words(explained)


def test_the_practice_that_was_typed_stands_beside_what_the_product_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Claire says 3 of 4; of the two other values that her region entered for T2 and its half, nobody read any."""
    with transaction() as session:
        scenes.validate(session, Cell(MIDI_PYRENEES, "PRE-06", T2), numerateur="3", denominateur="4", **LINKED)
    for person in (REMI, CLAIRE, ODILE):
        seen = opened(look(monkeypatch, PAGE, person), "preuve_pre06")
        assert "Midi-Pyrénées T2 3 sur 4, validé 0 sur 3 4 valeurs dites, 3 dans le produit" in words(seen)
        assert "Midi-Pyrénées T3 rien de saisi aucune valeur entrée –" in words(seen)


def test_what_nobody_knows_is_said_in_five_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, REMI)
    labels = [one.label for one in seen.expander]
    assert "Liens de la chaîne jamais éprouvés\u202f: 8 liens sur 8" in labels
    assert "Aucune affirmation ne dit un résultat inattendu, nul ou défavorable" in words(seen)
    unmeasured = rows(opened(look(monkeypatch, PAGE, REMI), "preuve_mesures"), "Résultats et impacts jamais mesurés")
    assert "première échéance au 30/09/2011" in " ".join(unmeasured.values())
    assert not any("PRE-12" in name for name in unmeasured), "it has a figure"
    links = rows(opened(look(monkeypatch, PAGE, REMI), "preuve_liens"), "Liens de la chaîne des résultats par chantier")
    assert "○ hypothèse" in links["Former et sensibiliser"]
    late = rows(opened(look(monkeypatch, PAGE, REMI), "preuve_silences"), "Régions en retard ou silencieuses")
    assert set(late) == {"Midi-Pyrénées", "Picardie"}


def test_a_figure_that_moves_the_wrong_way_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Aucun chiffre validé n’est en dessous de sa situation de départ." in words(look(monkeypatch, PAGE, REMI))
    with transaction() as session:
        mobilisations.mobilise(session, ODILE, "26", "PRE", primary=True, start=START)
        scenes.validate(session, Cell("26", "PRE-03", T1), numerateur="9", denominateur="22", **LINKED)
        scenes.validate(session, Cell("26", "PRE-03", T2), numerateur="8", denominateur="24", **LINKED)
    held = rows(opened(look(monkeypatch, PAGE, REMI), "preuve_recul"), "Chiffres qui vont dans le mauvais sens")
    assert held["Bourgogne"].endswith("40,9 % → 33,3 % –")


def test_claims_stand_by_level_and_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Aucune affirmation d’impact n’est ouverte à la lecture ici" in words(look(monkeypatch, PAGE, REMI))
    figure = Cell(MIDI_PYRENEES, "PRE-12", S1)
    draft = ClaimDraft(MIDI_PYRENEES, "PRE", Stage.OUTCOME, Finding.NONE, "Rien n’a changé.", (figure,))
    with transaction() as session:
        write_claim(session, CLAIRE, draft)
    seen = look(monkeypatch, PAGE, CLAIRE)
    assert rows(seen, "Affirmations par niveau et par étape")["Sans objet"] == "Sans objet – 1 – 1"
    told = rows(opened(seen, "preuve_inattendus"), "Résultats inattendus, nuls ou défavorables")
    assert "73-1 Rien n’a changé. sans effet constaté sans objet" in " ".join(told.values())
    assert "Aucune affirmation d’impact" in words(look(monkeypatch, PAGE, REMI)), "nobody has read it yet"


def test_the_proof_level_leaves_figures_out_and_lowers_coverage(monkeypatch: pytest.MonkeyPatch) -> None:
    text = words(look(monkeypatch, PAGE, REMI, preuve="F2"))
    assert "10 personnes, au plus bas F2 documenté" in text


def test_provisional_figures_are_marked_in_every_title(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, ODILE, chiffres="provisoires")
    assert seen.title[0].value == "Langage de la preuve (provisoire)"
    assert "FOR-04 Personnes ayant achevé une formation (provisoire) 45 personnes, au plus bas F0" in words(seen)
    assert look(monkeypatch, PAGE, REMI, chiffres="provisoires").title[0].value == "Langage de la preuve"
