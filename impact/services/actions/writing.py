"""Opening an action, and writing its plan part by part."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, select

from impact import clock
from impact.actions import ActionKey, Identity, Line, Plan, lines, only_followed, with_lines
from impact.errors import Refused, StaleEntry
from impact.formats import clean_text
from impact.models import ActionVersion, RegionalAction
from impact.permissions import Actor, Right, require, require_entry
from impact.queries.actions import known_pieces, plan_at
from impact.queries.book import Book
from impact.queries.catalogue import containing
from impact.queries.plan_rows import TABLES, columns, identity_columns
from impact.rules.actions import budget_fields, identity_fields, line_fields
from impact.rules.plan_refusals import Known, checked
from impact.services import history
from impact.services.actions.held import LONGEST_REASON, OPEN, SAVE, Held, begin, needed_reason, record
from impact.vocabulary import Section, Status

LOCKED = "Le plan est soumis : reprenez-le pour le modifier, ou demandez son retour au bureau national."


def open_action(
    session: Session, actor: Actor, region: str, identity: Identity, token: str = "", *, plan: Plan | None = None,
    origin: tuple[int, int] | None = None,
) -> ActionKey:  # fmt: skip
    """A new action, numbered in its region, its plan a draft.

    plan: what its lines begin with, its own identity left aside; the pieces that it names are the region's. origin:
    (meeting, decision) that prepared it. Raises Forbidden, NotFound, Refused (every problem at once), AlreadyDone.
    """
    require(actor, Right.ENTER)
    history.begin(session, token)
    book = Book(session)
    require_entry(actor, region, book.region(region).name)
    kept = _accepted(book, region, replace(plan or Plan(identity), identity=identity), None)
    query = select(sa.func.max(RegionalAction.number)).where(RegionalAction.region_code == region)
    key = ActionKey(region, (session.exec(query).one() or 0) + 1)
    meeting, decision = origin or (None, None)
    row = RegionalAction(region_code=region, number=key.number, origin_meeting=meeting, origin_decision=decision)
    session.add(row)
    session.flush()
    held = Held(session, actor, book, key, row, kept, {})
    _store(held, kept, "")
    record(held, OPEN, kept)
    return key


def save_identity(
    session: Session, actor: Actor, key: ActionKey, identity: Identity, seen_version: int, reason: str = "",
    token: str = "",
) -> int:  # fmt: skip
    """Say what the action is; the version in force afterwards, the same one where nothing changes.

    reason: needed where the plan is validated and the change is not merely followed (impact.actions.only_followed):
    the plan is then a draft again, and the validated version stays readable. Raises Forbidden, NotFound, Refused (every
    problem at once), StaleEntry (with rules.actions.identity_fields), AlreadyDone.
    """
    held = begin(session, actor, key, token)
    if held.plan.identity not in (_seen(held, seen_version).identity, identity):
        stored, typed = identity_fields(held.plan.identity), identity_fields(identity)
        raise _stale(held, "ce que l’action est", stored, typed)
    return _save(held, replace(held.plan, identity=identity), reason, "présentation")


def set_budget(
    session: Session, actor: Actor, key: ActionKey, budget: int | None, seen_version: int, reason: str = "",
    token: str = "",
) -> int:  # fmt: skip
    """Say what is planned to be spent in cash, 1/10,000 euro. Raises and answers as save_identity."""
    held = begin(session, actor, key, token)
    if held.plan.budget not in (_seen(held, seen_version).budget, budget):
        raise _stale(held, "le budget prévu", budget_fields(held.plan.budget), budget_fields(budget))
    return _save(held, replace(held.plan, budget=budget), reason, "budget prévu")


def save_line(
    session: Session, actor: Actor, key: ActionKey, section: Section, line: Line, position: int | None,
    seen_version: int, reason: str = "", token: str = "",
) -> int:  # fmt: skip
    """Replace one line of a section, or add one at its end (position None). Raises and answers as save_identity.

    position: from 0, in the version that was seen; other lines added or removed meanwhile do not matter.
    """
    held = begin(session, actor, key, token)
    own = list(lines(held.plan, section))
    if position is None:
        own.append(line)
    else:
        own[_place(held, section, position, seen_version, line)] = line
    return _save(held, with_lines(held.plan, section, own), reason, section.label.lower())


def remove_line(
    session: Session, actor: Actor, key: ActionKey, section: Section, position: int, seen_version: int,
    reason: str = "", token: str = "",
) -> int:  # fmt: skip
    """Take one line out of a section; earlier versions keep it. Raises and answers as save_line."""
    held = begin(session, actor, key, token)
    own = list(lines(held.plan, section))
    del own[_place(held, section, position, seen_version)]
    return _save(held, with_lines(held.plan, section, own), reason, section.label.lower())


def _seen(held: Held, version: int) -> Plan:
    if version == held.row.version:
        return held.plan
    plan = plan_at(held.session, held.key, version)
    if plan is None:
        raise Refused("Cette version du plan n’existe pas : rouvrez l’action, puis recommencez.")
    return plan


def _place(held: Held, section: Section, position: int, seen_version: int, typed: Line | None = None) -> int:
    """Where the line that was seen is now; StaleEntry where it changed, or went."""
    before, now = lines(_seen(held, seen_version), section), lines(held.plan, section)
    if not 0 <= position < len(before):
        raise Refused("Cette ligne n’existe pas : rouvrez l’action, puis recommencez.")
    if position < len(now) and now[position] in (before[position], typed):
        return position
    if now.count(before[position]) == 1:
        return now.index(before[position])
    stored = line_fields(now[position]) if position < len(now) else {}
    what = f"la ligne « {section.label} » {position + 1}"
    raise _stale(held, what, stored, line_fields(typed) if typed else {})


def _stale(held: Held, what: str, stored: Mapping[str, str], typed: Mapping[str, str]) -> StaleEntry:
    message = f"Action {held.key} : {what} a changé depuis que vous l’avez ouverte. Choisissez ce qu’il faut garder."
    return StaleEntry(message, stored=dict(stored), typed=dict(typed), version=held.row.version)


def _save(held: Held, wanted: Plan, reason: str, part: str) -> int:
    """The next version, unless it says the same; a validated plan stays validated where the change is followed."""
    row, reason = held.row, clean_text(reason, LONGEST_REASON)
    kept = _accepted(held.book, held.key.region, wanted, held.plan)
    if kept == held.plan:
        return row.version
    if row.status == Status.SUBMITTED:
        raise Refused(LOCKED)
    row.version += 1
    if row.status == Status.VALIDATED and only_followed(held.plan, kept):
        row.validated_version = row.version
    elif row.status == Status.VALIDATED:
        reason = needed_reason(reason, "motif", "le plan est validé ; dites pourquoi il change.")
        row.status, row.submitted_by, row.submitted_at = Status.DRAFT.value, None, None
    _store(held, kept, reason)
    record(held, SAVE, kept, reason, part)
    return row.version


def _accepted(book: Book, region: str, plan: Plan, before: Plan | None) -> Plan:
    """As it will be kept; Refused with every problem of what changes."""

    def campaign_of(day: date) -> tuple[date, date]:
        campaign = containing(list(book.campaigns.values()), day)
        return campaign.start, campaign.end

    pieces = known_pieces(book.session, region)
    kept, problems = checked(plan, before, Known(region, book.chantiers, book.definitions, pieces, campaign_of))
    if problems:
        raise Refused(problems)
    return kept


def _store(held: Held, plan: Plan, reason: str) -> None:
    """One more version with all its lines."""
    key: dict[str, Any] = {
        "region_code": held.key.region, "action_number": held.key.number, "version": held.row.version,
    }  # fmt: skip
    session, said = held.session, {**identity_columns(plan.identity), "budget": plan.budget, "reason": reason}
    session.add(ActionVersion(**key, **said, written_by=held.actor.id, written_at=clock.now(session)))
    session.flush()
    for section, table in TABLES.items():
        rows = [{**key, "line": at, **columns(line)} for at, line in enumerate(lines(plan, section), 1)]
        if rows:
            session.connection().execute(sa.insert(table), rows)
