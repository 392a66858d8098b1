"""Which question explains a number of a file's preview; None where no address asks for the same."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from impact.exports import ExportRequest
from impact.exports.progress import WHOLE_CHANTIER
from impact.figures import Cell
from impact.presentation.questions import Kind, Question, of_figure
from impact.vocabulary import NATIONAL_CODE, ExportKind

NUMBERS = {
    ExportKind.ENTRIES: ("valeur_calculee",),
    ExportKind.TOTALS: ("valeur",),
    ExportKind.PROGRESS: ("taux",),
    ExportKind.QUALITY: ("completude", "ponctualite", "part_prouvee"),
}
"""Columns whose numbers are explained."""
RATES = {"completude": Kind.COMPLETENESS, "ponctualite": Kind.PUNCTUALITY, "part_prouvee": Kind.PROVEN}


def question(
    kind: ExportKind, column: str, row: Mapping[str, str], request: ExportRequest, days: Mapping[str, tuple[date, date]]
) -> Question | None:
    """row: texts by column's name. days: of campaigns and periods, by code."""
    if column not in NUMBERS.get(kind, ()):
        return None
    if kind is ExportKind.ENTRIES:
        whole = not row["axe"]
        return of_figure(Cell(row["code_region"], row["code_indicateur"], row["periode"])) if whole else None
    if kind is ExportKind.QUALITY:
        asked = Question(RATES[column], "", row["code_region"], row["code_chantier"], row["periode"], sheet=True)
        return None if request.indicators else asked
    region = "" if row["code_region"] == NATIONAL_CODE else row["code_region"]
    span = _span(kind, request, days)
    if span is None or (not region and request.regions):
        return None
    period, campaign = span
    return replace(
        _of(kind, row, region), period=period, campaign=campaign, min_proof=request.min_proof,
        provisional=request.provisional,
    )  # fmt: skip


def _of(kind: ExportKind, row: Mapping[str, str], region: str) -> Question:
    if kind is ExportKind.TOTALS:
        return Question(Kind.TOTAL, row["code_indicateur"], region)
    if row["code_indicateur"] == WHOLE_CHANTIER:
        return Question(Kind.ADVANCE, "", region, row["code_chantier"])
    return Question(Kind.PROGRESS, row["code_indicateur"], region)


def _span(kind: ExportKind, request: ExportRequest, days: Mapping[str, tuple[date, date]]) -> tuple[str, str] | None:
    """Period and campaign that the dates are those of; progress begins with its campaign, and ends with a period."""
    if request.start is None and request.end is None:
        return "", ""
    for code, (first, last) in days.items():
        starts_there = kind is ExportKind.PROGRESS or first == request.start
        if starts_there and last == request.end:
            campaign = code.rpartition("-")[0]
            return (code, campaign) if campaign in days else ("", code)
    return None
