"""Retours d’expérience: a region writes, publishes and withdraws what it tells; others say what they make of it.

Every save is one more version. What was published stays readable as it is until a later version is published in its
turn; nothing that was said is ever changed or deleted.
"""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from impact import clock
from impact.errors import Forbidden, NotFound, Refused, StaleEntry
from impact.models import Evidence, Experience, ExperienceComment, ExperienceVersion, RegionalAction
from impact.permissions import EVERYTHING, Actor, Right, Scope, readable, require, require_entry
from impact.queries import experiences
from impact.queries.book import Book
from impact.queries.claims import claims
from impact.queries.experiences import StoryRow
from impact.rules import experiences as rules
from impact.rules.experiences import Known, Story, StoryKey, StoryState
from impact.services import history

WRITE, REVISE, PUBLISH = "write_experience", "revise_experience", "publish_experience"
WITHDRAW = "withdraw_experience"
SAY, TAKE_BACK = "comment_experience", "withdraw_comment"


def write_experience(session: Session, actor: Actor, region: str, said: Story, token: str = "") -> StoryKey:
    """A draft, numbered in its region, which it and the national office alone read.

    Raises Forbidden, NotFound, Refused (every problem at once), AlreadyDone.
    """
    book = _begin(session, actor, region, token)
    _refuse_unknown(book, region, said)
    query = select(sa.func.max(Experience.number)).where(Experience.region_code == region)
    key = StoryKey(region, (session.exec(query).one() or 0) + 1)
    session.add(Experience(region_code=key.region, number=key.number))
    session.flush()
    _add_version(book, actor, key, 1, said, None)
    return key


def revise_experience(
    session: Session, actor: Actor, key: StoryKey, said: Story, seen_version: int, token: str = ""
) -> int:
    """The next version, to be published in its turn; the version in force afterwards, the old one where it says the
    same. Raises as write_experience, and StaleEntry (someone else was faster).
    """
    book = _begin(session, actor, key.region, token)
    held = _in_force(session, key)
    _refuse_stale(held, seen_version, rules.story_fields(said, key.region))
    if said == held.now.said:
        return held.now.version
    _refuse_unknown(book, key.region, said, held.now.said)
    row = session.get_one(Experience, (key.region, key.number))
    row.version += 1
    _add_version(book, actor, key, row.version, said, held.now.said)
    return row.version


def publish_experience(session: Session, actor: Actor, key: StoryKey, seen_version: int, token: str = "") -> None:
    """Open the last version to everybody, in the place of the one that was published before.

    Raises Forbidden, NotFound, Refused (everything that it lacks, at once), StaleEntry, AlreadyDone.
    """
    book = _begin(session, actor, key.region, token)
    held = _in_force(session, key)
    _refuse_stale(held, seen_version, {})
    if held.state is StoryState.PUBLISHED:
        raise Refused("Cette version est déjà publiée.")
    if problems := rules.lacks(held.now.said):
        raise Refused(problems)
    row = session.get_one(Experience, (key.region, key.number))
    before = {"number": key.number, "published_version": row.published_version} if row.published_version else None
    row.published_version = held.now.version
    if row.published_at is None:
        row.published_by, row.published_at = actor.id, clock.now(session)
    session.add(row)
    session.flush()
    after = {"number": key.number, "published_version": row.published_version}
    _record(book, actor, PUBLISH, key, before, after)


def withdraw_experience(
    session: Session, actor: Actor, key: StoryKey, reason: str, seen_version: int, token: str = ""
) -> None:
    """Take a story back, draft or published; its region and the national office still read it. Raises as publishing."""
    book = _begin(session, actor, key.region, token)
    held = _in_force(session, key)
    _refuse_stale(held, seen_version, {})
    reason = rules.read_reason(reason)
    row = session.get_one(Experience, (key.region, key.number))
    row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = actor.id, clock.now(session), reason
    session.add(row)
    session.flush()
    _record(book, actor, WITHDRAW, key, None, {"number": key.number, "version": row.version}, reason)


def comment_experience(session: Session, actor: Actor, key: StoryKey, text: str, token: str = "") -> int:
    """Say something of a published story; the comment's number. Raises Forbidden, NotFound, Refused, AlreadyDone."""
    require(actor, Right.COMMENT)
    history.begin(session, token)
    held = experiences.story(session, readable(actor), key)
    if held.published is None or held.withdrawn_at is not None:
        raise Refused("Un retour d’expérience se commente une fois publié, et tant qu’il n’est pas retiré.")
    said = rules.read_comment(text)
    query = select(sa.func.max(ExperienceComment.number)).where(
        ExperienceComment.region_code == key.region, ExperienceComment.experience_number == key.number
    )
    row = ExperienceComment(
        region_code=key.region, experience_number=key.number, number=(session.exec(query).one() or 0) + 1, text=said,
        written_by=actor.id, written_at=clock.now(session),
    )  # fmt: skip
    session.add(row)
    session.flush()
    _record(Book(session), actor, SAY, key, None, comment_facts(row))
    return row.number


def withdraw_comment(session: Session, actor: Actor, key: StoryKey, number: int, token: str = "") -> None:
    """Take one's own comment back, or, as the national office, anybody's: its text is shown no more.

    Raises Forbidden, NotFound, Refused (it was taken back already), AlreadyDone.
    """
    require(actor, Right.COMMENT)
    history.begin(session, token)
    experiences.story(session, readable(actor), key)
    row = session.get(ExperienceComment, (key.region, key.number, number))
    if row is None:
        raise NotFound("Ce commentaire n’existe pas.")
    if row.written_by != actor.id and not actor.may(Right.READ_ALL):
        raise Forbidden("Un commentaire se retire par son auteur, ou par le bureau national.")
    if row.withdrawn_at is not None:
        raise Refused("Ce commentaire est déjà retiré.")
    row.withdrawn_by, row.withdrawn_at = actor.id, clock.now(session)
    session.add(row)
    session.flush()
    _record(Book(session), actor, TAKE_BACK, key, None, {"number": key.number, "comment_number": number})


def _known(book: Book, region: str, said: Story) -> Known:
    """What a story of a region may name today; definitions and claims are read where it names some."""
    session = book.session
    actions = select(RegionalAction.number).where(
        RegionalAction.region_code == region, col(RegionalAction.withdrawn_at).is_(None)
    )
    pieces = select(Evidence.number).where(Evidence.region_code == region, col(Evidence.withdrawn_at).is_(None))
    read = claims(session, Scope(frozenset({region}))) if said.claims else []
    return Known(
        set(book.chantiers), set(session.exec(actions)), set(book.definitions) if said.indicators else set(),
        {str(one.key) for one in read if not one.stated.withdrawn}, set(session.exec(pieces)),
    )  # fmt: skip


def story_facts(key: StoryKey, version: int, said: Story) -> dict[str, Any]:
    """A version as history keeps it, JSON-ready; `check` replays it against the table. The region is the chain's."""
    return {"number": key.number, "version": version, **_columns(said)}


def comment_facts(row: ExperienceComment) -> dict[str, Any]:
    return {"number": row.experience_number, "comment_number": row.number, "text": row.text}


def _begin(session: Session, actor: Actor, region: str, token: str) -> Book:
    require(actor, Right.ENTER)
    history.begin(session, token)
    book = Book(session)
    require_entry(actor, region, book.region(region).name)
    return book


def _in_force(session: Session, key: StoryKey) -> StoryRow:
    held = experiences.story(session, EVERYTHING, key)
    if held.withdrawn_at is not None:
        raise Refused(f"Le retour d’expérience {key} est retiré ; écrivez-en un nouveau.")
    return held


def _refuse_stale(held: StoryRow, seen: int, typed: dict[str, Any]) -> None:
    now = held.now
    if now.version == seen:
        return
    raise StaleEntry(
        f"Le retour d’expérience {held.key} a été modifié par {now.written_by} depuis que vous l’avez ouvert. "
        f"Comparez avec sa version {now.version}, puis choisissez.",
        stored=rules.story_fields(now.said, held.key.region), typed=typed, version=now.version,
    )  # fmt: skip


def _refuse_unknown(book: Book, region: str, said: Story, before: Story | None = None) -> None:
    if problems := rules.tie_problems(said, _known(book, region, said), before):
        raise Refused(problems)


def _columns(said: Story) -> dict[str, Any]:
    return {
        "chantier_code": said.chantier, "title": said.title, "context": said.context, "tried": said.tried,
        "worked": said.worked, "failed": said.failed, "holds_for": said.holds_for, "action_number": said.action,
        "indicators": list(said.indicators), "claims": list(said.claims), "pieces": list(said.pieces),
    }  # fmt: skip


def _add_version(book: Book, actor: Actor, key: StoryKey, version: int, said: Story, before: Story | None) -> None:
    """One more version, and its row of history."""
    session = book.session
    session.add(
        ExperienceVersion(
            region_code=key.region, experience_number=key.number, version=version, written_by=actor.id,
            written_at=clock.now(session), **_columns(said),
        )
    )  # fmt: skip
    session.flush()
    _record(
        book, actor, REVISE if before else WRITE, key,
        story_facts(key, version - 1, before) if before else None, story_facts(key, version, said),
    )  # fmt: skip


def _record(
    book: Book, actor: Actor, action: str, key: StoryKey, before: dict[str, Any] | None, after: dict[str, Any],
    reason: str = "",
) -> None:  # fmt: skip
    """On the region's chain, without indicator nor period: such rows are figures'."""
    subject = f"Retour d’expérience {key}, {book.region(key.region).name}"
    history.record(
        book.session, actor, action, subject, chain=key.region, before=before, after=after, reason=reason
    )  # fmt: skip
