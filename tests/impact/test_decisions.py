"""What meetings decide keeps the figures and the proof of the day, prepares what it calls for, and is followed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from impact.actions import ActionKey, complete
from impact.confrontation import claim_of, definition_of, figure_of
from impact.db import Database, reading, transaction
from impact.errors import NotFound, Refused, StaleEntry
from impact.figures import Cell
from impact.maintenance import check
from impact.permissions import EVERYTHING, readable
from impact.queries.actions import action
from impact.queries.decisions import decision, decisions, replications
from impact.queries.snapshots import snapshot
from impact.rules.evidence import EvidenceDraft
from impact.rules.fields import LONGEST_TEXT
from impact.rules.meetings import (
    DecisionDraft,
    MeasureDraft,
    adapted,
    decision_fields,
    measure_facts,
    measure_fields,
    measure_of,
    read_decision,
    read_measure,
)
from impact.services import evidence, reviews
from impact.services.decisions import decide, follow_up, sign_agreement
from impact.vocabulary import Confidentiality, DecisionKind, DecisionState, EvidenceKind, Status
from tests.cast import CLAIRE, MIDI_PYRENEES, ODILE, PICARDIE, REMI, START, TODAY
from tests.impact.gatherings import NEED, NEW_MEASURE, T1, TUTORS, enter, frozen, gather, plan

DUE = date(2011, 12, 31)
DEPLOY = DecisionDraft(
    DecisionKind.DEPLOYMENT, "Former des tuteurs en Midi-Pyrénées.", "Le coût y est connu.", "Odile Martin", DUE,
    owner_region=MIDI_PYRENEES, action=TUTORS, host_region=MIDI_PYRENEES, adaptation="Sessions le samedi.", snapshot=1,
    figures=("FOR-04/22-1", "FOR-01/FOR-04/22-1"),
)  # fmt: skip
STOP = DecisionDraft(DecisionKind.STOP, "Arrêter.", "Rien n’en sort.", "Odile Martin", DUE, action=TUTORS)
PIECE = EvidenceDraft(EvidenceKind.AGREEMENT, "Convention", Confidentiality.NATIONAL, link="https://exemple.org/c.pdf")
HOSTED = ActionKey(MIDI_PYRENEES, 2)


@pytest.fixture
def met(session: Session) -> Session:
    frozen(session, gather(session))
    return session


@pytest.fixture
def deployed(met: Session) -> Session:
    assert decide(met, ODILE, 1, DEPLOY) == 1
    return met


def test_a_decision_keeps_the_figures_and_the_proof_as_they_stood(deployed: Session) -> None:
    before = decision(deployed, 1, 1)
    corrected = Cell(PICARDIE, "FOR-04", T1)
    reviews.reopen_entry(deployed, ODILE, corrected, "erreur")
    enter(deployed, corrected, "99")
    one = decision(deployed, 1, 1)
    assert (one.figures, one.proof) == (before.figures, before.proof)
    trained, cost = one.figures
    assert figure_of(trained["total"], definition_of(trained["definition"])).value == 60
    assert (cost["name"], cost["cost"][:2]) == ("FOR-01/FOR-04/22-1", [60_000_000, 600_000])
    assert one.proof["22-1"]["grades"] == [0, 3, 0, 0, 0]
    assert [claim_of(claim) for claim in one.proof["22-1"]["claims"]] == []


def test_the_host_region_finds_its_action_prepared(deployed: Session) -> None:
    one = decision(deployed, 1, 1)
    assert (one.host, one.state, one.is_late) == (HOSTED, DecisionState.TAKEN, False)
    held = action(deployed, readable(CLAIRE), HOSTED)
    assert (held.status, held.origin, held.title) == (Status.DRAFT, (1, 1), "Former les tuteurs")
    prepared = held.plan
    assert "Sessions le samedi." in prepared.identity.need
    assert "décision 1-1 de la rencontre « Former les tuteurs », d’après l’action 22-1" in prepared.identity.need
    assert NEED in prepared.identity.need
    assert (prepared.identity.lead, prepared.identity.contact, prepared.budget, prepared.fundings) == ("", "", None, ())
    assert prepared.partners == ()
    [objective], [activity], [resource] = prepared.objectives, prepared.activities, prepared.resources
    assert (objective.indicator, objective.baseline, objective.target, objective.due) == ("FOR-04", None, None, None)
    assert (activity.name, activity.who, activity.start, activity.end) == ("Première session", "", None, None)
    assert (resource.name, resource.quantity, resource.unit) == ("Formateurs", None, "ETP")
    assert complete(prepared) == 0
    with pytest.raises(NotFound):
        action(deployed, readable(REMI), HOSTED)


def test_a_plan_on_another_chantier_keeps_no_indicator_and_a_long_need_fits() -> None:
    source = replace(plan(), identity=replace(plan().identity, need="n" * LONGEST_TEXT))
    made = adapted(source, replace(DEPLOY, chantier="PRE", title="Autre"), "Origine.")
    assert (made.identity.title, made.identity.chantier, made.objectives[0].indicator) == ("Autre", "PRE", "")
    assert len(made.identity.need) <= LONGEST_TEXT
    assert made.identity.need.startswith("Origine.\n\nSessions le samedi.")


def test_a_new_action_without_a_model_is_opened_with_its_title(met: Session) -> None:
    draft = DecisionDraft(
        DecisionKind.NEW_ACTION, "Ouvrir une école.", "Il en manque une.", "Odile Martin", DUE,
        host_region=MIDI_PYRENEES, chantier="FOR", title="Une école",
    )  # fmt: skip
    decide(met, ODILE, 1, draft)
    held = action(met, EVERYTHING, HOSTED)
    assert (held.title, held.chantier, held.plan.objectives) == ("Une école", "FOR", ())


def test_a_decision_is_about_what_everybody_may_read(met: Session) -> None:
    for unknown in (ActionKey(PICARDIE, 9), ActionKey("99", 1)):
        with pytest.raises(Refused, match="jamais été validé"):
            decide(met, ODILE, 1, replace(STOP, action=unknown))
    for change in ({"owner_region": "99"}, {"snapshot": 9}):
        with pytest.raises(NotFound):
            decide(met, ODILE, 1, replace(STOP, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize("change", [{"figures": ("FOR-04/11-1",)}, {"snapshot": None}])
def test_nobody_decides_on_figures_that_the_comparison_has_not(met: Session, change: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="chiffres regardés"):
        decide(met, ODILE, 1, replace(DEPLOY, **change))


def test_a_decision_is_followed_step_by_step_and_is_late_until_it_is_settled(
    deployed: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPACT_TODAY", "2012-01-15")
    assert decision(deployed, 1, 1).is_late
    assert follow_up(deployed, ODILE, 1, 1, DecisionState.UNDER_WAY, "salles trouvées", None, 0) == 1
    assert decision(deployed, 1, 1).is_late, "begun is not done"
    with pytest.raises(StaleEntry):
        follow_up(deployed, ODILE, 1, 1, DecisionState.DONE, "fait", True, 0)
    assert follow_up(deployed, ODILE, 1, 1, DecisionState.DONE, "40 tuteurs formés", True, 1) == 2
    one = decision(deployed, 1, 1)
    assert (one.state, one.outcome, one.has_succeeded, one.is_late) == (
        DecisionState.DONE, "40 tuteurs formés", True, False,
    )  # fmt: skip
    with pytest.raises(Refused, match="elle est réalisée"):
        follow_up(deployed, ODILE, 1, 1, DecisionState.DROPPED, "non", None, 2)


@pytest.mark.parametrize(
    ("state", "outcome", "succeeded", "field"),
    [
        (DecisionState.TAKEN, "rien", None, "etat"),
        (DecisionState.DONE, " ", None, "suite"),
        (DecisionState.UNDER_WAY, "en route", True, "reussite"),
    ],
)
def test_what_cannot_be_said_of_a_decision(
    deployed: Session, state: DecisionState, outcome: str, succeeded: bool | None, field: str
) -> None:
    with pytest.raises(Refused) as caught:
        follow_up(deployed, ODILE, 1, 1, state, outcome, succeeded, 0)
    assert [problem.field for problem in caught.value.problems] == [field]


def test_an_action_is_not_deployed_where_it_comes_from(deployed: Session) -> None:
    with pytest.raises(Refused) as caught:
        decide(deployed, ODILE, 1, replace(DEPLOY, host_region=PICARDIE))
    assert [problem.field for problem in caught.value.problems] == ["region_hote"]


def test_only_a_deployment_that_is_done_and_succeeded_is_evidence_of_replication(deployed: Session) -> None:
    decide(deployed, ODILE, 1, STOP)
    follow_up(deployed, ODILE, 1, 2, DecisionState.DONE, "arrêtée", None, 0)
    assert replications(deployed) == {}
    follow_up(deployed, ODILE, 1, 1, DecisionState.DONE, "faite", None, 0)
    assert replications(deployed) == {}, "done, and nobody said that it succeeded"
    follow_up(deployed, ODILE, 1, 1, DecisionState.DONE, "et réussie", True, 1)
    assert {key: [one.name for one in own] for key, own in replications(deployed).items()} == {TUTORS: ["1-1"]}


def test_an_agreement_is_documented_by_a_piece_of_the_host_region(deployed: Session) -> None:
    with pytest.raises(Refused) as caught:
        sign_agreement(deployed, ODILE, 1, 1, date(2011, 8, 1), 1, 1)
    assert [problem.field for problem in caught.value.problems] == ["jour", "piece"]
    piece = evidence.add_piece(deployed, CLAIRE, MIDI_PYRENEES, PIECE, []).number
    assert sign_agreement(deployed, ODILE, 1, 1, TODAY, piece, 1) == 2
    assert decision(deployed, 1, 1).agreement == (TODAY, piece)
    with pytest.raises(Refused, match="complétée depuis"):
        sign_agreement(deployed, ODILE, 1, 1, START, piece, 1)


# Texts


def test_what_is_typed_is_read_and_would_be_typed_again() -> None:
    read, problems = read_decision(
        decision_fields(DEPLOY), action=TUTORS, snapshot=1, figures=DEPLOY.figures, today=TODAY
    )  # fmt: skip
    assert (read, problems) == (DEPLOY, [])
    measure, problems = read_measure(measure_fields(NEW_MEASURE), axes=NEW_MEASURE.axes)
    assert (measure, problems) == (NEW_MEASURE, [])
    assert measure_of(measure_facts(NEW_MEASURE)) == NEW_MEASURE
    small = MeasureDraft("FOR", "Tuteurs")
    assert read_measure(measure_fields(small)) == (small, [])


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ["nature", "decision", "motif", "responsable", "echeance"]),
        ({"nature": "deploiement", "echeance": "01/01/2011"},
         ["decision", "motif", "responsable", "echeance", "action", "region_hote", "adaptation"]),
        ({"nature": "nouvelle_action", "region_hote": "73"},
         ["decision", "motif", "responsable", "echeance", "titre", "chantier"]),
        ({"nature": "nouvelle_mesure"}, ["decision", "motif", "responsable", "echeance", "mesure"]),
        ({"nature": "arret"}, ["decision", "motif", "responsable", "echeance", "action"]),
    ],
)  # fmt: skip
def test_every_problem_of_a_decision_is_told_at_once(fields: dict[str, str], expected: list[str]) -> None:
    _, problems = read_decision(fields, today=TODAY)
    assert [problem.field for problem in problems] == expected


def test_an_action_is_not_deployed_where_it_is() -> None:
    fields = decision_fields(replace(DEPLOY, host_region=PICARDIE))
    _, problems = read_decision(fields, action=TUTORS, today=TODAY)
    assert [problem.field for problem in problems] == ["region_hote"]


# Kept and checked


@pytest.fixture
def told(db: Database) -> Database:
    with transaction(db) as session:
        frozen(session, gather(session))
        decide(session, ODILE, 1, DEPLOY)
        follow_up(session, ODILE, 1, 1, DecisionState.UNDER_WAY, "en route", None, 0)
        piece = evidence.add_piece(session, CLAIRE, MIDI_PYRENEES, PIECE, []).number
        sign_agreement(session, ODILE, 1, 1, TODAY, piece, 1)
    return db


def test_check_has_nothing_to_say_of_what_was_decided(told: Database) -> None:
    assert check(told) == []
    with reading(told) as session:
        assert [one.name for one in decisions(session, meeting=1)] == ["1-1"]
        assert snapshot(session, 1).meeting == 1


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE decision SET owner = 'Autre'", "Décision 1-1 : « owner »"),
        ("UPDATE decision SET figures = '[]'", "Décision 1-1 : « figures »"),
        ("UPDATE decision_step SET state = 'realisee'", "Suite n° 1 de la décision 1-1 : « decision_state »"),
        ("DELETE FROM decision_step", "la base ne l’a plus"),
    ],
)
def test_check_finds_a_decision_bent_behind_the_product_s_back(told: Database, statement: str, said: str) -> None:
    with told.writer.begin() as connection:
        connection.execute(sa.text(statement))
    assert said in "\n".join(check(told))
