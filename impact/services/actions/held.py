"""An action that is being acted on: found, its plan read, its act recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from impact.actions import ActionKey, Plan
from impact.errors import NotFound, Problem, Refused
from impact.formats import clean_text
from impact.models import RegionalAction
from impact.permissions import Actor, Right, require, require_entry
from impact.queries.actions import plan_at
from impact.queries.book import Book
from impact.queries.plan_rows import plan_facts
from impact.rules.actions import LABELS
from impact.services import history
from impact.services.action_facts import head_facts
from impact.vocabulary import Status
from impact.workflow import TRANSITIONS, Step

OPEN, SAVE, SUBMIT, TAKE_BACK = "open_action", "save_plan", "submit_plan", "take_back_plan"
VALIDATE, RETURN, WITHDRAW = "validate_plan", "return_plan", "withdraw_action"
LONGEST_REASON = 1_000

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """row: of regional_action. plan: the one in force. facts: all that was kept of it before the act."""

    session: Session
    actor: Actor
    book: Book
    key: ActionKey
    row: RegionalAction
    plan: Plan
    facts: Facts


def begin(session: Session, actor: Actor, key: ActionKey, token: str) -> Held:
    """For an act of the region's team, or of the national office in its name. An action that was withdrawn is refused.

    Raises Forbidden, NotFound, Refused, AlreadyDone.
    """
    require(actor, Right.ENTER)
    history.begin(session, token)
    book = Book(session)
    require_entry(actor, key.region, book.region(key.region).name)
    row, plan = session.get(RegionalAction, tuple(key)), None
    if row is not None:
        plan = plan_at(session, key, row.version)
    if row is None or plan is None:
        raise NotFound(f"L’action {key} n’existe pas.")
    if row.withdrawn_at is not None:
        raise Refused(f"L’action {key} est retirée ; ouvrez-en une nouvelle.")
    return Held(session, actor, book, key, row, plan, facts(row, plan))


def begin_review(session: Session, actor: Actor, key: ActionKey, token: str) -> Held:
    require(actor, Right.REVIEW)
    return begin(session, actor, key, token)


def facts(row: RegionalAction, plan: Plan) -> Facts:
    return {**head_facts(row), **plan_facts(plan)}


def step(held: Held, name: Step, seen_version: int) -> str:
    """The plan's status after a step; Refused where the step does not start there, or the plan changed since it was
    seen.
    """
    transition = TRANSITIONS[name]
    if held.row.status not in transition.sources:
        known = " ou ".join(f"« {source.label} »" for source in transition.sources)
        raise Refused(f"Le plan est « {Status(held.row.status).label} » ; il faudrait qu’il soit {known}.")
    if seen_version != held.row.version:
        raise Refused("Le plan a changé depuis que vous l’avez ouvert ; relisez-le avant de décider.")
    return (transition.target or Status(held.row.status)).value


def needed_reason(text: str, field: str, say: str) -> str:
    if not (cleaned := clean_text(text, LONGEST_REASON)):
        raise Refused([Problem(f"« {LABELS[field]} » : {say}", field)])
    return cleaned


def record(held: Held, action: str, plan: Plan, reason: str = "", part: str = "") -> None:
    """On the region's chain: what the act changed, before and after. A plan is not told whole at every save."""
    held.session.add(held.row)
    held.session.flush()
    now = facts(held.row, plan)
    changed = [name for name, value in now.items() if name not in held.facts or held.facts[name] != value]
    where = f"Action {held.key}, {held.book.region(held.key.region).name}"
    history.record(
        held.session, held.actor, action, f"{where} : {part}" if part else where, chain=held.key.region,
        before=_of(held, held.facts, changed) if held.facts else None, after=_of(held, now, changed), reason=reason,
    )  # fmt: skip


def _of(held: Held, told: Mapping[str, Any], names: list[str]) -> Facts:
    return {"number": held.key.number, **{name: told[name] for name in names}}
