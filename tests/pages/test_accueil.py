"""Home tells each role what waits for it."""

import re
from datetime import date

import pytest
from sqlmodel import delete

from impact.db import Database, transaction
from impact.figures import Cell
from impact.models import AccountRegion, Entry, MobilisationSpell
from impact.rules.targets import TargetDraft
from impact.services import calendar, catalogue, drafts, reviews, targets
from tests.cast import ADA, CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI
from tests.pages import scenes
from tests.pages.scenes import T2, T3, TRAINED, look, rows, words

PAGE = "accueil"


@pytest.fixture(autouse=True)
def furnished(sqlite_db: Database) -> None:
    scenes.furnish()


def test_a_team_sees_its_sheets_by_urgency_with_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    sheets = rows(look(monkeypatch, PAGE, KARIM), "Feuilles à remplir")
    assert next(iter(sheets)) == "Former et sensibiliser, T3"
    assert sheets["Former et sensibiliser, T3"].endswith("3 à saisir sur 4 ▲ dans 5 jours (15/07/2011)")
    assert "Former et sensibiliser, T4" not in sheets
    running = rows(look(monkeypatch, PAGE, KARIM), "Périodes en cours")
    assert "○ dans 96 jours (14/10/2011)" in running["Former et sensibiliser, T4"]
    assert not any("Langage" in name for name in sheets)
    late = rows(look(monkeypatch, PAGE, KARIM), "Feuilles en retard")
    assert late["Former et sensibiliser, T1"].endswith("3 à saisir sur 4 ▼ en retard de 176 jours")
    said = words(look(monkeypatch, PAGE, KARIM))
    assert "À faire : 1 feuille à remplir dans 5 jours (15/07/2011), 3 feuilles en retard, " in said
    assert "26 termes du lexique à examiner." in said


def test_before_any_region_is_mobilised_the_office_is_told_where_to_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        session.exec(delete(MobilisationSpell))
    assert "Pour commencer" in words(look(monkeypatch, PAGE, ODILE))
    assert 'href="comptes"' not in scenes.html(look(monkeypatch, PAGE, ODILE)), "accounts are an administrator's"
    assert 'href="comptes"' in scenes.html(look(monkeypatch, PAGE, ADA))


def test_a_returned_figure_shows_its_reason_and_opens_in_its_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        reviews.send_back(session, ODILE, [Cell(PICARDIE, TRAINED, T3)], "Feuille d’émargement <manquante>.")
    seen = look(monkeypatch, PAGE, KARIM)
    assert "Feuille d’émargement &lt;manquante&gt;." in words(seen)
    address = f"saisie?region={PICARDIE}&amp;chantier=FOR&amp;periode={T3}&amp;indicateur={TRAINED}"
    assert address in scenes.html(seen)
    assert "émargement" not in words(look(monkeypatch, PAGE, CLAIRE))
    assert "émargement" not in words(look(monkeypatch, PAGE, REMI))


def test_saved_and_typed_drafts_are_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        drafts.keep_fields(session, CLAIRE, Cell(MIDI_PYRENEES, "PRE-02", T3), {"valeur": "4"}, 0)
    seen = look(monkeypatch, PAGE, CLAIRE)
    ready = rows(seen, "Brouillons à soumettre")
    assert ready["Langage de la preuve, T3"].endswith("1 brouillon à soumettre ▲ dans 5 jours (15/07/2011)")
    (name,) = rows(seen, "Saisies commencées")
    assert name.startswith("PRE-02")
    assert "pas encore enregistré" in words(seen)


def test_the_office_sees_what_to_review_what_is_late_and_what_is_reopened(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        calendar.reopen_period(session, ODILE, T2, PICARDIE, date(2011, 7, 20), "pièces reçues tard")
    for who in (ODILE, ADA):
        seen = look(monkeypatch, PAGE, who)
        assert rows(seen, "À valider")["Picardie"] == "Picardie 1 chiffre aujourd’hui"
        assert f'href="validation?region={PICARDIE}"' in scenes.html(seen)
        late = rows(seen, "Régions à relancer")
        assert late["Picardie"] == "Picardie FOR T1 : 3 à saisir sur 4 FOR S1 : 3 à saisir sur 3 ▼ 176 jours"
        assert "pièces reçues tard" in rows(seen, "Réouvertures en cours")["Picardie"]


def test_a_reader_sees_key_figures_and_news_and_no_task(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, REMI)
    assert scenes.sections(seen) == ["Chiffres clés", "Ce qui a changé récemment"]
    assert "Rien ne vous attend" in words(seen)
    assert "25 40 % en F2 documenté , 60 % en F0 déclaré – sans cible partiel : 1 région sur 1" in words(seen)
    assert "10/07/2011 Picardie FOR ✓ 1 chiffre validé, T1" in words(seen)


def test_a_team_without_a_region_is_told_whom_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        session.exec(delete(AccountRegion))
    assert "rattaché à aucune région" in words(look(monkeypatch, PAGE, CLAIRE))


def test_the_office_sees_which_targets_are_missing_and_which_series_break(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> dict[str, str]:
        return rows(look(monkeypatch, PAGE, ODILE), "Cibles manquantes")

    before = missing()
    assert f'href="cibles?region={PICARDIE}&amp;chantier=FOR"' in scenes.html(look(monkeypatch, PAGE, ODILE))
    with transaction() as session:
        draft = TargetDraft(PICARDIE, TRAINED, "2010-2011", None, 300_000, date(2011, 9, 30))
        targets.set_targets(session, ODILE, [draft])
    name = "Picardie Former et sensibiliser"
    counts = [int(re.search(r"(\d+) sur", listed[name])[1]) for listed in (before, missing())]  # type: ignore[index]
    assert counts[0] - counts[1] == 1
    assert TRAINED not in missing()[name]
    assert "Ruptures de série" not in words(look(monkeypatch, PAGE, ODILE))
    with transaction() as session:
        sentence = {"question": "Combien de personnes, absents compris ?"}
        catalogue.revise(session, ODILE, TRAINED, sentence, date(2011, 7, 1), "les absents comptent", 1)
        session.get_one(Entry, (PICARDIE, TRAINED, T2)).indicator_version = 2
    broken = rows(look(monkeypatch, PAGE, ODILE), "Ruptures de série")
    assert next(iter(broken.values())).endswith("les versions 1 et 2 de la définition")


def test_a_draft_of_a_closed_period_is_begun_and_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPACT_TODAY", "2011-07-16")
    seen = look(monkeypatch, PAGE, CLAIRE)
    assert "Brouillons à soumettre" not in words(seen)
    assert [name.split()[0] for name in rows(seen, "Saisies commencées")] == ["PRE-03"]
