"""Stages and milestones on the national view and on a region's page: who is told what, and the forms of milestones."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from impact.db import Database, reading, transaction
from impact.queries.milestones import milestone, milestones
from impact.services.actions import open_action, save_identity
from impact.vocabulary import MilestoneState
from tests.cast import CLAIRE, KARIM, ODILE, PICARDIE, REMI
from tests.impact.gatherings import plan
from tests.pages.scenes import look, opened, run, words

SENTENCE = "L’équipe et la personne responsable sont nommées."


@pytest.fixture(autouse=True)
def prepared(sqlite_db: Database) -> None:
    with transaction() as session:
        whole = plan("Former les <b>tuteurs</b>")
        key = open_action(session, KARIM, PICARDIE, replace(whole.identity, team=""), plan=whole)
    with transaction() as session:
        save_identity(session, KARIM, key, whole.identity, 1)
    with transaction() as session:
        save_identity(session, KARIM, key, replace(whole.identity, team=""), 2)


def test_the_country_sees_its_actions_by_stage_and_the_picture_has_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, "vue_nationale", REMI)
    text = words(seen)
    assert "1 action régionale au 10/07/2011 : 1 à constituer" in text
    assert "Action 22-1" in text, "its plan was never validated"
    assert "tuteurs" not in text
    shown = words(opened(seen, "etapes_donnees"))
    assert "Actions régionales par étape : 10/07/2011 1 à constituer." in shown
    assert "Jalons : Congrès national : prévu le 14/10/2010" in words(opened(seen, "jalons_FR_donnees"))


def test_the_latest_passages_tell_that_it_went_up_and_down(monkeypatch: pytest.MonkeyPatch) -> None:
    text = words(opened(look(monkeypatch, "vue_nationale", ODILE), "etapes_passages"))
    assert "Picardie, action 1 Recule : préparation → à constituer" in text
    assert "Picardie, action 1 Passe : à constituer → préparation" in text


def test_a_region_sees_its_next_gate_and_what_to_do_and_others_the_stage_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    own = words(look(monkeypatch, "region", KARIM, region=PICARDIE))
    assert "Pour atteindre « émergence » : 2 sur 3" in own
    assert f"Manque {SENTENCE} Nommez l’équipe. Ouvrir le plan" in own
    assert "Former les &lt;b&gt;tuteurs" in own, "escaped, as it was typed"
    for person in (CLAIRE, REMI):
        other = words(look(monkeypatch, "region", person, region=PICARDIE))
        assert "à constituer depuis le 10/07/2011" in other
        assert SENTENCE not in other
        assert "tuteurs" not in other


def filled(seen: AppTest, form: str, **fields: str) -> AppTest:
    for name, text in fields.items():
        seen.text_input(key=f"{form}_{name}").set_value(text)
    seen.button(key=f"{form}_envoyer").click()
    return run(seen)


def test_the_office_adds_a_milestone_and_says_that_another_was_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = opened(look(monkeypatch, "vue_nationale", ODILE), "jalons_FR_nouveau")
    refused = filled(seen, "jalons_FR_ajout", nom="Bilan", prevu="31/02/2012")
    assert "n’est pas une date" in refused.error[0].value
    assert refused.text_input(key="jalons_FR_ajout_nom").value == "Bilan", "what was typed stays"
    done = filled(refused, "jalons_FR_ajout", prevu="01/02/2012")
    assert "Jalon n° 4 ajouté" in done.success[0].value
    following = opened(done, "jalons_FR_suite")
    following.selectbox(key="jalons_FR_suite_etat").set_value(MilestoneState.REACHED)
    filled(following, "jalons_FR_suite", prevision="14/10/2010")
    with reading() as session:
        assert [one.name for one in milestones(session, region="FR")][-1] == "Bilan"
        assert milestone(session, "FR", 1).state is MilestoneState.REACHED
    again = opened(look(monkeypatch, "vue_nationale", ODILE), "jalons_FR_suite")
    assert again.selectbox(key="jalons_FR_suite_jalon").value != 1, "the form proposes one that is still to come"


def test_nobody_else_has_the_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    for person in (KARIM, REMI):
        seen = look(monkeypatch, "vue_nationale", person)
        assert not [one for one in seen.expander if "jalon" in one.label.lower()]
