"""History replayed against milestones and what was said of them; the first ones are compared with their file."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from impact.maintenance.replay_calendar import Facts, acts, compared
from impact.models import Milestone, MilestoneStatement
from impact.reference import milestones as file
from impact.services.milestones import PLAN, STATE, milestone_facts, statement_facts


def milestone_faults(session: Session) -> Iterator[str]:
    """One sentence for each milestone or statement that differs from the act that made it, or that only one knows."""
    yield from file.milestone_faults(session)
    told: Facts = {}
    for row in acts(session, PLAN):
        said = row.after or {}
        told[row.chain, str(said.get("number"))] = {**said, "by": row.actor_id}
    found: Facts = {
        (one.region_code, str(one.number)): {**milestone_facts(one), "by": one.set_by}
        for one in session.exec(select(Milestone).where(col(Milestone.set_by).is_not(None)))
    }
    yield from compared(told, found, "Jalon de {0} n° {1}".format)
    yield from compared(_told_statements(session), _found_statements(session), "Jalon de {0} n° {1}, suite {2}".format)


def _told_statements(session: Session) -> Facts:
    told: Facts = {}
    for row in acts(session, STATE):
        said = row.after or {}
        key = row.chain, str(said.get("milestone")), str(said.get("number"))
        told[key] = {**said, "reason": row.reason, "by": row.actor_id}
    return told


def _found_statements(session: Session) -> Facts:
    return {
        (one.region_code, str(one.milestone_number), str(one.number)): {
            **statement_facts(one), "reason": one.reason, "by": one.said_by,
        }
        for one in session.exec(select(MilestoneStatement))
    }  # fmt: skip
