"""What a new version of a definition may change and say (docs/mesure.md, *Quand une définition change*)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from impact.errors import Problem, Refused
from impact.figures import LARGEST, SCALE, WAY_OF_COUNTING, Definition, Period, from_scaled, to_scaled
from impact.formats import clean_prose, number, parse_number, short_date, typed

TEXTS = {"name": 200, "question": 500, "definition": 5_000, "collection_method": 1_000}
"""Longest length of each text of a definition."""
PARTS = {"numerator_label": 500, "denominator_label": 500}
"""What the two numbers of a ratio or a mean count."""
BOUNDS = ("minimum", "maximum", "alert_above")
LISTS = ("pitfalls", "verification_sources")
NOTE = "aggregation_note"
SHEET = (*LISTS, NOTE)
CHANGEABLE = (*TEXTS, *PARTS, *BOUNDS, "axes", "proof_of_effect", *SHEET)

LABELS = {
    "name": "nom",
    "question": "question",
    "definition": "définition",
    "numerator_label": "numérateur",
    "denominator_label": "dénominateur",
    "minimum": "minimum possible",
    "maximum": "maximum possible",
    "alert_above": "seuil d’alerte",
    "axes": "axes de ventilation",
    "collection_method": "méthode de collecte",
    "verification_sources": "sources de vérification",
    "pitfalls": "pièges",
    "aggregation_note": "note sur les totaux",
    "proof_of_effect": "preuve d’effet attendue",
    "chantier": "chantier",
    "stage": "place dans la chaîne de résultats",
    "measure": "mesure",
    "unit": "unité",
    "accumulation": "cumul dans le temps",
    "additivity": "somme des régions",
    "direction": "sens favorable",
    "frequency": "rythme",
    "decimals": "décimales",
}
"""French words of every attribute, those that can change first, in the order of the sheet."""

MOST_ITEMS = 20
LONGEST_ITEM = 1_000
LONGEST_REASON = 1_000
FIXED = "une autre façon de compter est un autre indicateur ; elle ne change pas d’une version à l’autre."

Changes = Mapping[str, Any]


def in_force(versions: Sequence[Definition], day: date) -> Definition:
    """The newest that applies by a day, the oldest where none does yet. versions: of one indicator, oldest first."""
    held = [one for one in versions if one.applies_from is None or one.applies_from <= day]
    return held[-1] if held else versions[0]


def content(definition: Definition) -> dict[str, Any]:
    """What a version says of everything that can change, JSON-ready; axes by code, bounds in 1/10,000."""
    said: dict[str, Any] = {name: getattr(definition, name) for name in (*TEXTS, *PARTS, *BOUNDS, "proof_of_effect")}
    said["axes"] = [axis.code for axis in definition.axes]
    said |= {name: list(definition.sheet.get(name, ())) for name in LISTS}
    return said | {NOTE: definition.sheet.get(NOTE, "")}


def differences(definition: Definition, changes: Changes) -> dict[str, Any]:
    """The changes that change something, in the order of the sheet."""
    now = content(definition)
    return {name: changes[name] for name in LABELS if name in now and name in changes and changes[name] != now[name]}


def to_texts(definition: Definition) -> dict[str, str]:
    """What would be typed to say this version: one item a line, bounds as they are typed. Without axes and proof."""
    said = content(definition)
    texts = {name: said[name] for name in (*TEXTS, *PARTS, NOTE)}
    bounds = {name: "" if said[name] is None else typed(said[name]) for name in BOUNDS}
    return texts | bounds | {name: "\n".join(said[name]) for name in LISTS}


def read_texts(definition: Definition, texts: Mapping[str, str]) -> tuple[dict[str, Any], list[Problem]]:
    """Typed texts as changes: the inverse of to_texts. What cannot be read is a problem, and no change."""
    changes: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, text in texts.items():
        try:
            changes[name] = read_one(name, text)
        except Refused as refused:
            problems.append(_problem(name, str(refused), definition))
    return changes, problems


def read_one(name: str, text: str) -> Any:
    """One attribute's text: a list one item a line, a bound in 1/10,000 or None, any other as it is. Refused."""
    if name in LISTS:
        return text.splitlines()
    if name not in BOUNDS:
        return text
    value = parse_number(text)
    if value is not None and abs(value) * SCALE >= LARGEST:
        raise Refused("ce nombre est trop grand.")
    try:
        return None if value is None else to_scaled(value)
    except ValueError:
        raise Refused("écrivez au plus 4 décimales.") from None


def checked(
    definition: Definition, changes: Changes, reason: str, known_axes: Collection[str]
) -> tuple[dict[str, Any], list[Problem]]:
    """What these changes really change, cleaned, and every reason not to publish them, whatever the day.

    changes: by attribute; texts, lists of texts, bounds in 1/10,000 or None, axes by code.
    """
    fixed = [name for name in WAY_OF_COUNTING if name in changes and changes[name] != getattr(definition, name)]
    problems = [_problem(name, FIXED, definition) for name in fixed]
    problems += [
        Problem(f"« {name} » n’est pas un champ d’une définition.", name, definition.code)
        for name in changes
        if name not in LABELS
    ]
    clean, unclean = cleaned(definition, changes)
    problems += [*unclean, *sheet_problems(definition, content(definition) | clean, known_axes)]
    changed = differences(definition, clean)
    if not problems and not changed:
        problems.append(Problem("rien n’a changé : modifiez au moins un champ.", "", definition.code))
    if not reason.strip():
        problems.append(Problem("indiquez le motif : il restera à côté de cette version.", "reason", definition.code))
    return changed, problems


def sheet_problems(definition: Definition, after: Changes, known_axes: Collection[str]) -> list[Problem]:
    """What no version may say: nothing where words are needed, bounds the wrong way round, breakdowns that are not."""
    return _missing(definition, after) + _bounds(definition, after) + _axes(definition, after, known_axes)


def cleaned(definition: Definition, changes: Changes) -> tuple[dict[str, Any], list[Problem]]:
    """Texts as they would be kept; what cannot be is a problem, and no change."""
    clean: dict[str, Any] = {}
    problems: list[Problem] = []
    for name in (name for name in CHANGEABLE if name in changes):
        try:
            clean[name] = _clean(name, changes[name])
        except Refused as refused:
            problems.append(_problem(name, str(refused), definition))
    return clean, problems


def _clean(name: str, value: Any) -> Any:
    if name in LISTS:
        items = [item for item in (clean_prose(line, LONGEST_ITEM) for line in value) if item]
        if len(items) > MOST_ITEMS:
            raise Refused(f"au plus {MOST_ITEMS} lignes.")
        return items
    if isinstance(value, str):
        return clean_prose(value, {**TEXTS, **PARTS}.get(name, LONGEST_ITEM))
    return list(value) if name == "axes" else value


def _problem(name: str, message: str, definition: Definition) -> Problem:
    return Problem(f"« {LABELS[name]} » : {message}", name, definition.code)


def _missing(definition: Definition, after: Changes) -> list[Problem]:
    asked = ("name", "question", "definition", *(PARTS if definition.has_pair else ()))
    return [_problem(name, "ce texte manque.", definition) for name in asked if not after[name].strip()]


def _bounds(definition: Definition, after: Changes) -> list[Problem]:
    low, high, alert = (after[name] for name in BOUNDS)
    problems = []
    if low is not None and high is not None and low > high:
        problems.append(_problem("minimum", f"il dépasse le maximum, {number(from_scaled(high))}.", definition))
    if alert is not None and high is not None and alert > high:
        problems.append(
            _problem(
                "alert_above",
                f"il dépasse le maximum, {number(from_scaled(high))} : il n’alerterait jamais.",
                definition,
            )
        )
    return problems


def _axes(definition: Definition, after: Changes, known: Collection[str]) -> list[Problem]:
    codes = list(after["axes"])
    problems = [
        _problem("axes", f"l’axe « {code} » n’existe pas ; connus : {', '.join(sorted(known))}.", definition)
        for code in codes
        if code not in known
    ]
    if len(set(codes)) < len(codes):
        problems.append(_problem("axes", "un axe y est deux fois.", definition))
    return problems


def starts(definition: Definition, periods: Iterable[Period], today: date) -> list[Period]:
    """The periods from which a new version may apply: those of the indicator's rhythm that are not over, in order."""
    return sorted(
        period for period in periods if period.frequency is definition.frequency and not period.has_ended(today)
    )


def start_problems(definition: Definition, day: date | None, offered: list[Period]) -> list[Problem]:
    """offered: as starts gives them. What is over was entered under another definition, and stays so."""
    if not offered:
        message = "aucune période de ce rythme n’est à venir ; ouvrez d’abord la campagne suivante."
        return [Problem(message, "applies_from", definition.code)]
    if day is None or day in {period.start for period in offered}:
        return []
    days = ", ".join(f"{short_date(period.start)} ({period.code})" for period in offered)
    message = f"le {short_date(day)} n’est pas le premier jour d’une période à venir ; possibles : {days}."
    return [Problem(message, "applies_from", definition.code)]
