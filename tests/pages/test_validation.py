"""The review queue as the national office uses it."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from impact.db import Database, transaction
from impact.figures import Cell
from impact.models import History
from impact.services import reviews, submission
from impact.vocabulary import Status
from tests.cast import ADA, CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE
from tests.pages.opened import Open, checked, opener, save, stored, submit, texts
from tests.pages.scenes import rows

T1, T2, T3 = "2010-2011-T1", "2010-2011-T2", "2010-2011-T3"
SESSIONS, TRAINED = Cell(PICARDIE, "FOR-02", T3), Cell(PICARDIE, "FOR-04", T3)
PROVEN = Cell(MIDI_PYRENEES, "PRE-02", T3)
LINKED = {"source": "Registre", "famille_methode": "registre", "lien_preuve": "https://exemple.org/registre.pdf"}


@pytest.fixture
def open_page(sqlite_db: Database, monkeypatch: pytest.MonkeyPatch) -> Open:
    return opener(monkeypatch)


@pytest.fixture
def queue(open_page: Open) -> None:
    submit(KARIM, SESSIONS, TRAINED, valeur="12", **LINKED)
    submit(CLAIRE, PROVEN, valeur="8", **LINKED)


def name(cell: Cell) -> str:
    return "_".join(cell)


def statuses(*cells: Cell) -> list[str]:
    entries = [stored(cell) for cell in cells]
    return [entry.status if entry else "" for entry in entries]


@pytest.mark.usefixtures("queue")
def test_many_are_validated_at_once_and_the_page_says_which(open_page: Open) -> None:
    seen = open_page("validation", ODILE)
    assert "3 chiffres soumis attendent une relecture" in texts(seen)
    for cell in (SESSIONS, PROVEN):
        seen.checkbox(key=f"validation_{name(cell)}").check().run()
    checked(seen.button(key="validation_valider").click().run())
    assert statuses(SESSIONS, TRAINED, PROVEN) == [Status.VALIDATED, Status.SUBMITTED, Status.VALIDATED]
    assert "2 chiffres validés : FOR-02 (Picardie, T3) ; PRE-02 (Midi-Pyrénées, T3)." in texts(seen)


@pytest.mark.usefixtures("queue")
def test_the_filters_are_in_the_address_and_narrow_what_all_means(open_page: Open) -> None:
    seen = open_page("validation", ODILE, region=PICARDIE, chantier="FOR")
    seen.checkbox(key="validation_tous").check().run()
    checked(seen.button(key="validation_valider").click().run())
    assert statuses(SESSIONS, TRAINED, PROVEN) == [Status.VALIDATED, Status.VALIDATED, Status.SUBMITTED]
    seen.selectbox(key="validation_region").set_value("73").run()
    assert seen.query_params["region"] == MIDI_PYRENEES


@pytest.mark.usefixtures("queue")
def test_opening_a_figure_begins_its_review_and_shows_what_one_decides_on(open_page: Open) -> None:
    save(ODILE, TRAINED._replace(period=T2), valeur="3")
    with transaction() as session:
        reviews.send_back(session, ODILE, [TRAINED], "compté deux fois")
    submit(KARIM, TRAINED, valeur="90", commentaire="forum de juin", **LINKED)
    seen = open_page("validation", ODILE)
    entry = stored(TRAINED)
    assert entry is not None
    assert entry.review_started_by is None
    checked(seen.button(key=f"validation_ouvrir_{name(TRAINED)}").click().run())
    entry = stored(TRAINED)
    assert entry is not None
    assert entry.review_started_by == ODILE.id
    said = texts(seen)
    for expected in ("forum de juin", "Registre ou suivi au fil de l’eau", "lien non vérifié", "Depuis la soumission"):
        assert expected in said, expected
    assert 'rel="noopener noreferrer"' in said
    assert "12 personnes" in said
    assert "90 personnes" in said


@pytest.mark.usefixtures("queue")
def test_the_ticked_reading_of_the_evidence_lifts_the_grade_and_the_next_figure_opens(open_page: Open) -> None:
    seen = open_page("validation", ODILE, chiffre=name(SESSIONS))
    seen.checkbox(key=f"validation_lu_{name(SESSIONS)}_valeur").check().run()
    checked(seen.button(key=f"validation_valider_{name(SESSIONS)}").click().run())
    entry = stored(SESSIONS)
    assert entry is not None
    assert (entry.status, entry.reliability) == (Status.VALIDATED, 3)
    assert seen.query_params["chiffre"] == name(TRAINED)


@pytest.mark.usefixtures("queue")
def test_the_figure_of_an_address_comes_first_and_one_opened_on_the_page_stays_in_its_place(open_page: Open) -> None:
    def lines(seen: AppTest) -> list[str]:
        return [str(one.key) for one in seen.button if str(one.key).startswith("validation_ouvrir_")]

    usual = lines(open_page("validation", ODILE))
    last = usual[-1]
    cell = last.removeprefix("validation_ouvrir_")
    assert lines(open_page("validation", ODILE, chiffre=cell)) == [last, *usual[:-1]]
    seen = open_page("validation", ODILE)
    checked(seen.button(key=last).click().run())
    assert seen.query_params["chiffre"] == cell
    assert lines(seen) == usual


@pytest.mark.usefixtures("queue")
def test_nobody_validates_what_they_entered_one_or_among_many(open_page: Open) -> None:
    own = Cell(PICARDIE, "FOR-01", T3)
    submit(ODILE, own, valeur="100", **LINKED)
    seen = open_page("validation", ODILE, chiffre=name(own))
    assert "une autre personne du bureau national le valide" in texts(seen)
    assert not [one for one in seen.button if one.key == f"validation_valider_{name(own)}"]
    seen.checkbox(key="validation_tous").check().run()
    checked(seen.button(key="validation_valider").click().run())
    assert "FOR-01, Picardie" in seen.error[0].value
    assert statuses(own, SESSIONS) == [Status.SUBMITTED, Status.SUBMITTED], "all or none"
    other = open_page("validation", ADA, chiffre=name(own))
    checked(other.button(key=f"validation_valider_{name(own)}").click().run())
    assert statuses(own) == [Status.VALIDATED]


@pytest.mark.usefixtures("queue")
def test_returning_many_needs_a_reason_and_the_region_reads_it(open_page: Open) -> None:
    seen = open_page("validation", ODILE)
    seen.checkbox(key=f"validation_{name(SESSIONS)}").check()
    seen.checkbox(key=f"validation_{name(TRAINED)}").check().run()
    checked(seen.button(key="validation_retourner").click().run())
    assert "Indiquez le motif" in seen.error[0].value
    seen.text_area(key="validation_motif").set_value("joindre la liste")
    checked(seen.button(key="validation_retourner").click().run())
    assert statuses(SESSIONS, TRAINED) == [Status.RETURNED, Status.RETURNED]
    assert "2 chiffres retournés avec le motif « joindre la liste »" in texts(seen)
    region = open_page("saisie", KARIM, region=PICARDIE, chantier="FOR", periode=T3, indicateur="FOR-02")
    assert "À corriger : « joindre la liste »" in texts(region)


@pytest.mark.usefixtures("queue")
def test_a_validated_figure_is_reopened_with_a_reason(open_page: Open) -> None:
    with transaction() as session:
        reviews.validate(session, ODILE, [TRAINED])
    seen = open_page("validation", ODILE)
    assert seen.selectbox(key="validation_a_rouvrir").options == ["FOR-04, Picardie, T3 2010-2011"]
    assert "Picardie, T3 2010-2011" in rows(seen, "Chiffres validés récemment")["FOR-04 Picardie, T3 2010-2011"]
    checked(seen.button(key="validation_rouvrir_bouton").click().run())
    assert "Indiquez le motif" in seen.error[0].value
    seen.text_input(key="validation_motif_reouverture").set_value("erreur signalée")
    checked(seen.button(key="validation_rouvrir_bouton").click().run())
    assert statuses(TRAINED) == [Status.DRAFT]
    assert "FOR-04, Picardie, T3 2010-2011 est rouvert" in texts(seen)
    region = open_page("saisie", KARIM, region=PICARDIE, chantier="FOR", periode=T3, indicateur="FOR-04")
    assert "Rouvert : « erreur signalée »" in texts(region)


@pytest.mark.usefixtures("queue")
def test_a_double_click_validates_once_and_shows_no_error(open_page: Open) -> None:
    seen = open_page("validation", ODILE)
    seen.checkbox(key=f"validation_{name(SESSIONS)}").check().run()
    seen.session_state["jetons"] = {"validation": "jeton"}
    checked(seen.button(key="validation_valider").click().run())
    assert statuses(SESSIONS) == [Status.VALIDATED]
    with transaction() as session:
        reviews.reopen_entry(session, ODILE, SESSIONS, "à revoir")
        submission.submit_cells(session, KARIM, [SESSIONS])
    seen.session_state["jetons"] = {"validation": "jeton"}  # as after a first click, stopped once it had written
    seen.run()
    seen.checkbox(key=f"validation_{name(SESSIONS)}").check().run()
    checked(seen.button(key="validation_valider").click().run())
    assert not seen.error
    assert statuses(SESSIONS) == [Status.SUBMITTED], "the second sending wrote nothing"
    with transaction() as session:
        assert len(session.exec(select(History).where(History.action == "validate")).all()) == 1
    seen.session_state["jetons"] = {"validation": "jeton"}
    seen.checkbox(key=f"validation_{name(TRAINED)}").check().run()
    checked(seen.button(key="validation_valider").click().run())
    assert statuses(TRAINED) == [Status.VALIDATED], "other figures are another act"


def test_an_empty_queue_and_a_figure_gone_from_it_say_so(open_page: Open) -> None:
    seen = open_page("validation", ODILE, chiffre=name(TRAINED), region="99")
    assert "Aucun chiffre à relire" in texts(seen)
    assert "Ce chiffre n’est plus à relire" in texts(seen)
    assert "la région « 99 »" in texts(seen)


def test_a_surprising_figure_shows_its_rule_its_numbers_and_the_regions_own_history(open_page: Open) -> None:
    submit(ODILE, TRAINED._replace(period=T1), valeur="20", **LINKED)
    save(ODILE, TRAINED._replace(period=T2), valeur="15")
    with transaction() as session:
        submission.submit_cells(session, ODILE, [TRAINED._replace(period=T2)])
        reviews.validate(session, ADA, [TRAINED._replace(period=T2)])
    submit(KARIM, TRAINED, valeur="90", commentaire="forum de juin", **LINKED)
    seen = open_page("validation", ODILE, chiffre=name(TRAINED))
    assert "La valeur, 90 personnes, est 6 fois celle de T2 (15 personnes)" in texts(seen)
    assert "vérifiez-la" not in texts(seen), "that advice is for the person who enters"
    assert "La région commente : « forum de juin »" in texts(seen)
    told = rows(seen, "FOR-04, Picardie : valeurs des périodes précédentes")
    assert told == {
        "T1": "T1 20 F2 documenté → soumis",
        "T2": "T2 15 F0 déclaré ✓ validé",
        "T3": "T3 90 F2 documenté à relire",
    }
    marks = [
        html for html in map(str, (one.value for one in seen.html)) if html.startswith('<div class="imp-line-of-queue')
    ]
    assert ["▲ 1 alerte" in mark for mark in marks] == [True, False], (
        "T3, which the address opens, is not ordinary; T1 is"
    )
