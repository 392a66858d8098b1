from typing import Any

import pandas as pd
import pytest

from impact.charts.dots import dots, dots_alt
from impact.charts.palette import PALETTES, Mode
from impact.vocabulary import Measure
from tests.impact.charts.frames import NAN
from tests.impact.samples import sample

ORDINARY = {
    "mark": "", "detail": "", "target": NAN, "target_label": "", "expected": NAN, "partial": False,
    "provisional": False, "apart": False, "comparability": "comparable",
}  # fmt: skip


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([ORDINARY | {"label": f"{row['value']:g}", "hover": row["name"]} | row for row in rows])


FRAME = frame(
    {"name": "1. Picardie", "value": 40, "target": 50, "target_label": "cible 50", "expected": 36},
    {
        "name": "2. <b>",
        "value": 10,
        "partial": True,
        "detail": "partiel",
        "mark": "≈",
        "comparability": "partiellement comparable",
    },
    {"name": "Bourgogne", "value": 90, "apart": True, "mark": "≠", "provisional": True},
)


def texts(figure: Any) -> list[str]:
    """Names, values, targets, then the heading."""
    written = [text for trace in figure.data[4:] for text in trace.text]
    return written + [note.text for note in figure.layout.annotations]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_first_region_stands_on_top_and_those_apart_below_a_heading(mode: Mode) -> None:
    figure = dots(FRAME, sample(), mode)
    stems, _, _, points, *_ = figure.data
    low, high = figure.layout.yaxis.range
    assert low > high  # the axis goes down
    assert list(points.y) == [0, 1, 2.75]
    assert list(points.marker.symbol) == ["circle", "circle", "square"]
    palette = PALETTES[mode]
    assert stems.marker.line.color == (palette.tone("FOR"), palette.tone("FOR"), palette.secondary)
    assert texts(figure)[-1] == "<b>≠ Non comparables : hors classement</b>"
    assert "≠ Non" not in "".join(texts(dots(FRAME.head(2), sample(), mode)))


def test_partial_totals_are_hatched_and_provisional_ones_open() -> None:
    stems, _, _, points, *_ = dots(FRAME, sample()).data
    assert stems.marker.pattern.shape == ("", "/", "")
    assert points.marker.color[2] == PALETTES["light"].paper
    assert points.marker.color[0] == PALETTES["light"].tone("FOR")


def test_a_target_is_a_mark_with_its_value_and_what_is_expected_a_dotted_tick() -> None:
    figure = dots(FRAME, sample())
    _, expected, targets, *_ = figure.data
    assert (list(targets.x), list(targets.y)) == ([50], [0])
    assert list(expected.x) == [36, 36, None]
    assert expected.line.dash == "dot"
    assert "cible 50" in texts(figure)


def test_names_are_written_as_they_are() -> None:
    assert "2. &lt;b&gt; ≈" in texts(dots(FRAME, sample()))


def test_shares_stand_on_the_whole_scale_and_a_value_that_is_none_has_no_dot() -> None:
    figure = dots(
        frame({"name": "a", "value": 40.0}, {"name": "b", "value": NAN, "label": "n. c."}), sample(Measure.RATIO)
    )
    assert list(figure.layout.xaxis.tickvals) == [0, 25, 50, 75, 100]
    assert list(figure.data[3].x) == [40, None]
    assert "<b>n. c.</b>" in texts(figure)


def test_small_shares_are_told_apart_on_a_closer_scale() -> None:
    axis = dots(frame({"name": "a", "value": 2.7}, {"name": "b", "value": 3.1}), sample(Measure.RATIO)).layout.xaxis
    assert axis.ticktext == ("0\u202f%", "1\u202f%", "2\u202f%", "3\u202f%", "4\u202f%")


def test_each_region_has_the_same_room() -> None:
    few, many = (dots(pd.concat([FRAME.head(1)] * count), sample()).layout.height for count in (3, 26))
    assert many - few == 23 * 58


def test_no_region_is_an_empty_drawing() -> None:
    assert not texts(dots(FRAME.head(0), sample()))
    assert dots_alt(FRAME.head(0), sample()) == "FOR-04 Personnes formées, par région : aucune région."


def test_the_text_alternative_says_order_marks_and_who_stands_apart() -> None:
    assert dots_alt(FRAME, sample()) == (
        "FOR-04 Personnes formées, par région : 1. Picardie 40, cible 50 ; 2. <b> 10 partiel, "
        "partiellement comparable. Non comparables, hors classement : Bourgogne 90, provisoire."
    )
