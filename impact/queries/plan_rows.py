"""A plan between the tables and the pure module: which columns say what, both ways."""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa

from impact.actions import LINES, Activity, Funding, Identity, Line, Objective, Partner, Plan, Resource, lines
from impact.chain import plain
from impact.models import ActionActivity, ActionFunding, ActionObjective, ActionPartner, ActionResource
from impact.vocabulary import Commitment, FundingState, ResourceKind, Section

TABLES: Mapping[Section, sa.Table] = {
    Section.OBJECTIVES: ActionObjective.__table__,  # type: ignore[attr-defined]
    Section.CONTENT: ActionActivity.__table__,  # type: ignore[attr-defined]
    Section.FUNDING: ActionFunding.__table__,  # type: ignore[attr-defined]
    Section.RESOURCES: ActionResource.__table__,  # type: ignore[attr-defined]
    Section.PARTNERS: ActionPartner.__table__,  # type: ignore[attr-defined]
}
"""Of the lines of each section."""
AMOUNTS = {
    FundingState.IDENTIFIED: "identified",
    FundingState.REQUESTED: "requested",
    FundingState.GRANTED: "granted",
    FundingState.CONTRACTED: "contracted",
    FundingState.PAID: "paid",
    FundingState.REFUSED: "refused",
}
IDENTITY = {
    "title": "title", "chantier": "chantier_code", "need": "need", "lead": "lead", "team": "team",
    "contact": "contact", "start": "start_date", "end": "end_date", "guide": "guide_number",
}  # fmt: skip
"""Column of each attribute."""


def identity_of(row: Any) -> Identity:
    return Identity(**{name: getattr(row, column) for name, column in IDENTITY.items()})


def identity_columns(identity: Identity) -> dict[str, Any]:
    return {column: getattr(identity, name) for name, column in IDENTITY.items()}


def _funding(row: Any) -> Funding:
    said = {status: getattr(row, column) for status, column in AMOUNTS.items()}
    amounts = {status: value for status, value in said.items() if value is not None}
    return Funding(row.funder, bool(row.in_kind), amounts, row.evidence_number)


LINE_OF: Mapping[Section, Callable[[Any], Line]] = {
    Section.OBJECTIVES: lambda row: Objective(
        row.statement, row.indicator_code or "", row.baseline, row.target, row.due_date, row.measure
    ),
    Section.CONTENT: lambda row: Activity(row.name, row.deliverable, row.who, row.start_date, row.end_date),
    Section.FUNDING: _funding,
    Section.RESOURCES: lambda row: Resource(ResourceKind(row.kind), row.name, row.quantity, row.unit),
    Section.PARTNERS: lambda row: Partner(row.name, row.role, Commitment(row.commitment), row.evidence_number),
}
"""The line that a row of each table says."""


def columns(line: Line) -> dict[str, Any]:
    """What a row says of one line, but for its key: the inverse of LINE_OF."""
    match line:
        case Objective():
            return {
                "statement": line.statement, "indicator_code": line.indicator or None, "baseline": line.baseline,
                "target": line.target, "due_date": line.due, "measure": line.measure,
            }  # fmt: skip
        case Activity():
            return {
                "name": line.name, "deliverable": line.deliverable, "who": line.who, "start_date": line.start,
                "end_date": line.end,
            }  # fmt: skip
        case Funding():
            amounts = {column: line.amounts.get(status) for status, column in AMOUNTS.items()}
            return {"funder": line.funder, "in_kind": line.in_kind, **amounts, "evidence_number": line.piece}
        case Resource():
            return {"kind": line.kind.value, "name": line.name, "quantity": line.quantity, "unit": line.unit}
        case Partner():
            return {
                "name": line.name, "role": line.role, "commitment": line.commitment.value,
                "evidence_number": line.piece,
            }  # fmt: skip


def plan_facts(plan: Plan) -> dict[str, Any]:
    """What a plan says, as history keeps it, JSON-ready: its columns, and its lines section by section."""
    said = {name: plain(value) for name, value in identity_columns(plan.identity).items()}
    own = {
        LINES[section]: [{name: plain(value) for name, value in columns(line).items()} for line in lines(plan, section)]
        for section in Section
    }
    return {**said, "budget": plan.budget, **own}
