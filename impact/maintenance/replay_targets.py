"""History replayed against targets: every statement that was made is there as it was made, and no other."""

from collections.abc import Iterator

from sqlmodel import Session, select

from impact.maintenance.replay_calendar import Facts, acts, compared
from impact.models import TargetRevision
from impact.services.targets import SET, WITHDRAW, facts


def target_faults(session: Session) -> Iterator[str]:
    """One sentence for each statement that differs from the act that made it, or that only one of the two knows."""
    yield from compared(_told(session), _found(session), _named)


def _told(session: Session) -> Facts:
    told: Facts = {}
    for action in (SET, WITHDRAW):
        for row in acts(session, action):
            said = row.after or {}
            key = row.chain, row.indicator_code, str(said.get("campaign_code")), str(said.get("number"))
            told[key] = {**said, "reason": row.reason, "set_by": row.actor_id}
    return told


def _found(session: Session) -> Facts:
    return {
        (row.region_code, row.indicator_code, row.campaign_code, str(row.number)): {
            **facts(row), "reason": row.reason, "set_by": row.set_by,
        }
        for row in session.exec(select(TargetRevision))
    }  # fmt: skip


def _named(region: str, indicator: str, campaign: str, number: str) -> str:
    return f"Cible de {indicator}, {region}, {campaign}, version {number}"
