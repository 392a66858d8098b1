"""A regional action as it is read: its plan in force, the one that was validated, and who did what."""

from dataclasses import dataclass
from datetime import datetime

from impact.actions import ActionKey, Plan
from impact.vocabulary import Status


@dataclass(frozen=True, slots=True)
class ActionRow:
    """plan, version: the ones in force for the action's own region and the national office; for everybody else the
    ones validated last. validated_version, validated: None before the first validation.

    *_by are names, '' where nobody did. review_note: why it was sent back, until it is submitted again. origin:
    (meeting, decision) that prepared it. withdrawn_pieces: of the pieces that either plan names, those that were taken
    back and document nothing any more.
    """

    key: ActionKey
    plan: Plan
    version: int
    status: Status
    validated_version: int | None
    validated: Plan | None
    reason: str
    written_by: str
    written_at: datetime
    submitted_by: str
    submitted_at: datetime | None
    reviewed_by: str
    reviewed_at: datetime | None
    review_note: str
    origin: tuple[int, int] | None
    withdrawn_by: str
    withdrawn_at: datetime | None
    withdrawn_reason: str
    withdrawn_pieces: frozenset[int]

    @property
    def title(self) -> str:
        return self.plan.identity.title

    @property
    def chantier(self) -> str:
        return self.plan.identity.chantier

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_validated(self) -> bool:
        """The plan in `plan` is validated as it stands."""
        return self.status is Status.VALIDATED

    def documents(self, piece: int | None) -> bool:
        """Whether a piece that the plan names is there and still counts."""
        return piece is not None and piece not in self.withdrawn_pieces


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One version as it was written. reason: why it changed, where that was asked."""

    version: int
    plan: Plan
    reason: str
    written_by: str
    written_at: datetime
