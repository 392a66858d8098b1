"""Where a regional action stands, as history keeps it; what its plan says is in queries.plan_rows.plan_facts."""

from typing import Any

from impact.models import RegionalAction

HEAD = (
    "version", "status", "validated_version", "submitted_by", "reviewed_by", "review_note", "origin_meeting",
    "origin_decision", "withdrawn_by", "withdrawn_reason",
)  # fmt: skip


def head_facts(row: RegionalAction) -> dict[str, Any]:
    """JSON-ready. `check` replays them against the tables."""
    return {name: getattr(row, name) for name in HEAD}
