"""What was due and has not been answered, region by region."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from impact.formats import counted, short_date, sortable
from impact.vocabulary import Status
from impact.world import World


@dataclass(frozen=True, slots=True)
class Hole:
    """A sheet with something missing. drafts, returned: as far as the reader may see them."""

    region: str
    name: str
    chantier: str
    period: str
    short_period: str
    missing: int
    due: int
    last_day: date
    late: bool
    drafts: int
    returned: int

    @property
    def short(self) -> str:
        """« FOR T3 3 sur 4 (dont 1 en brouillon) »"""
        return f"{self.chantier} {self.short_period} {self.missing} sur {self.due}{self._begun}"

    @property
    def _begun(self) -> str:
        seen = [
            counted(count, *words)
            for count, words in (
                (self.drafts, ("en brouillon", "en brouillon")),
                (self.returned, ("à corriger", "à corriger")),
            )
            if count
        ]
        return f" (dont {', '.join(seen)})" if seen else ""


@dataclass(frozen=True, slots=True)
class Silence:
    """A region with due cells not answered, oldest sheet first. last: day of its last submission."""

    region: str
    name: str
    missing: int
    due: int
    last: date | None
    holes: tuple[Hole, ...]

    @property
    def late(self) -> bool:
        return any(hole.late for hole in self.holes)

    def by_deadline(self) -> list[tuple[bool, str]]:
        """(late, words), a line per last day: « d’ici le 15/07/2011 : FOR T3 3 sur 4, INN T3 2 sur 2 »."""
        grouped: dict[tuple[bool, date], list[str]] = {}
        for hole in self.holes:
            grouped.setdefault((hole.late, hole.last_day), []).append(hole.short)
        return [
            (late, f"{'en retard depuis le' if late else 'd’ici le'} {short_date(day)} : {', '.join(sheets)}")
            for (late, day), sheets in grouped.items()
        ]

    def last_words(self, today: date) -> str:
        if self.last is None:
            return "aucun envoi"
        days = (today - self.last).days
        ago = f"il y a {counted(days, 'jour')}" if days else "ce jour"
        return f"{short_date(self.last)}, {ago}"


Unfinished = Mapping[tuple[str, str, str], tuple[int, int]]
"""Drafts and returned figures by sheet: region, chantier, period."""


def holes(world: World, unfinished: Unfinished | None = None) -> list[Hole]:
    """Sheets of the window with due cells not answered, by last day, region, chantier, period.

    unfinished: of a world without every figure (queries.national); None = counted in the world.
    """
    known = _unfinished(world) if unfinished is None else unfinished
    found = []
    for row in world.quality:
        if row.answered < row.due:
            last_day = world.last_day(row.region, row.period)
            found.append(
                Hole(
                    row.region, world.region_names[row.region], row.chantier, row.period,
                    world.periods[row.period].short, row.due - row.answered, row.due, last_day, last_day < world.today,
                    *known.get((row.region, row.chantier, row.period), (0, 0)),
                )
            )  # fmt: skip
    return sorted(
        found, key=lambda hole: (hole.last_day, sortable(hole.name), hole.chantier, world.periods[hole.period])
    )


def _unfinished(world: World) -> Unfinished:
    statuses: dict[tuple[str, str, str], list[Status]] = {}
    for cell in world.due:
        if entry := world.entries.get(cell):
            key = (cell.region, world.definitions[cell.indicator].chantier, cell.period)
            statuses.setdefault(key, []).append(entry.status)
    return {key: (held.count(Status.DRAFT), held.count(Status.RETURNED)) for key, held in statuses.items()}


def silences(world: World, submissions: Mapping[str, date], unfinished: Unfinished | None = None) -> list[Silence]:
    """Regions with something missing, late ones first, then by share missing.

    submissions: last day by region. unfinished: as in `holes`.
    """
    by_region: dict[str, list[Hole]] = {}
    for hole in holes(world, unfinished):
        by_region.setdefault(hole.region, []).append(hole)
    found = [
        Silence(
            region, own[0].name, sum(hole.missing for hole in own), world.pooled(region=region).due,
            submissions.get(region), tuple(own),
        )
        for region, own in by_region.items()
    ]  # fmt: skip
    return sorted(found, key=lambda one: (not one.late, -one.missing / one.due, sortable(one.name)))
