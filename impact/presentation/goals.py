"""What a region, or the country, set out to reach: each target as it stands beside what it was, and how far it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from impact.aggregation import Total
from impact.figures import Definition, TargetStatement
from impact.formats import counted, short_date
from impact.presentation.advancement import state_word
from impact.presentation.bullets import restated
from impact.presentation.explaining.statements import beside_the_sum, quantity
from impact.presentation.explaining.targets import achieved, reached
from impact.presentation.lens import Lens
from impact.presentation.wording import in_brief
from impact.progress import Progress, can_pool
from impact.vocabulary import NATIONAL_CODE, PROGRESS_SIGNS, Direction
from impact.world import World

NOT_MOBILISED = "non mobilisée"


@dataclass(frozen=True, slots=True)
class Goal:
    """One indicator. baseline, target, due, actual: as shown, « – » where there is none. notes: under the target.

    total: what was reached; None without a figure, or where it is not of the same regions.

    pooled: actual and achieved are of the regions with a target alone. sign, state: where it stands.
    statements: everything that was said of this target, oldest first.
    """

    definition: Definition
    baseline: str
    target: str
    notes: tuple[str, ...]
    due: str
    milestones: str
    actual: str
    total: Total | None
    achieved: str
    pooled: bool
    sign: str
    state: str
    statements: tuple[TargetStatement, ...]

    @property
    def has_progress(self) -> bool:
        """The region works on it; otherwise there is nothing to explain."""
        return self.state != NOT_MOBILISED

    @property
    def is_neutral(self) -> bool:
        return self.definition.direction is Direction.NEUTRAL

    @property
    def last(self) -> TargetStatement | None:
        return self.statements[-1] if self.statements else None


def goals(
    world: World, chantier: str, region: str, statements: Iterable[TargetStatement], lens: Lens
) -> list[Goal]:  # fmt: skip
    """In the order of the catalogue. region: a code, or 'FR'. statements: of this region, by number.

    lens: its proof level alone counts.
    """
    said = list(statements)
    return [
        _goal(world, definition, region, tuple(one for one in said if one.indicator == definition.code), lens)
        for definition in world.definitions.values()
        if definition.chantier == chantier
    ]


def _goal(
    world: World, definition: Definition, region: str, statements: tuple[TargetStatement, ...], lens: Lens
) -> Goal:
    one = world.progresses(definition.code, min_proof=lens.min_proof).get(region)
    target = world.targets.get((region, definition.code))
    baseline = target.baseline if target else None
    milestones = target.milestones if target else ()
    total = _total(world, definition, one, lens)
    return Goal(
        definition,
        "–" if baseline is None else quantity(definition, baseline),
        quantity(definition, target.value) if target else "–",
        tuple(_notes(world, definition, region, statements, one)),
        short_date(target.due) if target else "–",
        " ; ".join(f"{short_date(day)} : {quantity(definition, value)}" for day, value in milestones),
        _actual(definition, one, total),
        total if total and one and _is_of(total, one) else None,
        achieved(one) if one and one.achievement is not None else "–",
        one is not None and one.pooled,
        PROGRESS_SIGNS[one.state] if one else "–",
        one.why or state_word(one.state) if one else NOT_MOBILISED,
        statements,
    )


def _total(world: World, definition: Definition, one: Progress | None, lens: Lens) -> Total | None:
    if one is None or one.actual is None or one.as_of is None:
        return None
    seen, to_date = reached(world, one, lens)
    return to_date.total(seen, definition.code, one.region)


def _is_of(total: Total, one: Progress) -> bool:
    """What was reached is that total: a pooled figure is of the regions with a target alone."""
    return not one.pooled or {entry.region for entry in total.used} == set(one.regions)


def _actual(definition: Definition, one: Progress | None, total: Total | None) -> str:
    if one is None or one.actual is None or total is None:
        return "–"
    return quantity(definition, one.actual) if one.pooled else in_brief(definition, total.pair)


def _notes(
    world: World, definition: Definition, region: str, statements: Sequence[TargetStatement], one: Progress | None
) -> list[str]:
    if definition.direction is Direction.NEUTRAL:
        return ["pas de cible : indicateur de moyens"]
    notes = [revised(definition, statements, world.start)]
    if region != NATIONAL_CODE:
        return [note for note in notes if note]
    if different := beside_the_sum(world, definition):
        notes.append(f"somme des cibles régionales : {quantity(definition, different[1])}")
    if one and one.pooled and one.target is not None:
        count = counted(len(one.regions), "région")
        notes.append(f"sans cible nationale ; somme des cibles de {count} : {quantity(definition, one.target)}")
    elif (NATIONAL_CODE, definition.code) not in world.targets and not can_pool(definition):
        notes.append("ne se déduit pas des cibles régionales")
    return [note for note in notes if note]


def revised(definition: Definition, statements: Sequence[TargetStatement], congress: date) -> str:
    """« 60 puis 55, révisée le 12/02/2011 : « motif » »; empty where the target is as it was first set out."""
    found = restated(statements, congress)
    if found is None:
        return ""
    original, last = found
    first, when = quantity(definition, original.value), short_date(last.set_on)
    why = f" : « {last.reason} »" if last.reason else ""
    if last.target is None:
        return f"{first}, retirée le {when}{why}"
    if last.target.value == original.value:
        return f"précisée le {when}{why}"
    return f"{first} puis {quantity(definition, last.target.value)}, révisée le {when}{why}"
