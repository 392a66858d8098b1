"""What a digest is told from, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from impact.vocabulary import DecisionState, Status


@dataclass(frozen=True, slots=True)
class SheetFact:
    """left: figures that are neither submitted nor validated, drafts included."""

    region: str
    region_name: str
    chantier: str
    period: str
    period_name: str
    last_day: date
    has_ended: bool
    left: int


@dataclass(frozen=True, slots=True)
class FigureFact:
    """A returned figure."""

    region: str
    region_name: str
    chantier: str
    indicator: str
    period: str
    period_name: str
    version: int
    note: str


@dataclass(frozen=True, slots=True)
class CountFact:
    """Figures of a region: submitted and waiting, the latest `on`; or validated that day."""

    region: str
    region_name: str
    count: int
    on: date
    mark: str = ""
    """What tells one state of a queue from another: the time of its latest submission."""


@dataclass(frozen=True, slots=True)
class PlanFact:
    """on: when it was written, submitted, sent back or validated; mark: that instant, which writing to a plan that was
    sent back, or following one that was validated, does not move. origin: « 1-2 », the decision that prepared it.
    """

    region: str
    region_name: str
    number: int
    mark: str
    title: str
    status: Status
    on: date
    note: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class OfferFact:
    number: int
    region_name: str
    on: date


@dataclass(frozen=True, slots=True)
class DecisionFact:
    """owned: the person's region answers for it. unsigned: their region hosts it and has yet to sign its agreement."""

    meeting: int
    number: int
    statement: str
    state: DecisionState
    due: date
    is_late: bool
    owned: bool
    unsigned: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """Of one person. decides: the national office, which reviews and chases; otherwise a region's team.

    sheets: of the person's regions, or of all; terms: how many wait for the word of each region, by its name.
    """

    today: date
    decides: bool
    sheets: Sequence[SheetFact] = ()
    returned: Sequence[FigureFact] = ()
    waiting: Sequence[CountFact] = ()
    validated: Sequence[CountFact] = ()
    plans: Sequence[PlanFact] = ()
    offers: Sequence[OfferFact] = ()
    decisions: Sequence[DecisionFact] = ()
    terms: Sequence[tuple[str, str, int]] = ()
