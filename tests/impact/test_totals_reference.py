"""Totals against a slow reference, written from the sentences of the measurement page and sharing none of the code."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from impact.aggregation import Window, due_cells, total
from impact.figures import CellEntry, Definition, Mobilisation, Pair
from impact.vocabulary import Accumulation, Additivity, Answer, Coverage, Measure, Status
from tests.impact.samples import END, QUARTERS, START, answer, by_cell, sample

REGIONS = "ABC"
edges = [quarter.end + timedelta(shift) for quarter in QUARTERS.values() for shift in (-1, 0, 1)]
days = st.sampled_from([START - timedelta(1), START, *edges])
"""Around the last days of periods, where everything is decided."""


@st.composite
def spells(draw: st.DrawFn) -> list[Mobilisation]:
    chosen = draw(st.lists(st.tuples(st.sampled_from(REGIONS), st.sampled_from(["FOR", "FOR", "PRE"]), days, days)))
    return [Mobilisation(region, chantier, *sorted((one, other))) for region, chantier, one, other in chosen] + [
        Mobilisation(region, "FOR", START) for region in draw(st.sets(st.sampled_from(REGIONS)))
    ]


@st.composite
def stored(draw: st.DrawFn, has_pair: bool) -> list[CellEntry]:
    found = []
    for region in REGIONS:
        for code in draw(st.sets(st.sampled_from(list(QUARTERS)))):
            kind = draw(st.sampled_from([Answer.VALUE, Answer.VALUE, *Answer]))
            denominator = draw(st.integers(0, 30_000)) if has_pair else None
            pair = Pair(draw(st.integers(-(10**5), 10**5)), denominator) if kind is Answer.VALUE else None
            status = draw(st.sampled_from([Status.VALIDATED, *Status]))
            grade = draw(st.integers(0, 3))
            found.append(answer(region, code, pair, status, answer=kind, reliability=grade))
    return found


class Expected(NamedTuple):
    pair: tuple[int, int | None] | None
    value: Fraction | None
    shown: Decimal | None
    coverage: Coverage
    regions: tuple[int, int]
    cells: tuple[int, int]
    value_date: date | None
    older: set[str]


def reference(
    definition: Definition,
    mobilised: list[Mobilisation],
    entries: list[CellEntry],
    window: Window,
    provisional: bool,
    min_proof: int,
    region_wanted: str,
) -> Expected:
    regions = [region for region in REGIONS if region_wanted in ("FR", region)]
    due, values = [], {}
    for region in regions:
        for code, quarter in QUARTERS.items():
            inside = window.start <= quarter.end <= window.end and quarter.end < window.today
            committed = any(
                spell.region == region
                and spell.chantier == "FOR"
                and spell.start <= quarter.end <= (spell.end or date.max)
                for spell in mobilised
            )
            said = [entry for entry in entries if (entry.region, entry.period) == (region, code)]
            settled = [entry for entry in said if entry.status in (Status.SUBMITTED, Status.VALIDATED)]
            if not (inside and committed) or any(entry.answer is Answer.NOT_APPLICABLE for entry in settled):
                continue
            due.append((region, quarter.end))
            for entry in settled:
                official = entry.status is Status.VALIDATED or provisional
                if entry.pair is not None and official and entry.reliability >= min_proof:
                    values[region, quarter.end] = entry.pair
    entering = dict(values)
    last_due = max((end for _, end in due), default=None)
    if definition.accumulation is Accumulation.STOCK:
        entering = {
            (region, end): pair
            for (region, end), pair in values.items()
            if end == max(day for other, day in values if other == region)
        }
        answered = sum(1 for region in regions if (region, last_due) in values)
        owed = sum(1 for region in regions if (region, last_due) in due)
        reach = (answered, owed)
    else:
        answered, owed = len({region for region, _ in values}), len({region for region, _ in due})
        reach = (len(values), len(due))
    numerator = sum(pair.numerator for pair in entering.values())
    denominator = sum(pair.denominator or 0 for pair in entering.values()) if definition.has_pair else None
    scale = {Measure.COUNT: Fraction(1, 10_000), Measure.RATIO: Fraction(100), Measure.MEAN: Fraction(1)}
    value = None
    if denominator != 0 and entering:
        value = scale[definition.measure] * numerator / (denominator or 1)
    coverage = Coverage.COMPLETE
    if reach[0] < reach[1]:
        coverage = Coverage.PARTIAL
    if value is None:
        coverage = Coverage.NOT_COMPUTABLE
    if not entering:
        coverage = Coverage.EMPTY
    newest = max((end for _, end in entering), default=None) if definition.accumulation is Accumulation.STOCK else None
    older = {region for region, end in entering if newest and end < newest}
    pair = (numerator, denominator) if entering else None
    if definition.additivity is Additivity.NONE and region_wanted == "FR":
        pair, value, coverage, newest = None, None, Coverage.NOT_ADDITIVE, None
    shown = None
    if value is not None:
        units = floor(abs(value) * 10**definition.decimals + Fraction(1, 2)) * (-1 if value < 0 else 1)
        shown = Decimal(units) / 10**definition.decimals
    return Expected(pair, value, shown, coverage, (answered, owed), (len(values), len(due)), newest, older)


@settings(max_examples=400)
@given(st.data())
def test_totals_are_those_of_a_slow_reading_of_the_page(data: st.DataObject) -> None:
    measure = data.draw(st.sampled_from([Measure.COUNT, Measure.RATIO, Measure.MEAN]))
    definition = sample(
        measure,
        accumulation=data.draw(st.sampled_from(Accumulation)),
        additivity=data.draw(st.sampled_from([Additivity.SUM, *Additivity])),
        decimals=data.draw(st.integers(0, 2)),
    )
    mobilised, entries = data.draw(spells()), data.draw(stored(definition.has_pair))
    start, end = sorted((data.draw(days), data.draw(days)))
    window = Window(start, end, data.draw(st.sampled_from([END, END + timedelta(1), date(2011, 7, 10)])))
    choices: dict[str, Any] = {
        "provisional": data.draw(st.booleans()),
        "min_proof": data.draw(st.integers(0, 3)),
    }
    region = data.draw(st.sampled_from(["FR", *REGIONS]))
    due = due_cells([definition], QUARTERS.values(), mobilised, window)
    result = total(definition, due, by_cell(*entries), QUARTERS, region=region, **choices)
    assert Expected(
        result.pair and tuple(result.pair),  # type: ignore[arg-type]
        result.value,
        result.shown,
        result.coverage,
        (result.regions_answered, result.regions_due),
        (result.cells_answered, result.cells_due),
        result.value_date,
        set(result.older_regions),
    ) == reference(definition, mobilised, entries, window, region_wanted=region, **choices)
