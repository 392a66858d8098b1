import re
from itertools import pairwise

import pytest

from impact.charts.geography import Geography, Point, area, centre, load, parse
from impact.charts.hatching import hatching
from impact.charts.palette import PALETTES, Mode
from impact.charts.regions_map import map_of_regions, map_of_regions_alt, map_of_regions_data
from tests.impact.charts.frames import NAN, regions

FRAME = regions(
    ("82", 0.78, "78 %", False), ("22", 0.29, "29 %", False), ("43", 0.9, "3/9", True), ("11", NAN, "–", False)
)
SQUARE = (Point(0, 0), Point(0, 2), Point(2, 2), Point(2, 0), Point(0, 0))


@pytest.fixture(scope="module")
def geography() -> Geography:
    return load()


def test_the_twenty_six_regions_of_2010_have_a_place_and_a_label_inside_them(geography: Geography) -> None:
    assert len(geography.names) == 26
    assert [code for code, point in geography.centres.items() if not inside(point, geography.rings[code])] == []


def inside(point: Point, rings: tuple[tuple[Point, ...], ...]) -> bool:
    """Even-odd, along the parallel to the east."""
    crossings = 0
    for ring in rings:
        for a, b in pairwise(ring):
            if (a.latitude > point.latitude) != (b.latitude > point.latitude):
                share = (point.latitude - a.latitude) / (b.latitude - a.latitude)
                crossings += a.longitude + share * (b.longitude - a.longitude) > point.longitude
    return crossings % 2 == 1


def test_a_frame_without_its_region_is_not_drawn(geography: Geography) -> None:
    assert set(geography.frames) == {"01", "02", "03", "04"}
    assert parse({"features": []}, {"06": [0, 0, 1, 1]}).frames == {}


def test_the_centre_and_area_of_a_square_do_not_depend_on_its_direction() -> None:
    assert centre(SQUARE) == centre(SQUARE[::-1]) == Point(1, 1)
    assert area(SQUARE) == area(SQUARE[::-1]) == 4


def test_hatching_stays_inside_and_leaves_holes_empty() -> None:
    hole = tuple(Point(x / 2 + 0.5, y / 2 + 0.5) for x, y in SQUARE)
    plain, pierced = hatching([SQUARE]), hatching([SQUARE, hole])
    assert all(-1e-9 <= value <= 2 + 1e-9 for segment in plain for point in segment for value in point)
    assert all(a.latitude - a.longitude == pytest.approx(b.latitude - b.longitude) for a, b in plain)
    assert length(pierced) == pytest.approx(length(plain) * 0.75, rel=0.02)


def length(segments: list[tuple[Point, Point]]) -> float:
    return sum(b.longitude - a.longitude for a, b in segments)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_each_region_has_the_colour_of_its_class_and_no_other_has_one(geography: Geography, mode: Mode) -> None:
    outside, inside = map_of_regions(FRAME, geography, mode).data[:2]
    palette = PALETTES[mode]
    assert list(inside.locations) == ["82", "22", "43", "11"]
    assert [colour for _, colour in inside.colorscale] == [
        palette.progress[4],
        palette.progress[1],
        palette.outside,
        palette.outside,
    ]
    assert set(outside.locations) | set(inside.locations) == set(geography.names)
    assert {colour for _, colour in outside.colorscale} == {palette.outside}


def test_only_unclassed_regions_are_hatched(geography: Geography) -> None:
    hatched = map_of_regions(FRAME, geography).data[2]
    rings = geography.rings["43"]
    west, east = min(p.longitude for ring in rings for p in ring), max(p.longitude for ring in rings for p in ring)
    assert hatched.lon
    assert all(west <= longitude <= east for longitude in hatched.lon if longitude is not None)
    assert not map_of_regions(FRAME[FRAME["region"] != "43"], geography).data[2].lon


@pytest.mark.parametrize("count", [0, 1, 26])
def test_no_region_one_region_and_all_of_them_can_be_in_the_campaign(geography: Geography, count: int) -> None:
    frame = regions(*((code, 0.5, "50 %", False) for code in list(geography.names)[:count]))
    drawn = map_of_regions(frame if count else FRAME.head(0), geography)
    assert [len(trace.locations) for trace in drawn.data[:2]] == [26 - count, count]


def test_a_region_without_an_outline_is_left_out_of_the_map_and_kept_in_its_words_and_data(
    geography: Geography,
) -> None:
    frame = regions(("82", 0.5, "50 %", False), ("R33", 0.9, "90 %", False), ("R34", NAN, "1/4", True))
    assert list(map_of_regions(frame, geography).data[1].locations) == ["82"]
    assert "de R33 90 % à Rhône-Alpes 50 %" in map_of_regions_alt(frame, geography, "complétude")
    assert list(map_of_regions_data(frame, geography, "completude")["region"]) == ["Rhône-Alpes", "R33", "R34"]


def test_labels_and_hover_texts_come_escaped_and_in_french(geography: Geography) -> None:
    drawn = map_of_regions(regions(("82", 0.5, "<i>", False)), geography)
    assert "<b>&lt;i&gt;</b>" in [
        text for trace in drawn.data if trace.type == "scattergeo" and trace.text for text in trace.text
    ]
    assert drawn.data[1].hovertemplate == "%{text}<extra></extra>"
    assert "<b>Bretagne</b><br>hors campagne" in drawn.data[0].text


def test_the_text_alternative_names_the_first_and_the_last(geography: Geography) -> None:
    told = map_of_regions_alt(FRAME, geography, "complétude")
    assert told == "Carte des régions, complétude : de Rhône-Alpes 78 % à Picardie 29 %, 2 régions classées sur 4."
    assert "aucune" in map_of_regions_alt(regions(("43", NAN, "–", False)), geography, "complétude")


def test_the_data_of_the_map_are_the_shares_drawn(geography: Geography) -> None:
    data = map_of_regions_data(FRAME, geography, "completude")
    assert list(data.columns) == ["code_region", "region", "completude", "texte", "classee"]
    assert list(data["region"])[:2] == ["Rhône-Alpes", "Picardie"]
    assert list(data["classee"]) == [True, True, False, False]
    assert not any(re.search("[A-Z]", name) for name in data.columns)
