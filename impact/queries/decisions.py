"""Reads of what national meetings decided, and of what became of it. For everybody who is signed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact import clock
from impact.actions import ActionKey
from impact.errors import NotFound
from impact.models import Account, Decision, DecisionStep
from impact.permissions import Scope
from impact.queries.actions import actions
from impact.rules.meetings import MeasureDraft, is_late, measure_of
from impact.vocabulary import NATIONAL_CODE, DecisionKind, DecisionState

DECISION: sa.Table = Decision.__table__  # type: ignore[attr-defined]
STEP: sa.Table = DecisionStep.__table__  # type: ignore[attr-defined]
ACCOUNT: sa.Table = Account.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class StepRow:
    """succeeded: of a deployment that is done; None = not said. by: a name."""

    number: int
    state: DecisionState
    outcome: str
    succeeded: bool | None
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """action: that it is about, or that is deployed elsewhere. host: the action prepared in the host region.

    figures: those looked at, as they stood (impact.confrontation.looked_at); proof: at the time, by action: « grades »
    of the figures of that action among them, F0 to F4, and « claims » (impact.confrontation.claim_of). measure: of a
    new measure, the draft; indicator: its code once it entered the catalogue. agreement: the day and the piece of the
    host region. steps: oldest first.
    """

    meeting: int
    number: int
    version: int
    kind: DecisionKind
    statement: str
    reason: str
    owner: str
    owner_region: str
    due: date
    action: ActionKey | None
    host_region: str
    host: ActionKey | None
    adaptation: str
    agreement: tuple[date, int] | None
    measure: MeasureDraft | None
    indicator: str
    snapshot: int | None
    figures: tuple[Mapping[str, Any], ...]
    proof: Mapping[str, Mapping[str, Any]]
    taken_by: str
    taken_at: datetime
    taken_on: date
    steps: tuple[StepRow, ...]
    is_late: bool

    @property
    def name(self) -> str:
        """« 2-1 »: meeting and number, as people and addresses name it."""
        return f"{self.meeting}-{self.number}"

    @property
    def state(self) -> DecisionState:
        return self.steps[-1].state if self.steps else DecisionState.TAKEN

    @property
    def outcome(self) -> str:
        """What was said last of what came of it."""
        return self.steps[-1].outcome if self.steps else ""

    @property
    def has_succeeded(self) -> bool:
        """It is done, and its last step says that it succeeded."""
        return bool(self.steps) and self.steps[-1].succeeded is True

    @property
    def seen_number(self) -> int:
        """Of the last step, 0 = none."""
        return self.steps[-1].number if self.steps else 0


def decisions(session: Session, *, meeting: int | None = None) -> list[DecisionRow]:
    """Those of a meeting, or all; by meeting and number. Two statements."""
    wanted = [] if meeting is None else [DECISION.c.meeting_number == meeting]
    return _rows(session, wanted)


def decision(session: Session, meeting: int, number: int) -> DecisionRow:
    found = _rows(session, [DECISION.c.meeting_number == meeting, DECISION.c.number == number])
    if not found:
        raise NotFound(f"La décision {meeting}-{number} n’existe pas.")
    return found[0]


def replications(session: Session) -> dict[ActionKey, list[DecisionRow]]:
    """By action, its deployments in other regions that are done and succeeded: evidence that it can be replicated."""
    found: dict[ActionKey, list[DecisionRow]] = {}
    for one in _rows(session, [DECISION.c.kind == DecisionKind.DEPLOYMENT.value]):
        if one.action is not None and one.has_succeeded:
            found.setdefault(one.action, []).append(one)
    return found


def replications_of(session: Session, region: str, chantier: str) -> list[DecisionRow]:
    """Those of the actions of a region on a chantier; region 'FR' = of every region."""
    found = replications(session)
    public = {one.key: one.chantier for one in actions(session, Scope(frozenset()))} if found else {}
    return [
        one
        for key, own in found.items()
        if public.get(key) == chantier and region in (NATIONAL_CODE, key.region)
        for one in own
    ]


def _rows(session: Session, wanted: Sequence[sa.ColumnElement[bool]]) -> list[DecisionRow]:
    query = (
        sa.select(DECISION, ACCOUNT.c.name.label("taker"))
        .join(ACCOUNT, ACCOUNT.c.id == DECISION.c.taken_by)
        .where(*wanted)
        .order_by(DECISION.c.meeting_number, DECISION.c.number)
    )
    steps, today = _steps(session), clock.today(session)
    return [
        _row(row, steps.get((row.meeting_number, row.number), ()), today) for row in session.connection().execute(query)
    ]


def _steps(session: Session) -> dict[tuple[int, int], tuple[StepRow, ...]]:
    query = (
        sa.select(STEP, ACCOUNT.c.name.label("speaker"))
        .join(ACCOUNT, ACCOUNT.c.id == STEP.c.said_by)
        .order_by(STEP.c.number)
    )
    found: dict[tuple[int, int], tuple[StepRow, ...]] = {}
    for row in session.connection().execute(query):
        key = row.meeting_number, row.decision_number
        said = StepRow(
            row.number, DecisionState(row.state), row.outcome, row.succeeded, row.speaker, row.said_on
        )  # fmt: skip
        found[key] = (*found.get(key, ()), said)
    return found


def _row(row: Any, steps: tuple[StepRow, ...], today: date) -> DecisionRow:
    state = steps[-1].state if steps else DecisionState.TAKEN
    return DecisionRow(
        row.meeting_number, row.number, row.version, DecisionKind(row.kind), row.statement, row.reason, row.owner,
        row.owner_region or "", row.due_on, _key(row.action_region, row.action_number), row.host_region or "",
        _key(row.host_region, row.host_action), row.adaptation,
        (row.agreement_on, row.agreement_piece) if row.agreement_on else None,
        measure_of(row.measure) if row.measure else None, row.indicator_code or "", row.snapshot_number,
        tuple(row.figures), row.proof, row.taker, row.taken_at, row.taken_on, steps,
        is_late(state, row.due_on, today),
    )  # fmt: skip


def _key(region: str | None, number: int | None) -> ActionKey | None:
    return ActionKey(region, number) if region is not None and number is not None else None
