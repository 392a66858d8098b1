"""`export progress`: each indicator against its target, and each region's progress on its chantiers.

`attendu` of an indicator is a value in the unit shown; of a chantier (`*`), a share of 0 to 1, as its `taux`.
"""

from fractions import Fraction

from impact.exports.columns import Cells, Column, Kind
from impact.figures import SCALE, Target
from impact.progress import Advance, Progress, paced
from impact.vocabulary import NATIONAL_CODE

COLUMNS = (
    Column("code_chantier", Kind.CODE),
    Column("code_indicateur", Kind.CODE),
    Column("code_region", Kind.CODE),
    Column("base", Kind.EXACT),
    Column("cible", Kind.EXACT),
    Column("echeance", Kind.DATE),
    Column("realise", Kind.VALUE),
    Column("taux", Kind.RATE),
    Column("attendu", Kind.VALUE),
    Column("rythme", Kind.RATE),
    Column("etat", Kind.CODE),
    Column("indicateurs_mesures", Kind.WHOLE),
    Column("indicateurs_attendus", Kind.WHOLE),
)

WHOLE_CHANTIER = "*"


def cells(one: Progress, chantier: str, target: Target | None) -> Cells:
    """target: the one stated, whose baseline may be unknown; None where there is none, or where the country is pooled.

    A pooled row has the sums of the regions that have both a target and a figure.
    """
    base = target.baseline if target else one.baseline
    return (
        chantier, one.indicator, one.region, _scaled(base), _scaled(one.target), one.due, one.actual,
        one.achievement, one.expected, one.pace, one.state, None, None,
    )  # fmt: skip


def chantier_cells(one: Advance) -> Cells:
    pace = None if one.progress is None or one.expected is None else paced(one.progress, one.expected)[0]
    return (
        one.chantier, WHOLE_CHANTIER, one.region, None, None, None, None, one.progress, one.expected, pace, one.state,
        one.measured, one.indicators,
    )  # fmt: skip


def order(row: Cells) -> tuple[bool, str, str, str]:
    """By region (FR last), then chantier, its own row before those of its indicators."""
    chantier, indicator, region, *_ = row
    return region == NATIONAL_CODE, region, chantier, indicator


def _scaled(value: Fraction | None) -> int | None:
    """Targets have at most 4 decimals, and so have their sums."""
    return None if value is None else int(value * SCALE)
