"""Everything that the screen of the language of proof shows, computed once for a key, a lens and an appearance."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from impact.charts.palette import Mode
from impact.figures import Definition
from impact.presentation import sourcing
from impact.presentation.explaining import explain
from impact.presentation.lens import Lens, key_indicators, narrowed
from impact.presentation.sourcing import Bare, Practice
from impact.presentation.wording import sentence
from impact.ui import explanation, quality_facts, reads
from impact.ui.drawings import Drawing
from impact.ui.page import KeyFigure
from impact.ui.reads import Key
from impact.vocabulary import Additivity
from impact.world import World


@dataclass(frozen=True, slots=True)
class Composed:
    """One total taken apart. title: in the drawing. number: with its unit and its lowest grade."""

    code: str
    number: str
    drawing: Drawing
    explanation: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Board:
    """composed: totals that have a share to show. region_names: those mobilised on PRE."""

    sentence: str
    proven: KeyFigure
    practices: tuple[Practice, ...]
    region_names: Mapping[str, str]
    not_mobilised: tuple[str, ...]
    composed: tuple[Composed, ...]
    by_grade: Mapping[str, Sequence[int]]
    chantier_names: Mapping[str, str]
    bare: tuple[Bare, ...]


@st.cache_resource(max_entries=64, show_spinner=False)
def board(key: Key, lens: Lens, mode: Mode) -> Board:
    world = reads.world(key)
    seen, everywhere = narrowed(world, lens), narrowed(world, lens._replace(chantier=""))
    return Board(
        sentence(seen, lens),
        quality_facts.of(seen)[2],
        tuple(sourcing.practices(everywhere, lens)),
        {code: everywhere.region_names[code] for code in everywhere.mobilised_regions(sourcing.PRACTICE)},
        tuple(sourcing.not_mobilised(everywhere)),
        tuple(_composed(seen, lens, mode)),
        sourcing.by_grade(seen),
        world.chantier_names,
        tuple(sourcing.bare_figures(seen)),
    )


def _composed(seen: World, lens: Lens, mode: Mode) -> Iterator[Composed]:
    from impact.charts.composition import composition_bar, composition_bar_alt, composition_bar_data

    for definition in _taken_apart(seen, lens):
        total = lens.total(seen, definition.code)
        frame = sourcing.composition_frame(definition, total, lens)
        if not frame.empty:
            data, alt = composition_bar_data(frame), composition_bar_alt(frame)
            drawing = Drawing(str(frame["name"].iloc[0]), composition_bar(frame, mode), data, alt)
            told = explanation.of_total(seen, definition, total, lens)
            yield Composed(definition.code, sourcing.composed(definition, total), drawing, told)


def _taken_apart(seen: World, lens: Lens) -> list[Definition]:
    """The key indicators, or every one of a chantier that adds up."""
    if not lens.chantier:
        return key_indicators(seen)
    return [definition for definition in seen.definitions.values() if definition.additivity is Additivity.SUM]


@st.cache_resource(max_entries=64, show_spinner=False)
def practice_explained(key: Key, lens: Lens, indicator: str, region: str) -> Markup:
    """What stands behind one number of the practice table. region: a code, or that of the country."""
    everywhere = narrowed(reads.world(key), lens._replace(chantier=""))
    definition = everywhere.definitions[indicator]
    return explanation.markup(explain(everywhere, definition, lens.total(everywhere, indicator, region), lens))
