"""Passages that history tells, against the stages that follow from the facts: the last of each action must be it."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session

from impact.actions import ActionKey
from impact.maintenance.replay_calendar import acts
from impact.queries.stages import facts
from impact.services.stages import passage_facts
from impact.stages import REACH


def stage_faults(session: Session) -> Iterator[str]:
    """One sentence for each action whose stage is not the one of its last passage, and for each passage that does not
    begin where the one before ended."""
    told: dict[ActionKey, dict[str, Any]] = {}
    for row in acts(session, REACH):
        after = row.after or {}
        key = ActionKey(row.chain, after.get("number", 0))
        if row.before != told.get(key):
            yield f"Action {key} : un passage ne part pas de l’étape où le précédent a mené."
        told[key] = after
    now = {key: passage_facts(key, own) for key, own in facts(session).items()}
    for key in sorted(told.keys() | now.keys()):
        yield from _differences(key, told.get(key), now.get(key))


def _differences(key: ActionKey, told: dict[str, Any] | None, now: dict[str, Any] | None) -> Iterator[str]:
    if told is None:
        yield f"Action {key} : aucun passage ne dit son étape."
    elif now is None:
        yield f"Action {key} : l’historique dit son étape, la base ne l’a plus."
    elif (told["reached"], told["withdrawn"]) != (now["reached"], now["withdrawn"]):
        yield f"Action {key} : son étape est {_word(now)}, son dernier passage dit {_word(told)}."


def _word(one: dict[str, Any]) -> str:
    return "« retirée »" if one["withdrawn"] else f"« {one['reached'] or 'à constituer'} »"
