"""Everything that the screen of the language of proof shows, computed once for a key, a lens and an appearance."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from impact.aggregation import Total
from impact.charts.palette import Mode
from impact.figures import Definition
from impact.presentation import sourcing
from impact.presentation.lens import Lens, key_indicators, narrowed
from impact.presentation.questions import Kind, Question, about
from impact.presentation.wording import sentence
from impact.ui import explanation, quality_facts, reads
from impact.ui.drawings import Drawing, drawing
from impact.ui.evidence import lists
from impact.ui.kept import kept
from impact.ui.page import Explanation, KeyFigure
from impact.ui.reads import Key
from impact.vocabulary import Additivity
from impact.world import World

FIRST = 25
"""Figures without evidence that are shown at once."""


@dataclass(frozen=True, slots=True)
class Composed:
    """One total taken apart. title: in the drawing. number: with its unit and its lowest grade."""

    code: str
    number: str
    drawing: Drawing
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Board:
    """practice: None where nothing of it was due. composed: totals that have a share to show. ask: what explains a
    count of validated figures of a chantier. bare: figures without evidence, the first then more_bare others."""

    sentence: str
    proven: KeyFigure
    practice: Markup | None
    not_mobilised: tuple[str, ...]
    composed: tuple[Composed, ...]
    by_grade: Mapping[str, Sequence[int]]
    chantier_names: Mapping[str, str]
    bare: Markup | None
    more_bare: int
    other_bare: Markup
    ask: Callable[[Kind, str], Question]


@kept(64)
def board(key: Key, lens: Lens, mode: Mode) -> Board:
    world = reads.world(key)
    seen, everywhere = narrowed(world, lens), narrowed(world, lens._replace(chantier=""))
    bare = sourcing.bare_figures(seen)
    return Board(
        sentence(seen, lens),
        quality_facts.of(seen, lens)[2],
        _practice(everywhere, lens),
        tuple(sourcing.not_mobilised(everywhere)),
        tuple(_composed(seen, lens, mode)),
        sourcing.by_grade(seen),
        world.chantier_names,
        lists.bare_table(bare[:FIRST]) if bare else None,
        len(bare[FIRST:]),
        lists.bare_table(bare[FIRST:]),
        lambda kind, chantier: about(seen, lens._replace(min_proof=0, provisional=False), kind, chantier=chantier),
    )


def _practice(everywhere: World, lens: Lens) -> Markup | None:
    found = sourcing.practices(everywhere, lens)
    names = {code: everywhere.region_names[code] for code in everywhere.mobilised_regions(sourcing.PRACTICE)}

    def ask(total: Total) -> Question:
        return about(everywhere, lens, Kind.TOTAL, indicator=total.indicator, region=total.region)

    return lists.practice_table(found, names, ask) if found else None


def _composed(seen: World, lens: Lens, mode: Mode) -> Iterator[Composed]:
    from impact.charts.composition import composition_bar, composition_bar_alt, composition_bar_data

    for definition in _taken_apart(seen, lens):
        total = lens.total(seen, definition.code)
        frame = sourcing.composition_frame(definition, total, lens)
        if not frame.empty:
            data, alt = composition_bar_data(frame), composition_bar_alt(frame)
            drawn = drawing(str(frame["name"].iloc[0]), composition_bar(frame, mode), data, alt)
            told = explanation.of_total(seen, definition, total, lens)
            yield Composed(definition.code, sourcing.composed(definition, total), drawn, told)


def _taken_apart(seen: World, lens: Lens) -> list[Definition]:
    """The key indicators, or every one of a chantier that adds up."""
    if not lens.chantier:
        return key_indicators(seen)
    return [definition for definition in seen.definitions.values() if definition.additivity is Additivity.SUM]
