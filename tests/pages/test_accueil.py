"""Home tells each role what waits for it."""

from datetime import date

import pytest
from sqlmodel import delete

from impact.db import Database, transaction
from impact.figures import Cell
from impact.models import AccountRegion, MobilisationSpell
from impact.services import calendar, drafts, reviews
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
    assert sheets["Former et sensibiliser, T3"].endswith("3 à saisir sur 4 15/07/2011 ▲ dans 5 jours")
    assert "échéance dépassée" in sheets["Former et sensibiliser, T1"]
    assert "période en cours" in sheets["Former et sensibiliser, T4"]
    assert not any("Langage" in name for name in sheets)


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
    listed = rows(look(monkeypatch, PAGE, CLAIRE), "Brouillons")
    assert [name.split()[0] for name in listed] == ["PRE-03", "PRE-02"]
    assert "saisie commencée" in listed[next(name for name in listed if name.startswith("PRE-02"))]


def test_the_office_sees_what_to_review_what_is_late_and_what_is_reopened(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        calendar.reopen_period(session, ODILE, T2, PICARDIE, date(2011, 7, 20), "pièces reçues tard")
    for who in (ODILE, ADA):
        seen = look(monkeypatch, PAGE, who)
        assert "1 chiffre à relire ; le plus ancien soumis le 10/07/2011" in words(seen)
        late = rows(seen, "Feuilles en retard")
        assert late["Picardie, Former et sensibiliser, T1"].endswith("3 à saisir sur 4 15/01/2011")
        assert "Picardie, Former et sensibiliser, T2" not in late
        assert "pièces reçues tard" in rows(seen, "Réouvertures en cours")["Picardie"]


def test_a_reader_sees_key_figures_and_news_and_no_task(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, REMI)
    assert [header.value for header in seen.header] == ["Chiffres clés", "Ce qui a changé récemment"]
    assert "25 partiel : 1 région sur 1" in words(seen)
    assert "10/07/2011 Picardie Former et sensibiliser, T1 1" in words(seen)


def test_a_team_without_a_region_is_told_whom_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        session.exec(delete(AccountRegion))
    assert "rattaché à aucune région" in words(look(monkeypatch, PAGE, CLAIRE))
