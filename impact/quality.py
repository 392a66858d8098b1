"""Are figures given, on time, and proven? (docs/mesure.md, *Complétude, ponctualité, part prouvée*)"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from impact.aggregation import ANSWERED, is_removed
from impact.figures import Cell, CellEntry, Definition, Period
from impact.proof import DOCUMENTED
from impact.vocabulary import Answer, Status


class QualityRow(NamedTuple):
    """Counts of one region's cells for a chantier and a period. Rates are shares, None (« sans objet ») over nothing.

    figures: validated figures; proven: those at F2 or above. In a pooled row, what differs is the empty text.
    """

    region: str
    chantier: str
    period: str
    due: int = 0
    answered: int = 0
    on_time: int = 0
    figures: int = 0
    proven: int = 0

    def __add__(self, other: "QualityRow") -> "QualityRow":  # type: ignore[override]
        return QualityRow(
            self.region if self.region == other.region else "",
            self.chantier if self.chantier == other.chantier else "",
            self.period if self.period == other.period else "",
            self.due + other.due,
            self.answered + other.answered,
            self.on_time + other.on_time,
            self.figures + other.figures,
            self.proven + other.proven,
        )

    @property
    def missing(self) -> int:
        return self.due - self.answered

    @property
    def completeness(self) -> Fraction | None:
        return Fraction(self.answered, self.due) if self.due else None

    @property
    def punctuality(self) -> Fraction | None:
        return Fraction(self.on_time, self.due) if self.due else None

    @property
    def proven_share(self) -> Fraction | None:
        return Fraction(self.proven, self.figures) if self.figures else None


NOTHING_DUE = QualityRow("", "", "")
"""Where a sum of rows starts: sum(rows, NOTHING_DUE)."""


def _counts(entry: CellEntry | None, period: Period) -> tuple[int, int, int, int, int]:
    """due, answered, on_time, figures, proven of one due cell."""
    if is_removed(entry):
        return 0, 0, 0, 0, 0
    if entry is None or entry.status not in ANSWERED:
        return 1, 0, 0, 0, 0
    submitted = entry.first_submitted_on
    on_time = submitted is not None and submitted <= period.deadline
    figure = entry.status is Status.VALIDATED and entry.answer is Answer.VALUE
    return 1, 1, int(on_time), int(figure), int(figure and entry.reliability >= DOCUMENTED)


def quality(
    definitions: Iterable[Definition],
    due: Sequence[Cell],
    entries: Mapping[Cell, CellEntry],
    periods: Mapping[str, Period],
) -> list[QualityRow]:
    """One row per region, chantier and period with a due cell; by region, chantier, period (by end, then length).

    due: as aggregation.due_cells gives them. A row whose cells are all « sans objet » has due = 0.
    """
    chantiers = {definition.code: definition.chantier for definition in definitions}
    counts: dict[tuple[str, str, str], list[int]] = {}
    for cell in due:
        if cell.indicator not in chantiers:
            continue
        row = counts.setdefault((cell.region, chantiers[cell.indicator], cell.period), [0] * 5)
        for place, count in enumerate(_counts(entries.get(cell), periods[cell.period])):
            row[place] += count
    ordered = sorted(counts, key=lambda key: (key[0], key[1], periods[key[2]]))
    return [QualityRow(*key, *counts[key]) for key in ordered]
