"""National meetings: called, changed, attended, documented, learnt from; all of it with its history."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from impact.db import Database, reading, transaction
from impact.documents.receiving import receive
from impact.documents.store import store
from impact.errors import AlreadyDone, Forbidden, NotFound, Refused, StaleEntry
from impact.maintenance import backup, check, restore
from impact.permissions import Actor
from impact.queries.meetings import document, lesson, meeting, meetings
from impact.queries.milestones import milestones
from impact.rules.meetings import (
    LessonDraft,
    Participant,
    lesson_fields,
    meeting_fields,
    participants_text,
    read_lesson,
    read_meeting,
    read_participants,
)
from impact.services.meetings import (
    add_document,
    change_meeting,
    hold_meeting,
    revise_lesson,
    set_participants,
    withdraw_document,
    withdraw_lesson,
    write_lesson,
)
from impact.vocabulary import MilestoneKind
from tests.cast import CLAIRE, KARIM, ODILE, REMI
from tests.impact.gatherings import MEETING
from tests.pieces import pdf

CHANTIERS = ("FOR", "INN", "COO", "PRE")
REGIONS = {"22": "Picardie", "73": "Midi-Pyrénées", "11": "Île-de-France"}
CAME = (Participant("Karim Benali", "22", "chef de projet"), Participant("Ada Garnier", "", ""))
LESSON = LessonDraft("Un tuteur formé reste.", "Là où l’employeur s’engage.", proof="Deux bilans concordants.")
LATER = replace(MEETING, theme="Former, et garder", day=date(2011, 11, 3), reason="salle prise")


@pytest.fixture
def held(session: Session) -> Session:
    assert hold_meeting(session, ODILE, MEETING) == 1
    return session


def test_a_meeting_makes_the_country_s_milestone_that_holds_its_day(held: Session) -> None:
    one = meeting(held, 1)
    assert (one.said, one.version, one.set_by) == (MEETING, 1, ODILE.name)
    [stone] = [stone for stone in milestones(held, region="FR") if stone.kind is MilestoneKind.MEETING]
    assert (one.milestone, stone.planned_on, stone.name) == (stone, MEETING.day, "Rencontre : Former les tuteurs")


def test_the_planned_day_never_changes_the_forecast_does(held: Session) -> None:
    assert change_meeting(held, ODILE, 1, LATER, 1) == 2
    one = meeting(held, 1)
    assert (one.said.theme, one.said.day, one.milestone.planned_on) == ("Former, et garder", LATER.day, MEETING.day)
    assert one.milestone.slip == 14


def test_another_day_says_why(held: Session) -> None:
    with pytest.raises(Refused, match="Motif"):
        change_meeting(held, ODILE, 1, replace(LATER, reason=""), 1)


def test_who_was_slower_sees_both_texts_and_the_same_again_changes_nothing(held: Session) -> None:
    assert change_meeting(held, ODILE, 1, MEETING, 1) == 1
    change_meeting(held, ODILE, 1, replace(MEETING, place="Lille"), 1)
    with pytest.raises(StaleEntry) as caught:
        change_meeting(held, ODILE, 1, replace(MEETING, place="Rouen"), 1)
    assert (caught.value.stored["lieu"], caught.value.typed["lieu"], caught.value.version) == ("Lille", "Rouen", 2)


def test_participants_are_kept_in_their_order_by_region(held: Session) -> None:
    assert set_participants(held, ODILE, 1, CAME, 1) == 2
    assert set_participants(held, ODILE, 1, CAME, 1) == 2, "the same list again"
    one = meeting(held, 1)
    assert (one.participants, one.regions) == (CAME, ["22"])
    with pytest.raises(Refused, match="modifiée depuis"):
        set_participants(held, ODILE, 1, CAME[:1], 1)
    with pytest.raises(NotFound, match="région « 99 »"):
        set_participants(held, ODILE, 1, [Participant("N", "99")], 2)


def test_a_document_is_a_file_or_a_link_and_is_withdrawn_with_a_reason(held: Session) -> None:
    with receive(pdf(1), "compte rendu.pdf") as file:
        assert add_document(held, ODILE, 1, "Compte rendu", stored=file) == 1
    assert add_document(held, ODILE, 1, "Salle", link="https://exemple.org/salle") == 2
    kept = document(held, 1, 1)
    assert (kept.is_file, kept.name, kept.extension) == (True, "compte rendu.pdf", "pdf")
    assert store().fault(kept.sha256, kept.size) == ""
    with pytest.raises(Refused, match="pourquoi"):
        withdraw_document(held, ODILE, 1, 2, " ")
    withdraw_document(held, ODILE, 1, 2, "mauvaise salle")
    assert (document(held, 1, 2).is_withdrawn, document(held, 1, 2).withdrawn_by) == (True, ODILE.name)
    for title, link in (("", "https://exemple.org"), ("T", "javascript:alert(1)"), ("T", "")):
        with pytest.raises(Refused):
            add_document(held, ODILE, 1, title, link=link)
    with pytest.raises(NotFound):
        document(held, 1, 3)


def test_a_lesson_is_revised_with_a_reason_and_withdrawn_with_another(held: Session) -> None:
    assert write_lesson(held, ODILE, 1, LESSON) == 1
    better = replace(LESSON, conditions="Partout.", reason="trois régions le disent")
    with pytest.raises(Refused, match="pourquoi"):
        revise_lesson(held, ODILE, 1, 1, replace(better, reason=""), 1)
    assert revise_lesson(held, ODILE, 1, 1, better, 1) == 2
    with pytest.raises(StaleEntry):
        revise_lesson(held, ODILE, 1, 1, LESSON, 1)
    withdraw_lesson(held, ODILE, 1, 1, "démenti depuis", 2)
    one = lesson(held, 1, 1)
    assert (one.said.conditions, one.version, one.withdrawn_reason) == ("Partout.", 2, "démenti depuis")
    with pytest.raises(Refused, match="retiré"):
        revise_lesson(held, ODILE, 1, 1, better, 2)


def test_a_lesson_cites_what_exists_and_is_public(held: Session) -> None:
    with pytest.raises(Refused) as caught:
        write_lesson(held, ODILE, 1, replace(LESSON, claims=("22-3", "n’importe"), snapshot=7))
    assert [problem.field for problem in caught.value.problems] == ["affirmations", "affirmations", "confrontation"]


def test_a_meeting_is_about_chantiers_that_exist(held: Session) -> None:
    for act in (
        lambda: hold_meeting(held, ODILE, replace(MEETING, chantiers=("ZZZ",))),
        lambda: change_meeting(held, ODILE, 1, replace(MEETING, chantiers=("FOR", "ZZZ")), 1),
    ):
        with pytest.raises(NotFound, match="ZZZ"):
            act()


def test_the_same_form_twice_counts_once(session: Session) -> None:
    hold_meeting(session, ODILE, MEETING, "jeton")
    with pytest.raises(AlreadyDone):
        hold_meeting(session, ODILE, MEETING, "jeton")
    assert len(meetings(session)) == 1


@pytest.mark.parametrize("person", [CLAIRE, KARIM, REMI])
def test_meetings_are_the_national_office_s_to_write(held: Session, person: Actor) -> None:
    for act in (
        lambda: hold_meeting(held, person, MEETING),
        lambda: change_meeting(held, person, 1, MEETING, 1),
        lambda: add_document(held, person, 1, "T", link="https://exemple.org"),
        lambda: write_lesson(held, person, 1, LESSON),
    ):
        with pytest.raises(Forbidden):
            act()


# Texts


def test_what_is_typed_is_read_and_would_be_typed_again() -> None:
    read, problems = read_meeting(meeting_fields(MEETING), MEETING.chantiers, CHANTIERS)
    assert (read, problems) == (MEETING, [])
    told, problems = read_lesson(lesson_fields(LESSON), claims=LESSON.claims)
    assert (told, problems) == (LESSON, [])
    came, problems = read_participants(participants_text(CAME, REGIONS), REGIONS)
    assert (came, problems) == (CAME, [])


def test_every_problem_is_told_at_once() -> None:
    _, problems = read_meeting({"date": "31/02/2011"}, ["ZZZ"], CHANTIERS)
    assert [problem.field for problem in problems] == ["date", "theme", "chantiers"]
    _, problems = read_lesson({})
    assert [problem.field for problem in problems] == ["enseignement", "conditions", "preuve"]
    _, problems = read_participants("; Picardie\nLéa ; Atlantide\nA ; ; ; b\nPaul, Picardie", REGIONS)
    assert [str(problem).partition(" : ")[0] for problem in problems] == [
        f"« participants », ligne {place}" for place in (1, 2, 3, 4)
    ]


def test_a_region_is_named_as_people_write_it() -> None:
    came, _ = read_participants("Léa ; ile-de-france ; trésorière\nPaul ; 73", REGIONS)
    assert came == (Participant("Léa", "11", "trésorière"), Participant("Paul", "73"))


# Kept, checked, saved


@pytest.fixture
def told(db: Database) -> Database:
    with transaction(db) as session:
        hold_meeting(session, ODILE, MEETING)
        change_meeting(session, ODILE, 1, LATER, 1)
        set_participants(session, ODILE, 1, CAME, 2)
        with receive(pdf(1), "compte rendu.pdf") as file:
            add_document(session, ODILE, 1, "Compte rendu", stored=file)
        write_lesson(session, ODILE, 1, LESSON)
        revise_lesson(session, ODILE, 1, 1, replace(LESSON, proof="Trois bilans.", reason="un de plus"), 1)
    return db


def test_a_backup_keeps_meetings_with_their_documents(
    told: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert check(told) == []
    with reading(told) as session:
        before, file = meetings(session), document(session, 1, 1)
    manifest = backup(tmp_path / "save.zip", told)
    assert (manifest.pieces, manifest.lacking) == ([file.sha256], [])
    monkeypatch.setenv("IMPACT_DATABASE_URL", f"sqlite:///{tmp_path / 'other' / 'impact.db'}")
    monkeypatch.setenv("IMPACT_KEY_FILE", str(tmp_path / "other" / "history.key"))
    monkeypatch.setenv("IMPACT_EVIDENCE_URL", str(tmp_path / "other" / "pieces"))
    from impact.db import current

    _, faults = restore(tmp_path / "save.zip")
    assert faults == []
    with reading(current()) as session:
        assert meetings(session) == before
    assert store().fault(file.sha256, file.size) == ""


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE meeting SET theme = 'Autre'", "Rencontre 1 : « theme »"),
        ("UPDATE meeting_participant SET role = 'chef' WHERE line = 1", "Rencontre 1 : « participants »"),
        ("UPDATE lesson SET conditions = 'Partout.'", "Enseignement 1-1 : « conditions »"),
        ("UPDATE meeting_document SET title = 'Autre'", "Document 1-1 d’une rencontre : « title »"),
        ("DELETE FROM lesson", "Enseignement 1-1 : l’historique la connaît, la base ne l’a plus"),
    ],
)
def test_check_finds_a_meeting_bent_behind_the_product_s_back(told: Database, statement: str, said: str) -> None:
    with told.writer.begin() as connection:
        connection.execute(sa.text(statement))
    assert said in "\n".join(check(told))


def test_check_misses_a_document_s_file(told: Database, tmp_path: Path) -> None:
    with reading(told) as session:
        sha256 = document(session, 1, 1).sha256
    [path] = [path for path in tmp_path.rglob(f"*{sha256[2:]}*") if path.is_file()]
    path.unlink()
    assert [fault for fault in check(told) if "Document 1-1" in fault] == [
        "Document 1-1 d’une rencontre, « compte rendu.pdf » : fichier absent."
    ]
