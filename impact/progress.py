"""Targets, achievement, pace: how far figures have come against what was set out (docs/mesure.md, *Les cibles*)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from impact.figures import Definition, Period, Target
from impact.vocabulary import NATIONAL_CODE, Accumulation, Additivity, Direction, Measure, ProgressState

ON_TRACK_FROM = Fraction(1)
WATCHED_FROM = Fraction(85, 100)

COUNTED_WHOLE = {
    ProgressState.HELD: 1,
    ProgressState.REACHED: 1,
    ProgressState.NOT_HELD: 0,
    ProgressState.NOT_REACHED: 0,
}
"""What the states without a percentage count for in a region's progress."""


UNKNOWN_START = "situation de départ inconnue"


@dataclass(frozen=True, slots=True)
class Progress:
    """One indicator of a region, or of the country ('FR'), against its target. Values are exact, in the unit shown.

    achievement, share and pace are ratios (1/2, not 50), never clipped; None where they are undefined, and `state`
    says why. as_of: the day D of section 4, None before any period of the indicator is over. share: part of the way
    that should be covered by then; expected: the value that it stands for, None without a baseline.
    why: what to say instead of `state` where figures are there, and make no value to set against the target.
    pooled: the country without a target of its own; baseline, target and actual are then sums over `regions`, and
    left_out says which due regions are missing from them, and why.
    """

    indicator: str
    region: str
    state: ProgressState
    as_of: date | None = None
    baseline: Fraction | None = None
    target: Fraction | None = None
    due: date | None = None
    actual: Fraction | None = None
    achievement: Fraction | None = None
    share: Fraction | None = None
    expected: Fraction | None = None
    pace: Fraction | None = None
    why: str = ""
    pooled: bool = False
    regions: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()

    @property
    def word(self) -> str:
        return self.why or self.state.label

    @property
    def counted(self) -> Fraction | None:
        """What it counts for in a region's progress, 0 to 1; None where it has no target or no figure."""
        if self.state in COUNTED_WHOLE:
            return Fraction(COUNTED_WHOLE[self.state])
        return None if self.achievement is None else clipped(self.achievement)


class Advance(NamedTuple):
    """A region's progress on its chantier (*avancement*): the mean of what its indicators count for, 0 to 1.

    measured out of indicators: those with a target and a figure, out of those due that have a direction.
    expected: the mean of `share` over the measured ones. progress and expected are None when none is measured.
    """

    region: str
    chantier: str
    state: ProgressState
    progress: Fraction | None
    expected: Fraction | None
    measured: int
    indicators: int

    @property
    def is_ranked(self) -> bool:
        """At least half of the indicators reported; otherwise the bar is hatched and the region has no rank."""
        return self.measured > 0 and 2 * self.measured >= self.indicators


def clipped(ratio: Fraction) -> Fraction:
    return min(Fraction(1), max(Fraction(0), ratio))


def as_of(periods: Iterable[Period], definition: Definition, day: date, today: date) -> date | None:
    """End of the last period of the indicator's frequency that ended on or before the day and is over; None if none.

    periods: those of the campaign.
    """
    own = (one for one in periods if one.frequency is definition.frequency)
    return max((one.end for one in own if one.end <= day and one.has_ended(today)), default=None)


def starts_from(definition: Definition, target: Target) -> Fraction | None:
    """The baseline; 0 where none was given for a count or an amount that flows and should rise."""
    if target.baseline is not None:
        return target.baseline
    adds_up = definition.measure in (Measure.COUNT, Measure.AMOUNT) and definition.accumulation is Accumulation.FLOW
    return Fraction(0) if adds_up and definition.direction is Direction.UP else None


def share_of_time(start: date, due: date, day: date) -> Fraction:
    """Days gone, the first and the last included, over days in all; at most 1, at least 0."""
    whole = (due - start).days + 1
    return clipped(Fraction((day - start).days + 1, whole)) if whole > 0 else Fraction(1)


def share_to_date(definition: Definition, target: Target, start: date, day: date) -> Fraction:
    """Part of the way from baseline to target that should be covered on a day: linear, or along the milestones.

    start: first day of the campaign. Between two stated points the way is straight.
    """
    baseline = starts_from(definition, target)
    if not target.milestones or baseline is None or baseline == target.value:
        return share_of_time(start, target.due, day)
    return clipped((_on_the_path(target, baseline, start, day) - baseline) / (target.value - baseline))


def expected_on(definition: Definition, target: Target, start: date, day: date) -> Fraction | None:
    """Value that should be reached by a day, in the unit shown; None without a baseline. start: of the campaign."""
    baseline = starts_from(definition, target)
    if baseline is None:
        return None
    return baseline + share_to_date(definition, target, start, day) * (target.value - baseline)


def _on_the_path(target: Target, baseline: Fraction, start: date, day: date) -> Fraction:
    """Value on the broken line from the eve of the campaign to the due date."""
    eve = start.toordinal() - 1
    points = [(eve, baseline), *((at.toordinal(), value) for at, value in target.milestones)]
    points.append((target.due.toordinal(), target.value))
    now = day.toordinal()
    for (earlier, low), (later, high) in pairwise(points):
        if now <= later:
            return low + (high - low) * Fraction(max(0, now - earlier), max(1, later - earlier))
    return target.value


def is_on_right_side(direction: Direction, reference: Fraction, value: Fraction) -> bool:
    """At least as good as the reference, for the indicator's direction."""
    return value <= reference if direction is Direction.DOWN else value >= reference


def paced(achievement: Fraction, share: Fraction) -> tuple[Fraction | None, ProgressState]:
    """Pace and the status that follows; where nothing is expected yet there is no pace, and only receding is late."""
    if share == 0:
        return None, ProgressState.ON_TRACK if achievement >= 0 else ProgressState.LATE
    pace = achievement / share
    if pace >= ON_TRACK_FROM:
        return pace, ProgressState.ON_TRACK
    return pace, ProgressState.WATCH if pace >= WATCHED_FROM else ProgressState.LATE


def progress(
    definition: Definition,
    region: str,
    target: Target | None,
    actual: Fraction | None,
    *,
    is_due: bool,
    start: date,
    day: date | None,
    why: str = "",
) -> Progress:
    """One indicator against its own target.

    actual: the total from the campaign's start to `day`, None without a figure or a value. is_due: something was due
    by then. start: first day of the campaign. day: D, as `as_of` gives it. why: of figures without a total, as in
    Progress. A neutral indicator has no target.
    """
    if target is None or definition.direction is Direction.NEUTRAL:
        return Progress(definition.code, region, ProgressState.NO_TARGET, day, actual=actual)
    baseline = starts_from(definition, target)
    if day is None:
        return Progress(
            definition.code, region, ProgressState.NOT_DUE, None, baseline, target.value, target.due, actual
        )
    share = share_to_date(definition, target, start, day)
    expected = None if baseline is None else baseline + share * (target.value - baseline)
    achievement, pace, state = _measured(definition, baseline, target.value, actual, share)
    if actual is None:
        state = ProgressState.NOT_REPORTED if is_due else ProgressState.NOT_DUE
    return Progress(
        definition.code, region, state, day, baseline, target.value, target.due, actual, achievement, share, expected,
        pace, why if state is ProgressState.NOT_REPORTED else "",
    )  # fmt: skip


def _measured(
    definition: Definition, baseline: Fraction | None, target: Fraction, actual: Fraction | None, share: Fraction
) -> tuple[Fraction | None, Fraction | None, ProgressState]:
    """Achievement, pace and status; a percentage only where there is a way to go from a known start."""
    if actual is None:
        return None, None, ProgressState.NOT_REPORTED
    good = is_on_right_side(definition.direction, target, actual)
    if baseline is None:
        return None, None, ProgressState.REACHED if good else ProgressState.NOT_REACHED
    if baseline == target:
        return None, None, ProgressState.HELD if good else ProgressState.NOT_HELD
    achievement = (actual - baseline) / (target - baseline)
    return achievement, *paced(achievement, share)


def pooled(
    definition: Definition,
    regional: Iterable[Progress],
    *,
    regions_due: Iterable[str] = (),
    day: date | None,
    versions: Mapping[str, int] | None = None,
) -> Progress:
    """National achievement without a national target: sum over regions that have actual and target, then divide.

    regional: each region's own progress. regions_due: those from which something was due, to say who is missing.
    versions: by region, that of the definition behind its figure; only the newest is summed, as in a total.
    Only counts and amounts that add up are pooled; for the rest the country is « sans cible ».
    """
    stated = [one for one in regional if one.target is not None]
    if not (stated and can_pool(definition)):
        return Progress(definition.code, NATIONAL_CODE, ProgressState.NO_TARGET, day, pooled=True)
    counted = _of_one_version(
        [one for one in stated if one.actual is not None and one.baseline is not None], versions or {}
    )
    out = _missing(regional, counted, set(regions_due))
    if not counted:
        due = any(one.state is not ProgressState.NOT_DUE for one in stated)
        state = ProgressState.NOT_REPORTED if due else ProgressState.NOT_DUE
        why = UNKNOWN_START if any(one.actual is not None for one in stated) else ""
        return Progress(definition.code, NATIONAL_CODE, state, day, why=why, pooled=True, left_out=out)
    sums = {name: sum((getattr(one, name) for one in counted), Fraction(0)) for name in _SUMMED}
    way = sums["target"] - sums["baseline"]
    share = (sums["expected"] - sums["baseline"]) / way if way else Fraction(1)
    achievement, pace, state = _measured(definition, sums["baseline"], sums["target"], sums["actual"], share)
    dues = {one.due for one in counted}
    return Progress(
        definition.code, NATIONAL_CODE, state, day, due=dues.pop() if len(dues) == 1 else None, achievement=achievement,
        share=share, pace=pace, pooled=True, regions=tuple(one.region for one in counted), left_out=out, why="", **sums,
    )  # fmt: skip


_SUMMED = ("baseline", "target", "actual", "expected")


def can_pool(definition: Definition) -> bool:
    return (
        definition.measure in (Measure.COUNT, Measure.AMOUNT)
        and definition.additivity is Additivity.SUM
        and definition.direction is not Direction.NEUTRAL
    )


def _of_one_version(able: list[Progress], versions: Mapping[str, int]) -> list[Progress]:
    newest = max((versions.get(one.region, 0) for one in able), default=0)
    return [one for one in able if versions.get(one.region, 0) == newest]


def _missing(regional: Iterable[Progress], counted: list[Progress], due: set[str]) -> tuple[tuple[str, str], ...]:
    """Regions from which something was due and that the sums leave out, with why in French."""
    inside = {one.region for one in counted}
    return tuple((one.region, _why_missing(one)) for one in regional if one.region not in inside and one.region in due)


def _why_missing(one: Progress) -> str:
    if one.target is None or one.actual is None:
        return one.word
    return UNKNOWN_START if one.baseline is None else "rupture de série : une autre version"


def advance(
    region: str, chantier: str, parts: Iterable[Progress], definitions: Mapping[str, Definition], due: set[str]
) -> Advance:
    """A region's progress on a chantier. parts: its indicators. due: codes of those from which something was due.

    Neutral indicators are means, not ends: they count nowhere.
    """
    ends = [one for one in parts if definitions[one.indicator].direction is not Direction.NEUTRAL]
    measured = [one for one in ends if one.counted is not None]
    expected_ones = {one.indicator for one in ends if one.indicator in due} | {one.indicator for one in measured}
    if not measured:
        return Advance(region, chantier, _why_none(ends, due), None, None, 0, len(expected_ones))
    mean = sum((one.counted or Fraction(0) for one in measured), Fraction(0)) / len(measured)
    share = sum((one.share or Fraction(0) for one in measured), Fraction(0)) / len(measured)
    return Advance(region, chantier, paced(mean, share)[1], mean, share, len(measured), len(expected_ones))


def _why_none(ends: list[Progress], due: set[str]) -> ProgressState:
    asked = [one for one in ends if one.indicator in due]
    if not asked:
        return ProgressState.NOT_DUE
    with_target = any(one.state is not ProgressState.NO_TARGET for one in asked)
    return ProgressState.NOT_REPORTED if with_target else ProgressState.NO_TARGET
