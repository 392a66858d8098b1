"""The draft of an indicator: what a meeting wants to measure from now on, complete or not. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any

from impact.errors import Problem, Refused
from impact.formats import typed
from impact.rules.definitions import BOUNDS, LABELS, LISTS, NOTE, PARTS, TEXTS, read_one
from impact.rules.fields import Fields
from impact.vocabulary import Accumulation, Additivity, Direction, Frequency, LabelledEnum, Measure, Stage

LONGEST_LIST = 10_000
WORDS: Mapping[str, type[LabelledEnum]] = {
    "stage": Stage,
    "measure": Measure,
    "accumulation": Accumulation,
    "additivity": Additivity,
    "direction": Direction,
    "frequency": Frequency,
}
"""Closed lists among the fields."""


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """The fields of an indicator's sheet; None, '' and () = not decided yet. Bounds in 1/10,000 of the unit shown.

    axes: codes of breakdowns.
    """

    chantier: str
    name: str
    question: str = ""
    definition: str = ""
    stage: Stage | None = None
    measure: Measure | None = None
    unit: str = ""
    accumulation: Accumulation | None = None
    additivity: Additivity | None = None
    direction: Direction | None = None
    frequency: Frequency | None = None
    decimals: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    alert_above: int | None = None
    numerator_label: str = ""
    denominator_label: str = ""
    collection_method: str = ""
    proof_of_effect: bool = False
    axes: tuple[str, ...] = ()
    pitfalls: tuple[str, ...] = ()
    verification_sources: tuple[str, ...] = ()
    aggregation_note: str = ""


FIELDS = tuple(one.name for one in fields(MeasureDraft) if one.name not in ("proof_of_effect", "axes"))
"""Raw texts that a draft is read from, named as its attributes; labels in rules.definitions.LABELS."""


def read_measure(
    typed_fields: Mapping[str, str], *, axes: Collection[str] = (), proof_of_effect: bool = False
) -> tuple[MeasureDraft | None, list[Problem]]:
    """typed_fields: raw texts by FIELDS; closed lists by value. Only its chantier and its name cannot wait."""
    reading = Fields(typed_fields, LABELS)
    said: dict[str, Any] = {
        name: reading.prose(name, {**TEXTS, **PARTS, "unit": 80}.get(name, 1_000))
        for name in ("chantier", *TEXTS, *PARTS, "unit", NOTE)
    }
    said |= {name: _chosen(reading, name, words) for name, words in WORDS.items()}
    said |= {name: _bound(reading, name) for name in BOUNDS}
    said |= {
        name: tuple(" ".join(line.split()) for line in reading.prose(name, LONGEST_LIST).splitlines() if line.strip())
        for name in LISTS
    }
    said["decimals"] = _decimals(reading)
    for name in ("chantier", "name"):
        if not said[name] and not reading.is_refused(name):
            reading.refuse(name, "choisissez-en un." if name == "chantier" else "ce texte manque.")
    if reading.problems:
        return None, reading.problems
    return MeasureDraft(**said, axes=tuple(dict.fromkeys(axes)), proof_of_effect=proof_of_effect), []


def measure_fields(draft: MeasureDraft) -> dict[str, str]:
    """The texts that would be typed to say this draft; its breakdowns and proof of effect are chosen beside them."""
    return {name: _text(name, getattr(draft, name)) for name in FIELDS}


def measure_facts(draft: MeasureDraft) -> dict[str, Any]:
    """JSON-ready, by attribute."""
    held = {one.name: getattr(draft, one.name) for one in fields(MeasureDraft)}
    return {
        name: value.value if isinstance(value, LabelledEnum) else list(value) if isinstance(value, tuple) else value
        for name, value in held.items()
    }


def measure_of(facts: Mapping[str, Any]) -> MeasureDraft:
    """The inverse of measure_facts."""
    said: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()}
    said |= {name: words(str(said[name])) for name, words in WORDS.items() if said.get(name)}
    return MeasureDraft(**said)


def _text(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "\n".join(value)
    if name in BOUNDS:
        return typed(value)
    return value.value if isinstance(value, LabelledEnum) else str(value)


def _chosen(reading: Fields, name: str, words: type[LabelledEnum]) -> LabelledEnum | None:
    return reading.one_of(name, words) if reading.filled(name) else None


def _bound(reading: Fields, name: str) -> int | None:
    try:
        value: int | None = read_one(name, reading.fields.get(name, ""))
    except Refused as refused:
        reading.refuse(name, str(refused))
        return None
    return value


def _decimals(reading: Fields) -> int | None:
    value = reading.number("decimals", 0)
    if value is None or 0 <= value <= 4:
        return None if value is None else int(value)
    reading.refuse("decimals", "de 0 à 4.")
    return None
