"""National thematic meetings: held, changed, their participants, documents and lessons; the national office's."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from impact import clock
from impact.claims import ClaimKey
from impact.errors import NotFound, Problem, Refused, StaleEntry
from impact.formats import clean_prose, clean_text
from impact.models import Lesson, Meeting, MeetingDocument, MeetingParticipant, Snapshot
from impact.permissions import Actor, Right, Scope, require
from impact.proof import is_link
from impact.queries import catalogue, meetings
from impact.queries.book import Book
from impact.queries.claims import claim
from impact.queries.meetings import MeetingRow
from impact.rules.meetings import (
    LONGEST_TITLE,
    LessonDraft,
    MeetingDraft,
    Participant,
    lesson_fields,
    meeting_fields,
)
from impact.rules.milestones import MilestoneDraft
from impact.services import history, milestones
from impact.services.meeting_facts import FILE, document_facts, lesson_facts, meeting_facts
from impact.vocabulary import NATIONAL_CODE, MilestoneKind

if TYPE_CHECKING:
    from impact.documents.receiving import Received

HOLD, CHANGE, COMERS = "hold_meeting", "change_meeting", "set_participants"
ADD_DOCUMENT, WITHDRAW_DOCUMENT = "meeting_document.add", "meeting_document.withdraw"
LEARN, RELEARN, UNLEARN = "write_lesson", "revise_lesson", "withdraw_lesson"
LONGEST_REASON = 1_000
LONGEST_MILESTONE = 120
EVERYBODY = Scope(frozenset())
"""What a meeting says is for everybody who is signed in: it cites what everybody may read."""


def hold_meeting(session: Session, actor: Actor, draft: MeetingDraft, token: str = "") -> int:
    """Call a meeting, with the country's milestone that holds its day; its number. Raises Forbidden, AlreadyDone."""
    _begin(session, actor, token)
    _refuse_unknown_chantier(session, draft)
    name = f"Rencontre : {draft.theme}"[:LONGEST_MILESTONE]
    milestone = milestones.add(
        session, actor, NATIONAL_CODE, MilestoneDraft(MilestoneKind.MEETING, name, draft.day)
    )  # fmt: skip
    last = session.exec(select(sa.func.max(Meeting.number))).one() or 0
    row = Meeting(
        number=last + 1, theme=draft.theme, chantiers=list(draft.chantiers), place=draft.place, agenda=draft.agenda,
        milestone_number=milestone, set_by=actor.id, set_at=clock.now(session),
    )  # fmt: skip
    session.add(row)
    session.flush()
    history.record(session, actor, HOLD, _subject(row), after=meeting_facts(session, row))
    return row.number


def change_meeting(
    session: Session, actor: Actor, number: int, draft: MeetingDraft, seen_version: int, token: str = ""
) -> int:
    """Say it otherwise; its version afterwards. The planned day stays: another one is a forecast, with its reason.

    Raises Forbidden, NotFound, Refused, StaleEntry, AlreadyDone.
    """
    _begin(session, actor, token)
    held = meetings.meeting(session, number)
    _refuse_if_stale(held, seen_version, draft)
    _refuse_unknown_chantier(session, draft)
    if draft.day != held.said.day:
        stone = held.milestone
        milestones.forecast(
            session, actor, NATIONAL_CODE, stone.number, stone.state, draft.day, draft.reason, stone.seen_number
        )
    row = session.get_one(Meeting, number)
    before = meeting_facts(session, row)
    row.theme, row.chantiers, row.place = draft.theme, list(draft.chantiers), draft.place
    row.agenda = draft.agenda
    session.flush()
    if meeting_facts(session, row) != before:
        row.version, row.set_by, row.set_at = row.version + 1, actor.id, clock.now(session)
        session.flush()
        after = meeting_facts(session, row)
        history.record(session, actor, CHANGE, _subject(row), before=before, after=after, reason=draft.reason)
    return row.version


def set_participants(
    session: Session, actor: Actor, number: int, participants: Sequence[Participant], seen_version: int,
    token: str = "",
) -> int:  # fmt: skip
    """Who comes, or came, all of them; the meeting's version afterwards. Raises as change_meeting."""
    _begin(session, actor, token)
    held = meetings.meeting(session, number)
    if tuple(participants) == held.participants:
        return held.version
    if held.version != seen_version:
        raise Refused("La rencontre a été modifiée depuis que vous l’avez ouverte ; relisez-la, puis recommencez.")
    _refuse_unknown(session, participants)
    row = session.get_one(Meeting, number)
    before = meeting_facts(session, row)
    session.connection().execute(sa.delete(MeetingParticipant).where(col(MeetingParticipant.meeting_number) == number))
    session.add_all(
        MeetingParticipant(
            meeting_number=number, line=line, region_code=one.region or None, name=one.name, role=one.role
        )
        for line, one in enumerate(participants, 1)
    )
    row.version, row.set_by, row.set_at = row.version + 1, actor.id, clock.now(session)
    session.flush()
    after = meeting_facts(session, row)
    history.record(session, actor, COMERS, _subject(row), before=before, after=after)
    return row.version


def add_document(
    session: Session, actor: Actor, number: int, title: str, *, stored: "Received | None" = None, link: str = "",
    token: str = "",
) -> int:  # fmt: skip
    """A file or a link of a meeting, for everybody who is signed in; its number.

    stored: inspected (documents.receiving); it is in the store before the row that names it. Raises Forbidden,
    NotFound, Refused (every problem at once), AlreadyDone.
    """
    _begin(session, actor, token)
    held = meetings.meeting(session, number)
    title, link = clean_prose(title, LONGEST_TITLE), link.strip()
    problems = [] if title else [Problem("« titre » : dites ce que c’est.", "titre")]
    if stored is None and not is_link(link):
        said = "donnez un fichier, ou une adresse complète qui commence par http:// ou https://."
        problems.append(Problem(f"« lien » : {said}", "lien"))
    if stored is not None and link:
        problems.append(Problem("« lien » : un document est un fichier ou un lien ; ajoutez-en deux.", "lien"))
    if problems:
        raise Refused(problems)
    row = MeetingDocument(
        meeting_number=number, number=len(held.documents) + 1, title=title, link=link, added_by=actor.id,
        added_at=clock.now(session),
    )  # fmt: skip
    if stored is not None:
        from impact.documents.store import store

        store().put(stored.path, stored.sha256)
        for name in FILE:
            setattr(row, name, getattr(stored, name))
    session.add(row)
    session.flush()
    history.record(session, actor, ADD_DOCUMENT, f"« {title} », rencontre {number}", after=document_facts(row))
    return row.number


def withdraw_document(session: Session, actor: Actor, meeting: int, number: int, reason: str, token: str = "") -> None:
    """Take a document back, with a reason; it stays stored and listed, and opens no more. Raises as add_document."""
    _begin(session, actor, token)
    meetings.document(session, meeting, number)
    row = session.get_one(MeetingDocument, (meeting, number))
    if row.withdrawn_at is not None:
        raise Refused(f"« {row.title} » est déjà retiré.")
    before, said = document_facts(row), _reason(reason, "dites pourquoi ce document est retiré.")
    row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = actor.id, clock.now(session), said
    session.flush()
    history.record(
        session, actor, WITHDRAW_DOCUMENT, f"« {row.title} », rencontre {meeting}", before=before,
        after=document_facts(row), reason=said,
    )  # fmt: skip


def write_lesson(session: Session, actor: Actor, meeting: int, draft: LessonDraft, token: str = "") -> int:
    """What a meeting learnt; its number. Raises Forbidden, NotFound, Refused (every problem at once), AlreadyDone."""
    _begin(session, actor, token)
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
    _begin(session, actor, token)
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
    reason = _reason(draft.reason, "dites pourquoi l’enseignement change.")
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
    _begin(session, actor, token)
    meetings.lesson(session, meeting, number)
    row = _standing(session, meeting, number)
    if row.version != seen_version:
        raise Refused("L’enseignement a été modifié depuis que vous l’avez ouvert ; relisez-le avant de le retirer.")
    before, said = lesson_facts(row), _reason(reason, "dites pourquoi l’enseignement est retiré.")
    row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = actor.id, clock.now(session), said
    session.flush()
    history.record(session, actor, UNLEARN, _lesson(row), before=before, after=lesson_facts(row), reason=said)


def _begin(session: Session, actor: Actor, token: str) -> None:
    require(actor, Right.MEETINGS)
    history.begin(session, token)


def _subject(row: Meeting) -> str:
    return f"Rencontre {row.number}, « {row.theme} »"


def _lesson(row: Lesson) -> str:
    return f"Enseignement {row.meeting_number}-{row.number}"


def _said(draft: LessonDraft) -> dict[str, Any]:
    return {
        "statement": draft.statement, "conditions": draft.conditions, "proof": draft.proof,
        "claims": list(draft.claims), "snapshot_number": draft.snapshot,
    }  # fmt: skip


def _reason(text: str, missing: str) -> str:
    if not (said := clean_text(text, LONGEST_REASON)):
        raise Refused([Problem(f"« motif » : {missing}", "motif")])
    return said


def _refuse_if_stale(held: MeetingRow, seen: int, draft: MeetingDraft) -> None:
    if held.version != seen:
        raise StaleEntry(
            f"La rencontre a été modifiée par {held.set_by} pendant que vous écriviez. Choisissez le texte à garder.",
            stored=meeting_fields(held.said), typed=meeting_fields(draft), version=held.version,
        )  # fmt: skip


def _refuse_unknown_chantier(session: Session, draft: MeetingDraft) -> None:
    book = Book(session)
    for chantier in draft.chantiers:
        book.chantier(chantier)


def _refuse_unknown(session: Session, participants: Iterable[Participant]) -> None:
    known = catalogue.regions(session)
    unknown = sorted({one.region for one in participants if one.region and one.region not in known})
    if unknown:
        raise NotFound(f"La région « {unknown[0]} » n’existe pas.")


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
