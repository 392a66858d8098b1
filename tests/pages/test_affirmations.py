"""Claims on screen: written by teams, read by others than their authors, the level said as criteria are ticked."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from impact import rules
from impact.claims import CRITERIA, ClaimKey
from impact.db import Database, reading, transaction
from impact.figures import Cell
from impact.permissions import EVERYTHING
from impact.queries.book import Book
from impact.queries.claims import claim, claims
from impact.rules.claims import ClaimDraft
from impact.rules.evidence import EvidenceDraft
from impact.rules.meetings import DecisionDraft
from impact.services import calendar, evidence, reviews, submission
from impact.services.claims import revise_claim, write_claim
from impact.services.decisions import decide, follow_up
from impact.services.entries import save_entry
from impact.services.meetings import hold_meeting
from impact.vocabulary import Confidentiality, DecisionKind, DecisionState, EvidenceKind, Finding, Stage
from tests.cast import ADA, CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI
from tests.impact.gatherings import MEETING, validated_plan
from tests.pages import scenes
from tests.pages.scenes import LINKED, html, look, rows, run, words

PAGE, KEY = "affirmations", ClaimKey(PICARDIE, 1)
EFFECT = Cell(PICARDIE, "FOR-05", "2010-2011-S1")
DRAFTED = Cell(PICARDIE, "FOR-02", "2010-2011-T3")
CARRIED = "/".join(EFFECT)
DRAFT = ClaimDraft(
    PICARDIE, "FOR", Stage.OUTCOME, Finding.NONE, "Six sur dix <b>ont</b> progressé, comme *sans* action.", (EFFECT,),
    what="progrès", study_reference="Enquête 2011",
)  # fmt: skip
PIECE = EvidenceDraft(EvidenceKind.SURVEY, "Enquête", Confidentiality.NETWORK, link="https://exemple.org/e.pdf")
READ, WRITE, REVISE = "affirmations_lire_22-1", "affirmations_ecrire", "affirmations_modifier_22-1"


@pytest.fixture(autouse=True)
def furnished(sqlite_db: Database) -> None:
    with transaction() as session:
        calendar.reopen_period(session, ODILE, EFFECT.period, PICARDIE, date(2011, 8, 1), "pièces reçues")
        pair = {"numerateur": "6", "denominateur": "10", **LINKED}
        draft, problems = rules.read_draft(Book(session).definition(EFFECT.indicator), EFFECT, pair)
        assert draft is not None, problems
        save_entry(session, KARIM, draft)
        submission.submit_cells(session, KARIM, [EFFECT])
        reviews.validate(session, ODILE, [EFFECT])


def state() -> None:
    with transaction() as session:
        write_claim(session, KARIM, DRAFT)


def level() -> int | None:
    with reading() as session:
        return claim(session, EVERYTHING, KEY).level


def tick(seen: AppTest, codes: Collection[str]) -> AppTest:
    for code in codes:
        seen.checkbox(key=f"{READ}_{code}").check()
    return run(seen)


def send(seen: AppTest, form: str) -> AppTest:
    seen.button(key=f"{form}_envoyer").click()
    return run(seen)


def up_to(at: int) -> list[str]:
    return [code for own in range(1, at + 1) for code in CRITERIA[own]]


def test_a_claim_is_read_by_two_and_then_by_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    state()
    assert "Aucune affirmation d’impact n’est ouverte" in words(look(monkeypatch, PAGE, REMI))
    seen = tick(look(monkeypatch, PAGE, ODILE, affirmation="22-1"), up_to(3))
    assert "Ces critères donnent : P3 comparé" in words(seen).replace("\u202f", " ")
    assert "Deuxième lecteur nécessaire" in words(seen)
    refused = send(seen, READ)
    assert "dites ce qui fonde votre lecture" in refused.error[0].value.lower().replace("\u202f", " ")
    assert refused.checkbox(key=f"{READ}_groupe").value, "nothing ticked is lost"
    refused.text_area(key=f"{READ}_justification").set_value("lue en entier")
    done = send(refused, READ)
    assert "vos critères donnent P3 comparé" in done.success[0].value
    assert level() == 2
    other = tick(look(monkeypatch, PAGE, ADA, affirmation="22-1"), up_to(3))
    other.text_area(key=f"{READ}_justification").set_value("relue")
    send(other, READ)
    assert level() == 3
    everybody = look(monkeypatch, PAGE, REMI, affirmation="22-1")
    assert everybody.title[0].value == "Affirmation 22-1 : P3 comparé"
    told = words(everybody)
    assert "Odile Martin" in told
    assert "Un résultat défavorable bien établi vaut autant qu’un bon" in told
    assert not everybody.checkbox, "a reader of the network reads, and grades nothing"
    assert "Six sur dix &lt;b&gt;ont&lt;/b&gt;" in html(everybody)


def test_a_deployment_that_succeeded_elsewhere_is_offered_at_its_criterion(monkeypatch: pytest.MonkeyPatch) -> None:
    state()
    with transaction() as session:
        source = validated_plan(session, PICARDIE, "Former les tuteurs")
        deploy = DecisionDraft(
            DecisionKind.DEPLOYMENT, "Déployer.", "Cela marche.", "Odile", date(2011, 12, 31), action=source,
            host_region=MIDI_PYRENEES, adaptation="Rien : même public.",
        )  # fmt: skip
        decide(session, ODILE, hold_meeting(session, ODILE, MEETING), deploy)
    assert "Déploiements réussis" not in words(look(monkeypatch, PAGE, ODILE, affirmation="22-1"))
    with transaction() as session:
        follow_up(session, ODILE, 1, 1, DecisionState.DONE, "40 <b>tuteurs</b> formés", True, 0)
    seen = look(monkeypatch, PAGE, ODILE, affirmation="22-1")
    said = html(seen).replace("\u202f", " ").replace("\u00a0", " ")
    offered = "décision 1-1</a> : Midi-Pyrénées, « 40 &lt;b&gt;tuteurs&lt;/b&gt; formés » "
    offered += "(étape de l’action d’accueil : à constituer)"
    assert said.count(offered) == 2, "in the list of criteria and in the form"
    assert 'href="rencontres?rencontre=1&amp;partie=decisions"' in said


def test_the_form_says_at_once_what_keeps_a_claim_lower(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        write_claim(session, KARIM, replace(DRAFT, self_declared=True))
    seen = tick(look(monkeypatch, PAGE, ODILE, affirmation="22-1"), ["public"])
    assert "Ces critères donnent : aucun niveau" in words(seen).replace("\u202f", " ")
    assert "Il manque : quel changement" in words(seen).replace("\u202f", " ")
    assert "Attribution déclarée par l’équipe : au plus P2" in words(tick(seen, up_to(3))).replace("\u202f", " ")


def test_what_was_ticked_of_an_older_text_is_not_carried_over(monkeypatch: pytest.MonkeyPatch) -> None:
    state()
    seen = tick(look(monkeypatch, PAGE, ODILE, affirmation="22-1"), up_to(1))
    seen.text_area(key=f"{READ}_justification").set_value("lue")
    send(seen, READ)
    again = look(monkeypatch, PAGE, ODILE, affirmation="22-1")
    assert again.checkbox(key=f"{READ}_public").value, "one's own reading, to go on from"
    with transaction() as session:
        revise_claim(session, KARIM, replace(DRAFT, number=1, seen_version=1, risk="faible", reason="complétée"))
    anew = look(monkeypatch, PAGE, ODILE, affirmation="22-1")
    assert not anew.checkbox(key=f"{READ}_public").value
    assert "Ne compte plus : elle portait sur la version 1" in words(anew).replace("\u202f", " ")
    anew.session_state["affirmations_versions_22-1"] = True
    assert rows(run(anew), "Versions de 22-1")["Version 2 10/07/2011, Karim Benali : complétée"].endswith("rien faible")


def test_an_author_is_told_why_they_do_not_read_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        write_claim(session, ODILE, DRAFT)
    seen = look(monkeypatch, PAGE, ODILE, affirmation="22-1")
    assert "vous en êtes l’auteur" in words(seen)
    assert not [one for one in seen.checkbox if str(one.key).startswith(READ)]
    assert look(monkeypatch, PAGE, ADA, affirmation="22-1").checkbox


def test_a_team_writes_its_own_and_loses_nothing_typed_by_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look(monkeypatch, PAGE, KARIM)
    seen.session_state["affirmations_volet_ecrire"] = True
    run(seen)
    seen.text_area(key=f"{WRITE}_phrase").set_value("Six personnes sur dix progressent.")
    seen.text_input(key=f"{WRITE}_erosion/bas").set_value("12,5")
    seen.selectbox(key=f"{WRITE}_etape").set_value("outcome")
    refused = send(run(seen), WRITE)
    assert "donnez les trois parts" in refused.error[0].value
    assert "« Résultat » : choisissez parmi" in refused.error[0].value.replace("\u202f", " "), (
        "no result goes without saying"
    )
    refused.selectbox(key=f"{WRITE}_resultat").set_value("attendu")
    assert refused.text_area(key=f"{WRITE}_phrase").value == "Six personnes sur dix progressent."
    for part, text in (("central", "20"), ("haut", "30"), ("base", "suivi à un an")):
        refused.text_input(key=f"{WRITE}_erosion/{part}").set_value(text)
    run(refused)
    assert "Reste à l’action : de 70 % à 88 % (central 80 %) ; poids mort, déplacement" in (
        words(refused).replace("\u202f", " ")
    )
    refused = send(refused, WRITE)
    assert "choisissez au moins un chiffre" in refused.error[0].value.lower()
    refused.multiselect(key=f"{WRITE}_chiffres_22_FOR").set_value([CARRIED])
    done = send(run(refused), WRITE)
    assert "22-1 écrite" in done.success[0].value
    with reading() as session:
        [row] = claims(session, EVERYTHING)
    assert (row.said.sentence, row.said.figures, row.written_by) == (
        "Six personnes sur dix progressent.", (EFFECT,), "Karim Benali",
    )  # fmt: skip
    assert done.text_area(key=f"{WRITE}_phrase").value == ""


def test_who_writes_a_claim_that_nobody_can_read_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        scenes.validate(session, Cell(PICARDIE, "FOR-02", "2010-2011-T2"), valeur="3")
    seen = look(monkeypatch, PAGE, KARIM)
    seen.session_state["affirmations_volet_ecrire"] = True
    run(seen)
    seen.text_area(key=f"{WRITE}_phrase").set_value("Les séances ont changé la région.")
    seen.selectbox(key=f"{WRITE}_etape").set_value("outcome")
    seen.selectbox(key=f"{WRITE}_resultat").set_value("attendu")
    chosen = seen.multiselect(key=f"{WRITE}_chiffres_22_FOR")
    chosen.set_value(["22/FOR-02/2010-2011-T2", CARRIED])
    assert "personne ne pourra la lire" not in words(run(seen)), "one of them is of a proof of effect"
    seen.multiselect(key=f"{WRITE}_chiffres_22_FOR").set_value(["22/FOR-02/2010-2011-T2"])
    assert "personne ne pourra la lire : aucun des chiffres choisis" in words(run(seen)).replace("\u202f", " ")
    done = send(seen, WRITE)
    assert "elle ne se lit pas encore" in done.success[0].value
    assert "elle attend un lecteur" not in done.success[0].value


def test_the_piece_of_a_study_is_chosen_among_the_regions(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        scenes.save(session, KARIM, DRAFTED, valeur="3")
        held, gone = (evidence.add_piece(session, KARIM, PICARDIE, replace(PIECE, title=title), [DRAFTED])
                      for title in ("Enquête", "Brouillon"))  # fmt: skip
    state()
    seen = look(monkeypatch, PAGE, KARIM, affirmation="22-1")
    piece = seen.selectbox(key=f"{REVISE}_piece")
    assert piece.options == ["22-2 Brouillon", "22-1 Enquête"]
    piece.set_value("22-2")
    seen.text_area(key=f"{REVISE}_motif").set_value("étude jointe")
    send(run(seen), REVISE)
    with reading() as session:
        assert claim(session, EVERYTHING, KEY).said.study_number == gone.number
    with transaction() as session:
        evidence.withdraw_piece(session, KARIM, gone, "mauvaise version")
    again = look(monkeypatch, PAGE, KARIM, affirmation="22-1").selectbox(key=f"{REVISE}_piece")
    assert again.options == [f"22-{held.number} Enquête", "22-2 (retirée)"]
    assert again.value == "22-2"


def test_two_people_on_one_claim_choose_between_both_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    state()
    seen = look(monkeypatch, PAGE, KARIM, affirmation="22-1")
    seen.text_area(key=f"{REVISE}_phrase").set_value("Ma phrase.")
    seen.text_area(key=f"{REVISE}_motif").set_value("mieux dite")
    run(seen)
    with transaction() as session:
        revise_claim(session, ODILE, replace(DRAFT, number=1, seen_version=1, risk="faible", reason="complétée"))
    clash = send(seen, REVISE)
    assert "Odile Martin a modifié cette affirmation" in clash.warning[0].value
    told = rows(clash, "Les deux textes, champ par champ")
    assert told["L’affirmation, en une phrase"].endswith("Ma phrase.")
    assert clash.text_area(key=f"{REVISE}_phrase").value == "Ma phrase."
    clash.button(key=f"{REVISE}_garder").click()
    send(run(clash), REVISE)
    with reading() as session:
        row = claim(session, EVERYTHING, KEY)
    assert (row.stated.version, row.said.sentence, row.said.risk) == (3, "Ma phrase.", "")


def test_nothing_changed_writes_no_version_and_a_withdrawal_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    state()
    seen = send(look(monkeypatch, PAGE, KARIM, affirmation="22-1"), REVISE)
    assert "aucune version n’a été écrite" in seen.success[0].value
    withdraw = "affirmations_retirer_22-1"
    assert "pourquoi" in send(seen, withdraw).error[0].value
    seen.text_area(key=f"{withdraw}_motif").set_value("doublon")
    gone = send(run(seen), withdraw)
    assert gone.title[0].value == "Affirmation 22-1 : retirée"
    assert "doublon" in gone.warning[0].value


def test_filters_stand_in_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    state()
    assert "22-1" in words(look(monkeypatch, PAGE, KARIM, niveau="sans_niveau", etape="outcome", resultat="sans_effet"))
    assert "Aucune affirmation ne répond" in words(look(monkeypatch, PAGE, KARIM, niveau="P2"))
    assert 'href="affirmations?affirmation=22-1&amp;chantier=FOR"' in html(
        look(monkeypatch, PAGE, KARIM, chantier="FOR")
    ).replace("&chantier", "&amp;chantier")


@pytest.mark.parametrize("asked", ["22-1", "22-9", "x", "../../etc", "22-0"])
def test_what_is_not_open_and_what_does_not_exist_answer_alike(monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    state()
    seen = look(monkeypatch, PAGE, CLAIRE, affirmation=asked)
    assert seen.title[0].value == "Affirmations d’impact"
    assert "existe pas" in seen.warning[0].value
