import re
from pathlib import Path

import pytest

from impact.charts.palette import PALETTES, PROGRESS_LABELS, Mode, Palette, progress_class, tone_name
from impact.ui.style import SHEET

MODES: tuple[Mode, ...] = ("light", "dark")
READABLE = 4.5


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", MODES)
def test_every_text_of_a_chart_reads_on_what_is_behind_it(mode: Mode) -> None:
    palette = PALETTES[mode]
    pairs = [
        (palette.ink, palette.paper),
        (palette.secondary, palette.paper),
        (palette.ink, palette.outside),
        *((tone, palette.paper) for tone in palette.chantiers.values()),
        *zip(palette.on_progress, palette.progress, strict=True),
        *zip(palette.on_proof, palette.proof, strict=True),
    ]
    assert {pair: contrast(*pair) for pair in pairs if contrast(*pair) < READABLE} == {}


@pytest.mark.parametrize("mode", MODES)
def test_classes_read_without_colour_because_each_is_darker_or_lighter_than_the_one_before(mode: Mode) -> None:
    for shades in (PALETTES[mode].progress, PALETTES[mode].proof):
        steps = [luminance(shade) for shade in shades]
        assert steps == sorted(steps, reverse=mode == "light")


@pytest.mark.parametrize(
    ("share", "rank"),
    [(0.0, 0), (0.194, 0), (0.195, 1), (0.2, 1), (0.394, 1), (0.396, 2), (0.6, 3), (0.75, 4), (1.0, 4), (1.2, 4)],
)
def test_a_region_bears_the_colour_of_the_per_cent_that_is_written_on_it(share: float, rank: int) -> None:
    assert progress_class(share) == rank
    assert PROGRESS_LABELS[rank]


def pair(name: str) -> tuple[str, str]:
    found = re.search(rf"--imp-{name}: light-dark\((#\w+), (#\w+)\)", Path(SHEET).read_text(encoding="utf-8"))
    assert found, f"--imp-{name} is not in the sheet"
    return found[1], found[2]


def test_the_style_sheet_and_the_charts_have_the_same_colours() -> None:
    def both(pick: str, key: str | int) -> tuple[str, str]:
        light, dark = (of(PALETTES[mode], pick, key) for mode in MODES)
        return light, dark

    assert {name: pair(name) for name in PALETTES["light"].chantiers} == {
        name: both("chantiers", name) for name in PALETTES["light"].chantiers
    }
    for name in ("progress", "proof"):
        assert [pair(f"{name}-{rank}") for rank in range(5)] == [both(name, rank) for rank in range(5)]


def of(palette: Palette, pick: str, key: str | int) -> str:
    return str(getattr(palette, pick)[key])


@pytest.mark.parametrize("mode", MODES)
def test_a_chantier_that_joins_later_has_a_colour_of_its_own_in_charts_and_tables(mode: Mode) -> None:
    palette = PALETTES[mode]
    own = {palette.tone(code) for code in ("FOR", "INN", "COO", "PRE")}
    assert len(own) == 4
    for code in ("ENV", "SAN", "NUM", "CUL", "É 7"):
        assert palette.tone(code) not in own
        assert palette.tint(code)
        assert pair(tone_name(code)), "the style sheet knows it too"
    assert set(palette.tints) == set(palette.chantiers)
