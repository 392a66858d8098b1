"""Reads of what regions tell: everybody reads what is published; a region and the national office, all of theirs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact.errors import NotFound
from impact.models import Account, AccountRegion, Experience, ExperienceComment, ExperienceVersion, Region
from impact.permissions import Scope
from impact.rules.experiences import Story, StoryKey, StoryState
from impact.vocabulary import Role

STORY: sa.Table = Experience.__table__  # type: ignore[attr-defined]
VERSION: sa.Table = ExperienceVersion.__table__  # type: ignore[attr-defined]
COMMENT: sa.Table = ExperienceComment.__table__  # type: ignore[attr-defined]
ACCOUNT: sa.Table = Account.__table__  # type: ignore[attr-defined]
SERVED: sa.Table = AccountRegion.__table__  # type: ignore[attr-defined]
REGION: sa.Table = Region.__table__  # type: ignore[attr-defined]

NOWHERE = "Ce retour d’expérience n’existe pas, ou n’est pas ouvert à votre compte."

OF_STORY = (VERSION.c.region_code == STORY.c.region_code) & (VERSION.c.experience_number == STORY.c.number)


@dataclass(frozen=True, slots=True)
class VersionRow:
    version: int
    said: Story
    written_by: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story as its reader may read it. now: the last version for its region and the national office, the published
    one for others. published: None = a draft that was never published. published_at: the first time it was.

    comments: how many stand.
    """

    key: StoryKey
    now: VersionRow
    published: VersionRow | None
    published_by: str
    published_at: datetime | None
    withdrawn_by: str
    withdrawn_at: datetime | None
    withdrawn_reason: str
    comments: int

    @property
    def state(self) -> StoryState:
        if self.withdrawn_at is not None:
            return StoryState.WITHDRAWN
        if self.published is None:
            return StoryState.DRAFT
        return StoryState.PUBLISHED if self.published.version == self.now.version else StoryState.CHANGED


@dataclass(frozen=True, slots=True)
class CommentRow:
    """place: whom the author speaks for today, « Picardie », « bureau national ». text: '' once it was taken back."""

    number: int
    text: str
    author: int
    written_by: str
    place: str
    written_at: datetime
    withdrawn: bool


def stories(session: Session, scope: Scope, *, region: str = "", chantier: str = "") -> list[StoryRow]:
    """Those that the reader may read, what was written last first. chantier: of the version that the reader reads."""
    wanted = [STORY.c.region_code == region] if region else []
    found = [one for one in _rows(session, scope, wanted) if chantier in ("", one.now.said.chantier)]
    return sorted(found, key=lambda one: (one.now.written_at, one.key), reverse=True)


def story(session: Session, scope: Scope, key: StoryKey) -> StoryRow:
    """NotFound where there is none, or none that this reader may read: the two are not told apart."""
    found = _rows(session, scope, [STORY.c.region_code == key.region, STORY.c.number == key.number])
    if not found:
        raise NotFound(NOWHERE)
    return found[0]


def versions(session: Session, key: StoryKey) -> list[VersionRow]:
    """Everything that a story ever said, oldest first: for its region and the national office alone."""
    return _versions(session, [STORY.c.region_code == key.region, STORY.c.number == key.number]).get(key, [])


def comments(session: Session, key: StoryKey) -> list[CommentRow]:
    """Oldest first, those taken back included without their text; for those who may read the story."""
    query = (
        sa.select(COMMENT, ACCOUNT.c.name, ACCOUNT.c.role)
        .join(ACCOUNT, ACCOUNT.c.id == COMMENT.c.written_by)
        .where(COMMENT.c.region_code == key.region, COMMENT.c.experience_number == key.number)
        .order_by(COMMENT.c.number)
    )
    found = session.connection().execute(query).all()
    places = _places(session, {row.written_by for row in found})
    return [
        CommentRow(
            row.number, "" if row.withdrawn_at else row.text, row.written_by, row.name,
            places.get(row.written_by, "") if row.role == Role.CONTRIBUTOR else Role(row.role).label,
            row.written_at, row.withdrawn_at is not None,
        )
        for row in found
    ]  # fmt: skip


def _places(session: Session, accounts: set[int]) -> dict[int, str]:
    query = (
        sa.select(SERVED.c.account_id, REGION.c.name)
        .join(REGION, REGION.c.code == SERVED.c.region_code)
        .where(SERVED.c.account_id.in_(sorted(accounts)))
        .order_by(REGION.c.name)
    )
    named: dict[int, list[str]] = {}
    for row in session.connection().execute(query):
        named.setdefault(row.account_id, []).append(row.name)
    return {account: ", ".join(names) for account, names in named.items()}


def _rows(session: Session, scope: Scope, wanted: Sequence[sa.ColumnElement[bool]]) -> list[StoryRow]:
    publisher, withdrawer = ACCOUNT.alias(), ACCOUNT.alias()
    query = (
        sa.select(STORY, publisher.c.name.label("publisher"), withdrawer.c.name.label("withdrawer"))
        .outerjoin(publisher, publisher.c.id == STORY.c.published_by)
        .outerjoin(withdrawer, withdrawer.c.id == STORY.c.withdrawn_by)
        .where(*wanted)
    )
    heads = [row for row in session.connection().execute(query) if _sees(scope, row)]
    if not heads:
        return []
    said = _versions(session, [*wanted, VERSION.c.version.in_([STORY.c.version, STORY.c.published_version])])
    counts = _standing_comments(session, wanted)
    return [_row(scope, head, said, counts) for head in heads]


def _sees(scope: Scope, row: Any) -> bool:
    is_public = row.published_version is not None and row.withdrawn_at is None
    return is_public or scope.sees_all_of(row.region_code)


def _row(
    scope: Scope, head: Any, said: Mapping[StoryKey, Sequence[VersionRow]], counts: Mapping[StoryKey, int]
) -> StoryRow:
    key = StoryKey(head.region_code, head.number)
    of = {one.version: one for one in said[key]}
    published = of.get(head.published_version)
    now = of[head.version] if scope.sees_all_of(key.region) or published is None else published
    return StoryRow(
        key, now, published, head.publisher or "", head.published_at, head.withdrawer or "", head.withdrawn_at,
        head.withdrawn_reason, counts.get(key, 0),
    )  # fmt: skip


def _versions(session: Session, wanted: Sequence[sa.ColumnElement[bool]]) -> dict[StoryKey, list[VersionRow]]:
    query = (
        sa.select(VERSION, ACCOUNT.c.name)
        .join(STORY, OF_STORY)
        .join(ACCOUNT, ACCOUNT.c.id == VERSION.c.written_by)
        .where(*wanted)
        .order_by(VERSION.c.version)
    )
    found: dict[StoryKey, list[VersionRow]] = {}
    for row in session.connection().execute(query):
        own = found.setdefault(StoryKey(row.region_code, row.experience_number), [])
        own.append(VersionRow(row.version, as_story(row), row.name, row.written_at))
    return found


def as_story(row: Any) -> Story:
    """What a stored version says."""
    return Story(
        row.title, row.chantier_code, row.context, row.tried, row.worked, row.failed, row.holds_for,
        row.action_number, tuple(row.indicators), tuple(row.claims), tuple(row.pieces),
    )  # fmt: skip


def _standing_comments(session: Session, wanted: Sequence[sa.ColumnElement[bool]]) -> dict[StoryKey, int]:
    of_story = (COMMENT.c.region_code == STORY.c.region_code) & (COMMENT.c.experience_number == STORY.c.number)
    query = (
        sa.select(COMMENT.c.region_code, COMMENT.c.experience_number, sa.func.count())
        .select_from(COMMENT.join(STORY, of_story))
        .where(COMMENT.c.withdrawn_at.is_(None), *wanted)
        .group_by(COMMENT.c.region_code, COMMENT.c.experience_number)
    )
    return {StoryKey(region, number): count for region, number, count in session.connection().execute(query)}
