"""Passages of regional actions from one stage to another, kept in history by whoever's act made them."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from impact.actions import ActionKey
from impact.formats import capital
from impact.permissions import Actor
from impact.queries import stages as reads
from impact.queries.catalogue import regions
from impact.services import history
from impact.stages import REACH, Facts, gates, held, reached
from impact.vocabulary import NATIONAL_CODE

UPGRADE = "mise à niveau"
"""Who is named where no act made a passage."""


def settle(session: Session) -> int:
    """Record the passages that the acts of this transaction made since the last call; how many.

    Called before every commit. Who plays several days in one transaction calls it at the end of each. An act of the
    country may move any action, one of a region its own and those that the region hosts.
    """
    moved: dict[str, Actor | str] = session.info.pop("moved", {})
    if not moved:
        return 0
    session.flush()
    own = moved.keys() - {NATIONAL_CODE}
    wanted = None if NATIONAL_CODE in moved else own | reads.sources_of(session, own)
    return _look_at(session, wanted, moved)


def settle_all(session: Session) -> int:
    """Record what no act made: other gates, or another Congress, that came with the product and with data/."""
    session.flush()
    return _look_at(session, None, {NATIONAL_CODE: UPGRADE})


def _look_at(session: Session, wanted: set[str] | None, moved: Mapping[str, Actor | str]) -> int:
    now = reads.facts(session, wanted)
    if not now:
        return 0
    last = {ActionKey(row.chain, row.after["number"]): row.after for row in reads.told(session, wanted)}
    latest = list(moved.values())[-1]
    count = 0
    for key, found in now.items():
        after = passage_facts(key, found)
        if key not in last or _differs(last[key], after):
            _record(session, moved.get(key.region, latest), key, last.get(key), after)
            count += 1
    return count


def passage_facts(key: ActionKey, found: Facts) -> dict[str, Any]:
    """Where an action stands, as history keeps it; reached: '' = « à constituer ». `check` replays it."""
    stage = reached(found)
    return {
        "number": key.number, "reached": stage.value if stage else "", "held": held(gates(found)),
        "withdrawn": found.withdrawn,
    }  # fmt: skip


def _differs(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Criteria that change without a passage wait for it: they are told with it."""
    return any(before.get(name) != after[name] for name in ("reached", "withdrawn"))


def _record(
    session: Session, actor: Actor | str, key: ActionKey, before: dict[str, Any] | None, after: dict[str, Any]
) -> None:
    region = regions(session, [key.region])[key.region].name
    stage = reads.stage_of(after)
    where = "retirée" if after["withdrawn"] else stage.label if stage else "à constituer"
    subject = f"Action {key}, {region} : {capital(where)}"
    history.record(session, actor, REACH, subject, chain=key.region, before=before, after=after)
