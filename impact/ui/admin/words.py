"""History in French: the words of every act and field, and what changed between before and after. Pure."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from impact.claims import grade as effect_grade
from impact.exports.journal import HistoryFact
from impact.figures import Axis, Definition, Pair, from_scaled
from impact.formats import capital, euros, figure, grade, moment, n_of_n, number, short_date
from impact.presentation import claims, experiences, meeting_facts, milestones, stages
from impact.presentation.actions import facts as plans
from impact.rules.definitions import BOUNDS, LABELS
from impact.rules.lexicon import LABELS as TERM_LABELS
from impact.ui.admin.acts import ACTIONS
from impact.vocabulary import (
    Answer,
    Confidentiality,
    Dialect,
    EvidenceKind,
    ExportKind,
    Finding,
    LinkPurpose,
    Measure,
    MethodFamily,
    OfferState,
    Role,
    Stage,
    Stance,
    Status,
)

FIELDS = {
    "figure": "Valeur",
    "answer": "Réponse",
    "status": "Statut",
    "reason": "Motif",
    "source": "Source",
    "method": "Méthode",
    "method_family": "Famille de méthode",
    "population": "Population",
    "coverage_start": "Début couvert",
    "coverage_end": "Fin couverte",
    "evidence_link": "Lien vers la preuve",
    "comment": "Commentaire",
    "evidence": "Pièces jointes",
    "evidence_checked": "Contrôlé dans la pièce",
    "verifier": "Vérificateur",
    "verifier_organisation": "Organisme vérificateur",
    "verified_on": "Vérifié le",
    "verification_report": "Pièce du rapport de vérification",
    "title": "Titre",
    "kind": "Type de pièce",
    "confidentiality": "Confidentialité",
    "link": "Lien",
    "document_date": "Date du document",
    "author": "Auteur",
    "asked": "Interrogés",
    "respondents": "Réponses reçues",
    "pages": "Pages",
    "size": "Taille en octets",
    "extension": "Format du fichier",
    "cells": "Chiffres étayés",
    "withdrawn_reason": "Motif du retrait",
    "reliability": "Fiabilité",
    "first_submitted_on": "Première soumission",
    "editable_late": "Modifiable après l’échéance",
    "indicator_version": "Version de la définition",
    "numerator": "Numérateur",
    "denominator": "Dénominateur",
    "breakdowns": "Ventilation",
    "name": "Nom",
    "role": "Rôle",
    "regions": "Régions",
    "active": "En activité",
    "purpose": "Usage du lien",
    "expires_at": "Valable jusqu’au",
    "region_code": "Région",
    "chantier_code": "Chantier",
    "start_date": "Début",
    "end_date": "Fin",
    "is_primary": "Chantier principal",
    "campaign_code": "Campagne",
    "baseline": "Situation de départ",
    "value": "Cible",
    "due_date": "Attendue le",
    "milestones": "Jalons",
    "deadline": "Échéance",
    "until": "Ouverte jusqu’au",
    "start": "Début",
    "end": "Fin",
    "periods": "Périodes",
    "text": "Texte",
    **{name: capital(label) for name, label in LABELS.items() if name != "name"},
    "applies_from": "S’applique à partir du",
    "stance": "Position",
    "term_version": "Version du terme",
    "on_behalf": "Au nom de la région",
    **{name: capital(label) for name, label in TERM_LABELS.items() if name not in LABELS},
    "retired": "Retiré",
    **claims.FACTS,
    **experiences.FACTS,
    **stages.FACTS,
    **milestones.FACTS,
    **meeting_facts.FACTS,
    **plans.FACTS,
    "offer_state": "État du message",
    "by_email": "Courriel du jour",
    "dialect": "Format",
    "filters": "Filtres",
    "rows": "Lignes",
    "sha256": "SHA-256",
}
"""Words of the facts that history keeps, the most telling first."""

UNTOLD = {
    "version", "heads", "submitted_by", "validated_by", "review_started_by", "evidence_read_by", "review_note",
    "verification_by", "media_type",
    "number", "set_on", "code", "taken_on", *claims.UNTOLD, *milestones.UNTOLD, *plans.UNTOLD, *meeting_facts.UNTOLD,
}  # fmt: skip
"""What the act says already by its name, its author or its reason, or says to nobody; the exported file has it all."""

USUAL = {"answer": Answer.VALUE, "status": Status.DRAFT}
"""Where a figure begins, told only when it is left or come back to."""

LONGEST = 160


@dataclass(frozen=True, slots=True)
class Names:
    """What codes stand for. axes: breakdowns by code."""

    regions: Mapping[str, str]
    chantiers: Mapping[str, str]
    definitions: Mapping[str, Definition]
    axes: Mapping[str, Axis]


@dataclass(frozen=True, slots=True)
class Change:
    """before is empty where the fact appeared, after where it went."""

    label: str
    before: str
    after: str

    def __str__(self) -> str:
        if not self.before:
            return f"{self.label} : {self.after}"
        return f"{self.label} : {self.before} → {self.after or 'aucun'}"


def action(name: str) -> str:
    return ACTIONS.get(name, name)


def subject(fact: HistoryFact) -> str:
    """What was acted on; an export's kind in words."""
    if fact.action != "export":
        return fact.subject
    return ExportKind(fact.subject).label if fact.subject in list(ExportKind) else "Journal"


def changes(fact: HistoryFact, names: Names) -> list[Change]:
    """What differs between before and after, in words; the most telling first. What was never so is not told."""
    definition = names.definitions.get(fact.indicator)
    before = _told(fact.before or {}, definition, names)
    after = _told(_unusual(fact), definition, names)
    order = list(FIELDS.values())

    def place(label: str) -> tuple[int, str]:
        field = label.partition(", ")[0]
        return (order.index(field) if field in order else len(order), label)

    found = [
        Change(label, before.get(label, ""), after.get(label, "")) for label in sorted({*before, *after}, key=place)
    ]
    return [
        change for change in found if change.before != change.after and (change.before, change.after) != ("", "non")
    ]


def _unusual(fact: HistoryFact) -> dict[str, Any]:
    """The facts after the act; a new figure's, without what every one begins with."""
    after = fact.after or {}
    if fact.before is not None or "indicator_version" not in after:
        return after
    return {name: value for name, value in after.items() if USUAL.get(name) != value}


def _told(facts: Mapping[str, Any], definition: Definition | None, names: Names) -> dict[str, str]:
    """Words by label; what is absent, empty or untold is left out."""
    told: dict[str, str] = {}
    rest = dict(facts)
    if rest.get("numerator") is not None:
        told[FIELDS["figure"]] = _figure(definition, Pair(rest.pop("numerator"), rest.pop("denominator", None)))
    for key, pair in (rest.pop("breakdowns", None) or {}).items():
        told[f"{FIELDS['breakdowns']}, {_category(key, names)}"] = _figure(definition, Pair(*pair))
    for section in plans.LINES.keys() & rest.keys():
        told |= {label: _short(said) for label, said in plans.lines(section, rest.pop(section)).items()}
    for name, value in rest.items():
        if name not in UNTOLD and value not in (None, "", [], {}):
            told[FIELDS.get(name, name)] = _short(_value(name, value, names))
    return told


def _figure(definition: Definition | None, pair: Pair) -> str:
    if pair.denominator is None:
        return number(from_scaled(pair.numerator))
    if definition is not None and definition.measure is Measure.MEAN:
        return f"{figure(definition, pair)} ({number(from_scaled(pair.denominator))} cas)"
    return n_of_n(pair)


def _category(key: str, names: Names) -> str:
    """« Femmes » of « sexe/femmes »."""
    axis, _, code = key.partition("/")
    known = names.axes.get(axis)
    return next((category.label for category in known.categories if category.code == code), key) if known else key


def _short(text: str) -> str:
    line = re.sub(r"[ \t\n]+", " ", text).strip()  # split() would undo the narrow spaces of numbers
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _value(name: str, value: Any, names: Names) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if tell := _WORDS.get(name):
        return tell(value, names)
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if isinstance(value, dict):
        return filters(value, names) if name == "filters" else json.dumps(value, ensure_ascii=False)
    return _dated(value) if isinstance(value, str) else str(value)


def _dated(text: str) -> str:
    """Days and times as people write them; any other text as it is."""
    try:
        return short_date(date.fromisoformat(text)) if len(text) == 10 else moment(datetime.fromisoformat(text))
    except ValueError:
        return text


def _label(labels: type[Any]) -> Callable[[Any, Names], str]:
    words = {str(member): str(member.label) for member in labels}
    return lambda value, _: words.get(value, str(value))


_WORDS: dict[str, Callable[[Any, Names], str]] = {
    "answer": _label(Answer),
    "stage": _label(Stage),
    "finding": _label(Finding),
    "level": lambda level, _: effect_grade(level),
    "counterfactual": lambda stored, _: claims.stored_filters(stored),
    "kind": _label(EvidenceKind),
    "confidentiality": _label(Confidentiality),
    "status": _label(Status),
    **{name: _label(listed) for name, listed in (stages.LISTS | milestones.LISTS | meeting_facts.LISTS).items()},
    "stance": _label(Stance),
    "method_family": _label(MethodFamily),
    "role": _label(Role),
    "purpose": _label(LinkPurpose),
    "offer_state": _label(OfferState),
    "dialect": _label(Dialect),
    "reliability": lambda level, _: grade(level),
    "baseline": lambda value, _: number(from_scaled(value)),
    "value": lambda value, _: number(from_scaled(value)),
    **dict.fromkeys(BOUNDS, lambda value, _: number(from_scaled(value))),
    "budget": lambda value, _: euros(value),
    "axes": lambda codes, names: ", ".join(names.axes[code].label if code in names.axes else code for code in codes),
    "milestones": lambda points, _: " ; ".join(
        f"{_dated(day)} : {number(from_scaled(value))}" for day, value in points
    ),
    "rows": lambda count, _: number(count),
    "region_code": lambda code, names: names.regions.get(code, code),
    "chantier_code": lambda code, names: names.chantiers.get(code, code),
    "regions": lambda codes, names: ", ".join(names.regions.get(code, code) for code in codes),
}


def filters(asked: Mapping[str, Any], names: Names) -> str:
    """The filters of an export in words; « tout » where there were none."""
    told: dict[str, Callable[[Any], str]] = {
        "from": lambda day: f"à partir du {_dated(day)}",
        "to": lambda day: f"jusqu’au {_dated(day)}",
        "region": lambda codes: ", ".join(names.regions.get(code, code) for code in codes),
        "chantier": lambda codes: ", ".join(names.chantiers.get(code, code) for code in codes),
        "indicator": lambda codes: ", ".join(codes),
        "min_proof": lambda level: f"{level} et plus",
        "provisional": lambda _: "provisoires inclus",
    }
    parts = [told[name](asked[name]) for name in told if asked.get(name)]
    return " ; ".join(parts) or "tout"
