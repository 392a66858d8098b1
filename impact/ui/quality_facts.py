"""Completeness, punctuality and proven share as key figures, each with what explains it."""

from impact.presentation import facts
from impact.presentation.facts import Fact
from impact.presentation.lens import Lens
from impact.presentation.questions import Kind, about
from impact.ui import explanation
from impact.ui.page import KeyFigure, key_figure
from impact.world import World


def of(world: World, lens: Lens, region: str = "") -> tuple[KeyFigure, ...]:
    """Over everything in the world, narrowed to the lens and the region, whatever the proof level and the statuses."""
    row = world.pooled()
    return (
        figure(facts.completeness(row), Kind.COMPLETENESS, world, lens, region),
        figure(facts.punctuality(row), Kind.PUNCTUALITY, world, lens, region),
        figure(facts.proven(row), Kind.PROVEN, world, lens, region),
    )


def figure(fact: Fact, kind: Kind, world: World, lens: Lens, region: str) -> KeyFigure:
    asked = about(world, lens._replace(min_proof=0, provisional=False), kind, region=region, chantier=lens.chantier)
    return key_figure(fact.label, fact.value, fact.unit, fact.lines, explanation.lazily(asked))
