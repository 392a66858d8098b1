"""Cached reads of stages and milestones; the national picture keeps its own, apart from the figures."""

from collections.abc import Mapping

from impact.actions import ActionKey
from impact.db import reading
from impact.queries import milestones as milestones_query
from impact.queries import stages as stages_query
from impact.rules.milestones import MilestoneRow
from impact.stages import Passage, StageNow
from impact.ui.kept import kept
from impact.ui.reads import Key


@kept(32)
def standings(key: Key) -> Mapping[ActionKey, StageNow]:
    with reading() as session:
        return stages_query.standings(session, key.scope)


@kept(32)
def passages(key: Key) -> tuple[Passage, ...]:
    """Of actions of every region, oldest first."""
    with reading() as session:
        return tuple(stages_query.passages(session, key.scope))


@kept(32)
def milestones(key: Key) -> tuple[MilestoneRow, ...]:
    """The country's and every region's, by planned day."""
    with reading() as session:
        return tuple(milestones_query.milestones(session))
