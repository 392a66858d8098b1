import pandas as pd
import pytest

from impact.charts import data
from impact.charts.composition import composition_bar_data
from impact.charts.data import csv_file, is_number, screen_rows
from impact.charts.geography import load
from impact.charts.regions_map import map_of_regions_data
from impact.charts.trajectory import trajectory_data
from impact.presentation.courses import curve_data
from tests.impact.charts import frames
from tests.impact.samples import sample

DRAWN = pd.DataFrame(
    {
        "region": ["Bretagne", "=1+1"],
        "completude": [0.1 + 0.2, frames.NAN],
        "niveau_f": [3, 0],
        "partiel": [True, False],
        "etat": ["valeur", "manquant"],
    }
)
FILES = [
    map_of_regions_data(frames.regions(("82", 0.5, "50 %", False)), load(), "completude"),
    trajectory_data(frames.totals((1, 2, False, True, ""))),
    curve_data(frames.curve(1).assign(denominator=frames.NAN), sample()),
    composition_bar_data(pd.DataFrame({"name": ["a"], "grade": [1], "share": [1.0], "detail": [""]})),
]


def test_the_file_opens_in_a_french_spreadsheet_and_leaves_the_unknown_empty() -> None:
    assert csv_file(DRAWN).decode("utf-8") == (
        "\ufeffregion;completude;niveau_f;partiel;etat\r\nBretagne;0,3;3;true;valeur\r\n'=1+1;;0;false;manquant\r\n"
    )


def test_large_and_tiny_numbers_are_written_in_full() -> None:
    drawn = pd.DataFrame({"valeur": [2_840_000.0, 0.000001, 0.0, -1.5]})
    assert csv_file(drawn).decode("utf-8").split("\r\n")[1:5] == ["2840000", "0,000001", "0", "-1,5"]


def test_the_table_on_screen_says_the_same_in_french() -> None:
    assert screen_rows(DRAWN) == [
        {"region": "Bretagne", "completude": "30,0\u202f%", "niveau_f": "3", "partiel": "oui", "etat": "valeur"},
        {"region": "=1+1", "completude": "–", "niveau_f": "0", "partiel": "non", "etat": "manquant"},
    ]


def test_numbers_alone_align_right() -> None:
    assert [name for name in DRAWN.columns if is_number(DRAWN, name)] == ["completude", "niveau_f"]


@pytest.mark.parametrize("drawn", FILES)
def test_every_column_of_a_charts_file_has_its_french_header(drawn: pd.DataFrame) -> None:
    assert set(drawn.columns) <= data.LABELS.keys()
