"""Everything that a chantier's screen shows, computed once for a key, a lens, a choice and an appearance."""

from collections.abc import Mapping
from dataclasses import dataclass

from impact.charts.palette import Mode
from impact.figures import Definition
from impact.presentation import courses, plans
from impact.presentation.chain import Link, Step, chain, steps
from impact.presentation.comparing import Comparison, comparison
from impact.presentation.grounds import Ground, grounds
from impact.presentation.lens import Lens, narrowed
from impact.presentation.links import Tie, ties
from impact.presentation.wording import sentence, short_name, span, titled
from impact.ui.chantier import explained, reads
from impact.ui.drawings import Drawing, drawing
from impact.ui.evidence.reads import on_links
from impact.ui.kept import kept
from impact.ui.page import Explanation
from impact.ui.reads import Key
from impact.vocabulary import Accumulation, Measure
from impact.world import World


@dataclass(frozen=True, slots=True)
class Board:
    """regions: code -> name of those mobilised on the chantier, by name."""

    sentence: str
    name: str
    regions: Mapping[str, str]
    chain: tuple[Link, ...]
    ties: tuple[Tie, ...]
    steps: tuple[Step, ...]
    seen: World


@dataclass(frozen=True, slots=True)
class Sides:
    """Regions side by side on one indicator."""

    compared: Comparison
    grounds: tuple[Ground, ...]
    drawing: Drawing
    explanation: Explanation


@kept(64)
def board(key: Key, lens: Lens) -> Board:
    world, seen = _worlds(key, lens)
    found = steps(world, seen, lens.chantier, lens)
    regions = {code: world.region_names[code] for code in seen.mobilised_regions(lens.chantier)}
    name = world.chantier_names[lens.chantier]
    said = on_links(key, lens.chantier).get(lens.chantier, ())
    joined = ties(seen, lens.chantier, said, lens.min_proof)
    return Board(sentence(seen, lens), name, regions, tuple(chain(found)), tuple(joined), tuple(found), seen)


def _worlds(key: Key, lens: Lens) -> tuple[World, World]:
    """The chantier from the campaign's start, and the same through the lens."""
    whole = reads.chantier(key, lens.chantier)
    return whole, narrowed(whole, lens)


@kept(64)
def sides(key: Key, lens: Lens, indicator: str, per_inhabitants: bool, mode: Mode) -> Sides:
    world, seen = _worlds(key, lens)
    definition = seen.definitions[indicator]
    held = tuple(one.code for one in seen.own_periods(definition) if seen.window.holds(one))
    asked = key, indicator, tuple(seen.mobilised_regions(definition.chantier)), held
    said = reads.counted(*asked)
    people = reads.inhabitants(key) if per_inhabitants else None
    compared = comparison(world, seen, definition, lens, said, people)
    return Sides(
        compared,
        tuple(grounds(compared, said, reads.surveys(*asked))),
        _dots(seen, definition, compared, lens, mode),
        explained.sides(seen, definition, compared, lens),
    )


def _dots(seen: World, definition: Definition, compared: Comparison, lens: Lens, mode: Mode) -> Drawing:
    from impact.charts.dots import dots, dots_alt
    from impact.presentation.side_by_side import dots_data, dots_frame

    frame, measured = dots_frame(compared), compared.definition
    return drawing(
        titled(f"{short_name(definition)}, {_when(definition, seen)}{_unit(measured)}", lens),
        dots(frame, measured, mode),
        dots_data(frame, measured),
        dots_alt(frame, measured),
    )


def _when(definition: Definition, seen: World) -> str:
    """A stock is of its latest period, which each region's hover and explanation name."""
    return "dernière valeur connue" if definition.accumulation is Accumulation.STOCK else span(seen)


def _unit(measured: Definition) -> str:
    return "" if measured.measure is Measure.RATIO else f" ({measured.unit})"


@kept(256)
def path(key: Key, lens: Lens, indicator: str, region: str, mode: Mode) -> Drawing:
    """One region's course, on the scale of all."""
    from impact.charts.planned import with_plan
    from impact.charts.small_multiple import small_multiple, small_multiple_alt
    from impact.presentation.paths import path_frame

    world, _ = _worlds(key, lens)
    definition, name = world.definitions[indicator], world.region_names[region]
    held = plans.plan(world, definition, region)
    frame, mark = path_frame(world, definition, lens, region, held), plans.mark(definition, held)
    return drawing(
        name,
        small_multiple(frame, definition, mode, mark=mark, beside=_scale(key, lens, indicator)),
        with_plan(courses.curve_data(frame, definition), frame),
        f"{name}. {small_multiple_alt(frame, definition, mark)}",
    )


@kept(64)
def _scale(key: Key, lens: Lens, indicator: str) -> list[float]:
    from impact.presentation.paths import scale_of

    world, _ = _worlds(key, lens)
    definition = world.definitions[indicator]
    regions = world.mobilised_regions(definition.chantier)
    return scale_of(world, definition, lens, [plans.plan(world, definition, code) for code in regions])
