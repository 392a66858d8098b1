"""`export entries`: every stored figure, in the columns of the import and a few more (design/files.md)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from impact.exports.columns import Column, Kind
from impact.exports.writing import Table
from impact.figures import SCALE, Definition, rounded_ratio, to_scaled
from impact.proof import GRADES
from impact.vocabulary import Measure

IMPORT_COLUMNS = (
    Column("code_region", Kind.CODE),
    Column("code_indicateur", Kind.CODE),
    Column("periode", Kind.CODE),
    Column("valeur", Kind.EXACT),
    Column("numerateur", Kind.EXACT),
    Column("denominateur", Kind.EXACT),
    Column("etat", Kind.CODE),
    Column("motif", Kind.TEXT),
    Column("source", Kind.TEXT),
    Column("methode", Kind.TEXT),
    Column("lien_preuve", Kind.TEXT),
    Column("commentaire", Kind.TEXT),
    Column("axe", Kind.CODE),
    Column("modalite", Kind.CODE),
    Column("famille_methode", Kind.CODE),
    Column("population", Kind.TEXT),
    Column("couverture_debut", Kind.DATE),
    Column("couverture_fin", Kind.DATE),
)
FURTHER_COLUMNS = (
    Column("valeur_calculee", Kind.ROUNDED),
    Column("statut", Kind.CODE),
    Column("niveau_f", Kind.CODE),
    Column("niveau_p", Kind.CODE),
    Column("version_indicateur", Kind.WHOLE),
    Column("saisi_par", Kind.TEXT),
    Column("saisi_le", Kind.MOMENT),
    Column("soumis_le", Kind.MOMENT),
    Column("valide_par", Kind.TEXT),
    Column("valide_le", Kind.MOMENT),
    Column("version", Kind.WHOLE),
)
COLUMNS = IMPORT_COLUMNS + FURTHER_COLUMNS

MOST_DECIMALS = 4
"""Figures have no more (measurement.md, section 1)."""


class Stored(NamedTuple):
    """Stored figures column by column, all of one length; people by number, moments as Kind.MOMENT takes them.

    axis_code, category_code: empty for the total. A breakdown shares everything of its total but the figures.
    """

    region_code: Sequence[str]
    indicator_code: Sequence[str]
    period_code: Sequence[str]
    axis_code: Sequence[str]
    category_code: Sequence[str]
    numerator: Sequence[int | None]
    denominator: Sequence[int | None]
    answer: Sequence[str]
    reason: Sequence[str]
    source: Sequence[str]
    method: Sequence[str]
    method_family: Sequence[str]
    population: Sequence[str]
    coverage_start: Sequence[date]
    coverage_end: Sequence[date]
    evidence_link: Sequence[str]
    comment: Sequence[str]
    status: Sequence[str]
    reliability: Sequence[int]
    indicator_version: Sequence[int]
    entered_by: Sequence[int]
    entered_at: Sequence[datetime | str | None]
    submitted_at: Sequence[datetime | str | None]
    validated_by: Sequence[int | None]
    validated_at: Sequence[datetime | str | None]
    version: Sequence[int]


Figures = tuple[int | None, int | None, int | None, Decimal | None]
"""valeur, numerateur, denominateur as they were typed, in 1/10,000, and valeur_calculee."""

_NO_FIGURES: Figures = (None, None, None, None)


def table(stored: Stored, definitions: Mapping[tuple[str, int], Definition], people: Mapping[int | None, str]) -> Table:
    """The columns of the file, in the order of rows given. definitions: by code and version. people: e-mails."""
    one = stored
    versions = map(definitions.__getitem__, zip(one.indicator_code, one.indicator_version, strict=True))
    value, numerator, denominator, shown = zip(*map(figures, versions, one.numerator, one.denominator), strict=True)
    grades = [_GRADES[grade] for grade in one.reliability]
    entered_by, validated_by = (list(map(people.get, ids)) for ids in (one.entered_by, one.validated_by))
    return (
        one.region_code, one.indicator_code, one.period_code, value, numerator, denominator, one.answer, one.reason,
        one.source, one.method, one.evidence_link, one.comment, one.axis_code, one.category_code, one.method_family,
        one.population, one.coverage_start, one.coverage_end, shown, one.status, grades, (None,) * len(shown),
        one.indicator_version, entered_by, one.entered_at, one.submitted_at, validated_by, one.validated_at,
        one.version,
    )  # fmt: skip


_GRADES = tuple(f"F{grade}" for grade in range(GRADES))


def figures(definition: Definition, numerator: int | None, denominator: int | None) -> Figures:
    """The cells of a stored figure; the value shown is rounded once, and absent where it cannot be computed."""
    if numerator is None:
        return _NO_FIGURES
    decimals, measure = definition.decimals, definition.measure
    if measure is Measure.RATIO:
        return None, numerator, denominator, _rounded(100 * numerator, denominator, decimals)
    if measure is Measure.MEAN:
        typed = typed_mean(numerator, denominator) if denominator else None
        return typed, None, denominator, _rounded(numerator, denominator, decimals)
    return numerator, None, None, _rounded(numerator, SCALE if denominator is None else denominator, decimals)


def _rounded(numerator: int, denominator: int | None, decimals: int) -> Decimal | None:
    """None without cases, and for a category of which the numerator alone was typed."""
    return rounded_ratio(numerator, denominator, decimals) if denominator else None


def typed_mean(numerator: int, denominator: int) -> int:
    """The mean that a person typed, in 1/10,000, from a stored pair.

    The stored numerator is mean x cases, itself in 1/10,000, so the division comes out even for what was typed.
    """
    return to_scaled(rounded_ratio(numerator, denominator, MOST_DECIMALS))
