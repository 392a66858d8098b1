"""Everything that the national view shows, made once for a key, a lens and an appearance, tables and all."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from impact.charts.palette import Mode
from impact.presentation import achievement, advancement, completeness, plans, silences
from impact.presentation.advancement import Line
from impact.presentation.lens import Lens, accumulates, followed_indicators, narrowed
from impact.presentation.questions import Kind, about
from impact.presentation.wording import sentence, short_name
from impact.ui import drawings, explanation, legend, page, tables
from impact.ui.drawings import Drawing, drawing
from impact.ui.kept import kept
from impact.ui.national import key_figures, regions, reporting
from impact.ui.national.reads import country as read_country
from impact.ui.page import Explanation, KeyFigure
from impact.ui.reads import Key
from impact.world import World


@dataclass(frozen=True, slots=True)
class Board:
    """world: the campaign, with the figures of the indicators shown. indicators: where the country stands. confidence:
    regions by state, and how sure that is.

    regions: whether any is mobilised; without one there are neither tables nor a map to show. above_the_map, ranked,
    by_chantier, reporting: parts of the page. course_choices: indicators whose course may be shown, code -> name.
    """

    world: World
    sentence: str
    indicators: tuple[KeyFigure, ...]
    confidence: tuple[KeyFigure, ...]
    regions: bool
    above_the_map: Markup
    map: Drawing
    ranked: Markup
    by_chantier: Markup
    reporting: Markup
    course_choices: Mapping[str, str]


@kept(32)
def board(key: Key, lens: Lens, mode: Mode) -> Board:
    country = read_country(key, lens)
    world, found = country.world, country.standings
    seen = narrowed(world, lens)
    lines = tuple(advancement.ranking(seen, found, lens))
    silent = silences.silences(seen, country.submissions, country.unfinished)
    as_of = advancement.as_of(world, lens)  # the last end of a period that counts, None before any
    return Board(
        world,
        sentence(seen, lens),
        tuple(key_figures.of_indicator(world, seen, one, lens) for one in key_figures.headline(seen, lens)),
        key_figures.confidence(seen, lens, lines),
        bool(lines),
        regions.above_the_map(lens, as_of),
        _map(lines, world.chantier_names, mode),
        regions.ranked(lines, world, lens, as_of),
        regions.by_chantier(advancement.matrix(seen, found), world, lens),
        reporting.parts(completeness.reporting(seen), silent, world, lens) if lines else Markup(),
        {d.code: f"{d.code} {short_name(d)}" for d in followed_indicators(world, lens)},
    )


def _map(lines: tuple[Line, ...], names: Mapping[str, str], mode: Mode) -> Drawing:
    from impact.charts import geography
    from impact.charts.regions_map import map_of_regions, map_of_regions_alt, map_of_regions_data

    frame, outlines = advancement.map_frame(lines, names), geography.load()
    return drawing(
        "Avancement des régions",
        map_of_regions(frame, outlines, mode),
        map_of_regions_data(frame, outlines, "avancement"),
        map_of_regions_alt(frame, outlines, "avancement"),
    )


@dataclass(frozen=True, slots=True)
class Course:
    """above: title, where the country stands, legend."""

    above: Markup
    drawing: Drawing
    explanation: Explanation


@kept(64)
def course(key: Key, lens: Lens, indicator: str, mode: Mode) -> Course:
    world = read_country(key, lens).world
    definition, seen = world.definitions[indicator], narrowed(world, lens)
    words = achievement.course_words(achievement.national(world, indicator, lens))
    stands = tables.explained(page.typeset(words), about(world, lens, Kind.PROGRESS, indicator=indicator))
    planned, drawing = plans.plan(world, definition) is not None, drawings.course(world, definition, lens, mode)
    signs = legend.course(definition.chantier, accumulates(definition), planned)
    return Course(
        page.part(page.typeset(drawing.title), "", stands, signs),
        drawing,
        explanation.of_total(seen, definition, lens.total(seen, indicator), lens),
    )
