"""History replayed against impact claims: every version and every reading is there as it was made, and no other."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, select

from impact.claims import ClaimKey, reached
from impact.maintenance.replay_calendar import Facts, acts, compared
from impact.models import Claim, ClaimReading, ClaimVersion
from impact.services.claim_facts import claim_facts, reading_facts
from impact.services.claims import READ, REVISE, WITHDRAW, WRITE

HEAD, VERSION, READING = "head", "version", "reading"


def claim_faults(session: Session) -> Iterator[str]:
    """One sentence for each claim, version or reading that differs from the act that made it, or that only one knows;
    and for each reading whose level is not what its criteria give.
    """
    yield from compared(_told(session), _found(session), _named)
    for row in session.exec(select(ClaimReading)):
        if row.level != reached(row.criteria):
            name = _named(row.region_code, row.claim_number, READING, row.number)
            yield f"{name} : niveau P{row.level} ; ses critères donnent P{reached(row.criteria)}."


def _told(session: Session) -> Facts:
    told: Facts = {}
    for action in (WRITE, REVISE):
        for row in acts(session, action):
            said = row.after or {}
            told[_key(row.chain, said, VERSION, "version")] = {**said, "reason": row.reason, "by": row.actor_id}
            head = told.setdefault(_key(row.chain, said, HEAD), {"version": 0, "withdrawn_by": None, "reason": ""})
            head["version"] = max(head["version"], said.get("version", 0))
    for row in acts(session, WITHDRAW):
        key = _key(row.chain, row.after or {}, HEAD)
        told[key] = {**told.get(key, {}), "withdrawn_by": row.actor_id, "reason": row.reason}
    for row in acts(session, READ):
        said = row.after or {}
        told[_key(row.chain, said, READING, "reading")] = {**said, "by": row.actor_id}
    return told


def _key(region: str, said: dict[str, Any], kind: str, name: str = "") -> tuple[str, ...]:
    return region, str(said.get("number")), kind, str(said.get(name, ""))


def _found(session: Session) -> Facts:
    found: Facts = {}
    for claim in session.exec(select(Claim)):
        found[claim.region_code, str(claim.number), HEAD, ""] = {
            "version": claim.version, "withdrawn_by": claim.withdrawn_by, "reason": claim.withdrawn_reason,
        }  # fmt: skip
    for one in session.exec(select(ClaimVersion)):
        facts = claim_facts(session, ClaimKey(one.region_code, one.claim_number), one.version)
        found[one.region_code, str(one.claim_number), VERSION, str(one.version)] = {
            **facts, "reason": one.reason, "by": one.written_by,
        }  # fmt: skip
    for row in session.exec(select(ClaimReading)):
        found[row.region_code, str(row.claim_number), READING, str(row.number)] = {
            **reading_facts(row), "by": row.reader_id,
        }  # fmt: skip
    return found


def _named(region: str, claim: object, kind: str, number: object) -> str:
    part = {HEAD: "", VERSION: f", version {number}", READING: f", lecture n° {number}"}[kind]
    return f"Affirmation {region}-{claim}{part}"
