"""Milestones: what is known of one, reading a form, and what may be said. The planned day never changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from impact.actions import ActionKey
from impact.errors import Problem
from impact.formats import short_date
from impact.rules.fields import Fields
from impact.vocabulary import NATIONAL_CODE, MilestoneKind, MilestoneState

LABELS = {
    "type": "Type de jalon", "nom": "Jalon", "prevu": "Date prévue", "action": "Action", "etat": "État",
    "prevision": "Date", "motif": "Motif",
}  # fmt: skip
LONGEST_NAME = 200
LONGEST_REASON = 1_000


@dataclass(frozen=True, slots=True)
class MilestoneDraft:
    """action: of a region's milestone, the one of its actions that it is about."""

    kind: MilestoneKind
    name: str
    planned_on: date
    action: ActionKey | None = None


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """day: when it is expected now, or the day it was reached; None only of one that is abandoned."""

    state: MilestoneState
    day: date | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """said_on: the day as the product takes it; by: a person's name."""

    number: int
    state: MilestoneState
    forecast_on: date
    reason: str
    by: str
    said_on: date


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """region: a code, or 'FR'. set_by: a name, '' where it came with data/milestones.csv. said: oldest first."""

    region: str
    number: int
    kind: MilestoneKind
    name: str
    planned_on: date
    action: ActionKey | None
    set_by: str
    said: tuple[Statement, ...] = ()

    @property
    def state(self) -> MilestoneState:
        return self.said[-1].state if self.said else MilestoneState.PLANNED

    @property
    def expected_on(self) -> date:
        """When it is expected now, or was reached; of one that is abandoned, what was expected last."""
        return self.said[-1].forecast_on if self.said else self.planned_on

    @property
    def seen_number(self) -> int:
        """Of the last statement, 0 = none."""
        return self.said[-1].number if self.said else 0

    @property
    def slip(self) -> int | None:
        """Days from the planned day to the expected one, negative when early; None of one that is abandoned."""
        return None if self.state is MilestoneState.ABANDONED else (self.expected_on - self.planned_on).days

    def is_late(self, today: date) -> bool:
        """Expected on a day that has passed, and not said to be reached."""
        return self.state is MilestoneState.PLANNED and self.expected_on < today


def kinds(region: str) -> tuple[MilestoneKind, ...]:
    """What may be added by hand: a national meeting makes its own, and the Congress is the country's."""
    if region == NATIONAL_CODE:
        return MilestoneKind.DEPLOYMENT, MilestoneKind.CONGRESS, MilestoneKind.OTHER
    return MilestoneKind.OTHER, MilestoneKind.DEPLOYMENT, MilestoneKind.MEETING


def read_milestone(region: str, fields: Mapping[str, str]) -> tuple[MilestoneDraft | None, list[Problem]]:
    """The draft of raw French texts (« type », « nom », « prevu », « action » as « 22-1 » or nothing); None with the
    problems."""
    read = Fields(fields, LABELS)
    kind, name, day = read.one_of("type", kinds(region)), read.text("nom", LONGEST_NAME), read.day("prevu")
    if not name and not read.is_refused("nom"):
        read.refuse("nom", "nommez le jalon.")
    if day is None and not read.is_refused("prevu"):
        read.refuse("prevu", "dites le jour prévu ; lui ne changera plus, seule la prévision change.")
    action = _action(read)
    if read.problems or kind is None or day is None:
        return None, read.problems
    return MilestoneDraft(kind, name, day, action), []


def _action(read: Fields) -> ActionKey | None:
    region, _, number = read.text("action").partition("-")
    if not region:
        return None
    if not (number.isascii() and number.isdigit()):
        read.refuse("action", "choisissez une action de la région.")
        return None
    return ActionKey(region, int(number))


def read_statement(fields: Mapping[str, str], today: date) -> tuple[StatementDraft | None, list[Problem]]:
    """What is said of a milestone, from raw French texts (« etat », « prevision », « motif »)."""
    read = Fields(fields, LABELS)
    state, day, reason = read.one_of("etat", MilestoneState), read.day("prevision"), read.text("motif", LONGEST_REASON)
    if read.problems or state is None:
        return None, read.problems
    draft = StatementDraft(state, day, reason)
    problems = statement_problems(draft, today)
    return (None if problems else draft), problems


def statement_problems(draft: StatementDraft, today: date) -> list[Problem]:
    """A forecast looks ahead, what is reached was reached already, and a change says why."""
    found: list[Problem] = []
    if draft.day is None and draft.state is not MilestoneState.ABANDONED:
        found.append(Problem(f"« {LABELS['prevision']} » : dites le jour.", "prevision"))
    elif draft.day and draft.state is MilestoneState.PLANNED and draft.day < today:
        said = f"le {short_date(draft.day)} est passé : dites que le jalon est atteint, ou quand il est attendu."
        found.append(Problem(said, "prevision"))
    elif draft.day and draft.state is MilestoneState.REACHED and draft.day > today:
        found.append(Problem(f"le {short_date(draft.day)} n’est pas encore là.", "prevision"))
    if not draft.reason and draft.state is not MilestoneState.REACHED:
        found.append(Problem(f"« {LABELS['motif']} » : dites pourquoi.", "motif"))
    return found
