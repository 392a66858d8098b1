"""An impact claim as it is read: what it says, what carries it, who read it, and the level that follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from impact.claims import EXPLAINED, ClaimKey, FigureNow, Judged, Reading, Stated, hurdles
from impact.figures import Cell, Pair
from impact.rules.claims import ClaimDraft
from impact.vocabulary import Answer, Status


@dataclass(frozen=True, slots=True)
class Carrying:
    """A figure that carries a claim, as it stands. definition: version of its indicator."""

    cell: Cell
    status: Status
    answer: Answer
    pair: Pair | None
    definition: int
    now: FigureNow


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """found: the level that its criteria give by themselves."""

    reading: Reading
    found: int
    reader: str
    justification: str
    study_reference: str
    read_at: datetime


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """said: as it would be typed again. figures: those still stored. readings: of every version, oldest first.

    level: None = grade P does not apply (impact.claims.no_grade says why).
    """

    stated: Stated
    said: ClaimDraft
    written_by: str
    written_at: datetime
    withdrawn_by: str
    withdrawn_at: datetime | None
    withdrawn_reason: str
    figures: Mapping[Cell, Carrying]
    readings: tuple[ReadingRow, ...]
    level: int | None

    @property
    def key(self) -> ClaimKey:
        return self.stated.key

    @property
    def now(self) -> dict[Cell, FigureNow]:
        return {cell: one.now for cell, one in self.figures.items()}

    @property
    def hurdles(self) -> tuple[str, ...]:
        return hurdles(self.stated, [one.reading for one in self.readings], self.now)

    @property
    def judged(self) -> Judged:
        return Judged(self.stated.stage, self.stated.finding, self.level)

    @property
    def is_public(self) -> bool:
        """Read and put at P1 or more, on figures that are all validated: everybody may read it."""
        return (self.level or 0) >= EXPLAINED


@dataclass(frozen=True, slots=True)
class PastClaim:
    """A claim as it was read once, before it or its figures changed."""

    key: ClaimKey
    chantier: str
    sentence: str
    judged: Judged


@dataclass(frozen=True, slots=True)
class VersionRow:
    said: ClaimDraft
    written_by: str
    written_at: datetime
