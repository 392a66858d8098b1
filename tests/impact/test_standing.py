"""What is kept ready of a campaign says on any day what its figures say on that day."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from impact.aggregation import Window, due_cells
from impact.figures import CellEntry, Definition, Mobilisation, Pair, Target, period
from impact.progress import Advance
from impact.quality import quality
from impact.queries import standings as standings_kept
from impact.services import rollup
from impact.standing import Standing, before_any_end, ends, in_force, reporting, standings
from impact.vocabulary import Accumulation, Answer, Direction, Frequency, Measure, ProgressState, Status
from impact.world import World
from tests.impact.samples import END, QUARTERS, S1, START, by_cell, sample

CAMPAIGN = "2010-2011"
PERIODS = QUARTERS | {
    one.code: one
    for one in (
        S1,
        period("2010-2011-S2", CAMPAIGN, "half", date(2011, 4, 1), END, date(2011, 10, 14)),
        period("2010-2011-A", CAMPAIGN, "year", START, END, date(2011, 10, 14)),
        period("2011-2012-T1", "2011-2012", "quarter", date(2011, 10, 1), date(2011, 12, 31), date(2012, 1, 15)),
    )
}
DEFINITIONS = {
    one.code: one
    for one in (
        sample(code="FOR-04"),
        sample(Measure.RATIO, code="FOR-05", frequency=Frequency.HALF, direction=Direction.DOWN),
        sample(code="FOR-06", frequency=Frequency.YEAR, accumulation=Accumulation.STOCK),
        sample(code="FOR-07", direction=Direction.NEUTRAL),
        sample(Measure.MEAN, code="PRE-01", chantier="PRE", accumulation=Accumulation.STOCK),
    )
}
REGIONS = ("22", "73")
edges = [one.end + timedelta(shift) for one in PERIODS.values() for shift in (-1, 0, 1)]
days = st.sampled_from([START - timedelta(1), START, START + timedelta(1), *edges, date(2012, 6, 1)])


@st.composite
def entries(draw: st.DrawFn) -> list[CellEntry]:
    found = []
    for region in REGIONS:
        for definition in DEFINITIONS.values():
            for one in PERIODS.values():
                if one.frequency is not definition.frequency or draw(st.integers(0, 3)) == 0:
                    continue
                answer = draw(st.sampled_from([Answer.VALUE, Answer.VALUE, *Answer]))
                status = draw(st.sampled_from([Status.VALIDATED, Status.VALIDATED, *Status]))
                cases = draw(st.integers(0, 30_000)) if definition.has_pair else None
                pair = Pair(draw(st.integers(0, 90_000)), cases) if answer is Answer.VALUE else None
                sent = one.end + timedelta(draw(st.integers(1, 30))) if status is not Status.DRAFT else None
                grade, version = draw(st.integers(0, 3)), draw(st.integers(1, 2))
                found.append(CellEntry(region, definition.code, one.code, answer, status, pair, grade, version, sent))
    return found


@st.composite
def stated(draw: st.DrawFn, definition: Definition, region: str) -> Target:
    value, baseline = draw(st.integers(0, 9)), draw(st.none() | st.integers(0, 9))
    due = START + timedelta(draw(st.integers(0, 500)))
    return Target(
        region, definition.code, CAMPAIGN, Fraction(value), due, None if baseline is None else Fraction(baseline)
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """On the day after the campaign: the one that the roll-up is made from."""
    spells = [
        Mobilisation(region, chantier, *sorted((draw(days), draw(days))))
        for region in REGIONS
        for chantier in ("FOR", "PRE")
        if draw(st.booleans())
    ] + [Mobilisation(region, "FOR", START) for region in draw(st.sets(st.sampled_from(REGIONS)))]
    goals = [
        draw(stated(definition, region))
        for region in REGIONS
        for definition in DEFINITIONS.values()
        if draw(st.booleans())
    ]
    window = Window(START, END, END + timedelta(1))
    return World(
        CAMPAIGN, window, DEFINITIONS, PERIODS, {code: code for code in REGIONS}, {"FOR": "F", "PRE": "P"},
        tuple(spells), tuple(due_cells(DEFINITIONS.values(), PERIODS.values(), spells, window)),
        by_cell(*draw(entries())), (), frozenset(), {}, START, {(one.region, one.indicator): one for one in goals},
    )  # fmt: skip


def on(world: World, day: date) -> World:
    """The same campaign as a reader would find it on a day."""
    window = Window(START, END, day)
    due = due_cells(DEFINITIONS.values(), PERIODS.values(), world.mobilisations, window)
    counts = quality(DEFINITIONS.values(), due, world.entries, PERIODS)
    return replace(world, window=window, due=tuple(due), quality=tuple(counts))


@settings(max_examples=300)
@given(worlds(), days)
def test_progress_kept_ready_is_the_progress_computed_on_the_day(world: World, day: date) -> None:
    kept, end = standings(world), in_force(ends(PERIODS.values(), CAMPAIGN), day)
    read = {
        one.advance if end else before_any_end(one.advance.region, one.advance.chantier)
        for one in kept
        if one.as_of == (end or min(ends(PERIODS.values(), CAMPAIGN)))
    }
    reader = on(world, day)
    assert read == {one for chantier in ("FOR", "PRE") for one in reader.advances(chantier).values()}


@settings(max_examples=300)
@given(worlds(), days)
def test_counts_kept_ready_are_the_counts_of_the_periods_over_on_the_day(world: World, day: date) -> None:
    kept = [row for row in reporting(world) if PERIODS[row.period].has_ended(day)]
    assert kept == list(on(world, day).quality)


@given(worlds(), days, st.sampled_from(REGIONS), st.sampled_from(["FOR", "PRE"]))
def test_a_region_s_chantier_alone_gives_the_rows_that_the_whole_country_gives(
    world: World, day: date, region: str, chantier: str
) -> None:
    alone = world.of_regions([region]).of_chantier(chantier)
    assert standings(alone) == [
        one for one in standings(world) if (one.advance.region, one.advance.chantier) == (region, chantier)
    ]
    assert reporting(alone) == [row for row in reporting(world) if (row.region, row.chantier) == (region, chantier)]


def test_progress_over_hundreds_of_indicators_is_kept_exactly() -> None:
    """Python's int writes and reads 4,300 digits; denominators with nothing in common multiply."""
    large = [(1 << 53) - 3 * shift for shift in range(400)]
    mean = sum((Fraction(part // 3, part) for part in large), Fraction(0)) / len(large)
    assert mean.denominator > 10**4_300
    for ratio in (mean, Fraction(1), Fraction(0), Fraction(5, 8), None):
        advance = Advance("22", "FOR", ProgressState.ON_TRACK, ratio, ratio, 400, 400)
        row = rollup.standing_row(CAMPAIGN, Standing(END, advance))
        assert standings_kept.ratio(row["progress"]) == standings_kept.ratio(row["expected"]) == ratio
