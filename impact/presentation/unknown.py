"""What the network does not know: results that nobody measured, and figures that move the wrong way."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from impact.figures import Cell, CellEntry, Definition, shown_value
from impact.formats import at_least, counted, short_date, sortable
from impact.presentation.explaining.statements import quantity
from impact.presentation.grades import validated
from impact.presentation.lens import Lens, accumulates
from impact.presentation.wording import in_brief
from impact.vocabulary import Direction, Stage
from impact.world import World

RESULTS = (Stage.OUTCOME, Stage.IMPACT)


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """A result that no validated figure tells of. why: in words."""

    definition: Definition
    why: str


def never_measured(world: World, lens: Lens) -> list[Unmeasured]:
    """Indicators of outcome and impact, of chantiers with a region, without a validated figure at the lens's level.

    world: the campaign from its start to the lens's end, of the chantier looked at.
    """
    known = {entry.indicator for entry in validated(world) if entry.reliability >= lens.min_proof}
    due: dict[str, int] = {}
    for cell in world.expected():
        due[cell.indicator] = due.get(cell.indicator, 0) + 1
    return [
        Unmeasured(definition, _why(world, definition, due.get(definition.code, 0), lens))
        for definition in world.definitions.values()
        if definition.stage in RESULTS and definition.code not in known and world.mobilised_regions(definition.chantier)
    ]


def _why(world: World, definition: Definition, due: int, lens: Lens) -> str:
    periods = world.own_periods(definition)
    if due:
        level = f" de fiabilité {at_least(lens.min_proof)}" if lens.min_proof else ""
        return f"aucune valeur validée{level} sur {counted(due, 'attendue')}"
    if any(period.has_ended(world.today) for period in periods):
        return "rien d’attendu sur les périodes échues"
    return f"première échéance au {short_date(periods[0].end)}" if periods else "aucune période dans la campagne"


@dataclass(frozen=True, slots=True)
class Astray:
    """A region's indicator that stands worse than where it started. cell: of its latest value.

    target: as shown, '' where the comparison is with the region's own first value.
    """

    region: str
    """Its name."""
    definition: Definition
    cell: Cell
    start: str
    now: str
    target: str


def astray(world: World, lens: Lens) -> list[Astray]:
    """Worse than the baseline of its target, where there is one; else than the region's first value of the campaign.

    A flow that adds up starts from nothing, and is not judged on its last period. By region, then as in the catalogue.
    world: the campaign from its start to the lens's end, of the chantier looked at.
    """
    held: dict[str, dict[str, list[CellEntry]]] = {}
    for entry in sorted(validated(world), key=lambda entry: world.periods[entry.period]):
        if entry.reliability >= lens.min_proof:
            held.setdefault(entry.indicator, {}).setdefault(entry.region, []).append(entry)
    found = [
        _of(world, entries, lens)
        for code, own in held.items()
        if world.definitions[code].direction is not Direction.NEUTRAL
        for entries in own.values()
    ]
    order = {code: rank for rank, code in enumerate(world.definitions)}
    return sorted(
        (one for one in found if one), key=lambda one: (sortable(one.region), order[one.definition.code])
    )  # fmt: skip


def _of(world: World, entries: Sequence[CellEntry], lens: Lens) -> Astray | None:
    """entries: validated figures of one indicator and region, oldest first."""
    definition, last = world.definitions[entries[-1].indicator], entries[-1]
    name, target = world.region_names[last.region], world.targets.get((last.region, definition.code))
    if target is not None and target.baseline is not None:
        now = world.total(definition.code, last.region, min_proof=lens.min_proof)
        if now.value is None or not _worse(definition, now.value, target.baseline):
            return None
        start, aim = (quantity(definition, value) for value in (target.baseline, target.value))
        return Astray(name, definition, last.cell, start, in_brief(definition, now.pair), aim)
    first = next(one for one in entries if one.version == last.version)
    before, after = (shown_value(definition.measure, one.pair) if one.pair else None for one in (first, last))
    if accumulates(definition) or before is None or after is None or not _worse(definition, after, before):
        return None
    return Astray(name, definition, last.cell, in_brief(definition, first.pair), in_brief(definition, last.pair), "")


def _worse(definition: Definition, now: Fraction, before: Fraction) -> bool:
    return now < before if definition.direction is Direction.UP else now > before
