"""Meetings, snapshots and decisions as history keeps them. `check` replays these facts against the tables."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session, col, select

from impact.chain import plain
from impact.models import (
    Decision,
    DecisionStep,
    Lesson,
    Meeting,
    MeetingDocument,
    MeetingParticipant,
    Snapshot,
    Table,
)

FILE = ("sha256", "name", "media_type", "extension", "size")
_DECISION = (
    "number", "version", "statement", "reason", "owner", "owner_region", "due_on", "action_region",
    "action_number", "host_region", "host_action", "adaptation", "agreement_on", "agreement_piece", "indicator_code",
    "snapshot_number", "figures", "taken_on",
)  # fmt: skip
_LESSON = (
    "number", "version", "statement", "conditions", "proof", "claims", "snapshot_number", "withdrawn_reason",
)  # fmt: skip


def meeting_facts(session: Session, row: Meeting) -> dict[str, Any]:
    """Everything that is said of a meeting, with those who come: « [region, name, role] » each, in their order."""
    query = select(MeetingParticipant).where(MeetingParticipant.meeting_number == row.number)
    came = session.exec(query.order_by(col(MeetingParticipant.line)))
    names = ("number", "version", "theme", "chantiers", "place", "agenda", "milestone_number")
    return {**_named(row, names), "participants": [[one.region_code or "", one.name, one.role] for one in came]}


def document_facts(row: MeetingDocument) -> dict[str, Any]:
    return {"meeting": row.meeting_number, **_named(row, ("number", "title", *FILE, "link", "withdrawn_reason"))}


def lesson_facts(row: Lesson) -> dict[str, Any]:
    return {"meeting": row.meeting_number, **_named(row, _LESSON)}


def snapshot_facts(row: Snapshot) -> dict[str, Any]:
    """Its content is sealed by sha256."""
    asked = row.asked
    return {
        "meeting": row.meeting_number, "snapshot_kind": str(row.kind), "compared": asked["actions"],
        "start": asked["start"], "end": asked["end"],
        **_named(row, ("number", "title", "sha256", "data_version", "taken_on")),
    }  # fmt: skip


def decision_facts(row: Decision) -> dict[str, Any]:
    return {
        "meeting": row.meeting_number, "decision_kind": str(row.kind), "measure_draft": row.measure,
        "proof_then": row.proof, **_named(row, _DECISION),
    }  # fmt: skip


def step_facts(row: DecisionStep) -> dict[str, Any]:
    said = _named(row, ("number", "outcome", "succeeded", "said_on"))
    return {
        "meeting": row.meeting_number, "decision": row.decision_number, "decision_state": str(row.state), **said,
    }  # fmt: skip


def _named(row: Table, names: Iterable[str]) -> dict[str, Any]:
    held = {name: plain(getattr(row, name)) for name in names}
    return {name: str(value) if isinstance(value, str) else value for name, value in held.items()}
