"""Where the country stands, and how sure that is: the figures that one look has to tell."""

from collections.abc import Sequence

from impact.figures import Definition
from impact.presentation import achievement, facts
from impact.presentation.advancement import UNRANKED, Line, tally
from impact.presentation.chain import UNDER_THE_FLOOR, absence
from impact.presentation.lens import Lens, followed_indicators, key_indicators
from impact.presentation.questions import Kind, about
from impact.ui import explanation, marks, page, quality_facts, tables
from impact.ui.page import KeyFigure, key_figure
from impact.vocabulary import Direction
from impact.world import World

MOST = 4
"""Indicators in the first row."""


def confidence(seen: World, lens: Lens, lines: Sequence[Line]) -> tuple[KeyFigure, ...]:
    """Regions by state, completeness, punctuality and what documents back. seen: narrowed to the lens."""
    return (_regions(seen, lens, lines), *quality_facts.of(seen, lens))


def headline(seen: World, lens: Lens) -> list[Definition]:
    """The key indicators of all chantiers; of one, its key indicator and others that have a direction."""
    if not lens.chantier:
        return key_indicators(seen)
    ends = [one for one in followed_indicators(seen, lens) if one.direction is not Direction.NEUTRAL]
    return ends[:MOST]


def of_indicator(world: World, seen: World, definition: Definition, lens: Lens) -> KeyFigure:
    """world: the whole campaign; seen: narrowed to the lens."""
    total, one = lens.total(seen, definition.code), achievement.national(world, definition.code, lens)
    fact = facts.of_total(definition, total, lens)
    under = not total.used and absence(seen, total)[1] == UNDER_THE_FLOOR
    standing = UNDER_THE_FLOOR if under else achievement.standing(one)
    stood = tables.explained(page.typeset(standing), about(world, lens, Kind.PROGRESS, indicator=definition.code))
    against = [
        achievement.counted_on(one), achievement.so_far(world, definition, one, lens),
        achievement.target(world, definition, one), achievement.expected(definition, one),
    ]  # fmt: skip
    told = explanation.of_total(seen, definition, total, lens)
    made = marks.under(total, stop=True)
    lines = [*([made] if made else []), stood, *(page.typeset(line) for line in (*against, *fact.lines) if line)]
    return key_figure(fact.label, fact.value, fact.unit, lines, told)


def _regions(seen: World, lens: Lens, lines: Sequence[Line]) -> KeyFigure:
    """« 4 sur 11 » in advance or on track; the others by state."""
    counts = tally(lines)
    (_, on_track), *others = counts.items()
    said = [f"{count} {word}" + ("s" if word == UNRANKED and count > 1 else "") for word, count in others if count]
    behind = ", ".join(said)
    value = f"{on_track} sur {len(lines)}" if lines else "–"
    told = explanation.lazily(about(seen, lens, Kind.STATES, chantier=lens.chantier))
    return key_figure("Régions en avance ou conformes", value, "", (behind,) if behind else (), told)
