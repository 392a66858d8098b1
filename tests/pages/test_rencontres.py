"""Meetings on screen: compared on frozen figures, learnt from, decided, followed; typed text survives a refusal."""

import pytest
from streamlit.testing.v1 import AppTest

from impact.db import Database, reading, transaction
from impact.figures import Cell
from impact.permissions import EVERYTHING
from impact.queries import actions, decisions
from impact.queries import meetings as reads
from impact.rules.evidence import EvidenceDraft
from impact.services import evidence, meetings
from impact.vocabulary import Confidentiality, DecisionState, EvidenceKind
from tests.cast import ADA, KARIM, ODILE, PICARDIE, REMI
from tests.meetings import BOURGOGNE, KEYS, correct, freeze, hold, prepare
from tests.pages.scenes import T1, TRAINED, html, look, rows, run, sections, words

PAGE = "rencontres"


@pytest.fixture(autouse=True)
def furnished(sqlite_db: Database) -> None:
    with transaction() as session:
        prepare(session)


def held() -> None:
    with transaction() as session:
        hold(session)


def frozen() -> None:
    with transaction() as session:
        hold(session)
        freeze(session)


def panel(seen: AppTest, form: str) -> AppTest:
    seen.session_state[f"{form}_volet"] = True
    return run(seen)


def send(seen: AppTest, form: str) -> AppTest:
    seen.button(key=f"{form}_envoyer").click()
    return run(seen)


def test_the_office_calls_a_meeting_and_nothing_typed_is_lost_by_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    form = "rencontres_creer"
    assert "Aucune rencontre n’est encore annoncée" in words(look(monkeypatch, PAGE, REMI))
    assert not look(monkeypatch, PAGE, KARIM).expander
    seen = panel(look(monkeypatch, PAGE, ODILE), form)
    seen.text_input(key=f"{form}_theme").set_value("Former *ensemble*")
    seen.text_input(key=f"{form}_date").set_value("31/02/2011")
    refused = send(run(seen), form)
    assert "n’est pas une date" in refused.error[0].value
    assert "au moins un chantier" in refused.error[0].value
    assert refused.text_input(key=f"{form}_theme").value == "Former *ensemble*"
    refused.text_input(key=f"{form}_date").set_value("12/10/2011")
    refused.multiselect(key=f"{form}_chantiers").set_value(["FOR"])
    done = send(run(refused), form)
    assert "Rencontre 1 créée" in done.success[0].value
    assert done.query_params["rencontre"] == "1"
    assert done.title[0].value == r"Former \*ensemble\*"
    assert "prévue le 12/10/2011" in words(done)


def test_a_meeting_that_is_moved_says_why_and_keeps_its_planned_day(monkeypatch: pytest.MonkeyPatch) -> None:
    held()
    form = "rencontres_modifier_1"
    seen = panel(look(monkeypatch, PAGE, ODILE, rencontre="1"), form)
    seen.text_input(key=f"{form}_date").set_value("20/10/2011")
    refused = send(run(seen), form)
    assert "dites pourquoi la date est déplacée" in refused.error[0].value
    refused.text_input(key=f"{form}_motif").set_value("salle indisponible")
    done = send(run(refused), form)
    assert "prévue le 20/10/2011 (prévue d’abord le 12/10/2011)" in words(done)
    assert "8 jours plus tard que prévu" in words(look(monkeypatch, PAGE, REMI))


def test_the_office_says_that_a_meeting_took_place(monkeypatch: pytest.MonkeyPatch) -> None:
    held()
    form = "rencontres_tenue_1"
    monkeypatch.setenv("IMPACT_TODAY", "2011-10-20")
    seen = panel(look(monkeypatch, PAGE, ODILE, rencontre="1"), form)
    seen.selectbox(key=f"{form}_etat").set_value("abandonne")
    assert "dites pourquoi" in send(run(seen), form).error[0].value.lower()
    seen.selectbox(key=f"{form}_etat").set_value("atteint")
    seen.text_input(key=f"{form}_prevision").set_value("13/10/2011")
    done = send(run(seen), form)
    assert "elle s’est tenue" in done.success[0].value
    assert "tenue le 13/10/2011 (prévue d’abord le 12/10/2011)" in words(done)


def test_participants_are_pasted_from_a_spreadsheet_and_stand_by_region(monkeypatch: pytest.MonkeyPatch) -> None:
    held()
    form = "rencontres_participants_1"
    seen = panel(look(monkeypatch, PAGE, ODILE, rencontre="1"), form)
    area = seen.text_area(key=f"{form}_participants")
    assert area.value.splitlines()[0] == "Léa Roy ; Picardie ; animatrice"
    area.set_value("Ana Sy\tpicardie\tdéléguée\nPaul Dé ; Atlantide")
    assert "« Atlantide » n’existe pas" in words(run(seen)).replace("\u202f", " ")
    refused = send(seen, form)
    assert "ligne 2" in refused.error[0].value
    refused.text_area(key=f"{form}_participants").set_value("Ana Sy\tpicardie\tdéléguée\nPaul Dé")
    done = send(run(refused), form)
    assert "2 participants inscrits" in done.success[0].value
    assert rows(done, "Participants par région") == {
        "Picardie": "Picardie Ana Sy , déléguée",
        "Sans région": "Sans région Paul Dé",
    }


def test_two_people_on_one_meeting_choose_between_both_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    held()
    form = "rencontres_modifier_1"
    seen = panel(look(monkeypatch, PAGE, ODILE, rencontre="1"), form)
    seen.text_input(key=f"{form}_theme").set_value("Mon thème")
    run(seen)
    with transaction() as session:
        row = reads.meeting(session, 1)
        meetings.set_participants(session, ADA, 1, (), row.version)
    assert not run(seen).warning, "what somebody else did elsewhere is no conflict"
    with transaction() as session:
        row = reads.meeting(session, 1)
        meetings.change_meeting(
            session, ADA, 1, row.said.__class__(**{**_said(row), "theme": "Leur thème"}), row.version
        )
    clash = send(seen, form)
    assert "Ada Garnier a enregistré autre chose" in clash.warning[0].value
    assert rows(clash, "Les deux textes, champ par champ") == {"Thème": "Thème Leur thème Mon thème"}
    clash.button(key=f"{form}_garder").click()
    send(run(clash), form)
    with reading() as session:
        assert reads.meeting(session, 1).said.theme == "Mon thème"


def _said(row: reads.MeetingRow) -> dict[str, object]:
    return {name: getattr(row.said, name) for name in ("theme", "chantiers", "day", "place", "agenda", "reason")}


def test_three_regions_are_frozen_side_by_side_for_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    held()
    form = "rencontres_figer_1"
    seen = panel(look(monkeypatch, PAGE, ODILE, rencontre="1", partie="confrontation"), form)
    refused = send(seen, form)
    assert "choisissez de 2 à 6 actions" in refused.error[0].value
    refused.multiselect(key=f"{form}_actions").set_value([str(key) for key in KEYS])
    done = send(run(refused), form)
    assert "Confrontation arrêtée" in done.success[0].value
    seen = look(monkeypatch, PAGE, REMI, rencontre="1", partie="confrontation")
    assert not seen.expander
    told = words(seen).replace("\u202f", " ")
    assert "Arrêté le 10/07/2011 par Odile Martin" in told
    for block in ("Moyens", "Portée", "Résultats", "Preuve", "Coût par résultat", "Contexte", "Comparabilité"):
        assert f"<span>{block}</span>" in html(seen)
    table = rows_of(seen)
    assert "20" in table["FOR-04"]
    assert "40" in table["FOR-04"]
    assert "60" in table["FOR-04"]
    assert "Trop peu de tuteurs &lt;b&gt;formés&lt;/b&gt;" in html(seen)
    assert "Aucun des chiffres regardés n’a changé depuis" in told


def rows_of(seen: AppTest) -> dict[str, str]:
    """The side by side, by the code that begins a row."""
    import re

    table = next(one for one in re.findall(r"<table.*?</table>", html(seen), re.S) if "imp-sides-block" in one)
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", table.split("</thead>")[1], re.S):
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip()
        found[text.split(" ")[0]] = text
    return found


def test_a_correction_leaves_the_snapshot_as_it_was_and_is_told_below(monkeypatch: pytest.MonkeyPatch) -> None:
    frozen()
    before = rows_of(look(monkeypatch, PAGE, REMI, rencontre="1", partie="confrontation"))
    with transaction() as session:
        correct(session, Cell(PICARDIE, TRAINED, T1), "7", "trois personnes comptées deux fois")
    seen = look(monkeypatch, PAGE, REMI, rencontre="1", partie="confrontation", arrete="1")
    assert rows_of(seen) == before
    changed = rows(seen, "Ce qui a changé depuis le 10/07/2011")
    (line,) = [text for name, text in changed.items() if name.startswith(TRAINED)]
    assert " 10 " in line
    assert " 7 " in line
    assert "Odile Martin" in line
    assert "trois personnes comptées deux fois" in line.replace("\u202f", " ")


def test_a_deployment_is_decided_and_prepared_in_its_host_region(monkeypatch: pytest.MonkeyPatch) -> None:
    frozen()
    form = "rencontres_decider_1"
    seen = panel(look(monkeypatch, PAGE, ODILE, rencontre="1", partie="decisions"), form)
    assert not seen.text_area, "the kind first"
    seen.selectbox(key=f"{form}_nature").set_value("deploiement")
    seen = run(seen)
    seen.text_area(key=f"{form}_decision").set_value("Déployer en Bourgogne la formation des tuteurs.")
    refused = send(run(seen), form)
    told = refused.error[0].value
    for said in ("action concernée", "région hôte", "adaptation", "motif", "responsable", "échéance"):
        assert said in told
    assert refused.text_area(key=f"{form}_decision").value.startswith("Déployer")
    refused.selectbox(key=f"{form}_action").set_value("22-1")
    refused.selectbox(key=f"{form}_region_hote").set_value(BOURGOGNE)
    refused.text_area(key=f"{form}_adaptation").set_value("Deux sessions au lieu d’une.")
    refused.text_area(key=f"{form}_motif").set_value("Elle forme deux fois moins cher.")
    refused.text_input(key=f"{form}_responsable").set_value("Léa Roy")
    refused.text_input(key=f"{form}_echeance").set_value("31/12/2011")
    refused.selectbox(key=f"{form}_confrontation").set_value("1")
    seen = run(refused)
    seen.multiselect(key=f"{form}_chiffres_1").set_value(["FOR-04/22-1"])
    done = send(run(seen), form)
    assert "Décision 1 consignée" in done.success[0].value
    assert done.query_params["decision"] == "1"
    assert 'href="plan?region=26&amp;action=1"' in html(done).replace("&action", "&amp;action").replace(
        "&amp;amp;", "&amp;"
    )
    with transaction() as session:
        (prepared,) = actions.actions(session, EVERYTHING, regions=[BOURGOGNE])
        assert prepared.origin == (1, 1)
        correct(session, Cell(PICARDIE, TRAINED, T1), "7", "recompté")
    seen = look(monkeypatch, PAGE, REMI, rencontre="1", partie="decisions", decision="1")
    (figure,) = rows(seen, "Chiffres regardés pour la décision 1-1").values()
    assert " 20 " in figure, "as it stood"
    assert "26-1, que la région hôte prépare" in words(seen)
    assert not seen.expander


def test_what_becomes_of_a_decision_is_said_once_and_followed_nationally(monkeypatch: pytest.MonkeyPatch) -> None:
    test_a_deployment_is_decided_and_prepared_in_its_host_region(monkeypatch)
    form = "rencontres_suivre_1_1"
    seen = panel(look(monkeypatch, PAGE, ODILE, rencontre="1", partie="decisions", decision="1"), form)
    seen.selectbox(key=f"{form}_etat").set_value("realisee")
    seen = run(seen)
    seen.selectbox(key=f"{form}_reussite").set_value("oui")
    refused = send(run(seen), form)
    assert "dites-le" in refused.error[0].value
    refused.text_area(key=f"{form}_suite").set_value("Deux sessions tenues.")
    done = send(run(refused), form)
    assert "réalisée" in done.success[0].value
    with reading() as session:
        row = decisions.decision(session, 1, 1)
        assert (row.state, row.has_succeeded) == (DecisionState.DONE, True)
    seen = look(monkeypatch, PAGE, REMI, partie="suivi", etat="realisee")
    assert "Réalisée, avec succès" in words(
        look(monkeypatch, PAGE, REMI, rencontre="1", partie="decisions", decision="1")
    )
    assert "1 décision sur 1" in words(seen)
    assert "Aucune décision ne répond" in words(look(monkeypatch, PAGE, REMI, partie="suivi", nature="arret"))


def test_a_late_decision_bears_a_sign_and_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    test_a_deployment_is_decided_and_prepared_in_its_host_region(monkeypatch)
    monkeypatch.setenv("IMPACT_TODAY", "2012-01-02")
    seen = look(monkeypatch, PAGE, REMI, partie="suivi", etat="en_retard")
    assert "▼" in html(seen)
    assert "1 décision sur 1 : 1 prise ; 1 en retard" in words(seen).replace("\u202f", " ")


def test_a_new_measure_is_drafted_then_completed_into_the_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    held()
    form = "rencontres_decider_1"
    seen = panel(look(monkeypatch, PAGE, ODILE, rencontre="1", partie="decisions"), form)
    seen.selectbox(key=f"{form}_nature").set_value("nouvelle_mesure")
    seen = run(seen)
    said = {"decision": "Mesurer le suivi.", "motif": "Personne ne le sait.", "responsable": "Odile",
            "echeance": "30/09/2011", "question": "Combien exercent encore ?"}  # fmt: skip
    for name, text in said.items():
        (seen.text_area if name in ("decision", "motif") else seen.text_input)(key=f"{form}_{name}").set_value(text)
    refused = send(run(seen), form)
    assert "« nom »" in refused.error[0].value.replace("\u202f", " ")
    refused.text_input(key=f"{form}_name").set_value("Tuteurs suivis")
    refused.selectbox(key=f"{form}_chantier").set_value("FOR")
    done = send(run(refused), form)
    assert "Tuteurs suivis" in rows(done, "Mesure proposée par la décision 1-1")["Nom"]
    form = "rencontres_referentiel_1_1"
    seen = panel(done, form)
    assert seen.text_input(key=f"{form}_name").value == "Tuteurs suivis"
    seen.text_input(key=f"{form}_code").set_value("FOR-21")
    refused = send(run(seen), form)
    assert "à décider avant l’entrée au référentiel" in refused.error[0].value
    words_of = {"stage": "outcome", "measure": "count", "accumulation": "flow", "additivity": "sum", "direction": "up",
                "frequency": "quarter"}  # fmt: skip
    for name, value in words_of.items():
        refused.selectbox(key=f"{form}_{name}").set_value(value)
    refused.text_input(key=f"{form}_unit").set_value("personnes")
    refused.text_input(key=f"{form}_decimals").set_value("0")
    refused.text_area(key=f"{form}_definition").set_value("Tuteurs en exercice trois mois après.")
    done = send(run(refused), form)
    assert not done.error, done.error[0].value
    assert "FOR-21 est entré au référentiel" in done.success[0].value
    assert 'href="referentiel?indicateur=FOR-21"' in html(done)


def test_the_agreement_of_a_host_is_one_of_its_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    test_a_deployment_is_decided_and_prepared_in_its_host_region(monkeypatch)
    form = "rencontres_convention_1_1"
    seen = panel(look(monkeypatch, PAGE, ODILE, rencontre="1", partie="decisions", decision="1"), form)
    seen.text_input(key=f"{form}_jour").set_value("01/07/2011")
    seen.text_input(key=f"{form}_piece").set_value("22-1")
    refused = send(run(seen), form)
    assert "une pièce de la région hôte, comme 26-3" in refused.error[0].value
    with transaction() as session:
        piece = EvidenceDraft(
            EvidenceKind.AGREEMENT, "Convention", Confidentiality.NETWORK, link="https://exemple.org/c"
        )
        evidence.add_piece(session, ODILE, BOURGOGNE, piece, [])
    refused.text_input(key=f"{form}_piece").set_value("26-1")
    done = send(run(refused), form)
    assert "Convention enregistrée" in done.success[0].value
    assert "signée le 01/07/2011, pièce 26-1" in words(done)
    assert f"{form}_envoyer" not in {one.key for one in done.button}


def test_a_lesson_says_where_it_holds_and_what_proves_it(monkeypatch: pytest.MonkeyPatch) -> None:
    frozen()
    form = "rencontres_enseignement_1"
    seen = panel(look(monkeypatch, PAGE, ODILE, rencontre="1", partie="enseignements"), form)
    seen.text_area(key=f"{form}_enseignement").set_value("Deux formateurs suffisent.")
    refused = send(run(seen), form)
    assert "ne se transpose pas" in refused.error[0].value
    refused.text_area(key=f"{form}_conditions").set_value("En groupes de douze.")
    refused.selectbox(key=f"{form}_confrontation").set_value("1")
    done = send(run(refused), form)
    assert "Enseignement 1 enregistré" in done.success[0].value
    seen = look(monkeypatch, PAGE, REMI, rencontre="1", partie="enseignements")
    told = words(seen)
    assert "1. Deux formateurs suffisent." in told
    assert "En groupes de douze." in told
    assert "Trois façons de former" in told
    form = "rencontres_enseignement_1_1"
    seen = panel(look(monkeypatch, PAGE, ODILE, rencontre="1", partie="enseignements"), form)
    seen.text_input(key=f"{form}_motif").set_value("contredit depuis")
    seen = run(seen)
    seen.button(key=f"{form}_retrait_envoyer").click()
    gone = run(seen)
    assert "Enseignement 1 retiré" in gone.success[0].value
    assert "Retiré par Odile Martin le 10/07/2011" in words(gone)


def test_an_address_that_names_nothing_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    held()
    for asked in ("9", "0", "x", "-1", "²", "../../etc", "999999999999999999999"):
        seen = look(monkeypatch, PAGE, REMI, rencontre=asked)
        assert seen.title[0].value == "Rencontres nationales"
        assert "existe pas" in seen.warning[0].value, asked
        seen = look(monkeypatch, PAGE, REMI, rencontre="1", partie=asked)
        assert "existe pas" in seen.warning[0].value, asked
        assert "Ordre du jour" in sections(seen)
        assert look(monkeypatch, PAGE, REMI, rencontre="1", partie="confrontation", arrete=asked).warning, asked
        assert look(monkeypatch, PAGE, REMI, rencontre="1", partie="decisions", decision=asked).warning, asked
