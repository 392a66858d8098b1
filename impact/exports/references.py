"""Reference tables of the data package: what the codes of its other files stand for."""

from collections.abc import Iterable, Iterator

from impact.exports.columns import Cells, Column, Kind
from impact.figures import Axis, Definition, Period
from impact.vocabulary import NATIONAL_CODE

INDICATORS = (Column("code_indicateur", Kind.CODE), Column("code_chantier", Kind.CODE), Column("nom", Kind.TEXT))
VERSIONS = (
    Column("code_indicateur", Kind.CODE),
    Column("version", Kind.WHOLE),
    Column("applicable_a_partir_du", Kind.DATE),
    Column("nom", Kind.TEXT),
    Column("question", Kind.TEXT),
    Column("definition", Kind.TEXT),
    Column("place", Kind.CODE),
    Column("mesure", Kind.CODE),
    Column("unite", Kind.TEXT),
    Column("decimales", Kind.WHOLE),
    Column("cumul", Kind.CODE),
    Column("additivite", Kind.CODE),
    Column("sens", Kind.CODE),
    Column("frequence", Kind.CODE),
    Column("minimum", Kind.EXACT),
    Column("maximum", Kind.EXACT),
    Column("seuil_alerte", Kind.EXACT),
    Column("libelle_numerateur", Kind.TEXT),
    Column("libelle_denominateur", Kind.TEXT),
    Column("methode_collecte", Kind.TEXT),
    Column("axes", Kind.CODE),
    Column("iris", Kind.CODE),
    Column("odd", Kind.CODE),
)
REGIONS = (
    Column("code_region", Kind.CODE),
    Column("nom", Kind.TEXT),
    Column("zone", Kind.CODE),
    Column("population_2011", Kind.WHOLE),
    Column("active", Kind.FLAG),
)
CHANTIERS = (Column("code_chantier", Kind.CODE), Column("nom", Kind.TEXT), Column("nom_court", Kind.TEXT))
PERIODS = (
    Column("periode", Kind.CODE),
    Column("campagne", Kind.CODE),
    Column("frequence", Kind.CODE),
    Column("date_debut", Kind.DATE),
    Column("date_fin", Kind.DATE),
    Column("echeance", Kind.DATE),
)
AXES = (Column("axe", Kind.CODE), Column("libelle", Kind.TEXT), Column("type", Kind.CODE))
CATEGORIES = (Column("axe", Kind.CODE), Column("modalite", Kind.CODE), Column("libelle", Kind.TEXT))

COUNTRY: Cells = (NATIONAL_CODE, "Ensemble des régions choisies", "pays", None, None)
"""A row of REGIONS: totals and progress refer to it."""


def version_cells(one: Definition) -> Cells:
    return (
        one.code, one.version, one.applies_from, one.name, one.question, one.definition, one.stage, one.measure,
        one.unit, one.decimals, one.accumulation, one.additivity, one.direction, one.frequency, one.minimum,
        one.maximum, one.alert_above, one.numerator_label, one.denominator_label, one.collection_method,
        " ".join(axis.code for axis in one.axes), (one.sheet.get("iris") or {}).get("id"),
        " ".join(map(str, one.sheet.get("sdg_targets", ()))),
    )  # fmt: skip


def period_cells(one: Period) -> Cells:
    return one.code, one.campaign, one.frequency, one.start, one.end, one.deadline


def axis_cells(one: Axis) -> Cells:
    return one.code, one.label, one.kind


def category_cells(axes: Iterable[Axis]) -> Iterator[Cells]:
    return ((axis.code, one.code, one.label) for axis in axes for one in axis.categories)
