"""Plans, their money and milestones on their way to a file: as many rows as there are actions, read whole."""

from collections.abc import Iterator
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from impact.actions import ActionKey, complete
from impact.exports import ExportRequest
from impact.exports.columns import Cells
from impact.permissions import Scope
from impact.queries.actions import ACTION, ActionRow, actions
from impact.queries.milestones import milestones
from impact.queries.stages import standings
from impact.rules.actions import CASH, IN_KIND
from impact.vocabulary import NATIONAL_CODE, FundingState, Status


def plan_cells(session: Session, scope: Scope, request: ExportRequest) -> Iterator[Cells]:
    """The plan that the reader may read: the one in force of their own regions, the validated one elsewhere.

    A contact is for its region and the national office. So is when a plan was submitted that is not validated as it
    stands: elsewhere one reads an earlier version of it.
    """
    stages, settled = standings(session, scope), _validated_as_they_stand(session)
    for one in _asked_for(session, scope, request):
        own, identity = scope.sees_all_of(one.key.region), one.plan.identity
        stands, is_settled = stages.get(one.key), one.key in settled
        yield (
            *one.key, identity.chantier, identity.title, identity.need, identity.lead, identity.team,
            identity.contact if own else None, stands.stage if stands else None, one.status, one.version,
            one.validated_version, complete(one.plan), identity.start, identity.end, one.plan.budget,
            one.submitted_at if own or is_settled else None, one.reviewed_at if is_settled else None,
            one.withdrawn_at, one.withdrawn_reason,
        )  # fmt: skip


def _validated_as_they_stand(session: Session) -> set[ActionKey]:
    query = sa.select(ACTION.c.region_code, ACTION.c.number).where(ACTION.c.status == Status.VALIDATED.value)
    return {ActionKey(*row) for row in session.connection().execute(query)}


def funding_cells(session: Session, scope: Scope, request: ExportRequest) -> Iterator[Cells]:
    """Amounts as they were said: what a funder was not said to have is no row, 0 is one."""
    for action in _asked_for(session, scope, request):
        for line, one in enumerate(action.plan.fundings, 1):
            for status in FundingState:
                if status in one.amounts:
                    nature = IN_KIND if one.in_kind else CASH
                    yield *action.key, line, one.funder, nature, status, one.amounts[status]


def _asked_for(session: Session, scope: Scope, request: ExportRequest) -> list[ActionRow]:
    return [
        one
        for one in actions(session, scope)
        if one.key.region in (request.regions or (one.key.region,))
        and one.chantier in (request.chantiers or (one.chantier,))
    ]


def milestone_cells(session: Session, request: ExportRequest) -> Iterator[Cells]:
    """By region, the country's last; those expected or reached on the days asked for."""
    for one in sorted(milestones(session), key=lambda one: (one.region == NATIONAL_CODE, one.region, one.number)):
        if one.region in (request.regions or (one.region,)) and expected(one.expected_on, request):
            yield (
                one.region, one.number, one.kind, one.name, one.action.number if one.action else None, one.planned_on,
                one.state, one.expected_on, one.slip, one.said[-1].reason if one.said else None,
            )  # fmt: skip


def expected(day: date, request: ExportRequest) -> bool:
    return (request.start or day) <= day <= (request.end or day)
