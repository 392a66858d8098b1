"""Progress against a slow reference, written from the sentences of the measurement page, sharing none of the code."""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from impact.aggregation import Window, due_cells
from impact.figures import CellEntry, Definition, Mobilisation, Pair, Period, Target, period
from impact.progress import Advance, Progress
from impact.vocabulary import Accumulation, Additivity, Answer, Direction, Frequency, Measure, Status
from impact.world import World
from tests.impact.samples import END, QUARTERS, S1, START, by_cell, sample

CAMPAIGN = "2010-2011"
S2 = period("2010-2011-S2", CAMPAIGN, "half", date(2011, 4, 1), END, date(2011, 10, 14))
PERIODS = {**QUARTERS, S1.code: S1, S2.code: S2}
REGIONS = "ABC"
small = st.sampled_from([5, 3, 8, 12, 1, 0, -1, 20])
mostly = st.sampled_from([True, True, True, True, False])
edges = [one.end + timedelta(shift) for one in PERIODS.values() for shift in (-1, 0, 1)]
days = st.sampled_from([START - timedelta(1), START, *edges])
"""Around the last days of periods, where everything is decided."""


class Goal(NamedTuple):
    """A target as it was typed."""

    baseline: Fraction | None
    value: Fraction
    due: date
    milestones: tuple[tuple[date, Fraction], ...]


@st.composite
def indicators(draw: st.DrawFn, code: str) -> Definition:
    return sample(
        draw(st.sampled_from([Measure.COUNT, Measure.COUNT, *Measure])),
        code=code,
        version=2,
        chantier=draw(st.sampled_from(["FOR", "FOR", "FOR", "FOR", "PRE"])),
        accumulation=draw(st.sampled_from([Accumulation.FLOW, *Accumulation])),
        additivity=draw(st.sampled_from([Additivity.SUM, Additivity.SUM, *Additivity])),
        direction=draw(
            st.sampled_from([Direction.UP, Direction.UP, Direction.DOWN, Direction.DOWN, Direction.NEUTRAL])
        ),
        frequency=draw(st.sampled_from([Frequency.QUARTER, Frequency.QUARTER, Frequency.HALF])),
    )


@st.composite
def spells(draw: st.DrawFn) -> list[Mobilisation]:
    chosen = draw(st.lists(st.tuples(st.sampled_from(REGIONS), st.sampled_from(["FOR", "PRE"]), days, days)))
    return [Mobilisation(region, chantier, *sorted((one, other))) for region, chantier, one, other in chosen] + [
        Mobilisation(region, "FOR", START) for region in REGIONS if draw(mostly)
    ]


@st.composite
def stored(draw: st.DrawFn, definition: Definition) -> list[CellEntry]:
    found = []
    own = [one.code for one in PERIODS.values() if one.frequency is definition.frequency]
    for region in REGIONS:
        for code in (code for code in own if draw(mostly)):
            kind = draw(st.sampled_from([Answer.VALUE] * 6 + list(Answer)))
            denominator = draw(st.integers(0, 4)) * 10_000 if definition.has_pair else None
            pair = Pair(draw(small) * 10_000, denominator) if kind is Answer.VALUE else None
            status = draw(st.sampled_from([Status.VALIDATED] * 6 + list(Status)))
            version, grade = draw(st.sampled_from([2, 2, 2, 2, 1])), draw(st.sampled_from([2, 2, 1, 0]))
            found.append(CellEntry(region, definition.code, code, kind, status, pair, grade, version))
    return found


@st.composite
def goals(draw: st.DrawFn) -> Goal:
    """On either side of its baseline: what is refused when typed is still computed the same way."""
    known = draw(small if draw(mostly) else st.none())
    baseline = None if known is None else Fraction(known)
    value = Fraction(draw(st.sampled_from([15, 7, 4, 40, 12, 3, 1, 0])))
    due = draw(st.sampled_from([END, date(2011, 6, 30), date(2012, 3, 31), START]))
    between = sorted(draw(st.sets(st.sampled_from([START, *(one.end for one in QUARTERS.values())]), max_size=2)))
    low, high = sorted((baseline or Fraction(0), value))
    steps = [(day, low + (high - low) * Fraction(draw(st.integers(0, 4)), 4)) for day in between if day < due]
    return Goal(baseline, value, due, tuple(steps) if draw(st.booleans()) else ())


class Case(NamedTuple):
    """Everything that is drawn; the product's world is made of it, and the reference reads it."""

    definitions: list[Definition]
    mobilised: list[Mobilisation]
    entries: list[CellEntry]
    goals: dict[tuple[str, str], Goal]
    today: date
    day: date | None
    provisional: bool
    min_proof: int

    @property
    def asked(self) -> date:
        return self.day or self.today


@st.composite
def cases(draw: st.DrawFn) -> Case:
    definitions = [draw(indicators(f"X-{n}")) for n in range(draw(st.integers(1, 3)))]
    aims = {
        (region, one.code): draw(goals())
        for one in definitions
        for region in (*REGIONS, "FR")
        if draw(mostly) is (region != "FR")
    }
    return Case(
        definitions, draw(spells()), [entry for one in definitions for entry in draw(stored(one))], aims,
        draw(st.sampled_from([date(2011, 10, 1), date(2011, 7, 10), END, date(2011, 4, 1), date(2010, 11, 1)])),
        draw(days) if not draw(mostly) else None, draw(st.booleans()), draw(st.sampled_from([0, 0, 0, 1, 2])),
    )  # fmt: skip


def world_of(case: Case) -> World:
    window = Window(START, END, case.today)
    definitions = {one.code: one for one in case.definitions}
    return World(
        campaign=CAMPAIGN, window=window, definitions=definitions, periods=PERIODS,
        region_names={region: region for region in REGIONS}, chantier_names={"FOR": "FOR", "PRE": "PRE"},
        mobilisations=tuple(case.mobilised),
        due=tuple(due_cells(case.definitions, PERIODS.values(), case.mobilised, window)),
        entries=by_cell(*case.entries), quality=(), pending=frozenset(), granted={}, start=START,
        targets={
            (region, code): Target(region, code, CAMPAIGN, goal.value, goal.due, goal.baseline, goal.milestones)
            for (region, code), goal in case.goals.items()
        },
    )  # fmt: skip


# The reference


class Expected(NamedTuple):
    state: str
    as_of: date | None = None
    baseline: Fraction | None = None
    target: Fraction | None = None
    actual: Fraction | None = None
    achievement: Fraction | None = None
    expected: Fraction | None = None
    pace: Fraction | None = None
    share: Fraction | None = None
    """Not compared where nothing is expected of it; a region's progress takes its mean."""


def last_day(case: Case, one: Definition) -> date | None:
    """Section 4: the end of the last period of the frequency that ended on or before the day asked for."""
    ends = [p.end for p in PERIODS.values() if p.frequency is one.frequency]
    return max((end for end in ends if end <= case.asked and end < case.today), default=None)


def is_mobilised(case: Case, region: str, chantier: str, day: date) -> bool:
    return any(
        (spell.region, spell.chantier) == (region, chantier) and spell.start <= day <= (spell.end or date.max)
        for spell in case.mobilised
    )


def due_periods(case: Case, region: str, one: Definition, until: date | None) -> list[Period]:
    """Section 5: mobilised on the last day, ended, not said « sans objet » by something sent."""
    found = []
    for p in PERIODS.values():
        if until is None or p.frequency is not one.frequency or p.end > until or p.end >= case.today:
            continue
        removed = any(
            (entry.region, entry.indicator, entry.period) == (region, one.code, p.code)
            and entry.answer is Answer.NOT_APPLICABLE
            and entry.status in (Status.SUBMITTED, Status.VALIDATED)
            for entry in case.entries
        )
        if is_mobilised(case, region, one.chantier, p.end) and not removed:
            found.append(p)
    return found


def entering(case: Case, region: str, one: Definition, until: date | None) -> list[tuple[date, CellEntry]]:
    ends = {p.code: p.end for p in due_periods(case, region, one, until)}
    official = (Status.VALIDATED, Status.SUBMITTED) if case.provisional else (Status.VALIDATED,)
    return [
        (ends[entry.period], entry)
        for entry in case.entries
        if entry.region == region and entry.indicator == one.code and entry.period in ends
        if entry.pair is not None and entry.status in official and entry.reliability >= case.min_proof
    ]


def newest(figures: Iterable[tuple[date, CellEntry]]) -> int:
    return max((entry.version for _, entry in figures), default=0)


def value(case: Case, one: Definition, regions: Iterable[str], until: date | None) -> Fraction | None:
    """Section 3, of one version of the definition alone: over periods, then over regions, then divide."""
    known = {region: entering(case, region, one, until) for region in regions}
    version = newest(figure for figures in known.values() for figure in figures)
    numerator, denominator, count = 0, 0, 0
    for figures in known.values():
        same = sorted((end, entry.pair) for end, entry in figures if entry.version == version and entry.pair)
        for _, pair in same[-1:] if one.accumulation is Accumulation.STOCK else same:
            numerator, denominator, count = numerator + pair[0], denominator + (pair[1] or 0), count + 1
    if not count:
        return None
    if one.measure in (Measure.COUNT, Measure.AMOUNT):
        return Fraction(numerator, 10_000)
    if not denominator:
        return None
    return Fraction(numerator, denominator) * (100 if one.measure is Measure.RATIO else 1)


def start_of(one: Definition, goal: Goal) -> Fraction | None:
    from_nothing = (
        one.measure in (Measure.COUNT, Measure.AMOUNT)
        and one.accumulation is Accumulation.FLOW
        and one.direction is Direction.UP
    )
    return Fraction(0) if goal.baseline is None and from_nothing else goal.baseline


def share_of(one: Definition, goal: Goal, day: date) -> Fraction:
    start = start_of(one, goal)
    if goal.milestones and start is not None and start != goal.value:
        stops = [(START - timedelta(1), start), *goal.milestones, (goal.due, goal.value)]
        stops = [*stops, (date.max, goal.value)]
        before = [stop for stop in stops if stop[0] < day][-1]
        after = next(stop for stop in stops if stop[0] >= day)
        way = Fraction((day - before[0]).days, (after[0] - before[0]).days)
        reached = before[1] + (after[1] - before[1]) * way
        return min(Fraction(1), (reached - start) / (goal.value - start))
    return min(Fraction(1), Fraction((day - START).days + 1, (goal.due - START).days + 1))


def status(achievement: Fraction, share: Fraction) -> tuple[Fraction | None, str]:
    if not share:  # milestones that expect nothing yet
        return None, "en_retard" if achievement < 0 else "en_avance_ou_conforme"
    pace = achievement / share
    if pace < Fraction("0.85"):
        return pace, "en_retard"
    return pace, "a_surveiller" if pace < 1 else "en_avance_ou_conforme"


def judged(
    one: Definition, start: Fraction | None, aim: Fraction, actual: Fraction, share: Fraction
) -> tuple[Fraction | None, Fraction | None, str]:
    good = actual <= aim if one.direction is Direction.DOWN else actual >= aim
    if start is None:
        return None, None, "atteint" if good else "non_atteint"
    if start == aim:
        return None, None, "tenu" if good else "non_tenu"
    achievement = (actual - start) / (aim - start)
    return achievement, *status(achievement, share)


def against(case: Case, one: Definition, region: str, regions: str) -> Expected:
    """One indicator against the target of a region, or of the country over its regions."""
    day, goal = last_day(case, one), case.goals.get((region, one.code))
    additive = region != "FR" or one.additivity is Additivity.SUM
    actual = value(case, one, regions, day) if additive else None
    if goal is None or one.direction is Direction.NEUTRAL:
        return Expected("sans_cible", day, actual=actual)
    start = start_of(one, goal)
    if day is None:
        return Expected("a_venir", None, start, goal.value)
    share = share_of(one, goal, day)
    expected = None if start is None else start + share * (goal.value - start)
    said = Expected("", day, start, goal.value, actual, None, expected, None, share)
    if actual is None:
        due = any(due_periods(case, each, one, day) for each in regions)
        return said._replace(state="non_renseigne" if due else "a_venir")
    achievement, pace, state = judged(one, start, goal.value, actual, share)
    return said._replace(state=state, achievement=achievement, pace=pace)


def country(case: Case, one: Definition, regions: str) -> Expected:
    day = last_day(case, one)
    can_pool = (
        one.measure in (Measure.COUNT, Measure.AMOUNT)
        and one.additivity is Additivity.SUM
        and one.direction is not Direction.NEUTRAL
    )
    own = {region: against(case, one, region, region) for region in regions if (region, one.code) in case.goals}
    if ("FR", one.code) in case.goals or not can_pool or not own:
        return against(case, one, "FR", regions)
    known = {region: each for region, each in own.items() if each.actual is not None and each.baseline is not None}
    versions = {region: newest(entering(case, region, one, day)) for region in known}
    # Two regions may only be added up when they used the same version.
    whole = [each for region, each in known.items() if versions[region] == max(versions.values())]
    if not whole:
        return Expected("a_venir" if all(each.state == "a_venir" for each in own.values()) else "non_renseigne", day)
    start = sum((each.baseline or Fraction(0) for each in whole), Fraction(0))
    aim = sum((each.target or Fraction(0) for each in whole), Fraction(0))
    actual = sum((each.actual or Fraction(0) for each in whole), Fraction(0))
    expected = sum((each.expected or Fraction(0) for each in whole), Fraction(0))
    share = (expected - start) / (aim - start) if aim != start else Fraction(1)
    achievement, pace, state = judged(one, start, aim, actual, share)
    return Expected(state, day, start, aim, actual, achievement, expected, pace, share)


class ExpectedAdvance(NamedTuple):
    state: str
    progress: Fraction | None
    expected: Fraction | None
    measured: int
    indicators: int


def advance_of(case: Case, region: str, chantier: str) -> ExpectedAdvance:
    counted, shares, expected_of, with_target = [], [], set(), False
    for one in case.definitions:
        if one.chantier != chantier or one.direction is Direction.NEUTRAL:
            continue
        found = against(case, one, region, region)
        if due_periods(case, region, one, case.asked):
            expected_of.add(one.code)
            with_target = with_target or found.state != "sans_cible"
        if found.achievement is not None:
            counted.append(min(Fraction(1), max(Fraction(0), found.achievement)))
        elif found.state in ("tenu", "atteint", "non_tenu", "non_atteint"):
            counted.append(Fraction(found.state in ("tenu", "atteint")))
        else:
            continue
        expected_of.add(one.code)
        shares.append(found.share or Fraction(0))
    if not counted:
        nothing = "non_renseigne" if with_target else "sans_cible" if expected_of else "a_venir"
        return ExpectedAdvance(nothing, None, None, 0, len(expected_of))
    mean, share = sum(counted) / Fraction(len(counted)), sum(shares) / Fraction(len(shares))
    return ExpectedAdvance(status(mean, share)[1], mean, share, len(counted), len(expected_of))


def mobilised_regions(case: Case, chantier: str) -> str:
    """Those with a spell that touches the campaign."""
    touching = [
        spell.region
        for spell in case.mobilised
        if spell.chantier == chantier and spell.start <= END and (spell.end or date.max) >= START
    ]
    return "".join(region for region in REGIONS if region in touching)


# The comparison


def seen(one: Progress) -> Expected:
    return Expected(
        one.state.value, one.as_of, one.baseline, one.target, one.actual, one.achievement, one.expected, one.pace
    )


def seen_advance(one: Advance) -> ExpectedAdvance:
    return ExpectedAdvance(one.state.value, one.progress, one.expected, one.measured, one.indicators)


@settings(max_examples=400)
@given(cases())
def test_progress_is_that_of_a_slow_reading_of_the_page(case: Case) -> None:
    world = world_of(case)
    choices: dict[str, Any] = {"provisional": case.provisional, "min_proof": case.min_proof, "day": case.day}
    for one in case.definitions:
        regions = mobilised_regions(case, one.chantier)
        expected = {region: against(case, one, region, region) for region in regions}
        expected["FR"] = country(case, one, regions)
        found = world.progresses(one.code, **choices)
        assert {region: seen(each) for region, each in found.items()} == {
            region: each._replace(share=None) for region, each in expected.items()
        }
    for chantier in ("FOR", "PRE"):
        regions = mobilised_regions(case, chantier)
        advances = world.advances(chantier, **choices)
        assert {region: seen_advance(each) for region, each in advances.items()} == {
            region: advance_of(case, region, chantier) for region in regions
        }
