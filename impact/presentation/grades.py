"""Validated figures counted by reliability grade: by chantier, by region, at each period end; never averaged."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from impact.charts.periods import end_tick
from impact.figures import CellEntry, Period
from impact.presentation.lens import ended_periods
from impact.proof import GRADES
from impact.vocabulary import Answer, Status
from impact.world import World

if TYPE_CHECKING:
    import pandas as pd

Counts = tuple[int, ...]
"""How many figures stand at each grade, F0 to F4."""


def validated(world: World) -> list[CellEntry]:
    """Validated figures of due cells."""
    entries = (world.entries.get(cell) for cell in world.due)
    return [e for e in entries if e and e.status is Status.VALIDATED and e.answer is Answer.VALUE]


def counts(entries: Iterable[CellEntry]) -> Counts:
    found = [0] * GRADES
    for entry in entries:
        found[entry.reliability] += 1
    return tuple(found)


def by_chantier(world: World) -> dict[str, Counts]:
    """Every chantier of the world, in the catalogue's order."""
    held: dict[str, list[CellEntry]] = {definition.chantier: [] for definition in world.definitions.values()}
    for entry in validated(world):
        held[world.definitions[entry.indicator].chantier].append(entry)
    return {chantier: counts(own) for chantier, own in held.items()}


@dataclass(frozen=True, slots=True)
class Place:
    """One region on one chantier."""

    region: str
    name: str
    chantier: str
    counts: Counts


def by_place(world: World) -> list[Place]:
    """Every region on each chantier that it owes figures of, by name, its preferred chantier first."""
    held: dict[tuple[str, str], list[CellEntry]] = {}
    for cell in world.due:
        held.setdefault((cell.region, world.definitions[cell.indicator].chantier), [])
    for entry in validated(world):
        held[entry.region, world.definitions[entry.indicator].chantier].append(entry)
    order = {region: rank for rank, region in enumerate(world.region_names)}
    preferred = {region: world.chantiers_of(region) for region, _ in held}
    keys = sorted(held, key=lambda key: (order[key[0]], preferred[key[0]].index(key[1])))
    return [Place(region, world.region_names[region], chantier, counts(held[region, chantier]))
            for region, chantier in keys]  # fmt: skip


@dataclass(frozen=True, slots=True)
class End:
    """The periods that end on one day, the shortest first, and their figures as they are graded now."""

    periods: tuple[Period, ...]
    counts: Counts

    @property
    def name(self) -> str:
        """« T2, S1 »"""
        return ", ".join(period.short for period in self.periods)


def at_each_end(world: World) -> list[End]:
    """Of every period that is over, in order. world: the whole campaign."""
    held: dict[str, list[CellEntry]] = {}
    for entry in validated(world):
        held.setdefault(entry.period, []).append(entry)
    asked = {definition.frequency for definition in world.definitions.values()}
    over = [period for period in ended_periods(world) if period.frequency in asked]
    found = []
    for _, together in groupby(over, key=lambda period: period.end):
        periods = tuple(together)
        found.append(End(periods, counts(entry for one in periods for entry in held.get(one.code, ()))))
    return found


def ends_frame(ends: Iterable[End]) -> "pd.DataFrame":
    """For charts.grades."""
    import pandas as pd

    rows = [
        {"period": end.name, "tick": end_tick(end.name, end.periods[0].end), "grade": level, "figures": figures}
        for end in ends
        for level, figures in enumerate(end.counts)
    ]
    return pd.DataFrame(rows, columns=["period", "tick", "grade", "figures"])
