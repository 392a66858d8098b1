"""`export quality`: completeness, punctuality and proven share by region, chantier and period."""

from impact.exports.columns import Cells, Column, Kind
from impact.quality import QualityRow

COLUMNS = (
    Column("code_region", Kind.CODE),
    Column("code_chantier", Kind.CODE),
    Column("periode", Kind.CODE),
    Column("cellules_dues", Kind.WHOLE),
    Column("cellules_repondues", Kind.WHOLE),
    Column("cellules_a_temps", Kind.WHOLE),
    Column("completude", Kind.RATE),
    Column("ponctualite", Kind.RATE),
    Column("part_prouvee", Kind.RATE),
)


def cells(row: QualityRow) -> Cells:
    return (
        row.region, row.chantier, row.period, row.due, row.answered, row.on_time, row.completeness, row.punctuality,
        row.proven_share,
    )  # fmt: skip
