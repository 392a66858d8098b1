"""What the gates read of an action, and what they say of it. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from impact.actions import ActionKey, Plan
from impact.vocabulary import ActionStage, Status

REACH = "reach_stage"
"""The act of history that tells of a passage; on the region's chain, by whoever's act made it."""

Spell = tuple[date, date | None]
"""First and last day, both inclusive; None = it runs."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the gates read of one action.

    plan, status: of the version in force. after: an activity counts for the deployment when it begins later than this
    day, the one that was planned for the national Congress. spells: of the region on the action's chantier. pieces:
    numbers of the region's pieces that are not withdrawn. reported: a value of the region on the chantier is submitted
    or validated. level: the highest P of the region's claims on the chantier, 0 = none. hosts: regions where a
    deployment of this action was decided and not given up, whose signed agreement has a date and a piece there that is
    not withdrawn.
    withdrawn: the action was; it has no stage then, whatever else holds.
    """

    plan: Plan
    status: Status
    after: date
    spells: tuple[Spell, ...] = ()
    pieces: frozenset[int] = frozenset()
    reported: bool = False
    level: int = 0
    hosts: frozenset[str] = frozenset()
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Criterion:
    """todo: what to do next, and how far it has come; '' where it holds. place: where to do it, a value of PLACES."""

    code: str
    sentence: str
    held: bool
    todo: str
    place: str


@dataclass(frozen=True, slots=True)
class Gate:
    stage: ActionStage
    criteria: tuple[Criterion, ...]

    @property
    def passed(self) -> bool:
        return all(one.held for one in self.criteria)


@dataclass(frozen=True, slots=True)
class StageNow:
    """stage: None = « à constituer ». gates: all five; () where the reader does not see all of the region.

    title: of the version in force for those who see all of the region, else of the validated one; '' where none is.
    since: the day of the last passage; None before the first is recorded.
    """

    key: ActionKey
    title: str
    chantier: str
    stage: ActionStage | None
    gates: tuple[Gate, ...]
    since: date | None


class Passage(NamedTuple):
    """before, after: None = « à constituer ». because: codes of the criteria gained or lost; () where the reader does
    not see all of the region. withdrawn: the action was; it has no stage any more. by: e-mail, or the operator's words.
    """

    key: ActionKey
    day: date
    before: ActionStage | None
    after: ActionStage | None
    because: tuple[str, ...]
    withdrawn: bool = False
    by: str = ""
