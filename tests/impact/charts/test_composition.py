import pandas as pd
import pytest

from impact.charts.composition import composition_bar, composition_bar_alt, composition_bar_data
from impact.charts.palette import PALETTES, Mode

FRAME = pd.DataFrame(
    [
        {"name": "France <b>", "grade": grade, "share": share, "detail": f"{grade} chiffres"}
        for grade, share in enumerate((0.13, 0.07, 0.0, 0.78, 0.02))
    ]
)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_parts_follow_the_grades_and_fill_the_bar(mode: Mode) -> None:
    figure = composition_bar(FRAME, mode)
    assert [trace.marker.color for trace in figure.data] == list(PALETTES[mode].proof)
    assert sum(share for trace in figure.data for share in trace.x) == pytest.approx(1)


def test_what_no_document_backs_is_hatched_or_dotted() -> None:
    assert [trace.marker.pattern.shape for trace in composition_bar(FRAME).data] == ["/", ".", "", "", ""]


def test_parts_are_labelled_where_they_have_room() -> None:
    texts = [note.text for note in composition_bar(FRAME).layout.annotations]
    assert texts == ["<b>F0</b><br>13\u202f%", "<b>F1</b>", "<b>F3</b><br>78\u202f%"]


def test_nothing_to_show_is_an_empty_drawing_with_its_words() -> None:
    assert not composition_bar(FRAME.head(0)).layout.annotations
    assert composition_bar_alt(FRAME.head(0)) == "Composition par niveau de fiabilité. Aucun chiffre."


def test_the_hover_and_the_text_alternative_say_the_grades_in_words() -> None:
    assert composition_bar(FRAME).data[3].hovertext == ("<b>France &lt;b&gt;</b><br>F3 relu : 78\u202f%<br>3 chiffres",)
    assert composition_bar_alt(FRAME).startswith(
        "Composition par niveau de fiabilité. France <b> : 13\u202f% en F0 déclaré,"
    )


def test_the_data_are_the_shares_drawn() -> None:
    assert composition_bar_data(FRAME).columns.tolist() == ["nom", "niveau_f", "part", "detail"]
