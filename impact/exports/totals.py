"""`export totals`: one row per indicator and region, and one per indicator for all of them."""

from impact.aggregation import Total, Window
from impact.exports.columns import Cells, Column, Kind
from impact.figures import Definition
from impact.proof import DOCUMENTED

COLUMNS = (
    Column("code_indicateur", Kind.CODE),
    Column("version", Kind.WHOLE),
    Column("code_region", Kind.CODE),
    Column("date_debut", Kind.DATE),
    Column("date_fin", Kind.DATE),
    Column("valeur", Kind.ROUNDED),
    Column("numerateur", Kind.EXACT),
    Column("denominateur", Kind.EXACT),
    Column("unite", Kind.TEXT),
    Column("valeur_au", Kind.DATE),
    Column("regions_renseignees", Kind.WHOLE),
    Column("regions_dues", Kind.WHOLE),
    Column("periodes_renseignees", Kind.WHOLE),
    Column("periodes_dues", Kind.WHOLE),
    Column("couverture", Kind.CODE),
    Column("provisoire", Kind.FLAG),
    Column("part_f2_et_plus", Kind.RATE),
    Column("niveau_f_minimal", Kind.CODE),
)


def cells(total: Total, definition: Definition, window: Window, provisional: bool) -> Cells:
    lowest = total.composition.lowest
    numerator, denominator = total.pair or (None, None)
    return (
        total.indicator, total.version, total.region, window.start, window.end, total.shown, numerator, denominator,
        definition.unit, total.value_date, total.regions_answered, total.regions_due, total.cells_answered,
        total.cells_due, total.coverage, provisional, total.composition.at_least(DOCUMENTED),
        None if lowest is None else f"F{lowest}",
    )  # fmt: skip
