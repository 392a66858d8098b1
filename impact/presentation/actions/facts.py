"""The words of what history keeps of regional actions and of the lines of their plans. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from impact.figures import from_scaled
from impact.formats import euros, number, short_date
from impact.vocabulary import Commitment, FundingState, ResourceKind, Section

FACTS = {
    "need": "Besoin",
    "lead": "Responsable",
    "team": "Équipe",
    "contact": "Contact",
    "budget": "Budget prévu",
    "guide_number": "Pièce du guide",
    "validated_version": "Version validée du plan",
    "origin_meeting": "Décidée par la rencontre n°",
    "origin_decision": "Décision n°",
}
"""What history calls the facts of an action, but for the lines of its plan."""

UNTOLD = {"reviewed_by", "withdrawn_by"}
LINES = {
    "objectives": ("statement", Section.OBJECTIVES), "activities": ("name", Section.CONTENT),
    "fundings": ("funder", Section.FUNDING), "resources": ("name", Section.RESOURCES),
    "partners": ("name", Section.PARTNERS),
}  # fmt: skip
"""By fact: which text names a line, and whose lines they are."""

_MONEY = ("identified", "requested", "granted", "contracted", "paid", "refused")
_WORDS = {
    "indicator_code": "indicateur", "baseline": "départ", "target": "cible", "due_date": "échéance",
    "measure": "mesure", "deliverable": "livrable", "who": "qui", "start_date": "du", "end_date": "au",
    **dict(zip(_MONEY, (status.label for status in FundingState), strict=True)),
    "evidence_number": "pièce", "kind": "", "quantity": "", "unit": "", "role": "rôle", "commitment": "",
}  # fmt: skip
_LABELS = {one.value: one.label for one in (*ResourceKind, *Commitment)}


def lines(name: str, told: Any) -> dict[str, str]:
    """What each line of a section says, by « Financements, Conseil régional »; two of the same name are numbered."""
    named, section = LINES[name]
    found: dict[str, str] = {}
    for line in told:
        label = again = f"{section.label}, {line[named]}"
        count = 1
        while again in found:
            count += 1
            again = f"{label} ({count})"
        found[again] = _line(line, named)
    return found


def _line(line: Mapping[str, Any], named: str) -> str:
    parts = [
        " ".join(filter(None, (word, _value(name, line[name]))))
        for name, word in _WORDS.items()
        if line.get(name) not in (None, "")
    ]
    if line.get("in_kind"):
        parts.insert(0, "en nature")
    return " ; ".join(parts) or "sans autre précision"


def _value(name: str, value: Any) -> str:
    if name in _MONEY:
        return euros(value)
    if name in ("baseline", "target", "quantity"):
        return number(from_scaled(value))
    if name.endswith("_date"):
        return short_date(date.fromisoformat(value))
    return str(_LABELS.get(value, value))
