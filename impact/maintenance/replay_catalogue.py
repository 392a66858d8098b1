"""History replayed against the definitions: what was published on a screen is still what was published."""

from collections.abc import Iterator
from itertools import pairwise

from sqlmodel import Session, col, select

from impact import reference
from impact.chain import plain
from impact.figures import WAY_OF_COUNTING
from impact.maintenance.replay_calendar import Facts, acts, compared
from impact.models import IndicatorVersion
from impact.queries import catalogue
from impact.services.catalogue import CREATE, creation_facts, facts


def catalogue_faults(session: Session) -> Iterator[str]:
    """One sentence for each published version that is not as its publication left it, and for each one that counts
    in another way than the one before. An indicator may begin on a screen, with its first version. What came with
    data/catalogue.yaml has no act: it is compared with that file."""
    yield from reference.definition_faults(session)
    yield from compared(_told(session), _found(session), _named)
    for versions in catalogue.every_version(session).values():
        for before, after in pairwise(versions):
            changed = [name for name in WAY_OF_COUNTING if getattr(before, name) != getattr(after, name)]
            if changed:
                yield f"{_named(after.code, str(after.version))} : elle compte autrement ({', '.join(changed)})."


def _named(code: str, version: str) -> str:
    return f"Définition {code}, version {version}"


def _told(session: Session) -> Facts:
    told: Facts = {}
    for action in (CREATE, "revise_definition"):
        for row in acts(session, action):
            after = row.after or {}
            key = (row.indicator_code, str(after.get("version")))
            told[key] = {**after, "reason": row.reason, "published_by": row.actor_id}
    return told


def _found(session: Session) -> Facts:
    known = catalogue.every_version(session)
    rows = session.exec(select(IndicatorVersion).where(col(IndicatorVersion.published_by).is_not(None)))
    found: Facts = {}
    for row in rows:
        version = next(one for one in known[row.indicator_code] if one.version == row.version)
        held = creation_facts(version) if row.version == 1 else facts(version)
        said = {name: plain(value) for name, value in held.items()}
        key = (row.indicator_code, str(row.version))
        found[key] = {**said, "reason": row.reason, "published_by": row.published_by}
    return found
