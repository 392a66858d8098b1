"""The life of an entry, as data: each step's statuses before and after, its right, and whether it needs a reason."""

from dataclasses import dataclass
from enum import StrEnum

from impact.errors import Refused
from impact.permissions import Right
from impact.vocabulary import Status


class Step(StrEnum):
    SAVE = "save"
    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    VALIDATE = "validate"
    RETURN = "return"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Transition:
    sources: tuple[Status, ...]
    target: Status | None
    """None: the status stays."""
    right: Right
    needs_reason: bool = False


EDITABLE = (Status.DRAFT, Status.RETURNED)

TRANSITIONS: dict[Step, Transition] = {
    Step.SAVE: Transition(EDITABLE, None, Right.ENTER),
    Step.SUBMIT: Transition(EDITABLE, Status.SUBMITTED, Right.ENTER),
    Step.TAKE_BACK: Transition((Status.SUBMITTED,), Status.DRAFT, Right.ENTER),
    Step.VALIDATE: Transition((Status.SUBMITTED,), Status.VALIDATED, Right.REVIEW),
    Step.RETURN: Transition((Status.SUBMITTED,), Status.RETURNED, Right.REVIEW, needs_reason=True),
    Step.REOPEN: Transition((Status.VALIDATED,), Status.DRAFT, Right.REVIEW, needs_reason=True),
}

_REFUSALS = {
    (
        Step.SAVE,
        Status.SUBMITTED,
    ): "le chiffre est soumis : reprenez-le, ou demandez son retour au bureau national.",
    (Step.SAVE, Status.VALIDATED): "le chiffre est validé : seul le bureau national peut le rouvrir.",
    (Step.SUBMIT, Status.SUBMITTED): "le chiffre est déjà soumis.",
    (Step.SUBMIT, Status.VALIDATED): "le chiffre est déjà validé.",
}


def next_status(step: Step, status: Status, reason: str = "") -> Status:
    """The status after a step; Refused when the step does not start there, or its reason is missing."""
    transition = TRANSITIONS[step]
    if status not in transition.sources:
        known = " ou ".join(f"« {source.label} »" for source in transition.sources)
        raise Refused(_REFUSALS.get((step, status)) or f"le chiffre est « {status.label} », il faudrait {known}.")
    if transition.needs_reason and not reason.strip():
        raise Refused("indiquez le motif.")
    return transition.target or status
