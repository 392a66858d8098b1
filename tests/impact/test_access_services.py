"""Every write refuses whoever the access table does not name; a service that the table forgets fails here."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from impact import rules, services
from impact.actions import ActionKey, Activity, Identity
from impact.claims import ClaimKey, mark
from impact.db import Database
from impact.errors import Forbidden
from impact.figures import Cell
from impact.imports import Outcome
from impact.imports import read as read_file
from impact.imports.targets import read as read_targets
from impact.maintenance.rollups import outdated
from impact.models import Account, Entry, Snapshot
from impact.permissions import EVERYTHING, Actor
from impact.queries.book import Book
from impact.queries.claims import claim
from impact.queries.stages import facts
from impact.rules import EntryDraft
from impact.rules.claims import ClaimDraft, ReadingDraft
from impact.rules.evidence import EvidenceDraft, Verification
from impact.rules.experiences import Story, StoryKey
from impact.rules.lexicon import TermDraft
from impact.rules.meetings import DecisionDraft, Participant
from impact.rules.milestones import MilestoneDraft
from impact.rules.offers import OfferDraft
from impact.rules.targets import TargetDraft
from impact.services import (
    accounts,
    actions,
    calendar,
    catalogue,
    claims,
    decisions,
    drafts,
    entries,
    evidence,
    experiences,
    history,
    imports,
    lexicon,
    meetings,
    milestones,
    mobilisations,
    notices,
    offers,
    readings,
    reviews,
    snapshots,
    submission,
    target_files,
    targets,
    texts,
)
from impact.services.pieces import PieceKey
from impact.vocabulary import (
    Confidentiality,
    DecisionKind,
    DecisionState,
    EvidenceKind,
    Finding,
    LegalPage,
    LinkPurpose,
    MilestoneKind,
    MilestoneState,
    OfferState,
    Role,
    Section,
    Stage,
)
from tests import access
from tests.cast import KARIM, MIDI_PYRENEES, ODILE, PASSWORD, PICARDIE, REMI, START
from tests.impact.gatherings import LESSON, MEETING, NEW_MEASURE, validated_plan

T3 = "2010-2011-T3"
OPENING = MilestoneDraft(MilestoneKind.OTHER, "Ouverture", date(2011, 3, 1))
OPEN = Cell(PICARDIE, "FOR-02", T3)
SUBMITTED = Cell(PICARDIE, "FOR-03", T3)
VALIDATED = Cell(PICARDIE, "FOR-04", T3)
PROVEN = Cell(PICARDIE, "FOR-05", "2010-2011-S1")
"""Of an indicator that takes grade P; validated."""


def draft(session: Session, cell: Cell, seen: int = 0) -> EntryDraft:
    fields = {"numerateur": "6", "denominateur": "10"} if cell == PROVEN else {"valeur": "3"}
    made, _ = rules.read_draft(Book(session).definition(cell.indicator), cell, fields, seen)
    assert made is not None
    return made


def import_row(session: Session, actor: Actor) -> object:
    """An import says no row by row; a row refused counts as the whole refused."""
    columns = "code_region,code_indicateur,periode,valeur,numerateur,denominateur,etat,motif,source,methode,lien_preuve"
    content = f"{columns},commentaire,axe,modalite\n{PICARDIE},FOR-01,{T3},5,,,,,,,,,,\n".encode()
    verdicts = imports.apply(session, actor, read_file(content))
    if any(verdict.outcome is Outcome.REFUSED for verdict in verdicts):
        raise Forbidden("; ".join(verdicts[0].messages))
    return verdicts


def put_first(session: Session, actor: Actor, chantier: str) -> None:
    mobilisations.mobilise(session, ODILE, PICARDIE, chantier)
    mobilisations.make_primary(session, actor, PICARDIE, chantier)


PIECE = EvidenceDraft(
    EvidenceKind.REGISTER, "Registre régional", Confidentiality.NATIONAL, link="https://exemple.org/registre.pdf"
)
RENAMED = replace(PIECE, title="Registre de la région")
SEEN = readings.Reading("valeur et période")
VERIFIED = Verification("Jeanne Roy", "Cabinet Roy", date(2011, 7, 8), 1)


def deposited(session: Session) -> PieceKey:
    """A piece of a figure in draft."""
    return evidence.add_piece(session, KARIM, PICARDIE, PIECE, [OPEN])


def proven(session: Session) -> Cell:
    """A validated figure with a source, a method and a piece."""
    entry = session.get_one(Entry, VALIDATED)
    entry.source, entry.method = "registre", "relevé"
    evidence.add_piece(session, KARIM, PICARDIE, PIECE, [VALIDATED])
    return VALIDATED


def read(session: Session) -> Cell:
    readings.read_evidence(session, ODILE, {proven(session): SEEN})
    return VALIDATED


def verified(session: Session) -> Cell:
    readings.verify(session, ODILE, read(session), VERIFIED)
    return VALIDATED


AIM = TargetDraft(PICARDIE, "FOR-04", "2010-2011", 0, 1_200_000, date(2011, 9, 30))
WORD = TermDraft("Mot", "Ce qu’il veut dire.")
AIMS = f"code_region,code_indicateur,cible,echeance\n{PICARDIE},FOR-04,120,2011-09-30\n".encode()


def take_back(session: Session, actor: Actor) -> None:
    targets.set_target(session, ODILE, AIM)
    targets.withdraw_target(session, actor, PICARDIE, "FOR-04", "2010-2011", "erreur", 1)


CLAIM = ClaimDraft(
    PICARDIE, "FOR", Stage.OUTCOME, Finding.EXPECTED, "Six personnes formées sur dix sont passées à l’acte.", (PROVEN,)
)


def claimed(session: Session, **changes: str) -> ClaimDraft:
    """A claim of the region's, carried by a validated figure, as somebody would revise it."""
    key = claims.write_claim(session, KARIM, CLAIM)
    return replace(CLAIM, number=key.number, seen_version=1, **changes)  # type: ignore[arg-type]


def read_claim(session: Session, actor: Actor) -> object:
    stored = claimed(session)
    held = claim(session, EVERYTHING, ClaimKey(PICARDIE, stored.number))
    seen = mark(held.stated, held.now)
    return claims.read_claim(session, actor, ReadingDraft(PICARDIE, stored.number, seen, frozenset(), "lue"))


STORY = Story("Former le soir", "FOR", "Trois bassins.", "Des séances le soir.", "Ils sont venus.")


def told(session: Session) -> StoryKey:
    """A draft of the region's, which can be published."""
    return experiences.write_experience(session, KARIM, PICARDIE, STORY)


def published(session: Session) -> StoryKey:
    key = told(session)
    experiences.publish_experience(session, KARIM, key, 1)
    return key


def take_comment_back(session: Session, actor: Actor) -> None:
    key = published(session)
    number = experiences.comment_experience(session, KARIM, key, "Bien.")
    experiences.withdraw_comment(session, actor, key, number)


PLANNED = Identity("Former les tuteurs", "FOR", "Trop peu de tuteurs formés.")
SESSION = Activity("Première session")


def opened(session: Session) -> ActionKey:
    return actions.open_action(session, KARIM, PICARDIE, PLANNED)


def listed(session: Session) -> ActionKey:
    """An action whose second version has a line."""
    key = opened(session)
    actions.save_line(session, KARIM, key, Section.CONTENT, SESSION, None, 1)
    return key


def submitted(session: Session) -> ActionKey:
    key = opened(session)
    actions.submit_plan(session, KARIM, key, 1, as_it_is=True)
    return key


def offered(session: Session) -> int:
    """A visitor's message to the region."""
    return offers.receive(session, OfferDraft("Paula Meyer", "paula@exemple.fr", PICARDIE, None, "Bonjour."), "secret")


DEADLINE = date(2011, 12, 31)


def met(session: Session) -> int:
    """A national meeting, with a lesson and a document."""
    number = meetings.hold_meeting(session, ODILE, MEETING)
    meetings.write_lesson(session, ODILE, number, LESSON)
    meetings.add_document(session, ODILE, number, "Salle", link="https://exemple.org/salle")
    return number


def planned(session: Session) -> list[ActionKey]:
    return [validated_plan(session, region, "Former") for region in (PICARDIE, MIDI_PYRENEES)]


def decided(session: Session, kind: DecisionKind = DecisionKind.DEPLOYMENT) -> int:
    """A meeting whose one decision is to deploy an action of Picardie in Midi-Pyrénées, or to measure something new."""
    number, [source, _] = met(session), planned(session)
    draft = DecisionDraft(kind, "Décider.", "Parce que.", "Odile", DEADLINE, measure=NEW_MEASURE)
    if kind is DecisionKind.DEPLOYMENT:
        draft = replace(draft, action=source, host_region=MIDI_PYRENEES, measure=None)
    decisions.decide(session, ODILE, number, draft)
    return number


def sign(session: Session, actor: Actor) -> int:
    meeting = decided(session)
    piece = evidence.add_piece(session, ODILE, MIDI_PYRENEES, PIECE, []).number
    return decisions.sign_agreement(session, actor, meeting, 1, START, piece, 1)


def measure_anew(session: Session, actor: Actor) -> object:
    meeting = decided(session, DecisionKind.NEW_MEASURE)
    return decisions.enter_catalogue(session, actor, meeting, 1, "FOR-77", NEW_MEASURE, None, 1)


ACTS: dict[str, Callable[[Session, Actor], object]] = {
    "entries.save_entry": lambda s, a: entries.save_entry(s, a, draft(s, OPEN, 1)),
    "drafts.keep_fields": lambda s, a: drafts.keep_fields(s, a, OPEN, {"valeur": "3"}, 0),
    "drafts.discard": lambda s, a: drafts.discard(s, a, OPEN),
    "submission.submit_sheet": lambda s, a: submission.submit_sheet(s, a, PICARDIE, "FOR", T3, only_ready=True),
    "submission.submit_cells": lambda s, a: submission.submit_cells(s, a, [OPEN]),
    "submission.take_back": lambda s, a: submission.take_back(s, a, SUBMITTED),
    "reviews.begin_review": lambda s, a: reviews.begin_review(s, a, SUBMITTED),
    "reviews.validate": lambda s, a: reviews.validate(s, a, [SUBMITTED]),
    "reviews.send_back": lambda s, a: reviews.send_back(s, a, [SUBMITTED], "à revoir"),
    "reviews.reopen_entry": lambda s, a: reviews.reopen_entry(s, a, VALIDATED, "à revoir"),
    "evidence.add_piece": lambda s, a: evidence.add_piece(s, a, PICARDIE, PIECE, [OPEN, VALIDATED]),
    "evidence.attach": lambda s, a: evidence.attach(s, a, deposited(s), [SUBMITTED]),
    "evidence.detach": lambda s, a: evidence.detach(s, a, deposited(s), [OPEN], "erreur"),
    "evidence.replace_piece": lambda s, a: evidence.replace_piece(s, a, deposited(s), PIECE, "plus complet", 1),
    "evidence.describe_piece": lambda s, a: evidence.describe_piece(s, a, deposited(s), RENAMED),
    "evidence.withdraw_piece": lambda s, a: evidence.withdraw_piece(s, a, deposited(s), "doublon"),
    "readings.read_evidence": lambda s, a: readings.read_evidence(s, a, {proven(s): SEEN}),
    "readings.retract_reading": lambda s, a: readings.retract_reading(s, a, read(s), "erreur"),
    "readings.verify": lambda s, a: readings.verify(s, a, read(s), VERIFIED),
    "readings.withdraw_verification": lambda s, a: readings.withdraw_verification(s, a, verified(s), "erreur"),
    "imports.apply": import_row,
    "calendar.open_campaign": lambda s, a: calendar.open_campaign(
        s, a, "2011-2012", date(2011, 10, 1), date(2012, 9, 30)
    ),
    "calendar.set_deadline": lambda s, a: calendar.set_deadline(s, a, T3, date(2011, 8, 1)),
    "calendar.reopen_period": lambda s, a: calendar.reopen_period(s, a, T3, PICARDIE, date(2011, 8, 1), "retard"),
    "mobilisations.mobilise": lambda s, a: mobilisations.mobilise(s, a, PICARDIE, "INN"),
    "mobilisations.demobilise": lambda s, a: mobilisations.demobilise(s, a, PICARDIE, "FOR", date(2011, 9, 1)),
    "mobilisations.make_primary": lambda s, a: put_first(s, a, "COO"),
    "targets.set_target": lambda s, a: targets.set_target(s, a, AIM),
    "targets.set_targets": lambda s, a: targets.set_targets(s, a, [AIM]),
    "targets.withdraw_target": take_back,
    "claims.write_claim": lambda s, a: claims.write_claim(s, a, CLAIM),
    "claims.revise_claim": lambda s, a: claims.revise_claim(s, a, claimed(s, sentence="Mieux.", reason="clair")),
    "claims.withdraw_claim": lambda s, a: claims.withdraw_claim(s, a, PICARDIE, claimed(s).number, "erreur", 1),
    "claims.read_claim": read_claim,
    "experiences.write_experience": lambda s, a: experiences.write_experience(s, a, PICARDIE, STORY),
    "experiences.revise_experience": lambda s, a: experiences.revise_experience(
        s, a, told(s), replace(STORY, title="Mieux dit"), 1
    ),
    "experiences.publish_experience": lambda s, a: experiences.publish_experience(s, a, told(s), 1),
    "experiences.withdraw_experience": lambda s, a: experiences.withdraw_experience(s, a, told(s), "doublon", 1),
    "experiences.comment_experience": lambda s, a: experiences.comment_experience(s, a, published(s), "Bien."),
    "experiences.withdraw_comment": take_comment_back,
    "actions.open_action": lambda s, a: actions.open_action(s, a, PICARDIE, PLANNED),
    "actions.save_identity": lambda s, a: actions.save_identity(s, a, opened(s), replace(PLANNED, lead="Karim"), 1),
    "actions.save_line": lambda s, a: actions.save_line(s, a, opened(s), Section.CONTENT, SESSION, None, 1),
    "actions.remove_line": lambda s, a: actions.remove_line(s, a, listed(s), Section.CONTENT, 0, 2),
    "actions.set_budget": lambda s, a: actions.set_budget(s, a, opened(s), 5_000_000, 1),
    "actions.submit_plan": lambda s, a: actions.submit_plan(s, a, opened(s), 1, as_it_is=True),
    "actions.take_back_plan": lambda s, a: actions.take_back_plan(s, a, submitted(s), 1),
    "actions.validate_plan": lambda s, a: actions.validate_plan(s, a, submitted(s), 1),
    "actions.return_plan": lambda s, a: actions.return_plan(s, a, submitted(s), "à compléter", 1),
    "actions.withdraw_action": lambda s, a: actions.withdraw_action(s, a, opened(s), "doublon", 1),
    "target_files.apply": lambda s, a: target_files.apply(s, a, read_targets(AIMS)),
    "catalogue.revise": lambda s, a: catalogue.revise(s, a, "FOR-04", {"name": "Autre nom"}, None, "plus clair", 1),
    "catalogue.create": lambda s, a: catalogue.create(s, a, "FOR-77", NEW_MEASURE, None, "décidé"),
    "meetings.hold_meeting": lambda s, a: meetings.hold_meeting(s, a, MEETING),
    "meetings.change_meeting": lambda s, a: meetings.change_meeting(s, a, met(s), replace(MEETING, place="Lyon"), 1),
    "meetings.set_participants": lambda s, a: meetings.set_participants(s, a, met(s), [Participant("Léa")], 1),
    "meetings.add_document": lambda s, a: meetings.add_document(s, a, met(s), "T", link="https://exemple.org/t"),
    "meetings.withdraw_document": lambda s, a: meetings.withdraw_document(s, a, met(s), 1, "erreur"),
    "meetings.write_lesson": lambda s, a: meetings.write_lesson(s, a, met(s), LESSON),
    "meetings.revise_lesson": lambda s, a: meetings.revise_lesson(s, a, met(s), 1, replace(LESSON, reason="m"), 1),
    "meetings.withdraw_lesson": lambda s, a: meetings.withdraw_lesson(s, a, met(s), 1, "erreur", 1),
    "snapshots.freeze": lambda s, a: snapshots.freeze(s, a, met(s), "Comparer", planned(s), (START, DEADLINE)),
    "decisions.decide": lambda s, a: decisions.decide(
        s, a, met(s), DecisionDraft(DecisionKind.STOP, "Arrêter.", "m", "Odile", DEADLINE, action=planned(s)[0])
    ),
    "decisions.follow_up": lambda s, a: decisions.follow_up(
        s, a, decided(s), 1, DecisionState.UNDER_WAY, "en route", None, 0
    ),
    "decisions.sign_agreement": sign,
    "decisions.enter_catalogue": measure_anew,
    "lexicon.propose_term": lambda s, a: lexicon.propose_term(s, a, WORD, "un mot manquait"),
    "lexicon.revise_term": lambda s, a: lexicon.revise_term(s, a, "impact", WORD, "plus clair", 1),
    "lexicon.retire_term": lambda s, a: lexicon.retire_term(s, a, "impact", "inutile", 1),
    "lexicon.take_stance": lambda s, a: lexicon.take_stance(s, a, PICARDIE, "impact", "adopte", "", 1, 0),
    "milestones.plan_milestone": lambda s, a: milestones.plan_milestone(s, a, PICARDIE, OPENING),
    "milestones.forecast": lambda s, a: milestones.forecast(
        s, a, PICARDIE, milestones.plan_milestone(s, KARIM, PICARDIE, OPENING), MilestoneState.REACHED,
        OPENING.planned_on, "", 0,
    ),
    "notices.choose": lambda s, a: notices.choose(s, a, False),
    "offers.answer": lambda s, a: offers.answer(s, a, offered(s), OfferState.TAKEN_UP, "Appelée.", None),
    "offers.erase": lambda s, a: offers.erase(s, a, offered(s)),
    "texts.write_legal_text": lambda s, a: texts.write_legal_text(s, a, LegalPage.NOTICE, "Texte.", None),
    "accounts.create_account": lambda s, a: accounts.create_account(s, a, "nouveau@example.org", "N", Role.READER),
    "accounts.disable": lambda s, a: accounts.disable(s, a, KARIM.id),
    "accounts.enable": lambda s, a: accounts.enable(s, a, access.PEOPLE["disabled"].id),
    "accounts.change_role_and_regions": lambda s, a: accounts.change_role_and_regions(s, a, REMI.id, Role.NATIONAL),
    "accounts.new_link": lambda s, a: accounts.new_link(s, a, REMI.id, LinkPurpose.RESET),
    "accounts.set_password": lambda s, a: accounts.set_password(s, a, s.get_one(Account, REMI.id), "une autre phrase"),
    "accounts.change_password": lambda s, a: accounts.change_password(s, a, PASSWORD, "une autre phrase de passe", ""),
}  # fmt: skip


def writes() -> set[str]:
    """Every public function of impact.services that is told who acts."""
    found = set()
    for module in pkgutil.walk_packages(services.__path__, f"{services.__name__}."):
        for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            told = set(inspect.signature(function).parameters) & {"actor", "by"}
            if told and function.__module__ == module.name and not name.startswith("_"):
                found.add(f"{module.name.split('.')[2]}.{name}")
    return found - {"exports.stream", "exports.stream_journal"}  # reads: see the routes and the scopes


def test_every_write_has_a_line_in_the_access_table() -> None:
    assert writes() == set(access.table()["services"]) | set(access.table()["internal"])
    assert set(ACTS) == set(access.table()["services"])


@pytest.fixture
def furnished(db: Database) -> Session:  # type: ignore[misc]
    """One figure in draft, one submitted, two validated; rolled back at the end."""
    with Session(db.writer, expire_on_commit=False) as session:
        calendar.reopen_period(session, ODILE, PROVEN.period, PICARDIE, date(2011, 8, 1), "pièces reçues")
        for cell in (OPEN, SUBMITTED, VALIDATED, PROVEN):
            entries.save_entry(session, KARIM, draft(session, cell))
        submission.submit_cells(session, KARIM, [SUBMITTED, VALIDATED, PROVEN])
        reviewer = access.PEOPLE["admin"]
        assert reviewer is not None
        reviews.validate(session, reviewer, [VALIDATED, PROVEN])
        session.flush()
        yield session


@pytest.mark.parametrize("name", access.table()["services"])
def test_a_write_is_for_those_the_table_names(furnished: Session, name: str) -> None:
    """Each person tries it on the same figures: what one did is undone before the next comes."""
    for who in access.SIGNED_IN:
        savepoint = furnished.begin_nested()
        assert tried(furnished, name, who) is (who in access.table()["services"][name]), who
        savepoint.rollback()


def tried(session: Session, name: str, who: str) -> bool:
    """Whether a person may do it; everything kept ready follows (services.rollup)."""
    person = access.PEOPLE[who]
    assert person is not None
    try:
        ACTS[name](session, person)
    except Forbidden:
        return False
    assert list(outdated(session)) == [], who
    return True


def allowed(name: str) -> Actor:
    """Somebody whom the table lets do it."""
    person = access.PEOPLE[next(who for who in access.SIGNED_IN if who in access.table()["services"][name])]
    assert person is not None
    return person


def test_no_write_changes_what_was_frozen(furnished: Session) -> None:
    """Whatever service is ever added, a snapshot stays what a meeting saw."""
    frozen = snapshots.freeze(furnished, ODILE, met(furnished), "Comparer", planned(furnished), (START, DEADLINE))
    before = stored(furnished, frozen)
    for name, act in ACTS.items():
        savepoint = furnished.begin_nested()
        act(furnished, allowed(name))
        furnished.flush()
        assert stored(furnished, frozen) == before, name
        savepoint.rollback()


def test_an_act_that_is_said_to_move_no_stage_changes_nothing_that_the_gates_read(
    furnished: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What every act leaves is what its last row of history that is looked at saw (services.stages)."""
    sign(furnished, ODILE)
    seen, record = [facts(furnished)], history.record

    def spy(session: Session, actor: Actor | str, action: str, *rest: str, **told: Any) -> None:
        record(session, actor, action, *rest, **told)
        if action not in history.STILL:
            seen.append(facts(session))

    monkeypatch.setattr(history, "record", spy)
    for name, act in ACTS.items():
        savepoint = furnished.begin_nested()
        act(furnished, allowed(name))
        furnished.flush()
        assert facts(furnished) == seen[-1], name
        savepoint.rollback()
        del seen[1:]


def stored(session: Session, number: int) -> tuple[str, ...]:
    """Everything that the row of a snapshot says."""
    table: sa.Table = Snapshot.__table__  # type: ignore[attr-defined]
    row = session.connection().execute(sa.select(table).where(table.c.number == number)).one()
    return tuple(map(repr, row))
