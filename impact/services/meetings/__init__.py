"""National thematic meetings: held, changed, their participants, documents and lessons; the national office's.

Split by noun: holding (the meeting, who comes), filing (documents), teaching (lessons).
"""

from impact.services.meetings.filing import ADD_DOCUMENT, WITHDRAW_DOCUMENT, add_document, withdraw_document
from impact.services.meetings.holding import CHANGE, COMERS, HOLD, change_meeting, hold_meeting, set_participants
from impact.services.meetings.teaching import (
    LEARN,
    RELEARN,
    UNLEARN,
    revise_lesson,
    withdraw_lesson,
    write_lesson,
)

__all__ = [
    "ADD_DOCUMENT", "CHANGE", "COMERS", "HOLD", "LEARN", "RELEARN", "UNLEARN", "WITHDRAW_DOCUMENT", "add_document",
    "change_meeting", "hold_meeting", "revise_lesson", "set_participants", "withdraw_document", "withdraw_lesson",
    "write_lesson",
]  # fmt: skip
