"""Regions side by side on one indicator: who may be compared, ranked where ranking makes sense."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from impact.aggregation import Total
from impact.comparability import Counted, Strip, basis, strip
from impact.figures import Cell, Definition
from impact.formats import sortable
from impact.presentation.chain import absence
from impact.presentation.lens import Lens
from impact.progress import Progress
from impact.vocabulary import (
    Accumulation,
    Additivity,
    Comparability,
    Direction,
    Measure,
    Status,
)
from impact.world import World

INHABITANTS = 100_000
"""« pour 100 000 habitants »"""


@dataclass(frozen=True, slots=True)
class Place:
    """A region's figure beside the others'. value, target, expected: exact, in the measure chosen; None for none.

    rank: from the best for the indicator's direction, equal ones share it; None where it is not ranked.
    """

    region: str
    name: str
    total: Total
    word: Comparability
    value: Fraction | None
    target: Fraction | None
    expected: Fraction | None
    rank: int | None

    @property
    def is_apart(self) -> bool:
        return self.word is Comparability.NOT_COMPARABLE

    @property
    def is_provisional(self) -> bool:
        return any(entry.status is Status.SUBMITTED for entry in self.total.used)


@dataclass(frozen=True, slots=True)
class Comparison:
    """definition: with the decimals and the unit of the measure chosen.

    inhabitants: by region, 0 or absent where unknown; None = the value itself is shown. places: those that compare,
    then those that do not. silent: regions without a figure, with why.
    """

    definition: Definition
    inhabitants: Mapping[str, int] | None
    strip: Strip
    places: tuple[Place, ...]
    silent: tuple[tuple[str, str], ...]
    has_targets: bool


def adds_up(definition: Definition) -> bool:
    """Where « pour 100 000 habitants » makes sense: a count or an amount that regions may add."""
    return definition.measure in (Measure.COUNT, Measure.AMOUNT) and definition.additivity is Additivity.SUM


def is_to_date(world: World, definition: Definition, lens: Lens) -> bool:
    """Whether the value shown is the one that a target is set against: what has come about since the start."""
    return definition.accumulation is Accumulation.STOCK or lens.start is None or lens.start <= world.start


def comparison(
    world: World,
    seen: World,
    definition: Definition,
    lens: Lens,
    said: Mapping[Cell, Counted],
    inhabitants: Mapping[str, int] | None = None,
) -> Comparison:
    """world: holds the campaign from its start. seen: the same through the lens. said: of the figures of `seen`."""
    found = {total.region: total for total in _totals(seen, definition, lens)}
    regional = [found[code] for code in seen.mobilised_regions(definition.chantier)]
    bases = [basis(total.region, total.used, said) for total in regional]
    judged = strip([one for one in bases if one is not None])
    progresses = _progresses(world, definition, lens)
    answered = [total for total in regional if total.region in judged.classes]
    places = [_place(seen, total, judged, progresses.get(total.region), inhabitants) for total in answered]
    return Comparison(
        _measured(definition, places, inhabitants),
        inhabitants,
        judged,
        tuple(_ranked(_ordered(places, definition), definition)),
        tuple((seen.region_names[one.region], absence(seen, one)[1]) for one in regional if not one.used),
        any(one.target is not None for one in places),
    )


def _totals(seen: World, definition: Definition, lens: Lens) -> list[Total]:
    return seen.totals(definition.code, provisional=lens.provisional, min_proof=lens.min_proof)


def _progresses(world: World, definition: Definition, lens: Lens) -> dict[str, Progress]:
    if not is_to_date(world, definition, lens):
        return {}
    return world.progresses(
        definition.code, provisional=lens.provisional, min_proof=lens.min_proof, day=lens.end
    )  # fmt: skip


def _place(
    seen: World, total: Total, judged: Strip, progress: Progress | None, inhabitants: Mapping[str, int] | None
) -> Place:
    people = INHABITANTS if inhabitants is None else inhabitants.get(total.region, 0)

    def measured(value: Fraction | None) -> Fraction | None:
        return None if value is None or not people else value * Fraction(INHABITANTS, people)

    return Place(
        total.region, seen.region_names[total.region], total, judged.classes[total.region], measured(total.value),
        measured(progress.target if progress else None), measured(progress.expected if progress else None), None,
    )  # fmt: skip


def _measured(definition: Definition, places: Sequence[Place], inhabitants: Mapping[str, int] | None) -> Definition:
    """Per inhabitant values get the decimals that tell them apart."""
    if inhabitants is None:
        return definition
    largest = max((abs(one.value) for one in places if one.value is not None), default=Fraction(0))
    decimals = 2 if largest < 10 else 1 if largest < 1000 else 0
    return replace(definition, decimals=decimals, unit=f"{definition.unit} pour 100 000 habitants")


def _ordered(places: Sequence[Place], definition: Definition) -> list[Place]:
    """Best first, by name where none is better; without a value last; those that do not compare after all others."""

    def key(one: Place) -> tuple[bool, bool, Fraction, str]:
        best = Fraction(0)
        if definition.direction is not Direction.NEUTRAL and one.value is not None:
            best = one.value if definition.direction is Direction.DOWN else -one.value
        return one.is_apart, one.value is None, best, sortable(one.name)

    return sorted(places, key=key)


def _ranked(places: Sequence[Place], definition: Definition) -> list[Place]:
    """places: in order. Nobody is first of one."""
    compared = [one.value for one in places if not one.is_apart and one.value is not None]
    if definition.direction is Direction.NEUTRAL or len(compared) < 2:
        return list(places)
    return [
        one if one.is_apart or one.value is None else replace(one, rank=1 + compared.index(one.value)) for one in places
    ]
