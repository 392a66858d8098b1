"""From the raw texts of a form or of a file's row to a draft, with every problem at once."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from impact.errors import Problem
from impact.figures import LARGEST, SCALE, Cell, Definition, Pair
from impact.proof import is_link
from impact.rules.drafts import (
    COLUMNS,
    DATES,
    FIELDS,
    FIGURE_COLUMNS,
    TEXTS,
    EntryDraft,
    axis_of,
    category_of,
    field_label,
    main_field,
)
from impact.rules.fields import TOO_LONG, IndicatorFields
from impact.vocabulary import Answer, Measure, MethodFamily


def _decimals(definition: Definition, column: str) -> int:
    """Decimals that may be typed; the cases behind a mean are whole."""
    cases = definition.measure is Measure.MEAN and column == "denominateur"
    return 0 if cases else min(4, definition.decimals)


def _foreign(reading: IndicatorFields, prefix: str) -> None:
    """Refuse figures in columns that the measure does not use."""
    own = COLUMNS[reading.definition.measure]
    for column in FIGURE_COLUMNS:
        if column not in own and reading.filled(prefix + column):
            expected = " et ".join(f"« {field_label(reading.definition, name)} »" for name in own)
            kind = reading.definition.measure.label
            reading.refuse(
                prefix + column, f"cette colonne ne sert pas ici ({kind}) ; videz-la et remplissez {expected}."
            )


def _pair(reading: IndicatorFields, prefix: str = "") -> Pair | None:
    """The figure typed under a prefix; None when nothing was, or when it has a problem."""
    _foreign(reading, prefix)
    definition, columns = reading.definition, COLUMNS[reading.definition.measure]
    filled = [column for column in columns if reading.filled(prefix + column)]
    if not filled:
        return None
    numbers = {column: reading.number(prefix + column, _decimals(definition, column)) for column in filled}
    if definition.measure is Measure.MEAN:
        return _mean(reading, prefix, numbers)
    optional = ("denominateur",) if prefix else ()
    missing = [column for column in columns if column not in (*filled, *optional)]
    _require(reading, prefix, missing)
    if missing or None in numbers.values():
        return None
    scaled = {column: int(value * SCALE) for column, value in numbers.items() if value is not None}
    return Pair(scaled[columns[0]], scaled.get("denominateur"))


def _require(reading: IndicatorFields, prefix: str, missing: list[str]) -> None:
    for column in missing:
        reading.refuse(prefix + column, "ce nombre manque ; indiquez-le (0 compte).")


def _mean(reading: IndicatorFields, prefix: str, numbers: Mapping[str, Fraction | None]) -> Pair | None:
    """A mean and its cases; 0 cases and no mean is a figure without a value, n. c."""
    mean, cases = numbers.get("valeur"), numbers.get("denominateur")
    if cases == 0:
        if "valeur" not in numbers:
            return Pair(0, 0)
        reading.refuse(prefix + "valeur", "sans aucun cas il n’y a pas de moyenne ; laissez-la vide.")
        return None
    _require(reading, prefix, [column for column in ("valeur", "denominateur") if column not in numbers])
    if mean is None or cases is None:
        return None
    if abs(mean * cases) * SCALE >= LARGEST:
        reading.refuse(prefix + "valeur", f"multipliée par le nombre de cas : {TOO_LONG}")
        return None
    return Pair(int(mean * cases * SCALE), int(cases * SCALE))


def read_pair(definition: Definition, fields: Mapping[str, str]) -> tuple[Pair | None, list[Problem]]:
    """The total's figure; None without a problem when nothing was typed."""
    reading = IndicatorFields(definition, fields)
    return _pair(reading), reading.problems


def _breakdowns(reading: IndicatorFields) -> dict[tuple[str, str], Pair]:
    typed: dict[tuple[str, str], str] = {}
    for name in reading.fields:
        if name.count("/") == 2 and reading.filled(name):
            axis, category, _ = name.split("/")
            typed.setdefault((axis, category), name)
    found: dict[tuple[str, str], Pair] = {}
    for (axis, category), name in typed.items():
        pair = _pair(reading, f"{axis}/{category}/") if _is_category(reading, axis, category, name) else None
        if pair is not None:
            found[axis, category] = pair
    return found


def _is_category(reading: IndicatorFields, axis_code: str, category_code: str, name: str) -> bool:
    """True for a category of the indicator; otherwise refuses the field that names it."""
    axis = axis_of(reading.definition, axis_code)
    if axis is None:
        known = ", ".join(axis.code for axis in reading.definition.axes) or "aucun"
        reading.refuse(name, f"l’axe « {axis_code} » n’est pas de cet indicateur ; axes connus : {known}.")
    elif category_of(axis, category_code) is None:
        known = ", ".join(category.code for category in axis.categories)
        reading.refuse(name, f"« {category_code} » n’est pas une modalité de « {axis_code} » ; connues : {known}.")
    else:
        return True
    return False


def _unknown_fields(reading: IndicatorFields) -> None:
    for name in reading.fields:
        column = name.rpartition("/")[2]
        known = name in FIELDS or (name.count("/") == 2 and column in FIGURE_COLUMNS)
        if not known and reading.filled(name):
            reading.refuse(name, f"champ inconnu ; connus : {', '.join(FIELDS)}.")


def _figures(reading: IndicatorFields, answer: Answer) -> tuple[Pair | None, dict[tuple[str, str], Pair]]:
    """The total and its breakdowns; an absence carries a reason and none of them."""
    if answer is Answer.VALUE:
        before = len(reading.problems)
        pair = _pair(reading)
        if pair is None and len(reading.problems) == before:
            reading.refuse(
                main_field(reading.definition),
                "indiquez le chiffre (0 compte), ou choisissez « non disponible » ou « sans objet » et dites pourquoi.",
            )
        return pair, _breakdowns(reading)
    if not reading.filled("motif"):
        reading.refuse("motif", f"dites pourquoi le chiffre est « {answer.label} ».")
    for name in reading.fields:
        if name.rpartition("/")[2] in FIGURE_COLUMNS and reading.filled(name):
            reading.refuse(
                name, f"« {answer.label} » ne porte aucun chiffre ; videz ce champ ou choisissez « valeur »."
            )
    return None, {}


def read_draft(
    definition: Definition, cell: Cell, fields: Mapping[str, str], seen_version: int = 0
) -> tuple[EntryDraft | None, list[Problem]]:
    """What was typed, read strictly; the draft is None as soon as there is a problem.

    fields: raw texts by name (FIELDS, and axis/category/column for breakdowns); absent and blank are the same. Used by
    the form and by the import. Refusals that need the period, and warnings, come after.
    """
    reading = IndicatorFields(definition, fields)
    _unknown_fields(reading)
    answer = Answer(reading.closed("etat", list(Answer)) or Answer.VALUE)
    pair, breakdowns = _figures(reading, answer)
    texts: dict[str, Any] = {attribute: reading.text(column) for column, attribute in TEXTS.items()}
    texts["method_family"] = reading.closed("famille_methode", list(MethodFamily))
    days: dict[str, Any] = {attribute: reading.day(column) for column, attribute in DATES.items()}
    if texts["evidence_link"] and not is_link(texts["evidence_link"]):
        reading.refuse("lien_preuve", "ce n’est pas une adresse complète ; elle commence par http:// ou https://.")
    if reading.problems:
        return None, reading.problems
    said = texts | days
    draft = EntryDraft(*cell, answer=answer, pair=pair, breakdowns=breakdowns, seen_version=seen_version, **said)
    return draft, []
