"""What is said at a national meeting, read from raw French texts, and the texts that would say it again. Pure.

Split by noun: held (the meeting, who comes), lesson, decision, measure (the draft of an indicator).
"""

from impact.rules.meetings.decision import (
    ABOUT_AN_ACTION,
    FOLLOWING,
    PREPARES,
    SAME_REGION,
    SETTLED,
    DecisionDraft,
    adapted,
    decision_fields,
    is_late,
    read_decision,
)
from impact.rules.meetings.held import (
    LONGEST_TITLE,
    MeetingDraft,
    Participant,
    meeting_fields,
    participants_text,
    read_meeting,
    read_participants,
)
from impact.rules.meetings.lesson import LessonDraft, lesson_fields, read_lesson
from impact.rules.meetings.measure import MeasureDraft, measure_facts, measure_fields, measure_of, read_measure

__all__ = [
    "ABOUT_AN_ACTION", "FOLLOWING", "LONGEST_TITLE", "PREPARES", "SAME_REGION", "SETTLED", "DecisionDraft",
    "LessonDraft", "MeasureDraft", "MeetingDraft", "Participant", "adapted", "decision_fields", "is_late",
    "lesson_fields", "measure_facts", "measure_fields", "measure_of", "meeting_fields", "participants_text",
    "read_decision", "read_lesson", "read_measure", "read_meeting", "read_participants",
]  # fmt: skip
