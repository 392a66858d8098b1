"""What a meeting compared stays as it was compared; what changed since is told, figure by figure (example 10)."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from impact.actions import ActionKey
from impact.confrontation import Dimension, canonical, sealed
from impact.db import Database, reading, transaction
from impact.errors import Forbidden, NotFound, Refused
from impact.figures import Cell
from impact.maintenance import check
from impact.models import History
from impact.permissions import EVERYTHING, Actor
from impact.queries.actions import action
from impact.queries.confronted import Moved, confronted, moved
from impact.queries.snapshots import since, snapshot, snapshots
from impact.rules.evidence import EvidenceDraft
from impact.services import evidence, reviews
from impact.services.actions import open_action, save_identity, withdraw_action
from impact.services.snapshots import freeze
from impact.vocabulary import Confidentiality, Coverage, EvidenceKind
from tests.cast import ADA, CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI
from tests.impact.gatherings import CAMPUS, T1, T3, TUTORS, WINDOW, enter, frozen, gather, plan

CORRECTED = Cell(PICARDIE, "FOR-04", T1)
WAITING = Cell(MIDI_PYRENEES, "FOR-04", T3)
PIECE = EvidenceDraft(EvidenceKind.REPORT, "Bilan", Confidentiality.NETWORK, link="https://exemple.org/bilan.pdf")


@pytest.fixture
def told(db: Database) -> Database:
    with transaction(db) as session:
        frozen(session, gather(session))
    return db


def correct(db: Database, value: str = "12") -> None:
    with transaction(db) as session:
        reviews.reopen_entry(session, ODILE, CORRECTED, "deux absents comptés présents")
    with transaction(db) as session:
        enter(session, CORRECTED, value)


def bytes_of(db: Database) -> bytes:
    with reading(db) as session:
        return canonical(snapshot(session, 1).content).encode()


def test_10_a_snapshot_shown_after_a_correction_is_byte_for_byte_the_same_and_names_it(told: Database) -> None:
    before = bytes_of(told)
    correct(told)
    assert bytes_of(told) == before
    with reading(told) as session:
        held = snapshot(session, 1)
        [line] = [one for one in held.comparison.lines if one.definition.code == "FOR-04"]
        assert line.figures[TUTORS].value == 60
        [change] = since(session, 1)
    assert (change.cell, change.then, change.now) == (CORRECTED, "10", "12")
    assert [one.action for one in change.acts] == ["reopen", "save", "validate"]
    assert change.acts[0].by == ODILE.name
    assert change.reason == "deux absents comptés présents"
    assert check(told) == []


def test_a_figure_that_is_not_validated_any_more_is_told_without_what_became_of_it(told: Database) -> None:
    with transaction(told) as session:
        reviews.reopen_entry(session, ODILE, CORRECTED, "à vérifier")
        enter(session, CORRECTED, "99", validated=False)
    with reading(told) as session:
        [change] = since(session, 1)
    assert (change.then, change.now, change.after) == ("10", "–", None)
    assert [one.action for one in change.acts] == ["reopen"]
    with transaction(told) as session:
        reviews.validate(session, ADA, [CORRECTED])
        reviews.reopen_entry(session, ODILE, CORRECTED, "encore à vérifier")
        enter(session, CORRECTED, "98", validated=False)
    with reading(told) as session:
        [change] = since(session, 1)
    assert [one.action for one in change.acts] == ["reopen", "save", "validate", "reopen"]
    assert change.reason == "encore à vérifier", "why it is not there today, and nothing of its draft"


def test_a_figure_validated_since_and_a_piece_added_since_are_changes(told: Database) -> None:
    with reading(told) as session:
        assert since(session, 1) == []
    with transaction(told) as session:
        reviews.validate(session, ADA, [WAITING])
        evidence.add_piece(session, KARIM, PICARDIE, PIECE, [CORRECTED])
    with reading(told) as session:
        grown, came = since(session, 1)
    assert (grown.cell, grown.then, grown.now) == (CORRECTED, "10", "10")
    assert grown.before is not None
    assert grown.after is not None
    assert (grown.before.reliability, grown.after.reliability) == (1, 2)
    assert (came.cell, came.before, came.now) == (WAITING, None, "4")


def test_a_change_that_was_undone_is_no_change(told: Database) -> None:
    correct(told)
    correct(told, "10")
    with reading(told) as session:
        assert since(session, 1) == []


def test_a_plan_that_moved_since_is_told_beside_the_figures(told: Database) -> None:
    with reading(told) as session:
        held = snapshot(session, 1)
        assert moved(session, held) == []
    with transaction(told) as session:
        version = action(session, EVERYTHING, TUTORS).version
        withdraw_action(session, ODILE, TUTORS, "reprise par une autre région", version)
    with reading(told) as session:
        gone = Moved(TUTORS, "plan validé", f"version {version}", "plus lisible : action retirée")
        assert moved(session, held) == [gone]


def test_no_later_service_changes_a_snapshot(told: Database) -> None:
    """Whatever happens to plans, regions' figures and pieces: what is stored is what was sealed."""
    before = bytes_of(told)
    correct(told)
    with transaction(told) as session:
        save_identity(session, KARIM, TUTORS, plan("Un autre titre").identity, 1, "plus clair")
        withdraw_action(session, ODILE, CAMPUS, "abandonnée", 1)
        frozen_again = [TUTORS, open_action(session, ODILE, MIDI_PYRENEES, plan().identity)]
        assert len(frozen_again) == 2
    assert bytes_of(told) == before
    with reading(told) as session:
        held = snapshot(session, 1)
    assert [one.title for one in held.comparison.sides] == ["Former les tuteurs", "Un campus des métiers"]
    assert sealed(held.content) == held.sha256


def test_it_holds_validated_figures_and_costs_alone_with_their_coverage(told: Database) -> None:
    with reading(told) as session:
        held = snapshot(session, 1)
    comparison = held.comparison
    [trained] = [one for one in comparison.of(Dimension.REACH) if one.definition.code == "FOR-04"]
    assert (trained.figures[CAMPUS].value, trained.figures[CAMPUS].coverage) == (8, Coverage.PARTIAL)
    [cost] = [one for one in comparison.costs if one.name == "FOR-01/FOR-04"]
    assert cost.costs[TUTORS].value == 100
    assert cost.costs[CAMPUS].reason == "aucun chiffre validé : dépenses"
    assert held.asked == {"actions": ["73-1", "22-1"], "start": "2010-10-15", "end": "2011-06-30"}


def test_the_order_in_which_actions_were_chosen_does_not_matter(told: Database) -> None:
    with reading(told) as session:
        one, other = (confronted(session, keys, *WINDOW) for keys in ([TUTORS, CAMPUS], [CAMPUS, TUTORS]))
        stored = snapshot(session, 1).content
        assert one == other == {**stored, "heads": one["heads"]}, "a passage of stage was recorded in between"
        assert [held.number for held in snapshots(session, 1)] == [1]


@pytest.mark.parametrize(
    ("title", "keys", "window", "said"),
    [
        ("", [TUTORS, CAMPUS], WINDOW, "titre"),
        ("T", [TUTORS], WINDOW, "de 2 à 6"),
        ("T", [TUTORS, TUTORS], WINDOW, "de 2 à 6"),
        ("T", [TUTORS, CAMPUS], WINDOW[::-1], "est après"),
    ],
)
def test_what_cannot_be_frozen(
    session: Session, title: str, keys: list[ActionKey], window: tuple[date, date], said: str
) -> None:
    meeting = gather(session)
    with pytest.raises(Refused, match=said):
        freeze(session, ODILE, meeting, title, keys, window)


def test_a_plan_that_was_never_validated_is_compared_with_nothing(session: Session) -> None:
    meeting = gather(session)
    fresh = open_action(session, ODILE, PICARDIE, plan().identity)
    for keys in ([TUTORS, fresh], [TUTORS, ActionKey("99", 1)]):
        with pytest.raises(NotFound, match="jamais été validé"):
            freeze(session, ODILE, meeting, "T", keys, WINDOW)


@pytest.mark.parametrize("person", [CLAIRE, REMI])
def test_freezing_is_the_national_office_s(session: Session, person: Actor) -> None:
    meeting = gather(session)
    with pytest.raises(Forbidden):
        freeze(session, person, meeting, "T", [TUTORS, CAMPUS], WINDOW)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE snapshot SET content = '{}'", "ne sont pas ceux qui ont été scellés"),
        ("UPDATE snapshot SET title = 'Autre'", "« title » vaut 'Autre' dans la base"),
        ("DELETE FROM snapshot", "la base ne l’a plus"),
    ],
)
def test_check_finds_a_snapshot_bent_behind_the_product_s_back(told: Database, statement: str, said: str) -> None:
    with told.writer.begin() as connection:
        connection.execute(sa.text(statement))
    assert said in "\n".join(check(told))


def test_its_seal_is_in_history(told: Database) -> None:
    with reading(told) as session:
        rows = session.execute(sa.select(History).where(sa.column("action") == "freeze_snapshot")).scalars().all()
        assert [(row.after or {})["sha256"] for row in rows] == [snapshot(session, 1).sha256]
