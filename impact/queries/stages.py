"""Reads of the stages that regional actions have reached: derived each time from the facts, never stored as a choice.

History keeps the passages from one stage to another (services.stages), which tell since when and what made them.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact.actions import ActionKey
from impact.claims import UNREAD
from impact.formats import day_of
from impact.models import Campaign, Decision, DecisionStep, Entry, Evidence, History, Indicator, MobilisationSpell
from impact.permissions import EVERYTHING, Scope
from impact.queries import claims
from impact.queries.action_views import ActionRow
from impact.queries.actions import ACTION, VERSION, actions
from impact.queries.milestones import congress
from impact.stages import REACH, Facts, Passage, Spell, StageNow, because, gates, reached
from impact.vocabulary import ActionStage, Answer, DecisionKind, DecisionState, Status

__all__ = ["Passage", "StageNow", "facts", "passages", "sources_of", "stage_of", "standings", "told"]

ENTRY: sa.Table = Entry.__table__  # type: ignore[attr-defined]
INDICATOR: sa.Table = Indicator.__table__  # type: ignore[attr-defined]
PIECE: sa.Table = Evidence.__table__  # type: ignore[attr-defined]
SPELL: sa.Table = MobilisationSpell.__table__  # type: ignore[attr-defined]
DECISION: sa.Table = Decision.__table__  # type: ignore[attr-defined]
STEP: sa.Table = DecisionStep.__table__  # type: ignore[attr-defined]
CAMPAIGN: sa.Table = Campaign.__table__  # type: ignore[attr-defined]
PAST: sa.Table = History.__table__  # type: ignore[attr-defined]

_SUBMITTED = [Status.SUBMITTED.value, Status.VALIDATED.value]


def standings(session: Session, scope: Scope, *, region: str = "") -> dict[ActionKey, StageNow]:
    """Every action that is not withdrawn, by region and number: which stage it has reached is everybody's to know."""
    regions = [region] if region else None
    last = {one.key: one.day for one in map(_passage, told(session, regions))}
    return {
        key: StageNow(
            key, _title(row, sees), own.plan.identity.chantier, reached(own), gates(own) if sees else (), last.get(key)
        )
        for key, (row, own) in sorted(_found(session, regions).items())
        if not own.withdrawn
        for sees in [scope.sees_all_of(key.region)]
    }


def _title(row: ActionRow, sees: bool) -> str:
    plan = row.plan if sees else row.validated
    return plan.identity.title if plan else ""


def passages(session: Session, scope: Scope, *, region: str = "") -> list[Passage]:
    """From one stage to another, oldest first; the first of each action tells where it began."""
    found = sorted(map(_passage, told(session, [region] if region else None)), key=lambda one: one.day)
    return [one if scope.sees_all_of(one.key.region) else one._replace(because=(), by="") for one in found]


def told(session: Session, regions: Collection[str] | None = None) -> Iterable[Any]:
    """What history tells of passages, by region, in the order in which it was told: a clock may go back, and that of
    a demonstration begins its day again.
    """
    query = sa.select(PAST.c.chain, PAST.c.at, PAST.c.actor, PAST.c.before, PAST.c.after).where(PAST.c.action == REACH)
    if regions is not None:
        query = query.where(PAST.c.chain.in_(sorted(regions)))
    return session.connection().execute(query.order_by(PAST.c.chain, PAST.c.seq))


def stage_of(facts: Mapping[str, Any] | None) -> ActionStage | None:
    """Of what history keeps of a passage, before or after it."""
    return ActionStage(facts["reached"]) if facts and facts["reached"] else None


def _passage(row: Any) -> Passage:
    before, after = row.before or {}, row.after
    start, end = stage_of(before), stage_of(after)
    withdrawn = bool(after.get("withdrawn"))
    made_by = () if withdrawn else because(start, end, set(before.get("held", ())), set(after["held"]))
    return Passage(ActionKey(row.chain, after["number"]), day_of(row.at), start, end, made_by, withdrawn, row.actor)


def facts(session: Session, regions: Collection[str] | None = None) -> dict[ActionKey, Facts]:
    """What the gates read of every action, withdrawn ones too; a handful of statements, however many there are.

    regions: whose actions, None = all.
    """
    return {key: own for key, (_, own) in _found(session, regions).items()}


def _found(session: Session, regions: Collection[str] | None) -> dict[ActionKey, tuple[ActionRow, Facts]]:
    rows = actions(session, EVERYTHING, regions=regions)
    if not rows:
        return {}
    after, reported = _after(session), _reported(session, regions)
    pieces, spells = _pieces(session, regions), _spells(session, regions)
    levels, hosts = _levels(session, regions), _hosts(session)
    found: dict[ActionKey, tuple[ActionRow, Facts]] = {}
    for row in rows:
        place = row.key.region, row.plan.identity.chantier
        found[row.key] = row, Facts(
            row.plan, row.status, after, tuple(spells.get(place, ())), frozenset(pieces.get(row.key.region, ())),
            place in reported, levels.get(place, UNREAD), frozenset(hosts.get(row.key, ())),
            row.withdrawn_at is not None,
        )  # fmt: skip
    return found


def _reported(session: Session, regions: Collection[str] | None) -> set[tuple[str, str]]:
    """(region, chantier) of actions where a value is submitted or validated; the first one found ends the search."""
    one = sa.exists().where(
        ENTRY.c.region_code == ACTION.c.region_code, ENTRY.c.indicator_code == INDICATOR.c.code,
        INDICATOR.c.chantier_code == VERSION.c.chantier_code, ENTRY.c.status.in_(_SUBMITTED),
        ENTRY.c.answer == Answer.VALUE.value,
    )  # fmt: skip
    in_force = (
        (VERSION.c.region_code == ACTION.c.region_code)
        & (VERSION.c.action_number == ACTION.c.number)
        & (VERSION.c.version == ACTION.c.version)
    )
    query = sa.select(ACTION.c.region_code, VERSION.c.chantier_code).join(VERSION, in_force).where(one)
    if regions is not None:
        query = query.where(ACTION.c.region_code.in_(sorted(regions)))
    return {(region, chantier) for region, chantier in session.connection().execute(query.distinct())}


def _after(session: Session) -> date:
    """The day planned for the Congress; without one, the day before the first campaign begins."""
    if planned := congress(session):
        return planned
    first: date | None = session.connection().execute(sa.select(sa.func.min(CAMPAIGN.c.start_date))).scalar()
    return first - timedelta(days=1) if first else date.min


def _pieces(session: Session, regions: Collection[str] | None) -> dict[str, set[int]]:
    """Numbers of the pieces that are not withdrawn, by region."""
    query = sa.select(PIECE.c.region_code, PIECE.c.number).where(PIECE.c.withdrawn_at.is_(None))
    if regions is not None:
        query = query.where(PIECE.c.region_code.in_(sorted(regions)))
    found: dict[str, set[int]] = {}
    for region, number in session.connection().execute(query):
        found.setdefault(region, set()).add(number)
    return found


def _spells(session: Session, regions: Collection[str] | None) -> dict[tuple[str, str], list[Spell]]:
    query = sa.select(SPELL.c.region_code, SPELL.c.chantier_code, SPELL.c.start_date, SPELL.c.end_date)
    if regions is not None:
        query = query.where(SPELL.c.region_code.in_(sorted(regions)))
    found: dict[tuple[str, str], list[Spell]] = {}
    for region, chantier, start, end in session.connection().execute(query):
        found.setdefault((region, chantier), []).append((start, end))
    return found


def _levels(session: Session, regions: Collection[str] | None) -> dict[tuple[str, str], int]:
    """The highest P of the claims of each region on each chantier; the country's claims count for no region."""
    found: dict[tuple[str, str], int] = {}
    for one in claims.claims(session, EVERYTHING, regions=regions or ()):
        place = one.key.region, one.stated.chantier
        if not one.stated.withdrawn:
            found[place] = max(found.get(place, UNREAD), one.level or UNREAD)
    return found


def _hosts(session: Session) -> dict[ActionKey, set[str]]:
    """By action, the regions that signed to host it, with a piece that is still there; not what was given up."""
    last_state = (
        sa.select(STEP.c.state)
        .where(STEP.c.meeting_number == DECISION.c.meeting_number, STEP.c.decision_number == DECISION.c.number)
        .order_by(STEP.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        sa.select(DECISION.c.action_region, DECISION.c.action_number, DECISION.c.host_region)
        .join(PIECE, (PIECE.c.region_code == DECISION.c.host_region) & (PIECE.c.number == DECISION.c.agreement_piece))
        .where(DECISION.c.kind == DecisionKind.DEPLOYMENT.value, DECISION.c.agreement_on.is_not(None))
        .where(PIECE.c.withdrawn_at.is_(None))
        .where(sa.func.coalesce(last_state, "") != DecisionState.DROPPED.value)
    )
    found: dict[ActionKey, set[str]] = {}
    for region, number, host in session.connection().execute(query):
        found.setdefault(ActionKey(region, number), set()).add(host)
    return found


def sources_of(session: Session, hosts: Collection[str]) -> set[str]:
    """Regions whose actions some regions host, or were asked to: what these do with their pieces counts there."""
    query = sa.select(DECISION.c.action_region).where(
        DECISION.c.host_region.in_(sorted(hosts)), DECISION.c.action_region.is_not(None)
    )
    return set(session.connection().execute(query.distinct()).scalars())
