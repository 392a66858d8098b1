"""Passages from stage to stage are kept by whoever's act made them, back and forth, and `check` replays them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from impact import rules
from impact.actions import ActionKey
from impact.db import Database, reading, transaction
from impact.figures import SCALE, Cell
from impact.maintenance import check
from impact.maintenance.replay_stages import stage_faults
from impact.models import History
from impact.permissions import EVERYTHING, Actor, readable
from impact.queries.actions import action
from impact.queries.book import Book
from impact.queries.claims import claims
from impact.queries.stages import passages, standings
from impact.rules.evidence import EvidenceDraft
from impact.rules.meetings import DecisionDraft
from impact.services import evidence, mobilisations, submission
from impact.services.actions import (
    open_action,
    remove_line,
    save_identity,
    save_line,
    submit_plan,
    validate_plan,
    withdraw_action,
)
from impact.services.decisions import decide, follow_up, sign_agreement
from impact.services.entries import save_entry
from impact.services.meetings import hold_meeting
from impact.services.pieces import PieceKey
from impact.stages import REACH
from impact.vocabulary import (
    ActionStage,
    Confidentiality,
    DecisionKind,
    DecisionState,
    EvidenceKind,
    FundingState,
    Section,
)
from tests.cast import ADA, CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI, TODAY
from tests.impact.gatherings import MEETING, plan

KEY = ActionKey(PICARDIE, 1)
CELL = Cell(PICARDIE, "FOR-04", "2010-2011-T3")
DRAFT = EvidenceDraft(EvidenceKind.AGREEMENT, "Convention", Confidentiality.NATIONAL, link="https://exemple.org/c.pdf")
Stage = ActionStage


def passed(actor: Actor = ODILE) -> list[tuple[str, str, tuple[str, ...], str]]:
    """Every passage: from, to, what made it, whose act."""
    with reading() as session:
        found = passages(session, readable(actor))
    return [(one.before or "", one.after or "", one.because, one.by) for one in found]


def stage() -> ActionStage | None:
    with reading() as session:
        return standings(session, EVERYTHING)[KEY].stage


def version(session: Session) -> int:
    return action(session, EVERYTHING, KEY).version


def act(do: Callable[[Session], object]) -> None:
    with transaction() as session:
        do(session)


@pytest.fixture
def opened(db: Database) -> None:
    """Without what émergence asks, and with everything that the two gates above it ask."""
    whole = plan()
    act(lambda s: open_action(s, KARIM, PICARDIE, replace(whole.identity, need="", team=""), plan=whole))


def named(session: Session) -> None:
    save_identity(session, KARIM, KEY, plan().identity, 1)


def answered(session: Session) -> None:
    draft, problems = rules.read_draft(Book(session).definition(CELL.indicator), CELL, {"valeur": "12", "source": "R"})
    assert draft is not None, problems
    save_entry(session, KARIM, draft)


def funded(session: Session) -> None:
    """Under contract, whose convention is among the pieces; the plan stays validated: this follows it."""
    piece = evidence.add_piece(session, KARIM, PICARDIE, DRAFT, [])
    line = replace(plan().fundings[0], amounts=dict.fromkeys(list(FundingState)[:4], 8_000 * SCALE), piece=piece.number)
    save_line(session, KARIM, KEY, Section.FUNDING, line, 0, version(session))


def deployed() -> None:
    act(named)
    act(lambda s: submit_plan(s, KARIM, KEY, 2))
    act(lambda s: validate_plan(s, ODILE, KEY, 2))
    act(funded)
    act(answered)
    act(lambda s: submission.submit_cells(s, KARIM, [CELL]))


def test_an_action_goes_up_and_down_and_history_says_by_whose_act(opened: None) -> None:
    assert passed() == [("", "", (), KARIM.email)]
    deployed()
    assert stage() is Stage.DEPLOYMENT
    act(lambda s: evidence.withdraw_piece(s, KARIM, PieceKey(PICARDIE, 1), "doublon"))
    assert stage() is Stage.PREPARATION
    act(lambda s: submission.take_back(s, KARIM, CELL))  # another criterion goes: no other passage
    act(funded)
    act(lambda s: submission.submit_cells(s, KARIM, [CELL]))
    act(lambda s: remove_line(s, KARIM, KEY, Section.PARTNERS, 0, version(s), "il s’est retiré"))
    assert [one[:3] for one in passed()] == [
        ("", "", ()),
        ("", "preparation", ("responsables", "besoin")),
        ("preparation", "deploiement", ("validation", "conventions", "periode")),
        ("deploiement", "preparation", ("conventions",)),
        ("preparation", "deploiement", ("conventions",)),
        ("deploiement", "emergence", ("partenaire", "sections", "validation")),
    ]  # fmt: skip
    assert {one[3] for one in passed()} == {KARIM.email}
    assert check() == []


def test_an_act_of_the_office_or_of_another_region_is_told_as_theirs(opened: None) -> None:
    act(named)
    mobilised = date(2011, 7, 20)
    act(lambda s: save_identity(s, KARIM, KEY, replace(plan().identity, start=mobilised, end=None), 2))
    act(lambda s: mobilisations.demobilise(s, ODILE, PICARDIE, "FOR", TODAY))
    assert passed()[-1] == ("preparation", "", ("chantier",), ODILE.email)
    act(lambda s: mobilisations.mobilise(s, ADA, PICARDIE, "FOR", start=date(2011, 8, 1)))
    assert passed()[-1] == ("", "preparation", ("chantier",), ADA.email)
    with reading() as session:
        assert list(stage_faults(session)) == []


def test_a_figure_that_is_saved_is_not_looked_at_twice(opened: None, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []
    monkeypatch.setattr("impact.services.stages.settle", looked.append)
    act(answered)
    assert looked == []
    act(lambda s: submission.submit_cells(s, KARIM, [CELL]))
    assert len(looked) == 1


def test_a_withdrawn_action_has_no_stage_any_more(opened: None) -> None:
    act(named)
    act(lambda s: withdraw_action(s, KARIM, KEY, "abandon du projet", 2))
    with reading() as session:
        assert standings(session, EVERYTHING) == {}
        last = passages(session, EVERYTHING)[-1]
    assert (last.withdrawn, last.after) == (True, None)
    assert check() == []


def test_the_last_gate_follows_the_host_regions_own_piece(opened: None) -> None:
    """A claim at P2, a guide, a host that signed; its agreement taken back, in its own region, ends the last stage."""
    deployed()

    def spread(session: Session) -> None:
        guide = evidence.add_piece(session, KARIM, PICARDIE, replace(DRAFT, kind=EvidenceKind.REPORT), [])
        save_identity(session, KARIM, KEY, replace(plan().identity, guide=guide.number), version(session))
        signed = evidence.add_piece(session, CLAIRE, MIDI_PYRENEES, DRAFT, [])
        number = hold_meeting(session, ODILE, MEETING)
        draft = DecisionDraft(
            DecisionKind.DEPLOYMENT, "Déployer en Midi-Pyrénées", "Les tuteurs restent.", "Claire", date(2011, 12, 1),
            action=KEY, host_region=MIDI_PYRENEES,
        )  # fmt: skip
        decide(session, ODILE, number, draft)
        sign_agreement(session, ODILE, number, 1, TODAY, signed.number, 1)

    act(spread)
    assert stage() is Stage.DEPLOYMENT, "no claim yet"
    with reading() as session:
        now = standings(session, EVERYTHING)[KEY]
    assert [one.code for one in now.gates[-1].criteria if not one.held] == ["preuve"]
    for number, state in enumerate((DecisionState.DROPPED, DecisionState.UNDER_WAY)):
        act(lambda s, state=state, number=number: follow_up(s, ODILE, 1, 1, state, "Vu.", None, number))  # type: ignore[misc]
        with reading() as session:
            now = standings(session, EVERYTHING)[KEY]
        lost = ["accueil"] if state is DecisionState.DROPPED else []
        assert [one.code for one in now.gates[-1].criteria if not one.held] == ["preuve", *lost]
    act(lambda s: evidence.withdraw_piece(s, CLAIRE, PieceKey(MIDI_PYRENEES, 1), "signature contestée"))
    with reading() as session:
        now = standings(session, EVERYTHING)[KEY]
    assert [one.code for one in now.gates[-1].criteria if not one.held] == ["preuve", "accueil"]
    assert check() == []


def test_a_clock_that_is_put_back_does_not_mix_up_what_was_told(opened: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of a demonstration begins its only day again at midnight."""
    act(named)
    monkeypatch.setenv("IMPACT_TODAY", "2011-07-09")
    act(lambda s: save_identity(s, KARIM, KEY, replace(plan().identity, need=""), version(s)))
    act(lambda s: save_identity(s, KARIM, KEY, plan().identity, version(s)))
    act(lambda s: save_identity(s, KARIM, KEY, replace(plan().identity, team=""), version(s)))
    assert check() == []
    with reading() as session:
        assert standings(session, EVERYTHING)[KEY].since == date(2011, 7, 9)


def test_others_know_the_stage_and_nothing_of_what_is_prepared(opened: None) -> None:
    act(named)
    for person in (CLAIRE, REMI):
        with reading() as session:
            one = standings(session, readable(person))[KEY]
            moves = passages(session, readable(person))
        assert (one.stage, one.title, one.gates) == (Stage.PREPARATION, "", ())
        assert {(move.because, move.by) for move in moves} == {((), "")}
    with reading() as session:
        assert standings(session, readable(KARIM))[KEY].title == plan().identity.title


def test_check_finds_a_stage_that_no_passage_tells_and_a_passage_that_nothing_backs(opened: None) -> None:
    act(named)
    with transaction() as session:
        session.execute(sa.text("UPDATE action_version SET need = '' WHERE version = 2"))
    assert any("son étape est « à constituer », son dernier passage dit « preparation »" in one for one in check())
    with transaction() as session:
        session.execute(sa.text("UPDATE action_version SET need = 'Trop peu de tuteurs formés.' WHERE version = 2"))
        session.connection().execute(sa.delete(History).where(sa.column("action") == REACH))
    assert any("aucun passage ne dit son étape" in one for one in check())


@pytest.fixture
def counted(db: Database) -> Iterator[list[str]]:
    """Statements that reading sessions send."""
    sent: list[str] = []
    listen = lambda conn, cursor, statement, *_: sent.append(statement)  # noqa: E731
    sa.event.listen(db.reader, "before_cursor_execute", listen)
    yield sent
    sa.event.remove(db.reader, "before_cursor_execute", listen)


def test_all_actions_are_read_in_a_handful_of_statements(opened: None, counted: list[str]) -> None:
    def read() -> int:
        counted.clear()
        with reading() as session:
            standings(session, EVERYTHING)
        return len(counted)

    first = read()
    for region in (PICARDIE, MIDI_PYRENEES):
        act(lambda s, region=region: [open_action(s, ODILE, region, plan().identity, plan=plan()) for _ in range(5)])  # type: ignore[misc]
    assert read() == first <= 20


def test_the_claims_that_count_are_the_regions_own_on_the_chantier_not_withdrawn_at_p2(demonstration: Database) -> None:
    with reading() as session:
        now, every = standings(session, EVERYTHING), claims(session, EVERYTHING)
        proven = {
            (one.key.region, one.stated.chantier) for one in every if (one.level or 0) >= 2 and not one.stated.withdrawn
        }
    held = {
        (key.region, one.chantier): next(c.held for c in one.gates[-1].criteria if c.code == "preuve")
        for key, one in now.items()
    }
    assert {place for place, is_held in held.items() if is_held} == proven & held.keys()
    assert any(held.values())
    assert not all(held.values())
