import pandas as pd
import pytest

from impact.charts.data import csv_file, screen_rows
from impact.charts.grades import grades_alt, grades_chart, grades_data
from impact.charts.palette import PALETTES, Mode

ENDS = {"T1": (6, 3, 0, 1, 0), "T2, S1": (0, 0, 0, 0, 0), "T3": (1, 0, 19, 0, 0)}
FRAME = pd.DataFrame(
    [
        {"period": name, "tick": f"{name}<br>31 mars<br>2011", "grade": grade, "figures": figures}
        for name, counts in ENDS.items()
        for grade, figures in enumerate(counts)
    ]
)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_bar_is_cut_by_grade_from_the_least_proven_up(mode: Mode) -> None:
    figure = grades_chart(FRAME, mode)
    assert [trace.marker.color for trace in figure.data] == list(PALETTES[mode].proof)
    assert [list(trace.y) for trace in figure.data] == [[6, 0, 1], [3, 0, 0], [0, 0, 19], [1, 0, 0], [0, 0, 0]]


def test_parts_and_wholes_are_written_on_the_bars_and_an_empty_end_says_so() -> None:
    texts = [note.text for note in grades_chart(FRAME).layout.annotations]
    assert texts == [
        "<b>F0</b> 6", "<b>F1</b> 3", "<b>10</b>", "○ aucun<br>chiffre validé", "<b>F2</b> 19", "<b>20</b>",
    ]  # fmt: skip


def test_the_axis_holds_every_bar_on_whole_numbers() -> None:
    axis = grades_chart(FRAME).layout.yaxis
    assert axis.range[1] >= 20
    assert list(axis.ticktext) == ["0", "5", "10", "15", "20"]


def test_many_ends_keep_their_wholes_alone() -> None:
    year = pd.concat([FRAME[:5].assign(period=f"M{rank}") for rank in range(12)])
    assert [note.text for note in grades_chart(year).layout.annotations] == ["<b>10</b>"] * 12


def test_the_text_alternative_says_every_part() -> None:
    assert grades_alt(FRAME) == (
        "Chiffres validés par niveau de fiabilité : T1 10, dont 6 en F0 déclaré, 3 en F1 sourcé, 1 en F3 relu ; "
        "T2, S1 0 ; T3 20, dont 1 en F0 déclaré, 19 en F2 documenté."
    )
    assert grades_alt(FRAME.head(0)).endswith("aucune période échue.")


def test_the_file_holds_counts_and_shares_and_nothing_where_nothing_is_validated() -> None:
    data = grades_data(FRAME)
    assert data.columns.tolist() == ["periode", "niveau_f", "chiffres", "part"]
    assert screen_rows(data)[0] == {"periode": "T1", "niveau_f": "0", "chiffres": "6", "part": "60,0\u202f%"}
    assert screen_rows(data)[5]["part"] == "–"
    assert "T1;0;6;0,6" in csv_file(data).decode("utf-8-sig")
