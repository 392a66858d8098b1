"""History replayed against what regions told: every version, publication, withdrawal and comment, and no other."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, select

from impact.maintenance.replay_calendar import Facts, acts, compared
from impact.models import Experience, ExperienceComment, ExperienceVersion
from impact.queries.experiences import as_story
from impact.rules.experiences import StoryKey
from impact.services.experiences import (
    PUBLISH,
    REVISE,
    SAY,
    TAKE_BACK,
    WITHDRAW,
    WRITE,
    comment_facts,
    story_facts,
)

HEAD, VERSION, COMMENT = "head", "version", "comment"


def experience_faults(session: Session) -> Iterator[str]:
    """One sentence for each story, version or comment that differs from the acts on it, or that only one of the two
    knows.
    """
    yield from compared(_told(session), _found(session), _named)


def _told(session: Session) -> Facts:
    told: Facts = {}
    _told_versions(session, told)
    for row in acts(session, PUBLISH):
        said = row.after or {}
        head = told.setdefault(_key(row.chain, said, HEAD), _head())
        head["published_by"] = head["published_by"] or row.actor_id  # the first time
        head["published_version"] = said.get("published_version")
    for row in acts(session, WITHDRAW):
        head = told.setdefault(_key(row.chain, row.after or {}, HEAD), _head())
        head |= {"withdrawn_by": row.actor_id, "withdrawn_reason": row.reason}
    _told_comments(session, told)
    return told


def _told_versions(session: Session, told: Facts) -> None:
    for action in (WRITE, REVISE):
        for row in acts(session, action):
            said = row.after or {}
            told[_key(row.chain, said, VERSION, "version")] = {**said, "by": row.actor_id}
            head = told.setdefault(_key(row.chain, said, HEAD), _head())
            head["version"] = max(head["version"], said.get("version", 0))


def _told_comments(session: Session, told: Facts) -> None:
    for row in acts(session, SAY):
        said = row.after or {}
        told[_key(row.chain, said, COMMENT, "comment_number")] = {
            **said, "by": row.actor_id, "withdrawn_by": None,
        }  # fmt: skip
    for row in acts(session, TAKE_BACK):
        key = _key(row.chain, row.after or {}, COMMENT, "comment_number")
        told[key] = {**told.get(key, {}), "withdrawn_by": row.actor_id}


def _head() -> dict[str, Any]:
    return {
        "version": 0, "published_version": None, "published_by": None, "withdrawn_by": None, "withdrawn_reason": "",
    }  # fmt: skip


def _key(region: str, said: dict[str, Any], kind: str, name: str = "") -> tuple[str, ...]:
    return region, str(said.get("number")), kind, str(said.get(name, ""))


def _found(session: Session) -> Facts:
    found: Facts = {}
    for head in session.exec(select(Experience)):
        found[head.region_code, str(head.number), HEAD, ""] = {name: getattr(head, name) for name in _head()}
    for one in session.exec(select(ExperienceVersion)):
        key = StoryKey(one.region_code, one.experience_number)
        found[one.region_code, str(key.number), VERSION, str(one.version)] = {
            **story_facts(key, one.version, as_story(one)), "by": one.written_by,
        }  # fmt: skip
    for row in session.exec(select(ExperienceComment)):
        found[row.region_code, str(row.experience_number), COMMENT, str(row.number)] = {
            **comment_facts(row), "by": row.written_by, "withdrawn_by": row.withdrawn_by,
        }  # fmt: skip
    return found


def _named(region: str, story: object, kind: str, number: object) -> str:
    part = {HEAD: "", VERSION: f", version {number}", COMMENT: f", commentaire n° {number}"}[kind]
    return f"Retour d’expérience {region}-{story}{part}"
