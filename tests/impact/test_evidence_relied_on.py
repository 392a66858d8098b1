"""What a reading, a verification or a claim rests on stays what it was; who made the evidence is never its reader."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlmodel import Session

from impact.errors import Refused
from impact.figures import Cell
from impact.maintenance.replay import replayed
from impact.maintenance.rollups import outdated
from impact.models import Entry
from impact.permissions import Actor, readable
from impact.queries.evidence import piece
from impact.services import entries, evidence, readings, reviews, submission
from impact.services.claims import read_claim, revise_claim, write_claim
from impact.services.pieces import PieceKey
from impact.services.readings import Reading
from impact.vocabulary import Confidentiality
from tests.cast import ADA, CLAIRE, KARIM, ODILE, PICARDIE, REMI
from tests.impact import deposits
from tests.impact.test_claims import DRAFT, EFFECT, found, furnish, held
from tests.impact.test_entries import LINKED, SOURCED, TRAINED, save
from tests.pieces import pdf

SESSIONS = Cell(PICARDIE, "FOR-02", TRAINED.period)


def before_the_figure(session: Session) -> None:
    deposits.deposit(session, ODILE, [TRAINED], pdf())
    save(session, KARIM, TRAINED, valeur="12", **SOURCED)


def for_another_figure(session: Session) -> None:
    key = deposits.deposit(session, ODILE, [SESSIONS], pdf())
    save(session, KARIM, TRAINED, valeur="12", **SOURCED)
    evidence.attach(session, KARIM, key, [TRAINED])


@pytest.mark.parametrize("put_in", [before_the_figure, for_another_figure])
def test_who_put_the_evidence_in_is_not_its_reader(session: Session, put_in: Callable[[Session], None]) -> None:
    put_in(session)
    submission.submit_cells(session, KARIM, [TRAINED])
    with pytest.raises(Refused, match="auteurs"):
        reviews.validate(session, ODILE, [TRAINED], readings={TRAINED: Reading("la valeur y figure")})
    reviews.validate(session, ADA, [TRAINED], readings={TRAINED: Reading("la valeur y figure")})
    assert session.get_one(Entry, TRAINED).reliability == 3


@pytest.mark.parametrize(("who", "versions"), [(REMI, [2]), (CLAIRE, [2]), (KARIM, [1, 2]), (ODILE, [1, 2])])
def test_what_a_piece_said_before_is_its_region_s_alone(session: Session, who: Actor, versions: list[int]) -> None:
    """A list of names gives way to the same list without them, and is then opened to the network."""
    save(session, KARIM, TRAINED, valeur="12", **SOURCED)
    key = deposits.deposit(session, KARIM, [TRAINED], pdf(1), confidentiality=Confidentiality.NATIONAL)
    deposits.replace(session, KARIM, key, pdf(2), "anonyme.pdf", confidentiality=Confidentiality.NETWORK)
    submission.submit_cells(session, KARIM, [TRAINED])
    reviews.validate(session, ODILE, [TRAINED])
    assert [one.version for one in piece(session, readable(who), *key).versions] == versions


@pytest.fixture
def study(session: Session) -> PieceKey:
    """Of a claim that two readers took to P3."""
    furnish(session)
    key = evidence.add_piece(session, KARIM, PICARDIE, deposits.described(link="https://exemple.org/etude"), [])
    write_claim(session, KARIM, replace(DRAFT, study_number=key.number))
    for reader in (ODILE, ADA):
        read_claim(session, reader, found(session, 3))
    assert held(session).level == 3
    return key


def withdraw(session: Session, actor: Actor, key: PieceKey) -> None:
    evidence.withdraw_piece(session, actor, key, "elle n’est plus valable")


def change(session: Session, actor: Actor, key: PieceKey) -> None:
    draft = deposits.described(link="https://exemple.org/autre")
    evidence.replace_piece(session, actor, key, draft, "une autre étude", 1)


@pytest.mark.parametrize("who", [KARIM, ODILE])
@pytest.mark.parametrize("act", [withdraw, change])
def test_the_study_of_a_claim_that_was_read_goes_after_the_claim_only(
    session: Session, study: PieceKey, act: Callable[[Session, Actor, PieceKey], None], who: Actor
) -> None:
    with pytest.raises(Refused, match="l’étude de l’affirmation 22-1"):
        act(session, who, study)
    said = replace(DRAFT, number=1, seen_version=1, reason="étude retirée", study_number=None)
    revise_claim(session, KARIM, said)
    assert held(session).level == 0
    act(session, who, study)


def test_another_way_of_counting_the_same_value_ends_the_readings_of_its_claims(
    session: Session, study: PieceKey
) -> None:
    reviews.reopen_entry(session, ODILE, EFFECT, "la population était mal dite")
    seen = session.get_one(Entry, EFFECT).version
    fields = {"source": "Enquête", "lien_preuve": "https://exemple.org/enquete.pdf", "population": "dirigeants seuls"}
    save(session, KARIM, EFFECT, seen, numerateur="6", denominateur="10", famille_methode="sondage", **fields)
    submission.submit_cells(session, KARIM, [EFFECT])
    reviews.validate(session, ODILE, [EFFECT])
    assert held(session).level == 0


def test_readings_that_an_older_version_accepted_are_held_to_todays_rules_once(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A former author read one figure; another kept its reading while its population changed; the third is sound."""
    own, moved, sound = (Cell(PICARDIE, code, TRAINED.period) for code in ("FOR-04", "FOR-02", "FOR-03"))
    for cell in (own, moved, sound):
        save(session, ADA if cell is own else KARIM, cell, valeur="11", **LINKED)
        submission.submit_cells(session, KARIM, [cell])
        with monkeypatch.context() as patch:
            patch.setattr(reviews, "reading_problems", lambda *_: [])
            patch.setattr(reviews, "_entered_by", lambda *_: [])
            reviews.validate(session, ADA, [cell], readings={cell: Reading("")})
    reviews.reopen_entry(session, ODILE, moved, "population mal dite")
    with monkeypatch.context() as patch:
        patch.setattr(entries, "forget_reading", lambda _: None)
        seen = session.get_one(Entry, moved).version
        save(session, KARIM, moved, seen, valeur="11", **LINKED, population="dirigeants seuls")
    assert [session.get_one(Entry, cell).reliability for cell in (own, moved, sound)] == [3, 3, 3]
    assert len([fault for fault in replayed(session) if "l’historique donne F2" in fault]) == 2
    assert readings.settle(session) == 2
    assert [session.get_one(Entry, cell).reliability for cell in (own, moved, sound)] == [2, 2, 3]
    assert [*replayed(session), *outdated(session)] == []
    assert readings.settle(session) == 0
