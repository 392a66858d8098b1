"""Counts by grade: nothing is lost, whichever way validated figures are cut."""

from hypothesis import given
from hypothesis import strategies as st

from impact.figures import CellEntry
from impact.presentation.grades import at_each_end, by_chantier, by_place, ends_frame, validated
from impact.proof import GRADES
from impact.vocabulary import Answer, Frequency, Status
from tests.impact.presentation.worlds import world_of
from tests.impact.samples import S1, T1, T2, T3, T4, answer, sample, scaled

HALF = sample(code="PRE-12", chantier="PRE", frequency=Frequency.HALF)
PERIODS = {S1.code: S1}
QUARTERLY = st.builds(
    lambda region, period, status, grade, value: answer(
        region, period, scaled(3) if value else None, status, reliability=grade
    ),
    st.sampled_from(["22", "73", "11"]),
    st.sampled_from([T1, T2, T3, T4]),
    st.sampled_from(Status),
    st.integers(0, GRADES - 1),
    st.booleans(),
)
HALVES = st.builds(
    lambda region, grade: CellEntry(
        region, HALF.code, S1.code, Answer.VALUE, Status.VALIDATED, scaled(1), reliability=grade
    ),
    st.sampled_from(["22", "73"]),
    st.integers(0, GRADES - 1),
)


@given(st.lists(st.one_of(QUARTERLY, HALVES), max_size=12))
def test_every_way_of_cutting_holds_each_validated_figure_once(entries: list[CellEntry]) -> None:
    world = world_of(*entries, definitions=[sample(), HALF], periods=PERIODS)
    whole = [sum(entry.reliability == level for entry in validated(world)) for level in range(GRADES)]
    for parts in (
        [end.counts for end in at_each_end(world)],
        [place.counts for place in by_place(world)],
        list(by_chantier(world).values()),
    ):
        assert [sum(column) for column in zip(*parts, strict=True)] == whole


def test_periods_that_end_together_share_a_bar_and_those_to_come_have_none() -> None:
    world = world_of(
        answer("22", T2, scaled(3), reliability=2), definitions=[sample(), HALF], periods=PERIODS
    )  # fmt: skip
    assert [(end.name, end.counts[2]) for end in at_each_end(world)] == [("T1", 0), ("T2, S1", 1), ("T3", 0)]
    assert ends_frame(at_each_end(world))["tick"].unique().tolist()[1] == "T2, S1<br>31 mars<br>2011"


def test_periods_that_no_indicator_reports_on_have_no_bar() -> None:
    assert [end.name for end in at_each_end(world_of(periods=PERIODS))] == ["T1", "T2", "T3"]


def test_a_region_that_owes_figures_stands_there_even_without_one() -> None:
    world = world_of(answer("22", T1, scaled(3), reliability=4))
    assert [(one.name, one.chantier, sum(one.counts)) for one in by_place(world)] == [
        ("Midi-Pyrénées", "FOR", 0), ("Picardie", "FOR", 1),
    ]  # fmt: skip
