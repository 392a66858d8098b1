"""History replayed against national meetings: what was said, frozen and decided is there as it was, and no other."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlmodel import Session, col, select

from impact.confrontation import sealed
from impact.documents.store import store
from impact.maintenance.replay_calendar import Facts, acts, compared
from impact.models import Decision, DecisionStep, Lesson, Meeting, MeetingDocument, Snapshot
from impact.services import decisions, meetings, snapshots
from impact.services.meeting_facts import (
    decision_facts,
    document_facts,
    lesson_facts,
    meeting_facts,
    snapshot_facts,
    step_facts,
)

MEETING = (meetings.HOLD, meetings.CHANGE, meetings.COMERS)
DOCUMENT = (meetings.ADD_DOCUMENT, meetings.WITHDRAW_DOCUMENT)
LESSON = (meetings.LEARN, meetings.RELEARN, meetings.UNLEARN)
DECISION = (decisions.DECIDE, decisions.AGREE, decisions.ENTER)


def meeting_faults(session: Session) -> Iterator[str]:
    """One sentence for each meeting, document, lesson, snapshot, decision or step that is not as the last act on it
    left it, each snapshot whose content is not the one that was sealed, and each file that is missing or altered.
    """
    found: Facts = {(str(row.number),): meeting_facts(session, row) for row in session.exec(select(Meeting))}
    yield from compared(_told(session, MEETING, "number"), found, "Rencontre {0}".format)
    yield from _rows(session, Lesson, lesson_facts, LESSON, "Enseignement {0}-{1}".format)
    yield from _rows(session, MeetingDocument, document_facts, DOCUMENT, "Document {0}-{1} d’une rencontre".format)
    yield from _rows(session, Decision, decision_facts, DECISION, "Décision {0}-{1}".format)
    yield from _steps(session)
    yield from _snapshots(session)
    yield from _files(session)


def _rows(
    session: Session, table: type[Any], facts: Callable[[Any], dict[str, Any]], done: Iterable[str],
    named: Callable[..., str],
) -> Iterator[str]:  # fmt: skip
    """Of a table whose rows are numbered in a meeting."""
    found: Facts = {(str(row.meeting_number), str(row.number)): facts(row) for row in session.exec(select(table))}
    yield from compared(_told(session, done, "meeting", "number"), found, named)


def _told(session: Session, done: Iterable[str], *key: str) -> Facts:
    """Facts after the last of some acts on each thing, which they name by these facts."""
    told: dict[tuple[str, ...], tuple[int, dict[str, Any]]] = {}
    for action in done:
        for row in acts(session, action):
            after = row.after or {}
            name = tuple(str(after.get(part)) for part in key)
            told[name] = max(told.get(name, (0, {})), (row.seq, after), key=lambda one: one[0])
    return {name: after for name, (_, after) in told.items()}


def _steps(session: Session) -> Iterator[str]:
    told = _told(session, [decisions.FOLLOW], "meeting", "decision", "number")
    found: Facts = {
        (str(row.meeting_number), str(row.decision_number), str(row.number)): step_facts(row)
        for row in session.exec(select(DecisionStep))
    }
    yield from compared(told, found, "Suite n° {2} de la décision {0}-{1}".format)


def _snapshots(session: Session) -> Iterator[str]:
    found: Facts = {}
    for row in session.exec(select(Snapshot).execution_options(yield_per=10)):
        found[(str(row.number),)] = snapshot_facts(row)
        if sealed(row.content) != row.sha256:
            yield f"Confrontation {row.number} : les chiffres figés ne sont pas ceux qui ont été scellés."
    yield from compared(_told(session, [snapshots.FREEZE], "number"), found, "Confrontation {0}".format)


def _files(session: Session) -> Iterator[str]:
    """Each stored file once, named by the first document that holds it."""
    query = select(MeetingDocument).where(MeetingDocument.sha256 != "")
    seen: set[str] = set()
    for row in session.exec(query.order_by(col(MeetingDocument.meeting_number), col(MeetingDocument.number))):
        if row.sha256 not in seen and (fault := store().fault(row.sha256, row.size)):
            yield f"Document {row.meeting_number}-{row.number} d’une rencontre, « {row.name} » : {fault}."
        seen.add(row.sha256)
