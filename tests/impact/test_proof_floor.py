"""« And if we only keep what is proven? »: what the proof filter does to a total, its coverage and its composition."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.aggregation import Total, total, totals
from impact.figures import Cell, CellEntry, Definition
from impact.proof import GRADES
from impact.vocabulary import NATIONAL_CODE, Accumulation, Answer, Coverage, Measure, Status
from tests.impact.samples import QUARTERS, all_due, answer, sample, scaled

REGIONS = ("11", "22", "73")
FLOW, STOCK = sample(), sample(accumulation=Accumulation.STOCK)
RATE = sample(Measure.RATIO, unit="%", decimals=1)
LEVELS = range(GRADES)


@st.composite
def figures(draw: st.DrawFn) -> dict[Cell, CellEntry]:
    """What regions said of four quarters: figures of every grade and status, negative ones too, words, silences."""
    found = {}
    for region in REGIONS:
        for period in QUARTERS:
            if draw(st.booleans()):
                said = draw(st.sampled_from([Answer.VALUE, Answer.VALUE, Answer.VALUE, *Answer]))
                value = draw(st.integers(-50, 50))
                one = answer(
                    region, period, scaled(value, 60) if said is Answer.VALUE else None,
                    draw(st.sampled_from([Status.VALIDATED, Status.VALIDATED, *Status])),
                    answer=said, reliability=draw(st.sampled_from(LEVELS)), version=draw(st.sampled_from([1, 1, 1, 2])),
                )  # fmt: skip
                found[one.cell] = one
    return found


def at(definition: Definition, entries: dict[Cell, CellEntry], level: int, provisional: bool = False) -> Total:
    return total(definition, all_due(*REGIONS), entries, QUARTERS, provisional=provisional, min_proof=level)


@pytest.mark.parametrize("definition", [FLOW, STOCK, RATE], ids=["flow", "stock", "rate"])
@given(entries=figures(), provisional=st.booleans())
def test_raising_the_filter_never_raises_coverage(
    definition: Definition, entries: dict[Cell, CellEntry], provisional: bool
) -> None:
    found = [at(definition, entries, level, provisional) for level in LEVELS]
    for below, above in itertools.pairwise(found):
        assert (above.cells_due, above.regions_due) == (below.cells_due, below.regions_due)
        assert above.cells_answered <= below.cells_answered
        assert above.regions_answered <= below.regions_answered
        assert above.version == below.version
        assert above.coverage is Coverage.EMPTY or below.coverage is not Coverage.EMPTY


@pytest.mark.parametrize("definition", [FLOW, STOCK, RATE], ids=["flow", "stock", "rate"])
@given(entries=figures(), level=st.sampled_from(LEVELS), provisional=st.booleans())
def test_a_total_is_the_sum_of_what_its_composition_weighs(
    definition: Definition, entries: dict[Cell, CellEntry], level: int, provisional: bool
) -> None:
    found = at(definition, entries, level, provisional)
    pairs = [(one.pair, one.reliability) for one in found.used if one.pair]
    assert found.pair is None or found.pair.numerator == sum(pair.numerator for pair, _ in pairs)
    assert all(grade >= level for _, grade in pairs)
    weights = [sum(abs(pair.numerator) for pair, grade in pairs if grade == one) for one in LEVELS]
    assert [share * sum(weights) for share in found.composition.shares] == weights
    assert sum(found.composition.shares, Fraction(0)) == (1 if any(weights) else 0)
    assert found.composition.lowest == min((grade for _, grade in pairs), default=None)


@given(entries=figures(), level=st.sampled_from(LEVELS))
def test_a_flow_at_a_floor_is_the_sum_of_its_parts_from_that_grade_on(
    entries: dict[Cell, CellEntry], level: int
) -> None:
    parts = [one for one in at(FLOW, entries, 0).used if one.reliability >= level and one.pair]
    found = at(FLOW, entries, level)
    assert set(found.used) == set(parts)
    assert (found.pair.numerator if found.pair else 0) == sum(one.pair.numerator for one in parts if one.pair)


@given(entries=figures(), level=st.sampled_from(LEVELS))
def test_the_country_at_a_floor_covers_what_its_regions_cover(entries: dict[Cell, CellEntry], level: int) -> None:
    own = {cell: one for cell, one in entries.items() if one.version == 1}
    found = {one.region: one for one in totals(FLOW, all_due(*REGIONS), own, QUARTERS, REGIONS, min_proof=level)}
    country = found.pop(NATIONAL_CODE)
    assert country.cells_answered == sum(one.cells_answered for one in found.values())
    assert country.regions_answered == sum(bool(one.used) for one in found.values())
