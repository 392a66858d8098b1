"""History replayed against regional actions: where each stands, and every version of its plan, line by line."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, col, select

from impact.maintenance.replay_calendar import Facts, compared
from impact.models import History, RegionalAction
from impact.queries.actions import every_plan
from impact.queries.plan_rows import plan_facts
from impact.services.action_facts import HEAD, head_facts
from impact.services.actions import OPEN, RETURN, SAVE, SUBMIT, TAKE_BACK, VALIDATE, WITHDRAW

ACTS = (OPEN, SAVE, SUBMIT, TAKE_BACK, VALIDATE, RETURN, WITHDRAW)
HEAD_KEY = ""
"""In place of a version's number, of where the action itself stands."""


def action_faults(session: Session) -> Iterator[str]:
    """One sentence for each action or version that differs from what its acts made of it, or that only one knows."""
    yield from compared(_told(session), _found(session), _named)


def _told(session: Session) -> Facts:
    """Acts say what they changed, so that each is laid over those before it."""
    told: Facts = {}
    now: dict[tuple[str, str], dict[str, Any]] = {}
    query = select(History).where(col(History.action).in_(ACTS)).order_by(col(History.chain), col(History.seq))
    for row in session.exec(query.execution_options(yield_per=1000)):
        said = dict(row.after or {})
        own = row.chain, str(said.pop("number", ""))
        now[own] = {**now.get(own, {}), **said}
        told[*own, HEAD_KEY] = {name: now[own].get(name) for name in HEAD}
        if row.action in (OPEN, SAVE):
            plan = {name: value for name, value in now[own].items() if name not in HEAD}
            told[*own, str(now[own].get("version"))] = {**plan, "reason": row.reason, "by": row.actor_id}
    return told


def _found(session: Session) -> Facts:
    found: Facts = {
        (row.region_code, str(row.number), HEAD_KEY): head_facts(row) for row in session.exec(select(RegionalAction))
    }
    for (region, number, version), (row, plan) in every_plan(session).items():
        found[region, str(number), str(version)] = {**plan_facts(plan), "reason": row.reason, "by": row.written_by}
    return found


def _named(region: str, number: str, version: str) -> str:
    return f"Action {region}-{number}" + (f", version {version} du plan" if version else "")
