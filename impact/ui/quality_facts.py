"""Completeness, punctuality and proven share as key figures, each with what explains it."""

from impact.presentation import facts
from impact.presentation.facts import Fact
from impact.ui import explanation
from impact.ui.page import KeyFigure
from impact.world import World

COMPLETENESS = (
    "Réponses (une valeur ou « non disponible », soumise ou validée) divisées par les chiffres attendus des périodes "
    "échues. Un chiffre retourné n’est plus une réponse ; « sans objet » n’est plus attendu."
)
PUNCTUALITY = "Réponses soumises une première fois avant l’échéance, divisées par les chiffres attendus."
PROVEN = "Chiffres validés de fiabilité F2 documenté ou plus, divisés par les chiffres validés."


def of(world: World) -> tuple[KeyFigure, ...]:
    """Over everything in the world, whatever the proof level and the statuses asked for."""
    row = world.pooled()
    return (
        _figure(facts.completeness(row), COMPLETENESS, "Réponses", "Attendues", world, "answered", "due"),
        _figure(facts.punctuality(row), PUNCTUALITY, "À l’heure", "Attendues", world, "on_time", "due"),
        _figure(facts.proven(row), PROVEN, "F2 ou plus", "Validés", world, "proven", "figures"),
    )


def _figure(fact: Fact, formula: str, part: str, whole: str, world: World, counted: str, out_of: str) -> KeyFigure:
    rows = explanation.sheets(world, lambda row: getattr(row, counted), lambda row: getattr(row, out_of))
    told = explanation.of_rate(f"{fact.label} : {fact.value}", formula, rows, part, whole)
    return KeyFigure(fact.label, fact.value, fact.unit, fact.lines, told)
