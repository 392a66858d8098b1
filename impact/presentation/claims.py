"""The words of impact claims: what their facts are called, and how what remains of an effect is told."""

from collections.abc import Iterable, Mapping
from typing import Any

from impact.claims import Estimate, grade, net_range, range_text
from impact.figures import from_scaled
from impact.formats import NARROW, capital, number
from impact.rules.claims import LABELS
from impact.vocabulary import Filter, Finding, Stage

FACTS = {
    "sentence": "Affirmation",
    "finding": "Résultat",
    "what": "Quoi",
    "who": "Qui",
    "how_much": "Combien",
    "contribution": "Contribution",
    "risk": "Risque",
    "self_declared": "Attribution déclarée par l’équipe",
    "study_reference": "Étude",
    "study_number": "Pièce de l’étude",
    "counterfactual": "Ce qui ne vient pas de l’action",
    "claim_figures": "Chiffres qui la portent",
    "level": "Niveau que donnent les critères",
    "justification": "Justification",
}
"""What history calls the facts of a claim and of a reading."""

UNTOLD = {"reading", "criteria", "figures"}
"""What the level says already; the exported history has it all."""

WELCOME = "Un résultat défavorable bien établi vaut autant qu’un bon : le niveau ne dépend pas du résultat."
NOT_ESTIMATED = "non estimé"


def level_code(level: int | None) -> str:
    """What addresses say of a level: « P3 », « sans_niveau », « sans_objet »."""
    return "sans_objet" if level is None else f"P{level}" if level else "sans_niveau"


def given(level: int) -> str:
    """What criteria give by themselves: « P3 comparé », « aucun niveau »."""
    return grade(level) if level else "aucun niveau"


def stored_filters(stored: Mapping[str, Any]) -> str:
    """Every filter of a stored claim: « poids mort : de 10 % à 30 % (central 20 %) ; érosion : non estimé »"""
    told = ((Filter(code), Estimate(**one) if one else None) for code, one in stored.items())
    return " ; ".join(f"{name.short} : {shares(one)}" for name, one in told)


def shares(one: Estimate | None) -> str:
    """What a filter takes off, always a range: « de 10 % à 30 % (central 20 %) », « non estimé »."""
    if one is None:
        return NOT_ESTIMATED
    low, central, high = (f"{number(from_scaled(part))}{NARROW}%" for part in one[:3])
    return f"de {low} à {high} (central {central})"


def net(counterfactual: Mapping[Filter, Estimate | None]) -> str:
    """« de 35 % à 60 % (central 48 %) ; déplacement, érosion : non estimés, rien n’en est retiré »"""
    found = net_range(counterfactual)
    if found is None:
        return NOT_ESTIMATED
    return "".join((range_text(*found[:3]), _left_in(found.unestimated)))


def _left_in(unestimated: Iterable[Filter]) -> str:
    names = [name.short for name in unestimated]
    if not names:
        return ""
    return f" ; {', '.join(names)} : {'non estimés' if len(names) > 1 else NOT_ESTIMATED}, rien n’en est retiré"


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Fields of two versions (rules.claims.claim_fields) that differ, as (name, before, after); the reason left out."""
    names = [name for name in {**before, **after} if name != "motif"]
    return [
        (name, before.get(name, ""), after.get(name, ""))
        for name in names
        if before.get(name, "") != after.get(name, "")
    ]


def field_label(name: str) -> str:
    """« Qui », « Poids mort, central (%) »"""
    if "/" not in name:
        return LABELS[name].partition(" :")[0]
    code, _, part = name.partition("/")
    word = {"bas": "bas (%)", "central": "central (%)", "haut": "haut (%)", "base": "ce qui le fonde"}[part]
    return f"{capital(Filter(code).short)}, {word}"


def field_text(name: str, text: str) -> str:
    """A field as it reads: closed lists in words."""
    known = {"etape": Stage, "resultat": Finding}.get(name)
    found = next((one.label for one in known if one.value == text), text) if known else text
    return str(found) or "rien"
