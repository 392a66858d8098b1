"""Milestones of the country and of regions: planned once for all, then forecast, reached or abandoned."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, select

from impact import clock
from impact.errors import NotFound, Problem, Refused, StaleEntry
from impact.formats import clean_text, short_date
from impact.models import Milestone, MilestoneStatement, RegionalAction
from impact.permissions import Actor, Right, require, require_entry
from impact.queries import milestones as reads
from impact.queries.catalogue import regions
from impact.rules.milestones import (
    LONGEST_NAME,
    LONGEST_REASON,
    MilestoneDraft,
    StatementDraft,
    kinds,
    statement_problems,
)
from impact.services import history
from impact.vocabulary import NATIONAL_CODE, MilestoneKind, MilestoneState

PLAN, STATE = "plan_milestone", "state_milestone"


def plan_milestone(session: Session, actor: Actor, region: str, draft: MilestoneDraft, token: str = "") -> int:
    """Add a milestone; its number. region: 'FR' is the national office's, a code that region's own.

    Raises Forbidden, NotFound, Refused (a kind that is not added by hand, an action of another region), AlreadyDone.
    """
    _require(session, actor, region)
    history.begin(session, token)
    if draft.kind not in kinds(region):
        where = (
            "une rencontre nationale se crée à l’écran des rencontres, son jalon avec elle"
            if draft.kind is MilestoneKind.MEETING
            else "le Congrès est un jalon du pays"
        )
        raise Refused([Problem(f"{where}.", "type")])
    return add(session, actor, region, draft)


def add(session: Session, actor: Actor, region: str, draft: MilestoneDraft) -> int:
    """`plan_milestone` for another service, inside its own act: of any kind, without a token."""
    _require(session, actor, region)
    history.touch(session)
    name = clean_text(draft.name, LONGEST_NAME)
    if not name:
        raise Refused([Problem("nommez le jalon.", "nom")])
    _refuse_other_action(session, region, draft)
    row = Milestone(
        region_code=region, number=_next(session, region), kind=draft.kind.value, name=name,
        planned_on=draft.planned_on, set_by=actor.id, set_at=clock.now(session),
        action_region=draft.action.region if draft.action else None,
        action_number=draft.action.number if draft.action else None,
    )  # fmt: skip
    session.add(row)
    session.flush()
    history.record(session, actor, PLAN, _subject(session, region, name), chain=region, after=milestone_facts(row))
    return row.number


def forecast(
    session: Session, actor: Actor, region: str, number: int, state: MilestoneState, day: date | None, reason: str,
    seen_number: int, token: str = "",
) -> int:  # fmt: skip
    """Say when a milestone is expected now, that it was reached, or that it is abandoned; number of the statement in
    force afterwards, the old one where it says the same.

    day: None only of one that is abandoned. seen_number: of the last statement that the form showed, 0 = none. Raises
    Forbidden, NotFound, Refused (every problem at once), StaleEntry (somebody spoke meanwhile), AlreadyDone.
    """
    _require(session, actor, region)
    history.begin(session, token)
    held = reads.milestone(session, region, number)
    if held.seen_number != seen_number:
        raise StaleEntry(
            f"« {held.name} » : {held.said[-1].by} en a dit autre chose pendant que vous écriviez "
            f"({held.state.label}, {short_date(held.expected_on)}). Relisez, puis enregistrez de nouveau.",
            stored={"etat": held.state.value, "prevision": short_date(held.expected_on)},
            typed={"etat": state.value, "prevision": short_date(day) if day else ""}, version=held.seen_number,
        )  # fmt: skip
    draft = StatementDraft(state, day, clean_text(reason, LONGEST_REASON))
    if problems := statement_problems(draft, clock.today(session)):
        raise Refused(problems)
    expected = draft.day or held.expected_on
    if (held.state, held.expected_on) == (state, expected):
        return held.seen_number
    return _say(session, actor, held, draft, expected)


def milestone_facts(row: Milestone) -> dict[str, Any]:
    """A milestone as history keeps it; the region is the chain's. `check` replays it against the table."""
    return {
        "number": row.number, "milestone_kind": str(row.kind), "name": row.name,
        "planned_on": row.planned_on.isoformat(), "action_number": row.action_number,
    }  # fmt: skip


def statement_facts(row: MilestoneStatement) -> dict[str, Any]:
    return {
        "milestone": row.milestone_number, "number": row.number, "milestone_state": str(row.state),
        "forecast_on": row.forecast_on.isoformat(), "said_on": row.said_on.isoformat(),
    }  # fmt: skip


def _say(session: Session, actor: Actor, held: reads.MilestoneRow, draft: StatementDraft, day: date) -> int:
    row = MilestoneStatement(
        region_code=held.region, milestone_number=held.number, number=held.seen_number + 1, state=draft.state.value,
        forecast_on=day, reason=draft.reason, said_by=actor.id, said_at=clock.now(session),
        said_on=clock.today(session),
    )  # fmt: skip
    session.add(row)
    session.flush()
    before = {"milestone_state": held.state.value, "forecast_on": held.expected_on.isoformat()}
    subject = _subject(session, held.region, held.name)
    history.record(
        session, actor, STATE, subject, chain=held.region, before=before, after=statement_facts(row),
        reason=draft.reason,
    )  # fmt: skip
    return row.number


def _require(session: Session, actor: Actor, region: str) -> None:
    if region == NATIONAL_CODE:
        require(actor, Right.MEETINGS)
    else:
        require_entry(actor, region, _name(session, region))


def _name(session: Session, region: str) -> str:
    known = regions(session, [region])
    if region not in known:
        raise NotFound(f"La région « {region} » n’existe pas.")
    return known[region].name


def _subject(session: Session, region: str, name: str) -> str:
    return f"« {name} », {'France' if region == NATIONAL_CODE else _name(session, region)}"


def _refuse_other_action(session: Session, region: str, draft: MilestoneDraft) -> None:
    if draft.action is None:
        return
    if draft.action.region != region:
        raise Refused([Problem("un jalon ne porte que sur une action de sa propre région.", "action")])
    if session.get(RegionalAction, tuple(draft.action)) is None:
        raise NotFound(f"L’action {draft.action} n’existe pas.")


def _next(session: Session, region: str) -> int:
    last = session.exec(select(sa.func.max(Milestone.number)).where(Milestone.region_code == region)).one()
    return (last or 0) + 1
