"""What of a campaign is looked at: the filters of a screen, as values."""

from datetime import date
from typing import NamedTuple

from impact.aggregation import Total
from impact.figures import Definition, Period
from impact.vocabulary import NATIONAL_CODE, Accumulation, Additivity, Measure
from impact.world import World

KEY_INDICATORS = ("FOR-04", "INN-03", "COO-04", "PRE-03")
"""One per chantier, shown on the home page and the national view."""


class Lens(NamedTuple):
    """chantier: '' = all. start, end: periods that end between them, None = the whole campaign."""

    chantier: str = ""
    start: date | None = None
    end: date | None = None
    min_proof: int = 0
    provisional: bool = False

    @property
    def carried(self) -> dict[str, str]:
        """What goes with a link to another screen: its filters of proof and of statuses, as addresses say them."""
        level = {"preuve": f"F{self.min_proof}"} if self.min_proof else {}
        return level | ({"chiffres": "provisoires"} if self.provisional else {})

    def total(self, world: World, indicator: str, region: str = NATIONAL_CODE) -> Total:
        """Of figures at this proof level and in these statuses; world: already narrowed to the window."""
        return world.total(indicator, region, provisional=self.provisional, min_proof=self.min_proof)


def narrowed(world: World, lens: Lens) -> World:
    """The world through a lens: its chantier and its window; proof level and statuses are each total's own."""
    chosen = world.of_chantier(lens.chantier) if lens.chantier else world
    if lens.start is None and lens.end is None:
        return chosen
    return chosen.within(lens.start or world.window.start, lens.end or world.window.end)


def ended_periods(world: World) -> list[Period]:
    """Periods of the campaign that are over, in order."""
    return sorted(p for p in world.periods.values() if p.campaign == world.campaign and p.has_ended(world.today))


def key_indicators(world: World) -> list[Definition]:
    """Those of the chantiers looked at."""
    return [world.definitions[code] for code in KEY_INDICATORS if code in world.definitions]


def followed_indicators(world: World, lens: Lens) -> list[Definition]:
    """What the course over periods may show: the key indicators, or every one of a chantier that regions add up."""
    if not lens.chantier:
        return key_indicators(world)
    chosen = [
        definition
        for definition in world.definitions.values()
        if definition.chantier == lens.chantier and definition.additivity is Additivity.SUM
    ]
    return sorted(chosen, key=lambda definition: definition.code not in KEY_INDICATORS)


def accumulates(definition: Definition) -> bool:
    """Shown as bars of what has added up since the campaign's start; otherwise a curve of each period's value."""
    return definition.accumulation is Accumulation.FLOW and definition.measure in (Measure.COUNT, Measure.AMOUNT)
