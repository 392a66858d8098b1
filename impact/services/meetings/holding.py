"""A meeting is called, changed, and its participants named."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from impact import clock
from impact.errors import NotFound, Refused, StaleEntry
from impact.models import Meeting, MeetingParticipant
from impact.permissions import Actor
from impact.queries import catalogue, meetings
from impact.queries.book import Book
from impact.queries.meetings import MeetingRow
from impact.rules.meetings import MeetingDraft, Participant, meeting_fields
from impact.rules.milestones import MilestoneDraft
from impact.services import history, milestones
from impact.services.meeting_facts import meeting_facts
from impact.services.meetings.common import begin
from impact.vocabulary import NATIONAL_CODE, MilestoneKind

HOLD, CHANGE, COMERS = "hold_meeting", "change_meeting", "set_participants"
LONGEST_MILESTONE = 120


def hold_meeting(session: Session, actor: Actor, draft: MeetingDraft, token: str = "") -> int:
    """Call a meeting, with the country's milestone that holds its day; its number. Raises Forbidden, AlreadyDone."""
    begin(session, actor, token)
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
    begin(session, actor, token)
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
    begin(session, actor, token)
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


def _subject(row: Meeting) -> str:
    return f"Rencontre {row.number}, « {row.theme} »"


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
