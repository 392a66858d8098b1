"""Plans of regional actions are written part by part with their history; what everybody reads was validated."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from impact import clock
from impact.actions import ActionKey, Activity, Funding, Identity, Objective, Partner, Plan, Resource, missing
from impact.db import Database, reading, transaction
from impact.errors import AlreadyDone, Incomplete, NotFound, Refused, StaleEntry
from impact.figures import SCALE
from impact.formats import day_of
from impact.maintenance import backup, check, restore
from impact.maintenance.replay_actions import action_faults
from impact.models import Setting
from impact.permissions import EVERYTHING, Actor, Scope, readable
from impact.queries import journal
from impact.queries.action_views import ActionRow
from impact.queries.actions import action, actions, versions
from impact.queries.book import Book
from impact.queries.journal import JournalFilter
from impact.rules.evidence import EvidenceDraft
from impact.services import evidence
from impact.services.actions import (
    open_action,
    remove_line,
    return_plan,
    save_identity,
    save_line,
    set_budget,
    submit_plan,
    take_back_plan,
    validate_plan,
    withdraw_action,
)
from impact.ui.admin import naming, words
from impact.vocabulary import Commitment, Confidentiality, EvidenceKind, FundingState, ResourceKind, Section, Status
from tests.cast import ADA, CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI

IDENTITY = Identity(
    "Former les tuteurs", "FOR", "Trop peu de tuteurs formés.", "Karim Benali", "Deux formateurs", "karim@example.org",
    date(2010, 11, 1), date(2011, 9, 30),
)  # fmt: skip
OBJECTIVE = Objective("Former 120 tuteurs", "FOR-04", 0, 120 * SCALE, date(2011, 9, 30))
ACTIVITY = Activity("Première session", "Support", "L’équipe", date(2010, 11, 1), date(2010, 12, 1))
GRANT = Funding("Conseil régional", amounts={FundingState.IDENTIFIED: 8_000 * SCALE})
ROOM = Funding("Mairie", in_kind=True, amounts={FundingState.IDENTIFIED: 500 * SCALE})
RESOURCE = Resource(ResourceKind.PEOPLE, "Formateurs", 2 * SCALE, "ETP")
PARTNER = Partner("Greta", "prête les salles", Commitment.AGREED)
PLAN = Plan(IDENTITY, (OBJECTIVE,), (ACTIVITY,), 8_000 * SCALE, (GRANT, ROOM), (RESOURCE,), (PARTNER,))
KEY = ActionKey(PICARDIE, 1)
GRANTED = replace(GRANT, amounts=dict.fromkeys(list(FundingState)[:3], 8_000 * SCALE))
PIECE = EvidenceDraft(EvidenceKind.REPORT, "Convention", Confidentiality.NATIONAL, link="https://exemple.org/c.pdf")
MONEY = Section.FUNDING


@pytest.fixture
def opened(session: Session) -> Session:
    assert open_action(session, KARIM, PICARDIE, IDENTITY, plan=PLAN) == KEY
    return session


@pytest.fixture
def validated(opened: Session) -> Session:
    submit_plan(opened, KARIM, KEY, 1)
    validate_plan(opened, ODILE, KEY, 1)
    return opened


def held(session: Session) -> ActionRow:
    return action(session, EVERYTHING, KEY)


def test_what_is_opened_is_read_back_line_by_line(opened: Session) -> None:
    row = held(opened)
    assert (row.plan, row.version, row.status, row.validated) == (PLAN, 1, Status.DRAFT, None)
    assert (row.written_by, row.submitted_by, row.origin) == ("Karim Benali", "", None)
    assert missing(row.plan) == dict.fromkeys(Section, ())
    assert open_action(opened, ODILE, PICARDIE, IDENTITY, origin=(3, 2)) == (PICARDIE, 2)
    assert action(opened, EVERYTHING, ActionKey(PICARDIE, 2)).origin == (3, 2)


def test_each_act_makes_one_version_and_the_same_again_makes_none(opened: Session) -> None:
    changed = replace(IDENTITY, lead="Rose Petit")
    assert save_identity(opened, KARIM, KEY, changed, 1, token="a") == 2
    assert save_identity(opened, KARIM, KEY, replace(changed, lead=" Rose Petit\u200e "), 2) == 2, (
        "the same, once clean"
    )
    with pytest.raises(AlreadyDone):
        save_identity(opened, KARIM, KEY, changed, 2, token="a")
    assert set_budget(opened, KARIM, KEY, 9_000 * SCALE, 2) == 3
    assert save_line(opened, KARIM, KEY, MONEY, replace(ROOM, funder="Lycée"), None, 3) == 4
    assert remove_line(opened, KARIM, KEY, MONEY, 1, 4) == 5
    assert [one.version for one in versions(opened, KEY)] == [1, 2, 3, 4, 5]
    assert [len(one.plan.fundings) for one in versions(opened, KEY)] == [2, 2, 2, 3, 2]
    assert [one.funder for one in held(opened).plan.fundings] == ["Conseil régional", "Lycée"]
    assert held(opened).plan.identity == changed


def test_two_people_who_write_different_parts_keep_both(opened: Session) -> None:
    renamed = replace(PARTNER, name="Afpa")
    save_line(opened, KARIM, KEY, Section.PARTNERS, renamed, 0, 1)
    set_budget(opened, ODILE, KEY, 1 * SCALE, 1)
    save_identity(opened, ODILE, KEY, replace(IDENTITY, title="Autre titre"), 1)
    save_line(opened, ODILE, KEY, MONEY, replace(ROOM, funder="Lycée"), 1, 1)
    save_line(opened, KARIM, KEY, MONEY, GRANTED, 0, 1)
    plan = held(opened).plan
    assert (plan.partners, plan.budget, plan.identity.title) == ((renamed,), SCALE, "Autre titre")
    assert plan.fundings == (GRANTED, replace(ROOM, funder="Lycée"))


WRITTEN: dict[str, Callable[[Session, Actor, int], int]] = {
    "title": lambda s, a, v: save_identity(s, a, KEY, replace(IDENTITY, title="Autre titre"), v),
    "budget": lambda s, a, v: set_budget(s, a, KEY, 9_000 * SCALE, v),
    "objective": lambda s, a, v: remove_line(s, a, KEY, Section.OBJECTIVES, 0, v),
    "grant": lambda s, a, v: save_line(s, a, KEY, MONEY, GRANTED, 0, v),
    "room": lambda s, a, v: remove_line(s, a, KEY, MONEY, 1, v),
    "resource": lambda s, a, v: save_line(s, a, KEY, Section.RESOURCES, replace(RESOURCE, name="Salles"), None, v),
    "partner": lambda s, a, v: save_line(s, a, KEY, Section.PARTNERS, replace(PARTNER, name="Afpa"), 0, v),
}
"""By the part that each replaces; those who write have all seen the same version."""


@settings(max_examples=12)
@given(
    order=st.permutations(list(WRITTEN)), many=st.integers(2, len(WRITTEN)), hands=st.lists(st.booleans(), min_size=7)
)
def test_whatever_the_order_in_which_parts_are_saved_all_are_kept_and_history_says_so(
    session: Session, order: list[str], many: int, hands: list[bool]
) -> None:
    wrote = order[:many]
    open_action(session, KARIM, PICARDIE, IDENTITY, plan=PLAN)
    for part, hand in zip(wrote, hands, strict=False):
        WRITTEN[part](session, KARIM if hand else ODILE, 1)
    row, done = held(session), set(wrote)
    fundings = (GRANTED if "grant" in done else GRANT, ROOM)
    assert row.version == 1 + many
    assert row.plan == Plan(
        replace(IDENTITY, title="Autre titre") if "title" in done else IDENTITY,
        () if "objective" in done else PLAN.objectives, PLAN.activities,
        9_000 * SCALE if "budget" in done else PLAN.budget, fundings[:1] if "room" in done else fundings,
        (RESOURCE, replace(RESOURCE, name="Salles")) if "resource" in done else PLAN.resources,
        (replace(PARTNER, name="Afpa"),) if "partner" in done else PLAN.partners,
    )  # fmt: skip
    assert list(action_faults(session)) == []
    session.rollback()


def test_seven_people_who_save_at_the_same_moment_all_keep_their_part(db: Database) -> None:
    with transaction(db) as session:
        open_action(session, KARIM, PICARDIE, IDENTITY, plan=PLAN)
    together = Barrier(len(WRITTEN))

    def save(part: str) -> None:
        together.wait()
        with transaction(db) as session:
            WRITTEN[part](session, ODILE, 1)

    with ThreadPoolExecutor(len(WRITTEN)) as pool:
        list(pool.map(save, WRITTEN))
    with reading(db) as session:
        row = held(session)
        assert (row.version, row.plan.budget, row.plan.fundings) == (8, 9_000 * SCALE, (GRANTED,))
        assert (row.plan.objectives, len(row.plan.resources), row.plan.partners[0].name) == ((), 2, "Afpa")
        assert list(action_faults(session)) == []


def test_a_line_is_found_again_after_another_was_taken_out(opened: Session) -> None:
    remove_line(opened, ODILE, KEY, MONEY, 0, 1)
    renamed = replace(ROOM, funder="Lycée")
    assert save_line(opened, KARIM, KEY, MONEY, renamed, 1, 1) == 3
    assert held(opened).plan.fundings == (renamed,)


def test_who_was_slower_on_the_same_part_sees_both(opened: Session) -> None:
    save_identity(opened, ODILE, KEY, replace(IDENTITY, title="Titre d’Odile"), 1)
    save_line(opened, ODILE, KEY, MONEY, replace(GRANT, funder="Région"), 0, 1)
    with pytest.raises(StaleEntry) as stale:
        save_identity(opened, KARIM, KEY, replace(IDENTITY, title="Titre de Karim"), 1)
    assert (stale.value.stored["titre"], stale.value.typed["titre"]) == ("Titre d’Odile", "Titre de Karim")
    assert stale.value.version == 3
    with pytest.raises(StaleEntry, match="la ligne « Financements » 1 a changé") as stale:
        save_line(opened, KARIM, KEY, MONEY, GRANTED, 0, 1)
    assert (stale.value.stored["financeur"], stale.value.typed["accorde"]) == ("Région", "8000")
    with pytest.raises(StaleEntry):
        remove_line(opened, KARIM, KEY, MONEY, 0, 1)
    set_budget(opened, ODILE, KEY, None, 3)
    with pytest.raises(StaleEntry, match="le budget prévu"):
        set_budget(opened, KARIM, KEY, 3 * SCALE, 1)
    assert set_budget(opened, KARIM, KEY, None, 1) == 4, "they say the same"


@pytest.mark.parametrize("position", [-1, 2])
def test_a_line_that_was_never_there_is_refused(opened: Session, position: int) -> None:
    with pytest.raises(Refused, match="n’existe pas"):
        remove_line(opened, KARIM, KEY, MONEY, position, 1)
    with pytest.raises(Refused, match="Cette version"):
        remove_line(opened, KARIM, KEY, MONEY, 0, 9)


def test_an_incomplete_plan_is_submitted_only_knowingly(opened: Session) -> None:
    set_budget(opened, KARIM, KEY, None, 1)
    with pytest.raises(Incomplete) as incomplete:
        submit_plan(opened, KARIM, KEY, 2, "jeton")
    assert [str(problem) for problem in incomplete.value.problems] == ["Financements : le budget prévu"]
    assert incomplete.value.ready == ("objectifs", "contenu", "ressources", "partenaires")
    assert held(opened).status is Status.DRAFT
    opened.rollback()


def test_a_submitted_plan_waits_until_it_is_taken_back_or_returned(opened: Session) -> None:
    set_budget(opened, KARIM, KEY, None, 1)
    assert submit_plan(opened, KARIM, KEY, 2, as_it_is=True)[MONEY] == ("le budget prévu",)
    assert (held(opened).status, held(opened).submitted_by) == (Status.SUBMITTED, "Karim Benali")
    with pytest.raises(Refused, match="reprenez-le"):
        set_budget(opened, KARIM, KEY, 5 * SCALE, 2)
    with pytest.raises(Refused, match="Le plan est « soumis »"):
        submit_plan(opened, KARIM, KEY, 2, as_it_is=True)
    with pytest.raises(Refused, match="Le plan a changé"):
        take_back_plan(opened, KARIM, KEY, 1)
    take_back_plan(opened, KARIM, KEY, 2)
    assert (held(opened).status, held(opened).submitted_by) == (Status.DRAFT, "")
    submit_plan(opened, KARIM, KEY, 2, as_it_is=True)
    with pytest.raises(Refused, match="Motif du retour"):
        return_plan(opened, ODILE, KEY, "  ", 2)
    return_plan(opened, ODILE, KEY, "Il manque le budget.", 2)
    assert (held(opened).status, held(opened).review_note) == (Status.RETURNED, "Il manque le budget.")
    set_budget(opened, KARIM, KEY, 8_000 * SCALE, 2)
    assert held(opened).status is Status.RETURNED
    submit_plan(opened, KARIM, KEY, 3)
    assert (held(opened).status, held(opened).review_note) == (Status.SUBMITTED, "")


def test_nobody_validates_what_they_wrote_or_submitted_since_the_last_validation(opened: Session) -> None:
    set_budget(opened, ODILE, KEY, 9_000 * SCALE, 1)
    submit_plan(opened, KARIM, KEY, 2)
    with pytest.raises(Refused, match="une autre personne"):
        validate_plan(opened, ODILE, KEY, 2)
    with pytest.raises(Refused, match="a changé"):
        validate_plan(opened, ADA, KEY, 1)
    validate_plan(opened, ADA, KEY, 2)
    return_plan(opened, ADA, KEY, "À préciser.", 2)
    submit_plan(opened, ADA, KEY, 2)
    with pytest.raises(Refused, match="une autre personne"):
        validate_plan(opened, ADA, KEY, 2)
    validate_plan(opened, ODILE, KEY, 2)
    assert held(opened).validated_version == 2


FOLLOWED: list[Callable[[Session, int], int]] = [
    lambda s, v: save_line(s, KARIM, KEY, MONEY, GRANTED, 0, v),
    lambda s, v: save_line(s, KARIM, KEY, Section.PARTNERS, replace(PARTNER, commitment=Commitment.SIGNED), 0, v),
    lambda s, v: save_identity(s, KARIM, KEY, replace(IDENTITY, contact="03 22 00 00 00"), v),
]
PROMISED: list[Callable[[Session, int, str], int]] = [
    lambda s, v, why: save_line(s, KARIM, KEY, MONEY, replace(GRANT, funder="État"), 0, v, why),
    lambda s, v, why: save_line(s, KARIM, KEY, MONEY, replace(GRANT, in_kind=True), 0, v, why),
    lambda s, v, why: save_line(s, KARIM, KEY, MONEY, GRANT, None, v, why),
    lambda s, v, why: remove_line(s, KARIM, KEY, Section.PARTNERS, 0, v, why),
    lambda s, v, why: set_budget(s, KARIM, KEY, SCALE, v, why),
    lambda s, v, why: save_identity(s, KARIM, KEY, replace(IDENTITY, need="Autre"), v, why),
]


@pytest.mark.parametrize("act", FOLLOWED)
def test_what_is_followed_keeps_the_validation(validated: Session, act: Callable[[Session, int], int]) -> None:
    assert act(validated, 1) == 2
    row = held(validated)
    assert (row.status, row.validated_version, row.validated) == (Status.VALIDATED, 2, row.plan)


@pytest.mark.parametrize("act", PROMISED)
def test_any_other_change_says_why_and_leaves_the_validated_version_readable(
    validated: Session, act: Callable[[Session, int, str], int]
) -> None:
    with pytest.raises(Refused, match="le plan est validé ; dites pourquoi"):
        act(validated, 1, "")
    validated.expire_all()
    assert act(validated, 1, "le financeur a changé d’avis") == 2
    row = held(validated)
    assert (row.status, row.validated_version, row.reason) == (Status.DRAFT, 1, "le financeur a changé d’avis")
    assert (row.validated, row.submitted_by) == (PLAN, "")
    assert action(validated, readable(CLAIRE), KEY).plan == PLAN


def test_others_read_the_validated_version_only_and_nothing_before(opened: Session) -> None:
    everybody = [readable(KARIM), readable(ODILE), readable(CLAIRE), readable(REMI)]
    assert [len(actions(opened, scope)) for scope in everybody] == [1, 1, 0, 0]
    with pytest.raises(NotFound):
        action(opened, readable(CLAIRE), KEY)
    submit_plan(opened, KARIM, KEY, 1)
    validate_plan(opened, ODILE, KEY, 1)
    return_plan(opened, ODILE, KEY, "À revoir de près.", 1)
    save_identity(opened, KARIM, KEY, replace(IDENTITY, title="Pas encore lu", chantier="FOR"), 1)
    [seen], [own] = (actions(opened, readable(person)) for person in (REMI, KARIM))
    assert (seen.title, seen.version, seen.status, seen.review_note) == (IDENTITY.title, 1, Status.VALIDATED, "")
    assert (own.title, own.version, own.status) == ("Pas encore lu", 2, Status.DRAFT)
    assert own.review_note == "À revoir de près."
    assert actions(opened, EVERYTHING, regions=[MIDI_PYRENEES]) == actions(opened, EVERYTHING, chantier="PRE") == []
    withdraw_action(opened, ODILE, KEY, "abandonnée", 2)
    assert [len(actions(opened, scope)) for scope in everybody] == [1, 1, 0, 0]


def test_a_withdrawn_action_stays_and_takes_nothing_more(validated: Session) -> None:
    with pytest.raises(Refused, match="que par le bureau national"):
        withdraw_action(validated, KARIM, KEY, "abandonnée", 1)
    with pytest.raises(Refused, match="dites pourquoi"):
        withdraw_action(validated, ODILE, KEY, " ", 1)
    withdraw_action(validated, ODILE, KEY, "abandonnée", 1)
    row = held(validated)
    assert (row.is_withdrawn, row.withdrawn_by, row.withdrawn_reason) == (True, "Odile Martin", "abandonnée")
    with pytest.raises(Refused, match="est retirée"):
        set_budget(validated, KARIM, KEY, SCALE, 1)
    with pytest.raises(NotFound):
        set_budget(validated, KARIM, ActionKey(PICARDIE, 9), SCALE, 1)


def test_a_piece_that_is_taken_back_documents_nothing_any_more(opened: Session) -> None:
    with pytest.raises(Refused, match="la pièce 22-1 n’existe pas"):
        save_line(opened, KARIM, KEY, MONEY, replace(GRANT, piece=1), 0, 1)
    opened.expire_all()
    key = evidence.add_piece(opened, KARIM, PICARDIE, PIECE, [])
    save_line(opened, KARIM, KEY, MONEY, replace(GRANT, piece=key.number), 0, 1)
    save_identity(opened, KARIM, KEY, replace(IDENTITY, guide=key.number), 2)
    assert held(opened).documents(key.number)
    evidence.withdraw_piece(opened, KARIM, key, "doublon")
    row = held(opened)
    assert row.withdrawn_pieces == {key.number}
    assert not row.documents(row.plan.identity.guide)
    assert not row.documents(None)
    set_budget(opened, KARIM, KEY, SCALE, 3)  # the line that names it holds nothing else back
    with pytest.raises(Refused, match="ou est retirée"):
        save_line(opened, KARIM, KEY, MONEY, replace(GRANTED, piece=key.number), 0, 3)


def test_actions_are_read_in_as_many_statements_whatever_their_number(validated: Session) -> None:
    def statements() -> int:
        asked: list[str] = []
        engine = validated.get_bind()
        note: Any = lambda *said: asked.append(said[2])  # noqa: E731
        sa.event.listen(engine, "before_cursor_execute", note)
        actions(validated, Scope(frozenset({PICARDIE})))
        sa.event.remove(engine, "before_cursor_execute", note)
        return len(asked)

    few = statements()
    for _ in range(5):
        open_action(validated, KARIM, PICARDIE, IDENTITY, plan=PLAN)
    assert statements() == few <= 8


def test_the_journal_tells_what_changed_in_french(opened: Session) -> None:
    save_line(opened, KARIM, KEY, MONEY, GRANTED, 0, 1)
    [fact] = journal.acts(opened, ODILE, JournalFilter(action="save_plan"))
    assert fact.subject == "Action 22-1, Picardie : financements"
    told = [str(change) for change in words.changes(fact, naming.names(Book(opened)))]
    assert told == [
        "Financements, Conseil régional : identifié 8\u202f000\u202f€ → identifié 8\u202f000\u202f€ ; "
        "sollicité 8\u202f000\u202f€ ; accordé 8\u202f000\u202f€"
    ]


def test_acts_are_dated_by_the_day_that_a_demonstration_carries(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading the day writes what is half changed: an act asks for it before it changes anything."""
    monkeypatch.delenv("IMPACT_TODAY")
    with transaction(db) as session:
        session.add(Setting(key=clock.TODAY, value="2011-03-01"))
        open_action(session, KARIM, PICARDIE, IDENTITY, plan=PLAN)
    steps: list[Callable[[Session], object]] = [
        lambda s: submit_plan(s, KARIM, KEY, 1),
        lambda s: return_plan(s, ODILE, KEY, "à préciser", 1),
        lambda s: submit_plan(s, KARIM, KEY, 1),
        lambda s: validate_plan(s, ODILE, KEY, 1),
        lambda s: set_budget(s, KARIM, KEY, SCALE, 1, "moins cher"),
        lambda s: withdraw_action(s, ODILE, KEY, "abandonnée", 2),
    ]
    for step in steps:
        with transaction(db) as session:
            step(session)
    with reading(db) as session:
        row = held(session)
    days = [at and day_of(at) for at in (row.submitted_at, row.reviewed_at, row.withdrawn_at)]
    assert days == [None, date(2011, 3, 1), date(2011, 3, 1)]


@pytest.fixture
def told(db: Database) -> Database:
    """An action with a past: written, sent back, validated, followed, changed; another one withdrawn."""
    with transaction(db) as session:
        open_action(session, KARIM, PICARDIE, IDENTITY, plan=PLAN)
        save_line(session, KARIM, KEY, Section.RESOURCES, RESOURCE, None, 1)
        submit_plan(session, KARIM, KEY, 2)
        take_back_plan(session, KARIM, KEY, 2)
        submit_plan(session, KARIM, KEY, 2)
        return_plan(session, ODILE, KEY, "à préciser", 2)
        submit_plan(session, KARIM, KEY, 2)
        validate_plan(session, ODILE, KEY, 2)
        save_line(session, KARIM, KEY, MONEY, GRANTED, 0, 2)
        set_budget(session, KARIM, KEY, 9_000 * SCALE, 3, "plus cher")
        open_action(session, KARIM, PICARDIE, replace(IDENTITY, title="Autre"))
        withdraw_action(session, KARIM, ActionKey(PICARDIE, 2), "doublon", 1)
    return db


def test_check_has_nothing_to_say_of_what_was_written_and_a_backup_keeps_it(
    told: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert check(told) == []
    backup(tmp_path / "s.zip", told)
    monkeypatch.setenv("IMPACT_DATABASE_URL", f"sqlite:///{tmp_path / 'retour' / 'impact.db'}")
    monkeypatch.setenv("IMPACT_KEY_FILE", str(tmp_path / "retour" / "history.key"))
    _, faults = restore(tmp_path / "s.zip")
    assert faults == []
    with reading(told) as before, reading() as after:
        assert actions(before, EVERYTHING) == actions(after, EVERYTHING)
        assert [(one.version, one.validated_version) for one in actions(after, EVERYTHING)] == [(4, 3), (1, None)]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE regional_action SET status = 'returned', review_note = 'x' WHERE number = 1", "22-1 : « status »"),
        ("UPDATE regional_action SET validated_version = 4 WHERE number = 1", "22-1 : « validated_version »"),
        ("UPDATE regional_action SET withdrawn_reason = 'x' WHERE number = 2", "22-2 : « withdrawn_reason »"),
        ("UPDATE action_version SET budget = 1 WHERE version = 4", "version 4 du plan : « budget »"),
        ("UPDATE action_version SET reason = 'x' WHERE version = 4", "version 4 du plan : « reason »"),
        ("UPDATE action_objective SET target = 1 WHERE version = 1", "version 1 du plan : « objectives »"),
        ("UPDATE action_activity SET who = 'x' WHERE version = 2", "version 2 du plan : « activities »"),
        ("UPDATE action_funding SET in_kind = true WHERE version = 3", "version 3 du plan : « fundings »"),
        ("DELETE FROM action_resource WHERE version = 4 AND line = 2", "version 4 du plan : « resources »"),
        ("UPDATE action_partner SET commitment = 'convention'", "version 1 du plan : « partners »"),
    ],
)
def test_check_finds_a_plan_bent_behind_the_product_s_back(told: Database, statement: str, said: str) -> None:
    with told.writer.begin() as connection:
        connection.execute(sa.text(statement))
    assert any(said in fault for fault in check(told)), check(told)
