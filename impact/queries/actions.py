"""Reads of regional actions: a handful of statements, however many actions there are."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact.actions import LINES, ActionKey, Line, Plan, pieces
from impact.errors import NotFound
from impact.models import Account, ActionVersion, Evidence, RegionalAction
from impact.permissions import Scope
from impact.queries.action_views import ActionRow, PlanVersion
from impact.queries.plan_rows import LINE_OF, TABLES, identity_of
from impact.rules.plan_changes import Change, changes
from impact.vocabulary import Section, Status

__all__ = [
    "ActionRow", "Change", "PlanVersion", "action", "actions", "authors", "changes", "every_plan", "known_pieces",
    "plan_at", "versions",
]  # fmt: skip

ACTION: sa.Table = RegionalAction.__table__  # type: ignore[attr-defined]
VERSION: sa.Table = ActionVersion.__table__  # type: ignore[attr-defined]
ACCOUNT: sa.Table = Account.__table__  # type: ignore[attr-defined]
PIECE: sa.Table = Evidence.__table__  # type: ignore[attr-defined]

_OF_ACTION = (ACTION.c.region_code == VERSION.c.region_code) & (ACTION.c.number == VERSION.c.action_number)
_COUNTS = (VERSION.c.version == ACTION.c.version) | (VERSION.c.version == ACTION.c.validated_version)
"""In force, or validated last."""

PlanKey = tuple[str, int, int]
"""Region, number of the action, version."""


def actions(
    session: Session, scope: Scope, *, regions: Collection[str] | None = None, chantier: str = ""
) -> list[ActionRow]:
    """Those that the reader may see, by region and number, withdrawn ones included for their region and the office.

    regions: None = all. chantier: of the plan that the reader sees.
    """
    wanted = [ACTION.c.region_code.in_(sorted(regions))] if regions is not None else []
    return [one for one in _rows(session, scope, wanted) if chantier in ("", one.chantier)]


def action(session: Session, scope: Scope, key: ActionKey) -> ActionRow:
    """NotFound where there is none, or none that this reader may see: the two are not told apart."""
    found = _rows(session, scope, _is(key))
    if not found:
        raise NotFound("Cette action n’existe pas, ou n’est pas ouverte à votre compte.")
    return found[0]


def versions(session: Session, key: ActionKey) -> list[PlanVersion]:
    """Everything that a plan ever said, oldest first; for those who may see the version in force."""
    return [
        PlanVersion(row.version, plan, row.reason, row.written_name, row.written_at)
        for row, plan in _plans(session, _is(key)).values()
    ]


def plan_at(session: Session, key: ActionKey, version: int) -> Plan | None:
    """What one version says; None where there is no such version."""
    found = _plans(session, [*_is(key), VERSION.c.version == version])
    return found[*key, version][1] if found else None


def every_plan(session: Session) -> dict[PlanKey, tuple[Any, Plan]]:
    """Every version of every action, with its row of action_version."""
    return _plans(session, [])


def authors(session: Session, key: ActionKey) -> frozenset[int]:
    """Whoever wrote a version, or submitted the plan, since it was validated last."""
    query = sa.select(VERSION.c.written_by, ACTION.c.submitted_by).join(ACTION, _OF_ACTION).where(*_is(key))
    since = query.where(VERSION.c.version > sa.func.coalesce(ACTION.c.validated_version, 0))
    submitted = sa.select(ACTION.c.submitted_by).where(*_is(key))
    connection = session.connection()
    found = {row.written_by for row in connection.execute(since)} | set(connection.execute(submitted).scalars())
    return frozenset(one for one in found if one is not None)


def known_pieces(session: Session, region: str) -> frozenset[int]:
    """Numbers of the pieces of a region that are not withdrawn."""
    query = sa.select(PIECE.c.number).where(PIECE.c.region_code == region, PIECE.c.withdrawn_at.is_(None))
    return frozenset(session.connection().execute(query).scalars())


def _is(key: ActionKey) -> list[sa.ColumnElement[bool]]:
    return [ACTION.c.region_code == key.region, ACTION.c.number == key.number]


def _rows(session: Session, scope: Scope, wanted: Sequence[sa.ColumnElement[bool]]) -> list[ActionRow]:
    heads = list(session.connection().execute(_heads(wanted)))
    if not heads:
        return []
    plans = _plans(session, [*wanted, _COUNTS])
    withdrawn = _withdrawn(session, {head.region_code for head in heads})
    return [row for head in heads if (row := _row(head, plans, withdrawn, scope))]


def _heads(wanted: Sequence[sa.ColumnElement[bool]]) -> sa.Select[Any]:
    submitter, reviewer, withdrawer = ACCOUNT.alias(), ACCOUNT.alias(), ACCOUNT.alias()
    return (
        sa.select(
            ACTION, submitter.c.name.label("submitted_name"), reviewer.c.name.label("reviewed_name"),
            withdrawer.c.name.label("withdrawn_name"),
        )
        .outerjoin(submitter, submitter.c.id == ACTION.c.submitted_by)
        .outerjoin(reviewer, reviewer.c.id == ACTION.c.reviewed_by)
        .outerjoin(withdrawer, withdrawer.c.id == ACTION.c.withdrawn_by)
        .where(*wanted)
        .order_by(ACTION.c.region_code, ACTION.c.number)
    )  # fmt: skip


def _plans(session: Session, wanted: Sequence[sa.ColumnElement[bool]]) -> dict[PlanKey, tuple[Any, Plan]]:
    """By action and version, in that order: the row of action_version, and the plan that it heads."""
    query = (
        sa.select(VERSION, ACCOUNT.c.name.label("written_name"))
        .select_from(ACTION.join(VERSION, _OF_ACTION).join(ACCOUNT, ACCOUNT.c.id == VERSION.c.written_by))
        .where(*wanted)
        .order_by(VERSION.c.region_code, VERSION.c.action_number, VERSION.c.version)
    )
    rows = list(session.connection().execute(query))
    own = {section: _lines(session, section, wanted) for section in Section} if rows else {}
    return {
        key: (row, Plan(identity_of(row), budget=row.budget, **_sections(own, key)))
        for row in rows
        for key in [(row.region_code, row.action_number, row.version)]
    }


def _sections(own: Mapping[Section, Mapping[PlanKey, list[Line]]], key: PlanKey) -> dict[str, Any]:
    return {LINES[section]: tuple(found.get(key, ())) for section, found in own.items()}


def _lines(session: Session, section: Section, wanted: Iterable[sa.ColumnElement[bool]]) -> dict[PlanKey, list[Line]]:
    table, read = TABLES[section], LINE_OF[section]
    same = (
        (table.c.region_code == VERSION.c.region_code)
        & (table.c.action_number == VERSION.c.action_number)
        & (table.c.version == VERSION.c.version)
    )
    query = sa.select(table).select_from(ACTION.join(VERSION, _OF_ACTION).join(table, same)).where(*wanted)
    found: dict[PlanKey, list[Line]] = {}
    for row in session.connection().execute(query.order_by(table.c.line)):
        found.setdefault((row.region_code, row.action_number, row.version), []).append(read(row))
    return found


def _withdrawn(session: Session, regions: Iterable[str]) -> set[tuple[str, int]]:
    query = sa.select(PIECE.c.region_code, PIECE.c.number).where(
        PIECE.c.region_code.in_(sorted(regions)), PIECE.c.withdrawn_at.is_not(None)
    )
    return {(region, number) for region, number in session.connection().execute(query)}


def _row(
    head: Any, plans: Mapping[PlanKey, tuple[Any, Plan]], withdrawn: set[tuple[str, int]], scope: Scope
) -> ActionRow | None:
    """As the reader sees it; None where there is nothing that this reader may see."""
    key, is_own = ActionKey(head.region_code, head.number), scope.sees_all_of(head.region_code)
    validated = plans[*key, head.validated_version][1] if head.validated_version else None
    if not is_own and (validated is None or head.withdrawn_at):
        return None
    version = head.version if is_own else head.validated_version
    written, plan = plans[*key, version]
    named = pieces(plan) | (pieces(validated) if validated else frozenset())
    return ActionRow(
        key, plan, version, Status(head.status) if is_own else Status.VALIDATED, head.validated_version, validated,
        written.reason, written.written_name, written.written_at, head.submitted_name or "", head.submitted_at,
        head.reviewed_name or "", head.reviewed_at, head.review_note if is_own else "",
        (head.origin_meeting, head.origin_decision) if head.origin_meeting else None, head.withdrawn_name or "",
        head.withdrawn_at, head.withdrawn_reason, frozenset(n for n in named if (key.region, n) in withdrawn),
    )  # fmt: skip
