"""Everything that the national view shows, computed once for a key, a lens and an appearance."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st
from markupsafe import Markup

from impact.charts.palette import Mode
from impact.presentation import achievement, advancement, completeness, plans, silences
from impact.presentation.advancement import Line, Matrix
from impact.presentation.completeness import Reporting
from impact.presentation.lens import Lens, accumulates, followed_indicators, narrowed
from impact.presentation.questions import Kind, about
from impact.presentation.silences import Silence
from impact.presentation.wording import sentence, short_name
from impact.ui import drawings, explanation, page, tables
from impact.ui.drawings import Drawing
from impact.ui.national import key_figures
from impact.ui.national.reads import country as read_country
from impact.ui.page import KeyFigure
from impact.ui.reads import Key
from impact.world import World


@dataclass(frozen=True, slots=True)
class Board:
    """world: the campaign, with the figures of the indicators shown. as_of: the last end of a period that counts, None
    before any. indicators: where the country stands. confidence: regions by state, and how sure that is.

    course_choices: indicators whose course may be shown, code -> name.
    """

    world: World
    sentence: str
    as_of: date | None
    indicators: tuple[KeyFigure, ...]
    confidence: tuple[KeyFigure, ...]
    lines: tuple[Line, ...]
    map: Drawing
    matrix: Matrix
    reporting: Reporting
    silences: tuple[Silence, ...]
    course_choices: Mapping[str, str]


@st.cache_resource(max_entries=32, show_spinner=False)
def board(key: Key, lens: Lens, mode: Mode) -> Board:
    country = read_country(key, lens)
    world, found = country.world, country.standings
    seen = narrowed(world, lens)
    lines = tuple(advancement.ranking(seen, found, lens))
    return Board(
        world,
        sentence(seen, lens),
        advancement.as_of(world, lens),
        tuple(key_figures.of_indicator(world, seen, one, lens) for one in key_figures.headline(seen, lens)),
        key_figures.confidence(seen, lens, lines),
        lines,
        _map(lines, world.chantier_names, mode),
        advancement.matrix(seen, found),
        completeness.reporting(seen),
        tuple(silences.silences(seen, country.submissions, country.unfinished)),
        {d.code: f"{d.code} {short_name(d)}" for d in followed_indicators(world, lens)},
    )


def _map(lines: tuple[Line, ...], names: Mapping[str, str], mode: Mode) -> Drawing:
    from impact.charts import geography
    from impact.charts.regions_map import map_of_regions, map_of_regions_alt, map_of_regions_data

    frame, outlines = advancement.map_frame(lines, names), geography.load()
    return Drawing(
        "Avancement des régions",
        map_of_regions(frame, outlines, mode),
        map_of_regions_data(frame, outlines, "avancement"),
        map_of_regions_alt(frame, outlines, "avancement"),
    )


@dataclass(frozen=True, slots=True)
class Course:
    """words: where the country stands on it. chantier: whose colour it bears."""

    drawing: Drawing
    words: Markup
    chantier: str
    accumulates: bool
    has_plan: bool
    explanation: Callable[[], object]


@st.cache_resource(max_entries=64, show_spinner=False)
def course(key: Key, lens: Lens, indicator: str, mode: Mode) -> Course:
    world = read_country(key, lens).world
    definition, seen = world.definitions[indicator], narrowed(world, lens)
    words = achievement.course_words(achievement.national(world, indicator, lens))
    return Course(
        drawings.course(world, definition, lens, mode),
        tables.explained(page.typeset(words), about(world, lens, Kind.PROGRESS, indicator=indicator)),
        definition.chantier,
        accumulates(definition),
        plans.plan(world, definition) is not None,
        explanation.of_total(seen, definition, lens.total(seen, indicator), lens),
    )
