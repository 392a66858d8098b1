"""A plan between its region and the national office: submitted, taken back, validated, sent back; or withdrawn."""

from sqlmodel import Session

from impact import clock
from impact.actions import ActionKey, missing
from impact.errors import Incomplete, Problem, Refused
from impact.permissions import Actor, Right
from impact.queries.actions import authors
from impact.services.actions.held import (
    RETURN,
    SUBMIT,
    TAKE_BACK,
    VALIDATE,
    WITHDRAW,
    begin,
    begin_review,
    needed_reason,
    record,
    step,
)
from impact.vocabulary import Section, Status
from impact.workflow import Step

AUTHOR = "Vous avez écrit ou soumis ce plan depuis sa dernière validation ; une autre personne le valide."
HELD_BACK = (
    "Une action dont le plan a été validé ne se retire que par le bureau national : il en garde la trace pour tous."
)


def submit_plan(
    session: Session, actor: Actor, key: ActionKey, seen_version: int, token: str = "", *, as_it_is: bool = False
) -> dict[Section, tuple[str, ...]]:
    """Send the plan to the national office; what each section lacks, as impact.actions.missing says it.

    Raises Incomplete with everything that is missing, and the codes of the complete sections, unless as_it_is: a plan
    may be submitted at any completeness, knowingly. Raises Forbidden, NotFound, Refused (it is submitted or validated
    already, or changed since it was seen), AlreadyDone.
    """
    held = begin(session, actor, key, token)
    lacking, status = missing(held.plan), step(held, Step.SUBMIT, seen_version)
    problems = [Problem(one, section.value, section.label) for section, lacks in lacking.items() for one in lacks]
    if problems and not as_it_is:
        raise Incomplete(problems, [section.value for section, lacks in lacking.items() if not lacks])
    now = clock.now(session)  # it may read the day, which would write what is half changed
    held.row.status, held.row.review_note = status, ""
    held.row.submitted_by, held.row.submitted_at = actor.id, now
    record(held, SUBMIT, held.plan)
    return lacking


def take_back_plan(session: Session, actor: Actor, key: ActionKey, seen_version: int, token: str = "") -> None:
    """Make a submitted plan a draft again, by its region. Raises as submit_plan."""
    held = begin(session, actor, key, token)
    held.row.status = step(held, Step.TAKE_BACK, seen_version)
    held.row.submitted_by = held.row.submitted_at = None
    record(held, TAKE_BACK, held.plan)


def validate_plan(session: Session, actor: Actor, key: ActionKey, seen_version: int, token: str = "") -> None:
    """Validate a submitted plan, which everybody may then read. Raises as submit_plan.

    Refused to whoever wrote a version of it, or submitted it, since it was validated last.
    """
    held = begin_review(session, actor, key, token)
    status = step(held, Step.VALIDATE, seen_version)
    if actor.id in authors(session, key):
        raise Refused(AUTHOR)
    now = clock.now(session)
    held.row.status, held.row.validated_version, held.row.review_note = status, held.row.version, ""
    held.row.reviewed_by, held.row.reviewed_at = actor.id, now
    record(held, VALIDATE, held.plan)


def return_plan(
    session: Session, actor: Actor, key: ActionKey, reason: str, seen_version: int, token: str = ""
) -> None:  # fmt: skip
    """Send a submitted plan back with a reason, or reopen a validated one, whose validated version stays readable.

    Raises as submit_plan.
    """
    held = begin_review(session, actor, key, token)
    reason = needed_reason(reason, "motif_retour", "écrivez-le : la région le lira.")
    validated, now = held.row.status == Status.VALIDATED, clock.now(session)
    held.row.status = step(held, Step.REOPEN if validated else Step.RETURN, seen_version)
    held.row.review_note, held.row.reviewed_by, held.row.reviewed_at = reason, actor.id, now
    record(held, RETURN, held.plan, reason)


def withdraw_action(
    session: Session, actor: Actor, key: ActionKey, reason: str, seen_version: int, token: str = ""
) -> None:  # fmt: skip
    """Take an action back, with a reason; it stays readable to its region and to the national office.

    Once its plan was validated, everybody has read it, and it is the office's to withdraw. Raises as submit_plan.
    """
    held = begin(session, actor, key, token)
    if held.row.validated_version is not None and not actor.may(Right.REVIEW):
        raise Refused(HELD_BACK)
    if seen_version != held.row.version:
        raise Refused("Le plan a changé depuis que vous l’avez ouvert ; relisez-le avant de retirer l’action.")
    reason = needed_reason(reason, "motif_retrait", "dites pourquoi l’action est retirée.")
    held.row.withdrawn_by, held.row.withdrawn_at = actor.id, clock.now(session)
    held.row.withdrawn_reason = reason
    record(held, WITHDRAW, held.plan, reason)
