"""`export entries`: every stored figure, in the columns of the import and a few more (design/files.md)."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from impact.exports.columns import Cells, Column, Kind
from impact.figures import Definition, Pair, rounded, shown_value, to_scaled
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


class StoredFigure(NamedTuple):
    """A stored entry, or one category of its breakdowns, as the query reads it; people are their e-mail.

    axis, category: empty for the total. A breakdown shares everything of its total but the figures.
    """

    region: str
    indicator: str
    period: str
    period_end: date
    period_start: date
    axis: str
    category: str
    numerator: int | None
    denominator: int | None
    answer: str
    reason: str
    source: str
    method: str
    method_family: str
    population: str
    coverage_start: date
    coverage_end: date
    evidence_link: str
    comment: str
    status: str
    reliability: int
    indicator_version: int
    entered_by: str
    entered_at: datetime
    submitted_at: datetime | None
    validated_by: str | None
    validated_at: datetime | None
    version: int


def order(figure: StoredFigure) -> tuple[str, str, date, int, str, str, str]:
    """Order of rows: region, indicator, period (by end, then length), axis, category."""
    length = (figure.period_end - figure.period_start).days
    return (
        figure.region, figure.indicator, figure.period_end, length, figure.period, figure.axis, figure.category,
    )  # fmt: skip


def cells(figure: StoredFigure, definition: Callable[[str, int], Definition]) -> Cells:
    """One row. definition: looks an indicator's version up, for its measure and decimals."""
    typed: tuple[int | None, int | None, int | None] = (None, None, None)
    shown: Decimal | None = None
    if figure.numerator is not None:
        meaning = definition(figure.indicator, figure.indicator_version)
        pair = Pair(figure.numerator, figure.denominator)
        typed = as_typed(meaning.measure, pair)
        shown = _shown(meaning.measure, meaning.decimals, pair)
    return (
        figure.region, figure.indicator, figure.period, *typed, figure.answer, figure.reason, figure.source,
        figure.method, figure.evidence_link, figure.comment, figure.axis, figure.category, figure.method_family,
        figure.population, figure.coverage_start, figure.coverage_end, shown, figure.status, f"F{figure.reliability}",
        None, figure.indicator_version, figure.entered_by, figure.entered_at, figure.submitted_at,
        figure.validated_by, figure.validated_at, figure.version,
    )  # fmt: skip


@lru_cache(maxsize=10_000)
def _shown(measure: Measure, decimals: int, pair: Pair) -> Decimal | None:
    """The value shown, rounded once; None where it cannot be computed. Kept: figures of a country repeat."""
    if measure in (Measure.RATIO, Measure.MEAN) and pair.denominator is None:
        return None  # a category of which the numerator alone was typed
    value = shown_value(measure, pair)
    return None if value is None else rounded(value, decimals)


def as_typed(measure: Measure, pair: Pair) -> tuple[int | None, int | None, int | None]:
    """valeur, numerateur, denominateur as they were typed, in 1/10,000 (design/files.md, *Import columns*)."""
    if measure is Measure.RATIO:
        return None, pair.numerator, pair.denominator
    if measure is not Measure.MEAN:
        return pair.numerator, None, None
    if not pair.denominator:
        return None, None, pair.denominator
    return typed_mean(pair.numerator, pair.denominator), None, pair.denominator


def typed_mean(numerator: int, denominator: int) -> int:
    """The mean that a person typed, in 1/10,000: the one with the fewest decimals that gives the stored numerator.

    The numerator is mean x cases, itself in 1/10,000, so the division comes out even for what was typed.
    """
    mean = Fraction(numerator, denominator)
    for decimals in range(MOST_DECIMALS + 1):
        candidate = rounded(mean, decimals)
        if Fraction(candidate) * denominator == numerator:
            return to_scaled(candidate)
    return to_scaled(rounded(mean, MOST_DECIMALS))
