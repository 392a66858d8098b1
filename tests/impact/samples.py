"""Definitions, periods and entries for the tests of pure modules."""

from datetime import date
from typing import Any

from impact.figures import Axis, Category, Cell, CellEntry, Definition, Pair, Period, period
from impact.vocabulary import Accumulation, Additivity, Answer, AxisKind, Direction, Frequency, Measure, Stage, Status

QUARTERS = {
    one.code: one
    for one in (
        period("2010-2011-T1", "2010-2011", "quarter", date(2010, 10, 15), date(2010, 12, 31), date(2011, 1, 15)),
        period("2010-2011-T2", "2010-2011", "quarter", date(2011, 1, 1), date(2011, 3, 31), date(2011, 4, 15)),
        period("2010-2011-T3", "2010-2011", "quarter", date(2011, 4, 1), date(2011, 6, 30), date(2011, 7, 15)),
        period("2010-2011-T4", "2010-2011", "quarter", date(2011, 7, 1), date(2011, 9, 30), date(2011, 10, 14)),
    )
}
T1, T2, T3, T4 = QUARTERS
S1 = period("2010-2011-S1", "2010-2011", "half", date(2010, 10, 15), date(2011, 3, 31), date(2011, 4, 15))
START, END = date(2010, 10, 15), date(2011, 9, 30)

SEX = Axis(
    "sexe",
    "Sexe",
    AxisKind.PARTITION,
    (Category("femmes", "Femmes"), Category("hommes", "Hommes"), Category("non_renseigne", "Non renseigné")),
)
ACTS = Axis(
    "type_acte", "Type d’acte", AxisKind.OVERLAP, (Category("creation", "Création"), Category("emploi", "Emploi"))
)


def sample(measure: Measure = Measure.COUNT, **changes: Any) -> Definition:
    """A quarterly flow of people that adds up, unless said otherwise."""
    said: dict[str, Any] = {
        "code": "FOR-04",
        "version": 1,
        "chantier": "FOR",
        "name": "Personnes formées",
        "question": "Combien ?",
        "definition": "Personnes ayant achevé une formation.",
        "stage": Stage.OUTPUT,
        "measure": measure,
        "unit": "personnes",
        "accumulation": Accumulation.FLOW,
        "additivity": Additivity.SUM,
        "direction": Direction.UP,
        "frequency": Frequency.QUARTER,
        "decimals": 0,
    }
    return Definition(**{**said, **changes})


def scaled(numerator: int, denominator: int | None = None) -> Pair:
    return Pair(numerator * 10_000, None if denominator is None else denominator * 10_000)


def answer(
    region: str, period_code: str, pair: Pair | None, status: Status = Status.VALIDATED, **changes: Any
) -> CellEntry:
    """An entry of FOR-04: a value where there is a pair, « non disponible » where there is none."""
    kind = Answer.NOT_AVAILABLE if pair is None else Answer.VALUE
    said: dict[str, Any] = {"answer": kind, "status": status, "pair": pair}
    return CellEntry(region, "FOR-04", period_code, **{**said, **changes})


def by_cell(*entries: CellEntry) -> dict[Cell, CellEntry]:
    return {entry.cell: entry for entry in entries}


def all_due(*regions: str, periods: dict[str, Period] | None = None) -> list[Cell]:
    return [Cell(region, "FOR-04", code) for region in regions for code in (QUARTERS if periods is None else periods)]
