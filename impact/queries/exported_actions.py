"""Plans, their money and milestones on their way to a file: as many rows as there are actions, read whole."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact.exports import ExportRequest
from impact.exports.actions import CASH, IN_KIND
from impact.exports.columns import Cells
from impact.models import ActionFunding, ActionVersion, Milestone, MilestoneStatement, RegionalAction
from impact.permissions import Scope
from impact.vocabulary import NATIONAL_CODE, FundingState, MilestoneState, Status

ACTION: sa.Table = RegionalAction.__table__  # type: ignore[attr-defined]
VERSION: sa.Table = ActionVersion.__table__  # type: ignore[attr-defined]
MONEY: sa.Table = ActionFunding.__table__  # type: ignore[attr-defined]
MILESTONE: sa.Table = Milestone.__table__  # type: ignore[attr-defined]
SAID: sa.Table = MilestoneStatement.__table__  # type: ignore[attr-defined]

AMOUNTS = {
    FundingState.IDENTIFIED: "identified", FundingState.REQUESTED: "requested", FundingState.GRANTED: "granted",
    FundingState.CONTRACTED: "contracted", FundingState.PAID: "paid", FundingState.REFUSED: "refused",
}  # fmt: skip


def plan_cells(session: Session, scope: Scope, request: ExportRequest) -> Iterator[Cells]:
    for action, version in _readable(session, scope, request):
        whole = scope.sees_all_of(action.region_code)
        current = whole or action.version == action.validated_version
        yield (
            action.region_code, action.number, version.chantier_code, version.title, version.need, version.lead,
            version.team, version.contact if whole else None, None, action.status if whole else Status.VALIDATED,
            version.version, action.validated_version, None, version.start_date, version.end_date, version.budget,
            action.submitted_at if current else None, action.reviewed_at if current else None, action.withdrawn_at,
            action.withdrawn_reason,
        )  # fmt: skip


def funding_cells(session: Session, scope: Scope, request: ExportRequest) -> Iterator[Cells]:
    for action, version in _readable(session, scope, request):
        query = sa.select(MONEY).where(
            MONEY.c.region_code == action.region_code, MONEY.c.action_number == action.number,
            MONEY.c.version == version.version,
        )  # fmt: skip
        for line in session.connection().execute(query.order_by(MONEY.c.line)):
            nature = IN_KIND if line.in_kind else CASH
            for status, column in AMOUNTS.items():
                amount = getattr(line, column)
                if amount is not None:
                    yield action.region_code, action.number, line.line, line.funder, nature, status, amount


def _readable(session: Session, scope: Scope, request: ExportRequest) -> Iterator[tuple[Any, Any]]:
    """Actions, each with the version that the reader may see."""
    versions = {
        (one.region_code, one.action_number, one.version): one
        for one in session.connection().execute(sa.select(VERSION))
    }
    for action in session.connection().execute(sa.select(ACTION).order_by(ACTION.c.region_code, ACTION.c.number)):
        seen = action.version if scope.sees_all_of(action.region_code) else action.validated_version
        version = versions.get((action.region_code, action.number, seen))
        if (
            version is not None
            and action.region_code in (request.regions or (action.region_code,))
            and version.chantier_code in (request.chantiers or (version.chantier_code,))
        ):
            yield action, version


def milestone_cells(session: Session, request: ExportRequest) -> Iterator[Cells]:
    """By region, the country's last; those expected or reached on the days asked for."""
    last = {
        (one.region_code, one.milestone_number): one
        for one in session.connection().execute(sa.select(SAID).order_by(SAID.c.number))
    }
    rows = session.connection().execute(sa.select(MILESTONE)).all()
    for one in sorted(rows, key=lambda one: (one.region_code == NATIONAL_CODE, one.region_code, one.number)):
        said = last.get((one.region_code, one.number))
        forecast = said.forecast_on if said else one.planned_on
        if one.region_code in (request.regions or (one.region_code,)) and expected(forecast, request):
            yield (
                one.region_code, one.number, one.kind, one.name, one.action_number, one.planned_on,
                said.state if said else MilestoneState.PLANNED, forecast, (forecast - one.planned_on).days,
                said.reason if said else None,
            )  # fmt: skip


def expected(day: Any, request: ExportRequest) -> bool:
    return (request.start is None or request.start <= day) and (request.end is None or day <= request.end)
