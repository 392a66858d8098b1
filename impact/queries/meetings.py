"""Reads of national meetings: what is said of each, who came, its documents and lessons. For all who are signed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact.errors import NotFound
from impact.models import Account, Lesson, Meeting, MeetingDocument, MeetingParticipant
from impact.queries.milestones import MilestoneRow, milestones
from impact.rules.meetings import LessonDraft, MeetingDraft, Participant
from impact.vocabulary import NATIONAL_CODE

MEETING: sa.Table = Meeting.__table__  # type: ignore[attr-defined]
CAME: sa.Table = MeetingParticipant.__table__  # type: ignore[attr-defined]
DOCUMENT: sa.Table = MeetingDocument.__table__  # type: ignore[attr-defined]
LESSON: sa.Table = Lesson.__table__  # type: ignore[attr-defined]
ACCOUNT: sa.Table = Account.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A file has a sha256, a link has none. size: bytes. added_by, withdrawn_by: names."""

    meeting: int
    number: int
    title: str
    sha256: str
    link: str
    name: str
    media_type: str
    extension: str
    size: int
    added_by: str
    added_at: datetime
    withdrawn_by: str
    withdrawn_at: datetime | None
    withdrawn_reason: str

    @property
    def is_file(self) -> bool:
        return bool(self.sha256)

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


@dataclass(frozen=True, slots=True)
class LessonRow:
    meeting: int
    number: int
    version: int
    said: LessonDraft
    written_by: str
    written_at: datetime
    withdrawn_by: str
    withdrawn_at: datetime | None
    withdrawn_reason: str

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """said: as it would be typed again, its day the one expected now. Documents and lessons: withdrawn ones too."""

    number: int
    version: int
    said: MeetingDraft
    milestone: MilestoneRow
    set_by: str
    set_at: datetime
    participants: tuple[Participant, ...]
    documents: tuple[DocumentRow, ...]
    lessons: tuple[LessonRow, ...]

    @property
    def regions(self) -> list[str]:
        """Codes of those who come, each once, in their order."""
        return list(dict.fromkeys(one.region for one in self.participants if one.region))


def meetings(session: Session) -> list[MeetingRow]:
    """By number: the order in which they were called."""
    return _rows(session)


def meeting(session: Session, number: int) -> MeetingRow:
    found = _rows(session, number)
    if not found:
        raise NotFound(f"La rencontre n° {number} n’existe pas.")
    return found[0]


def document(session: Session, meeting: int, number: int) -> DocumentRow:
    """NotFound where there is none; one that is withdrawn is told as such."""
    found = _documents(session, meeting)
    if not 0 < number <= len(found):
        raise NotFound("Ce document n’existe pas.")
    return found[number - 1]


def lesson(session: Session, meeting: int, number: int) -> LessonRow:
    found = _lessons(session, meeting)
    if not 0 < number <= len(found):
        raise NotFound("Cet enseignement n’existe pas.")
    return found[number - 1]


def _rows(session: Session, number: int | None = None) -> list[MeetingRow]:
    query = (
        sa.select(MEETING, ACCOUNT.c.name.label("setter"))
        .join(ACCOUNT, ACCOUNT.c.id == MEETING.c.set_by)
        .order_by(MEETING.c.number)
    )
    rows = list(session.connection().execute(query if number is None else query.where(MEETING.c.number == number)))
    if not rows:
        return []
    stones = {one.number: one for one in milestones(session, region=NATIONAL_CODE)}
    came, documents, lessons = _came(session, number), _documents(session, number), _lessons(session, number)
    return [
        MeetingRow(
            row.number, row.version,
            MeetingDraft(row.theme, tuple(row.chantiers), stone.expected_on, row.place, row.agenda), stone, row.setter,
            row.set_at, tuple(came.get(row.number, ())),
            tuple(one for one in documents if one.meeting == row.number),
            tuple(one for one in lessons if one.meeting == row.number),
        )
        for row in rows
        for stone in [stones[row.milestone_number]]
    ]  # fmt: skip


def _came(session: Session, number: int | None) -> dict[int, list[Participant]]:
    found: dict[int, list[Participant]] = {}
    query = sa.select(CAME).order_by(CAME.c.meeting_number, CAME.c.line)
    for row in session.connection().execute(_of(query, CAME, number)):
        found.setdefault(row.meeting_number, []).append(Participant(row.name, row.region_code or "", row.role))
    return found


def _documents(session: Session, number: int | None) -> list[DocumentRow]:
    return [
        DocumentRow(
            row.meeting_number, row.number, row.title, row.sha256, row.link, row.name, row.media_type, row.extension,
            row.size, row.maker, row.added_at, row.withdrawer or "", row.withdrawn_at, row.withdrawn_reason,
        )
        for row in _made(session, DOCUMENT, "added_by", number)
    ]  # fmt: skip


def _lessons(session: Session, number: int | None) -> list[LessonRow]:
    return [
        LessonRow(
            row.meeting_number, row.number, row.version,
            LessonDraft(row.statement, row.conditions, row.proof, tuple(row.claims), row.snapshot_number), row.maker,
            row.written_at, row.withdrawer or "", row.withdrawn_at, row.withdrawn_reason,
        )
        for row in _made(session, LESSON, "written_by", number)
    ]  # fmt: skip


def _made(session: Session, table: sa.Table, maker: str, number: int | None) -> Sequence[Any]:
    """Rows of a meeting's table with the names of who made them, and of who withdrew them."""
    withdrawer = ACCOUNT.alias()
    query = (
        sa.select(table, ACCOUNT.c.name.label("maker"), withdrawer.c.name.label("withdrawer"))
        .join(ACCOUNT, ACCOUNT.c.id == table.c[maker])
        .outerjoin(withdrawer, withdrawer.c.id == table.c.withdrawn_by)
        .order_by(table.c.meeting_number, table.c.number)
    )
    return session.connection().execute(_of(query, table, number)).all()


def _of(query: sa.Select[Any], table: sa.Table, number: int | None) -> sa.Select[Any]:
    return query if number is None else query.where(table.c.meeting_number == number)
