"""A series whose definition changes shows it: a line, words, its column in the file, a sentence for who listens."""

from typing import Any

from impact.charts.small_multiple import small_multiple, small_multiple_alt
from impact.charts.trajectory import trajectory, trajectory_alt, trajectory_data
from impact.figures import CellEntry
from impact.presentation import courses
from impact.presentation.lens import Lens
from impact.vocabulary import Status
from tests.impact.charts.frames import NAN, curve, totals
from tests.impact.presentation.worlds import world_of
from tests.impact.samples import T1, T2, T3, answer, sample, scaled


def lines(figure: Any) -> list[float]:
    return [shape.x0 for shape in figure.layout.shapes]


def versioned(region: str, period: str, value: int, version: int, status: Status = Status.VALIDATED) -> CellEntry:
    return answer(region, period, scaled(value), status, version=version)


def test_a_change_of_definition_is_a_line_between_two_periods_with_its_words() -> None:
    figure = small_multiple(curve(6, 14, 19).assign(version=[1, 1, 2]), sample())
    assert lines(figure) == [1.5]
    assert figure.layout.annotations[-1].text == "définition v2"


def test_a_period_without_a_figure_neither_makes_nor_hides_a_break() -> None:
    figure = small_multiple(curve(6, NAN, 19).assign(version=[1, NAN, 2]), sample())
    assert lines(figure) == [1.5]
    assert lines(small_multiple(curve(6, NAN, 19).assign(version=[1, NAN, 1]), sample())) == []


def test_words_at_the_last_period_stay_on_the_plot() -> None:
    note = small_multiple(curve(6, 19).assign(version=[1, 2]), sample()).layout.annotations[-1]
    assert note.xanchor == "right"


def test_a_text_alternative_says_the_break_where_it_is() -> None:
    frame = curve(6, 19).assign(version=[1, 2])
    assert "T1 6 ; rupture de série, définition v2, T2 19." in small_multiple_alt(frame, sample())


def test_bars_start_again_from_the_newest_definition_and_say_so() -> None:
    """Nothing is added across versions: what was counted before stays out of the total, which is then partial."""
    world = world_of(versioned("22", T1, 10, 1), versioned("22", T2, 15, 1), versioned("22", T3, 7, 2), regions=["22"])
    frame = courses.bars_frame(world, sample(), Lens())
    assert list(frame["validated"][:3]) == [10, 25, 7]
    assert list(frame["partial"][:3]) == [False, False, True]
    assert lines(trajectory(frame, sample())) == [1.5]
    assert "rupture de série, définition v2, T3 7, partiel" in trajectory_alt(frame, sample())
    assert list(trajectory_data(frame)["version"][:3]) == [1, 1, 2]


def test_provisional_figures_of_a_new_definition_are_not_added_to_those_of_the_old_one() -> None:
    world = world_of(versioned("22", T1, 10, 1), versioned("22", T2, 3, 2, Status.SUBMITTED), regions=["22"])
    frame = courses.bars_frame(world, sample(), Lens(provisional=True))
    assert frame["provisional"][1] == 3
    assert frame["validated"][1] != frame["validated"][1]


def test_the_table_says_the_version_only_where_it_changes() -> None:
    world = world_of(versioned("22", T1, 10, 1), versioned("22", T2, 15, 1), regions=["22"])
    steady = courses.curve_frame(world, sample(), Lens(), "22")
    assert "version" not in courses.curve_data(steady, sample()).columns
    broken = world_of(versioned("22", T1, 10, 1), versioned("22", T2, 15, 2), regions=["22"])
    data = courses.curve_data(courses.curve_frame(broken, sample(), Lens(), "22"), sample())
    assert list(data["version"][:2]) == [1, 2]


def test_frames_that_say_no_version_draw_no_break() -> None:
    assert lines(trajectory(totals((5, NAN, False, True, "")), sample())) == []
