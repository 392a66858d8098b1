"""Everything that the national view shows, computed once for a key, a lens and an appearance."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from impact.charts.palette import Mode
from impact.figures import Definition
from impact.presentation import completeness, facts, silences
from impact.presentation.completeness import Matrix, RegionLine
from impact.presentation.lens import Lens, followed_indicators, key_indicators, narrowed
from impact.presentation.silences import Silence
from impact.presentation.wording import sentence, short_name
from impact.ui import drawings, explanation, quality_facts, reads
from impact.ui.drawings import Drawing
from impact.ui.page import KeyFigure
from impact.ui.reads import Key
from impact.world import World


@dataclass(frozen=True, slots=True)
class Board:
    """course_choices: indicators whose course may be shown, code -> name."""

    sentence: str
    key_figures: tuple[KeyFigure, ...]
    lines: tuple[RegionLine, ...]
    map: Drawing
    matrix: Matrix
    chantier_names: Mapping[str, str]
    silences: tuple[Silence, ...]
    course_choices: Mapping[str, str]


@st.cache_resource(max_entries=64, show_spinner=False)
def board(key: Key, lens: Lens, mode: Mode) -> Board:
    world = reads.world(key)
    seen = narrowed(world, lens)
    lines = tuple(completeness.ranking(seen))
    return Board(
        sentence(seen, lens),
        key_figures(seen, lens),
        lines,
        _map(list(lines), mode),
        completeness.matrix(seen),
        world.chantier_names,
        tuple(silences.silences(seen, reads.last_submissions(key))),
        {d.code: f"{d.code} {short_name(d)}" for d in followed_indicators(world, lens)},
    )


def key_figures(seen: World, lens: Lens) -> tuple[KeyFigure, ...]:
    """The key indicators; for one chantier its own, and how well the chantier answers."""
    of_indicators = tuple(_key_figure(seen, definition, lens) for definition in key_indicators(seen))
    return of_indicators + quality_facts.of(seen) if lens.chantier else of_indicators


def _key_figure(seen: World, definition: Definition, lens: Lens) -> KeyFigure:
    total = lens.total(seen, definition.code)
    fact = facts.of_total(definition, total, lens)
    told = explanation.of_total(seen, definition, total, lens)
    return KeyFigure(fact.label, fact.value, fact.unit, fact.lines, told)


def _map(lines: list[RegionLine], mode: Mode) -> Drawing:
    from impact.charts import geography
    from impact.charts.regions_map import map_of_regions, map_of_regions_alt, map_of_regions_data

    frame, outlines = completeness.map_frame(lines), geography.load()
    return Drawing(
        "Complétude des régions",
        map_of_regions(frame, outlines, mode),
        map_of_regions_data(frame, outlines, "completude"),
        map_of_regions_alt(frame, outlines, "complétude"),
    )


@st.cache_resource(max_entries=64, show_spinner=False)
def course_explained(key: Key, lens: Lens, indicator: str) -> Callable[[], object]:
    """What the course has come to, over the dates looked at."""
    seen = narrowed(reads.world(key), lens)
    definition = seen.definitions[indicator]
    return explanation.of_total(seen, definition, lens.total(seen, indicator), lens)


@st.cache_resource(max_entries=64, show_spinner=False)
def course(key: Key, lens: Lens, indicator: str, mode: Mode) -> Drawing:
    world = reads.world(key)
    return drawings.course(world, world.definitions[indicator], lens, mode)
