"""Everything that the screen of the language of proof shows, computed once for a key, a lens and an appearance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from impact.charts.palette import Mode
from impact.figures import Definition
from impact.presentation import sourcing
from impact.presentation.lens import Lens, key_indicators, narrowed
from impact.presentation.sourcing import Bare, Practice
from impact.presentation.wording import sentence
from impact.ui import quality_facts, reads
from impact.ui.drawings import Drawing
from impact.ui.page import KeyFigure
from impact.ui.reads import Key
from impact.vocabulary import Additivity
from impact.world import World


@dataclass(frozen=True, slots=True)
class Board:
    """composition: None where no total has a share to show. region_names: those mobilised on PRE."""

    sentence: str
    proven: KeyFigure
    practices: tuple[Practice, ...]
    region_names: Mapping[str, str]
    not_mobilised: tuple[str, ...]
    composition: Drawing | None
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
        _composition(seen, lens, mode),
        sourcing.by_grade(seen),
        world.chantier_names,
        tuple(sourcing.bare_figures(seen)),
    )


def _composition(seen: World, lens: Lens, mode: Mode) -> Drawing | None:
    from impact.charts.composition import composition_bar, composition_bar_alt, composition_bar_data

    definitions = _composed(seen, lens)
    totals = [lens.total(seen, definition.code) for definition in definitions]
    frame = sourcing.composition_frame(definitions, totals, lens)
    if frame.empty:
        return None
    return Drawing("Composition", composition_bar(frame, mode), composition_bar_data(frame), composition_bar_alt(frame))


def _composed(seen: World, lens: Lens) -> list[Definition]:
    """The key indicators, or every one of a chantier that adds up."""
    if not lens.chantier:
        return key_indicators(seen)
    return [definition for definition in seen.definitions.values() if definition.additivity is Additivity.SUM]
