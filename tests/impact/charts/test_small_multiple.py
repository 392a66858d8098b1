from typing import Any

from impact.charts.palette import PALETTES
from impact.charts.small_multiple import small_multiple, small_multiple_alt
from impact.charts.target_mark import TargetMark
from impact.presentation.courses import curve_data
from impact.vocabulary import CellState, Measure
from tests.impact.charts.frames import NAN, curve
from tests.impact.samples import sample

MISSING, LATER = CellState.MISSING, CellState.NOT_DUE


def texts(figure: Any) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def test_a_missing_period_breaks_the_curve_and_is_said_at_its_foot() -> None:
    figure = small_multiple(curve(40.9, MISSING, 60.9, LATER), sample(Measure.RATIO))
    validated = figure.data[1]
    assert list(validated.y) == [40.9, None, 60.9, None]
    assert validated.connectgaps is False
    assert texts(figure) == ["○ manquant", "à venir", "<b>60.9</b>"]


def test_a_true_zero_is_a_dot_on_the_axis() -> None:
    figure = small_multiple(curve(0, LATER), sample())
    assert list(figure.data[1].y) == [0, None]
    assert texts(figure)[-1] == "<b>0</b>"


def test_a_provisional_value_is_an_open_dot_at_the_end_of_a_lighter_segment() -> None:
    figure = small_multiple(curve(6, 14, 19, provisional=(2,)), sample())
    provisional, validated = figure.data
    assert list(validated.y) == [6, 14, None]
    assert list(provisional.y) == [None, 14, 19]
    assert provisional.marker.size == (0, 0, 10)
    assert provisional.line.color == PALETTES["light"].tint("FOR")
    assert provisional.marker.color == PALETTES["light"].paper


def test_a_provisional_value_after_a_gap_stands_alone() -> None:
    figure = small_multiple(curve(6, MISSING, 19, provisional=(2,)), sample())
    assert list(figure.data[0].y) == [None, None, 19]


def test_neighbouring_periods_in_the_same_state_share_their_words() -> None:
    notes = small_multiple(curve(MISSING, MISSING, CellState.NOT_AVAILABLE, 5), sample()).layout.annotations
    assert [(note.x, note.text) for note in notes[:2]] == [(0.5, "○ manquant"), (2, "∅ non disponible")]


def test_words_that_would_touch_stand_on_two_lines() -> None:
    notes = small_multiple(curve(CellState.NOT_AVAILABLE, MISSING, 3, LATER), sample()).layout.annotations
    assert [note.yshift for note in notes[:3]] == [3, 20, 3]


def test_words_at_an_edge_stay_on_the_plot() -> None:
    notes = small_multiple(curve(CellState.NOT_AVAILABLE, 3, 4, MISSING), sample()).layout.annotations
    assert [(note.x, note.xanchor) for note in notes[:2]] == [(-0.45, "left"), (3.45, "right")]


def test_a_ratio_of_nothing_is_a_figure_without_a_dot() -> None:
    frame = curve(12.0, 13.0)
    frame.loc[1, ["value", "label"]] = [float("nan"), "n. c."]
    assert texts(small_multiple(frame, sample(Measure.RATIO)))[0] == "n. c."
    assert small_multiple_alt(frame, sample(Measure.RATIO)).endswith("T1 12 ; T2 n. c..")


def test_shares_compare_and_a_closed_scale_is_shown_whole() -> None:
    assert small_multiple(curve(3.0), sample(Measure.RATIO)).layout.yaxis.tickvals == (0, 25, 50, 75, 100)
    level = sample(Measure.MEAN, decimals=1, maximum=50_000)
    assert small_multiple(curve(1.8), level).layout.yaxis.tickvals[-1] == 5


def test_the_last_value_is_written_on_the_side_where_the_curve_is_not() -> None:
    rising = small_multiple(curve(10, 30), sample(Measure.RATIO)).layout.annotations[-1]
    falling = small_multiple(curve(60, 40), sample(Measure.RATIO)).layout.annotations[-1]
    assert (rising.yanchor, falling.yanchor) == ("bottom", "top")


def test_a_chart_without_any_value_says_why() -> None:
    figure = small_multiple(curve(MISSING, LATER), sample())
    assert texts(figure) == ["○ manquant", "à venir"]


def test_the_text_alternative_tells_every_period_that_ended() -> None:
    told = small_multiple_alt(curve(6, MISSING, 19, LATER, provisional=(2,)), sample())
    assert told == "FOR-04 Personnes formées, par période : T1 6 ; T2 manquant ; T3 19, provisoire."


def test_the_data_are_what_the_curve_shows() -> None:
    data = curve_data(curve(6, MISSING).assign(denominator=NAN), sample())
    assert data.columns.tolist() == ["periode", "valeur", "texte", "provisoire", "etat"]
    assert data["etat"].tolist() == ["valeur", "manquant"]


def test_no_line_leads_from_one_definition_to_the_next() -> None:
    validated = small_multiple(curve(6, 14, 19).assign(version=[1, 1, 2]), sample()).data[1]
    assert (list(validated.x), list(validated.y)) == ([0, 1, 1.5, 2], [6, 14, None, 19])


def test_words_at_the_foot_make_way_for_a_plan_that_runs_there() -> None:
    frame = curve(MISSING, LATER).assign(planned=[1.0, 2.0], planned_label="")
    low = small_multiple(frame.assign(planned=[5.0, 10.0]), sample(), mark=TargetMark(1, 100, "cible 100", ""))
    assert [note.text for note in low.layout.annotations] == ["cible 100", "○ manquant"], (
        "« à venir » says nothing here"
    )
    assert low.layout.annotations[1].yshift > 3
    free = small_multiple(frame.assign(planned=[50.0, 100.0]), sample(), mark=TargetMark(1, 100, "cible 100", ""))
    assert [note.yshift for note in free.layout.annotations[1:]] == [3, 3]


def test_the_last_value_stands_over_its_point_even_at_the_top_so_that_no_dash_of_the_plan_reads_as_its_minus() -> None:
    label = small_multiple(curve(4, LATER), sample()).layout.annotations[-1]
    assert (label.yanchor, label.yshift) == ("bottom", 6)
    falling = small_multiple(curve(8, 4), sample()).layout.annotations[-1]
    assert falling.yanchor == "top"
