"""History replayed against the lexicon: terms as they were published, stances as they were taken, and no other."""

from collections.abc import Iterator

from sqlmodel import Session, select

from impact.chain import plain
from impact.maintenance.replay_calendar import Facts, acts, compared
from impact.models import TermStance, TermVersion
from impact.reference import lexicon as file
from impact.services.lexicon import PROPOSE, RETIRE, REVISE, TAKE_STANCE, stance_facts, term_facts


def lexicon_faults(session: Session) -> Iterator[str]:
    """One sentence for each version or stance that differs from the act that made it, or that only one of the two
    knows. Terms that nobody touched on a screen have no act: they are compared with data/lexicon.yaml."""
    yield from file.term_faults(session)
    told = _told_versions(session)
    yield from compared(told, _found_versions(session, told), "Définition du terme « {0} », version {1}".format)
    yield from compared(_told_stances(session), _found_stances(session), _stance)


def _told_versions(session: Session) -> Facts:
    """Each act says the version before it as well: that of the file, under the first one."""
    told: Facts = {}
    for action in (PROPOSE, REVISE, RETIRE):
        for row in acts(session, action):
            after, before = row.after or {}, row.before
            told[_key(after)] = {**after, "reason": row.reason, "published_by": row.actor_id}
            if before and _key(before) not in told:
                told[_key(before)] = dict(before)
    return told


def _key(facts: dict[str, object]) -> tuple[str, str]:
    return str(facts["code"]), str(facts["version"])


def _found_versions(session: Session, told: Facts) -> Facts:
    """Of the terms that somebody touched; what an older file had before the first act stays out."""
    first = {code: min(int(version) for own, version in told if own == code) for code, _ in told}
    found: Facts = {}
    for row in session.exec(select(TermVersion)):
        if row.published_by is None and row.version < first.get(row.code, row.version + 1):
            continue
        said = {name: plain(value) for name, value in term_facts(row).items()}
        who = {"reason": row.reason, "published_by": row.published_by}
        known = told.get((row.code, str(row.version)), {})
        found[row.code, str(row.version)] = said | (who if row.published_by is not None or "reason" in known else {})
    return found


def _told_stances(session: Session) -> Facts:
    told: Facts = {}
    for row in acts(session, TAKE_STANCE):
        said = row.after or {}
        told[row.chain, str(said.get("code")), str(said.get("number"))] = {**said, "taken_by": row.actor_id}
    return told


def _found_stances(session: Session) -> Facts:
    return {
        (row.region_code, row.term_code, str(row.number)): {**stance_facts(row), "taken_by": row.taken_by}
        for row in session.exec(select(TermStance))
    }


def _stance(region: str, term: str, number: str) -> str:
    return f"Position n° {number} de la région {region} sur le terme « {term} »"
