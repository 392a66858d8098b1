"""What is kept ready of progress and reporting, so that the country is read in a few rows.

Nothing here depends on the day it is computed: rows are made as if every period of the campaign were over, and a
reader takes those that are, on the day of reading.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from impact.figures import Period
from impact.progress import Advance
from impact.quality import QualityRow, quality
from impact.vocabulary import ProgressState
from impact.world import World

RULES = 1
"""Raised with every change of what the rules below and those under them say of the same figures."""


class Standing(NamedTuple):
    """A region's progress on a chantier once the periods that end up to as_of are over."""

    as_of: date
    advance: Advance


def ends(periods: Iterable[Period], campaign: str) -> list[date]:
    """The days on which a campaign's periods end, in order: progress changes on the day after, and on no other."""
    return sorted({period.end for period in periods if period.campaign == campaign})


def in_force(days: Iterable[date], day: date) -> date | None:
    """The last of these period ends that is over on a day; None before the first."""
    return max((end for end in days if end < day), default=None)


def reporting(world: World) -> list[QualityRow]:
    """Counts of every period. world: the operator's, as if every period of the campaign were over."""
    return quality(world.definitions.values(), world.due, world.entries, world.periods)


def standings(world: World) -> list[Standing]:
    """Progress at every period end, of every region mobilised on a chantier of the world; of validated figures, F0 on.

    world: as for `reporting`; by chantier, period end, region.
    """
    chantiers = dict.fromkeys(definition.chantier for definition in world.definitions.values())
    days = ends(world.periods.values(), world.campaign)
    return [
        Standing(day, advance)
        for chantier in chantiers
        for day in days
        for advance in world.advances(chantier, day=day).values()
    ]


def before_any_end(region: str, chantier: str) -> Advance:
    """Where a mobilised region stands before the campaign's first period is over."""
    return Advance(region, chantier, ProgressState.NOT_DUE, None, None, 0, 0)
