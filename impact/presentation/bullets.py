"""A region's indicators against their targets, line by line: reached, expected by now, target, pace."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from impact.aggregation import Total
from impact.figures import SCALE, Definition, Target, TargetStatement
from impact.formats import SMALL_NUMBER, figure, n_of_n, number, short_date
from impact.presentation import plans, wording
from impact.presentation.advancement import state_word
from impact.presentation.explaining.targets import reached
from impact.presentation.lens import Lens
from impact.progress import Progress
from impact.vocabulary import PROGRESS_SIGNS, Coverage, Direction, Measure, Status
from impact.world import World


@dataclass(frozen=True, slots=True)
class Change:
    """A target that was not always what it is. original: in words; current: None once it is withdrawn."""

    original: str
    reason: str
    day: date
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Bullet:
    """One indicator of a region since the campaign's start, against its target; texts are empty where they say nothing.

    total: what was reached by `progress.as_of`; None before any period is over. behind: « 14 sur 23 ». coverage: said
    where figures are missing. change: where the target was stated again after the campaign began.
    """

    definition: Definition
    progress: Progress
    total: Total | None
    change: Change | None

    @property
    def actual(self) -> str:
        """« 45 », « 139 741 € », « 60,9 % », « 5 sur 7 » ; « – » without a figure."""
        pair, value = (self.total.pair, self.total.value) if self.total else (None, None)
        if value is None or self.definition.measure is Measure.RATIO:
            return figure(self.definition, pair)
        return plans.amount(self.definition, value)

    @property
    def behind(self) -> str:
        pair = self.total.pair if self.total else None
        if pair is None or self.definition.measure is not Measure.RATIO:
            return ""
        return n_of_n(pair) if (pair.denominator or 0) >= SMALL_NUMBER * SCALE else ""

    @property
    def is_provisional(self) -> bool:
        return self.total is not None and any(entry.status is Status.SUBMITTED for entry in self.total.used)

    @property
    def is_partial(self) -> bool:
        return self.total is not None and self.total.coverage is Coverage.PARTIAL

    @property
    def coverage(self) -> str:
        return wording.coverage(self.definition, self.total) if self.total and self.is_partial else ""

    @property
    def expected(self) -> str:
        value = self.progress.expected
        return "–" if value is None else plans.amount(self.definition, value)

    @property
    def target(self) -> str:
        value = self.progress.target
        return "–" if value is None else plans.amount(self.definition, value)

    @property
    def rate(self) -> str:
        """True number, never clipped."""
        return "–" if self.progress.achievement is None else wording.achieved(self.progress.achievement)

    @property
    def pace(self) -> str:
        return "–" if self.progress.pace is None else number(self.progress.pace, 2)

    @property
    def state(self) -> tuple[str, str]:
        """Sign and word."""
        return PROGRESS_SIGNS[self.progress.state], self.progress.why or state_word(self.progress.state)


def bullets(world: World, region: str, lens: Lens, statements: Iterable[TargetStatement]) -> list[Bullet]:
    """Of every indicator of the region's chantiers, in the catalogue's order. statements: the region's, by number.

    world: the whole campaign, of this region at least; the lens's window ends what counts, and begins nothing.
    """
    by_code: dict[str, list[TargetStatement]] = {}
    for one in statements:
        by_code.setdefault(one.indicator, []).append(one)
    chantiers = set(world.chantiers_of(region))
    return [
        _bullet(world, definition, region, lens, by_code.get(definition.code, []))
        for definition in world.definitions.values()
        if definition.chantier in chantiers
    ]


def _bullet(world: World, definition: Definition, region: str, lens: Lens, statements: list[TargetStatement]) -> Bullet:
    found = world.progresses(definition.code, provisional=lens.provisional, min_proof=lens.min_proof, day=lens.end)
    one = found[region]
    total = None
    if one.as_of is not None:
        seen, to_date = reached(world, one, lens)
        total = to_date.total(seen, definition.code, region)
    return Bullet(definition, one, total, change(definition, statements, world.start))


def change(definition: Definition, statements: list[TargetStatement], start: date) -> Change | None:
    """What was first set out, beside what counts now; None where nothing changed since the campaign began."""
    found = restated(statements, start)
    if found is None:
        return None
    original, last = found
    return Change(_described(definition, original, last.target), last.reason, last.set_on, last.target is None)


def restated(statements: Sequence[TargetStatement], start: date) -> tuple[Target, TargetStatement] | None:
    """The target that was first set out, and the statement that counts now; None where that one says the same.

    The original is the last statement made before the campaign (the Congress), or the first one ever made.
    """
    stated = [one for one in statements if one.target is not None]
    before = [one for one in stated if one.set_on < start]
    original = next((one.target for one in (before[-1:] or stated[:1])), None)
    if original is None or _says_the_same(original, statements[-1].target):
        return None
    return original, statements[-1]


def _says_the_same(one: Target, other: Target | None) -> bool:
    """Whatever its number is."""
    said = (one.value, one.due, one.baseline, one.milestones)
    return other is not None and said == (other.value, other.due, other.baseline, other.milestones)


def _described(definition: Definition, original: Target, now: Target | None) -> str:
    """« 40 », with what else changed: « 40 au 30/06/2011 »."""
    due = f" au {short_date(original.due)}" if now and now.due != original.due else ""
    start = ""
    if now and now.baseline != original.baseline:
        known = original.baseline
        start = ", sans départ" if known is None else f", départ {plans.amount(definition, known)}"
    steps = ", autres jalons" if now and now.milestones != original.milestones else ""
    return f"{plans.amount(definition, original.value)}{due}{start}{steps}"


def is_neutral(definition: Definition) -> bool:
    """A means: listed apart, never coloured."""
    return definition.direction is Direction.NEUTRAL


def as_of(lines: Iterable[Bullet]) -> date | None:
    """The latest day that the figures are of."""
    return max((one.progress.as_of for one in lines if one.progress.as_of), default=None)
