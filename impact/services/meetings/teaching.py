"""What a meeting learnt: written, said better with a reason, withdrawn."""

from typing import Any

from sqlmodel import Session

from impact import clock
from impact.claims import ClaimKey
from impact.errors import NotFound, Problem, Refused, StaleEntry
from impact.models import Lesson, Snapshot
from impact.permissions import Actor
from impact.queries import meetings
from impact.queries.claims import claim
from impact.queries.snapshots import EVERYBODY
from impact.rules.meetings import LessonDraft, lesson_fields
from impact.services import history
from impact.services.meeting_facts import lesson_facts
from impact.services.meetings.common import begin, said_reason

LEARN, RELEARN, UNLEARN = "write_lesson", "revise_lesson", "withdraw_lesson"


def write_lesson(session: Session, actor: Actor, meeting: int, draft: LessonDraft, token: str = "") -> int:
    """What a meeting learnt; its number. Raises Forbidden, NotFound, Refused (every problem at once), AlreadyDone."""
    begin(session, actor, token)
    held = meetings.meeting(session, meeting)
    _refuse_unfounded(session, draft)
    row = Lesson(
        meeting_number=meeting, number=len(held.lessons) + 1, **_said(draft), written_by=actor.id,
        written_at=clock.now(session),
    )  # fmt: skip
    session.add(row)
    session.flush()
    history.record(session, actor, LEARN, _lesson(row), after=lesson_facts(row))
    return row.number


def revise_lesson(
    session: Session, actor: Actor, meeting: int, number: int, draft: LessonDraft, seen_version: int, token: str = ""
) -> int:
    """Say it better, with a reason; its version afterwards. History keeps what was said before. Raises as above, and
    StaleEntry (someone else was faster)."""
    begin(session, actor, token)
    held = meetings.lesson(session, meeting, number)
    row = _standing(session, meeting, number)
    if held.version != seen_version:
        raise StaleEntry(
            f"Cet enseignement a été modifié par {held.written_by} depuis que vous l’avez ouvert. Choisissez le texte "
            "à garder.",
            stored=lesson_fields(held.said), typed=lesson_fields(draft), version=held.version,
        )  # fmt: skip
    _refuse_unfounded(session, draft)
    if all(getattr(row, name) == value for name, value in _said(draft).items()):
        return row.version
    reason = said_reason(draft.reason, "dites pourquoi l’enseignement change.")
    before = lesson_facts(row)
    for name, value in _said(draft).items():
        setattr(row, name, value)
    row.version, row.written_by, row.written_at = row.version + 1, actor.id, clock.now(session)
    session.flush()
    history.record(session, actor, RELEARN, _lesson(row), before=before, after=lesson_facts(row), reason=reason)
    return row.version


def withdraw_lesson(
    session: Session, actor: Actor, meeting: int, number: int, reason: str, seen_version: int, token: str = ""
) -> None:
    """Take a lesson back, with a reason; it stays readable. Raises as revise_lesson, Refused where it changed."""
    begin(session, actor, token)
    meetings.lesson(session, meeting, number)
    row = _standing(session, meeting, number)
    if row.version != seen_version:
        raise Refused("L’enseignement a été modifié depuis que vous l’avez ouvert ; relisez-le avant de le retirer.")
    before, said = lesson_facts(row), said_reason(reason, "dites pourquoi l’enseignement est retiré.")
    row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = actor.id, clock.now(session), said
    session.flush()
    history.record(session, actor, UNLEARN, _lesson(row), before=before, after=lesson_facts(row), reason=said)


def _lesson(row: Lesson) -> str:
    return f"Enseignement {row.meeting_number}-{row.number}"


def _said(draft: LessonDraft) -> dict[str, Any]:
    return {
        "statement": draft.statement, "conditions": draft.conditions, "proof": draft.proof,
        "claims": list(draft.claims), "snapshot_number": draft.snapshot,
    }  # fmt: skip


def _refuse_unfounded(session: Session, draft: LessonDraft) -> None:
    """It cites what everybody may read, and what exists."""
    problems = []
    for text in draft.claims:
        region, _, number = text.rpartition("-")
        try:
            claim(session, EVERYBODY, ClaimKey(region, int(number) if number.isdecimal() else 0))
        except NotFound:
            problems.append(Problem(f"l’affirmation « {text} » n’existe pas, ou n’est pas publique.", "affirmations"))
    if draft.snapshot is not None and session.get(Snapshot, draft.snapshot) is None:
        problems.append(Problem(f"la confrontation n° {draft.snapshot} n’existe pas.", "confrontation"))
    if problems:
        raise Refused(problems)


def _standing(session: Session, meeting: int, number: int) -> Lesson:
    row = session.get_one(Lesson, (meeting, number))
    if row.withdrawn_at is not None:
        raise Refused("Cet enseignement est retiré ; écrivez-en un nouveau.")
    return row
