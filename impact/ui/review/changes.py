"""What changed since the last submission, in French: name, then, now. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from impact.figures import Definition, Pair
from impact.formats import capital, short_date
from impact.rules.drafts import DATES, TEXTS, axis_of, category_of, field_label
from impact.ui.page import typeset
from impact.ui.wording import details, field_text, part, quantity
from impact.vocabulary import Answer

_COLUMNS = {attribute: column for column, attribute in {**TEXTS, **DATES}.items()}
"""Attribute of an entry, as history names it -> the form's field."""


class Change(NamedTuple):
    name: str
    then: str
    now: str


def worded(definition: Definition, changes: Mapping[str, tuple[Any, Any]]) -> list[Change]:
    """One row per thing that changed; the figure first, then the breakdowns, category by category."""
    rows = []
    if "answer" in changes:
        rows.append(Change("Réponse", *(Answer(said).label if said else "" for said in changes["answer"])))
    if "numerator" in changes:
        pairs = zip(changes["numerator"], changes["denominator"], strict=True)
        rows.append(
            Change("Valeur", *(_figure(definition, numerator, denominator) for numerator, denominator in pairs))
        )
    rows += _parts(definition, *changes.get("breakdowns", ({}, {})))
    rows += [
        Change(capital(typeset(field_label(definition, column))), *(_text(column, said) for said in changes[attribute]))
        for attribute, column in _COLUMNS.items()
        if attribute in changes
    ]
    if any(changes.get("evidence", ())):
        rows.append(Change("Pièces", *(_pieces(said or "") for said in changes["evidence"])))
    return rows


def _pieces(said: str) -> str:
    """said: "3.1 7.2", number and version of each."""
    numbers = (one.split(".") for one in said.split())
    return ", ".join(
        f"n°\u00a0{number}{f' (version {version})' if version != '1' else ''}" for number, version in numbers
    )


def _figure(definition: Definition, numerator: int | None, denominator: int | None) -> str:
    if numerator is None:
        return ""
    pair = Pair(numerator, denominator)
    behind = details(definition, pair)
    return f"{quantity(definition, pair)}{f' ({behind})' if behind else ''}"


def _parts(definition: Definition, then: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> list[Change]:
    """then, now: {"axis/category": [numerator, denominator]}."""
    before, after = then or {}, now or {}
    return [
        Change(_category(definition, name), *(_part(definition, said.get(name)) for said in (before, after)))
        for name in {**before, **after}
        if before.get(name) != after.get(name)
    ]


def _category(definition: Definition, name: str) -> str:
    axis_code, _, code = name.partition("/")
    axis = axis_of(definition, axis_code)
    category = category_of(axis, code) if axis else None
    return f"{axis.label} : {category.label}" if axis and category else name


def _part(definition: Definition, pair: list[int] | None) -> str:
    return part(definition, Pair(*pair)) if pair else ""


def _text(column: str, said: str | None) -> str:
    if column in DATES and said:
        return short_date(date.fromisoformat(said))
    return field_text(column, said or "")
