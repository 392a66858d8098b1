"""The entry sheet as a contributor and the national office use it."""

import re
from datetime import date

import pytest
from sqlmodel import select

from impact.db import Database, transaction
from impact.figures import SCALE, Cell
from impact.models import History, Setting, TypedDraft
from impact.rules.targets import TargetDraft
from impact.services import reviews
from impact.services.targets import set_target
from impact.ui import identity, tokens
from impact.vocabulary import Status
from tests.cast import KARIM, MIDI_PYRENEES, ODILE, PICARDIE
from tests.pages.opened import Open, checked, opener, save, stored, submit, texts

T1, T2, T3, T4 = (f"2010-2011-T{number}" for number in range(1, 5))
SHEET = {"region": PICARDIE, "chantier": "FOR", "periode": T3}
TRAINED = Cell(PICARDIE, "FOR-04", T3)
SOURCED = {"source": "Registre régional", "famille_methode": "registre"}
FIELD = "saisie_FOR-04_valeur"


@pytest.fixture
def open_page(sqlite_db: Database, monkeypatch: pytest.MonkeyPatch) -> Open:
    return opener(monkeypatch)


def test_the_sheet_that_needs_work_opens_by_itself_and_leaves_the_address_alone(open_page: Open) -> None:
    seen = open_page("saisie", KARIM)
    assert seen.title[0].value.replace("\u202f", " ") == "Saisie : Picardie, Former et sensibiliser"
    assert seen.radio(key="saisie_indicateur").value == "FOR-01"
    assert dict(seen.query_params) == {}, "a code written on arrival would hold the back button"
    assert not [one for one in seen.selectbox if one.label == "Région"], "one region is no choice"


def test_a_default_that_moves_while_one_works_moves_nothing_on_the_screen(open_page: Open) -> None:
    seen = open_page("saisie", KARIM)
    seen.text_input(key="saisie_FOR-01_valeur").set_value("1200").run()
    checked(seen.button(key="saisie_FOR-01_enregistrer").click().run())
    assert seen.radio(key="saisie_indicateur").value == "FOR-01", "although FOR-02 is now the first that waits"
    assert dict(seen.query_params) == {**SHEET, "indicateur": "FOR-01"}, "F5 finds it again"


def test_another_sheet_takes_the_open_indicator_out_of_the_address_without_a_reproach(open_page: Open) -> None:
    seen = open_page("saisie", ODILE, **SHEET, indicateur="FOR-04")
    checked(seen.selectbox(key="saisie_chantier").set_value("COO").run())
    assert dict(seen.query_params) == {"region": PICARDIE, "chantier": "COO", "periode": T3}
    assert "L’adresse demande" not in texts(seen)
    assert str(seen.radio(key="saisie_indicateur").value).startswith("COO-")


def test_saving_stores_the_figure_says_so_and_goes_on_to_the_next(open_page: Open) -> None:
    seen = open_page("saisie", KARIM, **SHEET, indicateur="FOR-02")
    seen.text_input(key="saisie_FOR-02_valeur").set_value("1 2,0").run()
    assert "n’est pas un nombre" in texts(seen)
    seen.text_input(key="saisie_FOR-02_valeur").set_value("12").run()
    assert "Valeur comprise : 12 séances" in texts(seen)
    checked(seen.button(key="saisie_FOR-02_suivant").click().run())
    entry = stored(Cell(PICARDIE, "FOR-02", T3))
    assert entry is not None
    assert (entry.numerator, entry.status) == (120_000, Status.DRAFT)
    assert "FOR-02 enregistré : 12 séances." in texts(seen)
    assert seen.radio(key="saisie_indicateur").value == "FOR-03"


def test_a_saving_that_was_cut_off_once_it_had_written_does_not_swallow_the_next_one(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "renew", lambda _: None)  # what a cut-off run does not come to
    seen = open_page("saisie", KARIM, **SHEET, indicateur="FOR-04")
    for value in ("45", "46"):
        seen.text_input(key=FIELD).set_value(value).run()
        checked(seen.button(key="saisie_FOR-04_enregistrer").click().run())
    entry = stored(TRAINED)
    assert entry is not None
    assert (entry.numerator, entry.version) == (46 * SCALE, 2)


def test_what_was_typed_is_found_again_in_a_new_browser_even_what_cannot_be_read(open_page: Open) -> None:
    first = open_page("saisie", KARIM, **SHEET, indicateur="FOR-04")
    first.text_input(key=FIELD).set_value("12,5 pers").run()
    first.text_input(key="saisie_FOR-04_source").set_value("Feuilles d’émargement").run()
    again = open_page("saisie", KARIM, **SHEET, indicateur="FOR-04")
    assert again.text_input(key=FIELD).value == "12,5 pers"
    assert again.text_input(key="saisie_FOR-04_source").value == "Feuilles d’émargement"
    assert "Brouillon gardé à" in texts(again)
    assert stored(TRAINED) is None
    checked(again.button(key="saisie_FOR-04_abandonner").click().run())
    assert again.text_input(key=FIELD).value == ""
    with transaction() as session:
        assert session.exec(select(TypedDraft)).all() == []


def test_typing_back_what_is_stored_leaves_no_draft_behind(open_page: Open) -> None:
    save(KARIM, TRAINED, valeur="12")
    seen = open_page("saisie", KARIM, **SHEET, indicateur="FOR-04")
    seen.text_input(key=FIELD).set_value("13").run()
    assert "saisie non enregistrée" in str(seen.radio(key="saisie_indicateur").proto.captions)
    seen.text_input(key=FIELD).set_value("12").run()
    assert "saisie non enregistrée" not in str(seen.radio(key="saisie_indicateur").proto.captions)


def test_every_problem_shows_at_once_when_saving_is_tried_and_nothing_is_written(open_page: Open) -> None:
    seen = open_page("saisie", KARIM, region=PICARDIE, chantier="FOR", periode="2010-2011-S1", indicateur="FOR-05")
    assert "la période est close" in texts(seen).lower()
    seen = open_page("saisie", ODILE, region=PICARDIE, chantier="FOR", periode="2010-2011-S1", indicateur="FOR-05")
    seen.text_input(key="saisie_FOR-05_numerateur").set_value("30").run()
    assert "manque" not in texts(seen), "a field not reached yet is not scolded"
    seen.text_input(key="saisie_FOR-05_lien_preuve").set_value("www.exemple.org").run()
    checked(seen.button(key="saisie_FOR-05_enregistrer").click().run())
    assert "ce nombre manque" in texts(seen)
    assert "adresse complète" in texts(seen)
    seen.text_input(key="saisie_FOR-05_denominateur").set_value("20").run()
    seen.text_input(key="saisie_FOR-05_lien_preuve").set_value("").run()
    checked(seen.button(key="saisie_FOR-05_enregistrer").click().run())
    assert "une part ne dépasse pas 100 %" in texts(seen)
    assert stored(Cell(PICARDIE, "FOR-05", "2010-2011-S1")) is None


def test_a_warning_asks_for_a_comment_and_does_not_block_saving_but_submitting(open_page: Open) -> None:
    submit(ODILE, TRAINED._replace(period=T2), valeur="20", **SOURCED)
    seen = open_page("saisie", KARIM, **SHEET, indicateur="FOR-04")
    seen.text_input(key=FIELD).set_value("90").run()
    assert "est 4,5 fois celle de T2 (20 personnes)" in texts(seen)
    assert "+70 (+350 %) depuis la période précédente" in texts(seen)
    checked(seen.button(key="saisie_FOR-04_enregistrer").click().run())
    assert stored(TRAINED) is not None
    checked(seen.button(key="saisie_soumettre").click().run())
    assert "est 4,5 fois celle de T2 (20" in seen.markdown[-1].value
    assert not [one for one in seen.button if one.key == "saisie_soumettre_prets"]


def test_the_target_and_what_it_expects_by_now_stand_beside_the_field(open_page: Open) -> None:
    assert "sans cible pour cet indicateur" in texts(open_page("saisie", KARIM, **SHEET, indicateur="FOR-04"))
    with transaction() as session:
        due = date(2011, 9, 30)
        set_target(session, ODILE, TargetDraft(PICARDIE, "FOR-04", "2010-2011", None, 60 * SCALE, due))
    seen = texts(open_page("saisie", KARIM, **SHEET, indicateur="FOR-04"))
    assert re.search(
        r"nombre=realisation.*?>60</a> personnes</strong> au 30/09/2011, en cumul depuis le 15/10/2010", seen
    )
    assert "attendu au 30/06/2011 : 44" in seen
    means = texts(open_page("saisie", KARIM, **SHEET, indicateur="FOR-01"))
    assert "Cible" not in means, "a means has none"


def test_an_absence_asks_why_and_keeps_the_typed_value_in_case_it_changes_back(open_page: Open) -> None:
    seen = open_page("saisie", KARIM, **SHEET, indicateur="FOR-04")
    seen.text_input(key=FIELD).set_value("12").run()
    seen.radio(key="saisie_FOR-04_etat").set_value("non_disponible").run()
    assert not [one for one in seen.text_input if one.key == FIELD]
    checked(seen.button(key="saisie_FOR-04_enregistrer").click().run())
    assert "dites pourquoi" in texts(seen)
    seen.radio(key="saisie_FOR-04_etat").set_value("valeur").run()
    assert seen.text_input(key=FIELD).value == "12"
    seen.radio(key="saisie_FOR-04_etat").set_value("non_disponible").run()
    seen.text_area(key="saisie_FOR-04_motif").set_value("registre perdu").run()
    checked(seen.button(key="saisie_FOR-04_enregistrer").click().run())
    entry = stored(TRAINED)
    assert entry is not None
    assert (entry.answer, entry.numerator, entry.reason) == ("non_disponible", None, "registre perdu")


def test_breakdowns_say_their_running_sum_and_are_kept_when_folded(open_page: Open) -> None:
    seen = open_page("saisie", KARIM, **SHEET, indicateur="FOR-04")
    seen.text_input(key=FIELD).set_value("20").run()
    seen.session_state["saisie_FOR-04_axe_sexe"] = True
    seen.run()
    seen.text_input(key="saisie_FOR-04_sexe_femmes_valeur").set_value("15").run()
    assert "15 sur 20, il manque 5" in texts(seen)
    seen.text_input(key="saisie_FOR-04_sexe_hommes_valeur").set_value("5").run()
    assert "20 sur 20, le compte y est" in texts(seen)
    seen.session_state["saisie_FOR-04_axe_sexe"] = False
    seen.run()
    checked(seen.button(key="saisie_FOR-04_enregistrer").click().run())
    with transaction() as session:
        last = session.exec(select(History).where(History.action == "save")).one()
    assert last.after is not None
    assert last.after["breakdowns"] == {"sexe/femmes": [150_000, None], "sexe/hommes": [50_000, None]}


@pytest.mark.parametrize("choice", ["garder", "prendre"])
def test_two_people_on_one_figure_the_second_sees_both_values_and_chooses(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, choice: str
) -> None:
    save(KARIM, TRAINED, valeur="12", commentaire="premier compte")
    seen = open_page("saisie", KARIM, **SHEET, indicateur="FOR-04")
    seen.text_input(key=FIELD).set_value("14").run()
    save(ODILE, TRAINED, valeur="99", commentaire="compte du bureau")
    checked(seen.button(key="saisie_FOR-04_enregistrer").click().run())
    entry = stored(TRAINED)
    assert entry is not None
    assert entry.numerator == 990_000, "nothing is overwritten unseen"
    assert "modifié par Odile Martin" in texts(seen)
    assert all(said in texts(seen) for said in ("<strong>99</strong>", "<strong>14</strong>", "premier compte"))
    checked(seen.button(key=f"saisie_FOR-04_{choice}").click().run())
    entry = stored(TRAINED)
    assert entry is not None
    kept = (140_000, "premier compte") if choice == "garder" else (990_000, "compte du bureau")
    assert (entry.numerator, entry.comment) == kept, "one person's form or the other's, never a mixture"
    assert seen.text_input(key=FIELD).value == ("14" if choice == "garder" else "99")


def test_submitting_lists_what_is_missing_then_submits_the_ready_ones_alone_and_once(open_page: Open) -> None:
    save(KARIM, TRAINED, valeur="12", **SOURCED)
    seen = open_page("saisie", KARIM, **SHEET, indicateur="FOR-04")
    checked(seen.button(key="saisie_soumettre").click().run())
    said = seen.markdown[-1].value
    assert all(code in said for code in ("FOR-01", "FOR-02", "FOR-03"))
    assert "FOR-04" not in said
    assert submitted_at(TRAINED) is False
    checked(seen.button(key="saisie_soumettre_prets").click().run())
    assert submitted_at(TRAINED) is True
    assert "1 chiffre soumis au bureau national : FOR-04." in texts(seen)
    with transaction() as session:
        assert len(session.exec(select(History).where(History.action == "submit")).all()) == 1


def test_a_sheet_is_submitted_on_the_day_that_the_database_carries(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The demonstration's day is read from the database, in the middle of the transaction that submits."""
    with transaction() as session:
        session.add(Setting(key="today", value="2011-07-12"))
    monkeypatch.delenv("IMPACT_TODAY")
    save(KARIM, TRAINED, valeur="12", **SOURCED)
    seen = open_page("saisie", KARIM, **SHEET, indicateur="FOR-04")
    checked(seen.button(key="saisie_soumettre").click().run())
    checked(seen.button(key="saisie_soumettre_prets").click().run())
    entry = stored(TRAINED)
    assert entry is not None
    assert (entry.status, entry.first_submitted_on) == (Status.SUBMITTED, date(2011, 7, 12))


def submitted_at(cell: Cell) -> bool:
    entry = stored(cell)
    return entry is not None and entry.status == Status.SUBMITTED


def test_a_submitted_figure_is_read_only_and_may_be_taken_back_until_its_review_begins(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(KARIM, TRAINED, valeur="12", **SOURCED)
    seen = open_page("saisie", KARIM, **SHEET, indicateur="FOR-04")
    assert "Soumis par Karim Benali" in texts(seen)
    assert not seen.text_input
    checked(seen.button(key="saisie_FOR-04_reprendre").click().run())
    assert seen.text_input(key=FIELD).value == "12"
    submit(KARIM, TRAINED, valeur="13", **SOURCED)
    with transaction() as session:
        reviews.begin_review(session, ODILE, TRAINED)
    seen.run()
    assert "La relecture a commencé (Odile Martin)" in texts(seen)
    assert not [one for one in seen.button if one.key == "saisie_FOR-04_reprendre"]


def test_a_returned_figure_shows_why_and_stays_open_after_the_deadline(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(KARIM, TRAINED, valeur="12", **SOURCED)
    with transaction() as session:
        reviews.send_back(session, ODILE, [TRAINED], "compté deux fois")
    monkeypatch.setenv("IMPACT_TODAY", "2011-07-20")
    seen = open_page("saisie", KARIM, **SHEET)
    assert seen.radio(key="saisie_indicateur").value == "FOR-04", "what was returned opens first"
    assert "À corriger : « compté deux fois »" in texts(seen)
    assert not seen.text_input(key=FIELD).disabled
    closed = open_page("saisie", KARIM, **SHEET, indicateur="FOR-01")
    assert "La période est close depuis le 15/07/2011" in texts(closed)
    assert not closed.text_input


def test_the_national_office_is_told_that_it_enters_in_a_regions_name(open_page: Open) -> None:
    seen = open_page("saisie", ODILE, **SHEET, indicateur="FOR-04")
    assert "Vous saisissez au nom de la région Picardie" in texts(seen)
    assert seen.selectbox(key="saisie_region").value == PICARDIE


def test_a_wrong_address_is_told_in_a_sentence_and_shows_what_one_may_see(open_page: Open) -> None:
    seen = open_page("saisie", KARIM, region=MIDI_PYRENEES, chantier="XX", indicateur="<b>")
    assert "L’adresse demande la région « 73 »" in texts(seen)
    assert "le chantier « XX »" in texts(seen)
    assert "Saisie : Picardie" in texts(seen).replace("\u202f", " ")
    seen.run()
    assert "L’adresse demande" not in texts(seen), "said once"
    assert seen.query_params["region"] == PICARDIE


def test_a_chantier_that_the_region_did_not_choose_says_what_to_do(open_page: Open) -> None:
    seen = open_page("saisie", KARIM, region=PICARDIE, chantier="PRE")
    assert "Votre région n’est pas mobilisée" in texts(seen)
    assert not seen.text_input


def test_what_is_typed_after_the_session_ended_is_not_kept_and_the_page_says_why(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = open_page("saisie", KARIM, **SHEET, indicateur="FOR-04")
    monkeypatch.setattr(identity, "token", lambda: "ended")
    seen.text_input(key=FIELD).set_value("12").run()
    assert seen.title[0].value == "Session terminée"
    with transaction() as session:
        assert session.exec(select(TypedDraft)).all() == []
