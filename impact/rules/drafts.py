"""What a person means to store of a cell, and the form's fields that say it.

A field's name is its column's name in files; a breakdown's is axis/category/column.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from impact.figures import Axis, Category, Cell, Definition, Pair, rounded, to_scaled
from impact.formats import NO_BREAK, number, percent, places, short_date, typed
from impact.vocabulary import Answer, Measure

COLUMNS: dict[Measure, tuple[str, ...]] = {
    Measure.COUNT: ("valeur",),
    Measure.AMOUNT: ("valeur",),
    Measure.RATIO: ("numerateur", "denominateur"),
    Measure.MEAN: ("valeur", "denominateur"),
}
"""The figure columns that a measure is typed in."""

FIGURE_COLUMNS = ("valeur", "numerateur", "denominateur")
TEXTS = {
    "motif": "reason",
    "source": "source",
    "methode": "method",
    "famille_methode": "method_family",
    "population": "population",
    "lien_preuve": "evidence_link",
    "commentaire": "comment",
}
"""Text column -> attribute of a draft and of an entry."""
DATES = {"couverture_debut": "coverage_start", "couverture_fin": "coverage_end"}
FIELDS = ("etat", *FIGURE_COLUMNS, *TEXTS, *DATES)

_LABELS = {
    "etat": "état",
    "valeur": "valeur",
    "numerateur": "numérateur",
    "denominateur": "dénominateur",
    "motif": "motif",
    "source": "source",
    "methode": "méthode de collecte",
    "famille_methode": "famille de méthode",
    "population": "population comptée",
    "lien_preuve": "lien vers la preuve",
    "commentaire": "commentaire",
    "couverture_debut": "début de la couverture",
    "couverture_fin": "fin de la couverture",
    "base": "situation de départ",
    "echeance": "échéance",
}


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An answer to a cell, read and well-formed, not stored yet.

    pair is None unless answer is VALUE. coverage None = the period's own day. breakdowns: (axis, category) -> pair; a
    ratio's category may lack its denominator. seen_version: version of the entry that the form showed, 0 = none.
    """

    region: str
    indicator: str
    period: str
    answer: Answer
    pair: Pair | None
    reason: str = ""
    source: str = ""
    method: str = ""
    method_family: str = ""
    population: str = ""
    evidence_link: str = ""
    comment: str = ""
    coverage_start: date | None = None
    coverage_end: date | None = None
    breakdowns: Mapping[tuple[str, str], Pair] = field(default_factory=dict)
    seen_version: int = 0

    @property
    def cell(self) -> Cell:
        return Cell(self.region, self.indicator, self.period)


def main_field(definition: Definition) -> str:
    """The first field that the figure is typed in."""
    return COLUMNS[definition.measure][0]


def axis_of(definition: Definition, code: str) -> Axis | None:
    return next((axis for axis in definition.axes if axis.code == code), None)


def category_of(axis: Axis, code: str) -> Category | None:
    return next((category for category in axis.categories if category.code == code), None)


def known_fields(definition: Definition, fields: Mapping[str, str]) -> dict[str, str]:
    """What was typed, without the breakdowns on an axis that a newer version has dropped since."""
    return {name: text for name, text in fields.items() if "/" not in name or axis_of(definition, name.split("/")[0])}


def field_label(definition: Definition, name: str) -> str:
    """The French words for a field, its category first: « Femmes (Sexe), personnes ayant répondu »."""
    *path, column = name.split("/")
    own = {"numerateur": definition.numerator_label, "denominateur": definition.denominator_label}
    label = own.get(column) or _LABELS.get(column, column)
    if definition.measure is Measure.MEAN and column == "valeur":
        label = "moyenne"
    axis = axis_of(definition, path[0]) if len(path) == 2 else None
    category = category_of(axis, path[1]) if axis else None
    return f"{category.label} ({axis.label}), {label}" if axis and category else label


def said(definition: Definition, value: Fraction) -> str:
    """A shown value in a sentence, with its unit."""
    if definition.measure is Measure.RATIO:
        return percent(value, definition.decimals)
    return f"{number(value, places(definition, value))}{NO_BREAK}{definition.unit}"


def _figures(definition: Definition, pair: Pair) -> dict[str, str]:
    if definition.measure is Measure.MEAN:
        cases = pair.denominator or 0
        mean = typed(to_scaled(rounded(Fraction(pair.numerator, cases), 4))) if cases else ""
        return {"valeur": mean, "denominateur": typed(cases)}
    numbers = zip(COLUMNS[definition.measure], pair, strict=False)
    return {column: "" if number is None else typed(number) for column, number in numbers}


def to_fields(definition: Definition, draft: EntryDraft) -> dict[str, str]:
    """The raw French texts that would be typed to say this draft: the inverse of read_draft.

    Every field of the measure is there, empty where nothing is said; breakdown fields only where there is a figure.
    """
    texts = {column: getattr(draft, attribute) for column, attribute in TEXTS.items()}
    days = {column: getattr(draft, attribute) for column, attribute in DATES.items()}
    figures = dict.fromkeys(COLUMNS[definition.measure], "")
    if draft.pair:
        figures |= _figures(definition, draft.pair)
    return {
        "etat": draft.answer.value,
        **figures,
        **texts,
        **{column: short_date(day) if day else "" for column, day in days.items()},
        **{
            f"{axis}/{category}/{column}": text
            for (axis, category), pair in draft.breakdowns.items()
            if axis_of(definition, axis)  # a newer version may have dropped an axis of what is stored
            for column, text in _figures(definition, pair).items()
        },
    }
