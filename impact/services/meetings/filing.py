"""Documents of a meeting, files or links; they are withdrawn, never erased."""

from typing import TYPE_CHECKING

from sqlmodel import Session

from impact import clock
from impact.errors import Problem, Refused
from impact.formats import clean_prose
from impact.models import MeetingDocument
from impact.permissions import Actor
from impact.proof import is_link
from impact.queries import meetings
from impact.rules.meetings import LONGEST_TITLE
from impact.services import history
from impact.services.meeting_facts import FILE, document_facts
from impact.services.meetings.common import begin, said_reason

if TYPE_CHECKING:
    from impact.documents.receiving import Received

ADD_DOCUMENT, WITHDRAW_DOCUMENT = "meeting_document.add", "meeting_document.withdraw"


def add_document(
    session: Session, actor: Actor, number: int, title: str, *, stored: "Received | None" = None, link: str = "",
    token: str = "",
) -> int:  # fmt: skip
    """A file or a link of a meeting, for everybody who is signed in; its number.

    stored: inspected (documents.receiving); it is in the store before the row that names it. Raises Forbidden,
    NotFound, Refused (every problem at once), AlreadyDone.
    """
    begin(session, actor, token)
    held = meetings.meeting(session, number)
    title, link = clean_prose(title, LONGEST_TITLE), link.strip()
    problems = [] if title else [Problem("« titre » : dites ce que c’est.", "titre")]
    if stored is None and not is_link(link):
        said = "donnez un fichier, ou une adresse complète qui commence par http:// ou https://."
        problems.append(Problem(f"« lien » : {said}", "lien"))
    if stored is not None and link:
        problems.append(Problem("« lien » : un document est un fichier ou un lien ; ajoutez-en deux.", "lien"))
    if problems:
        raise Refused(problems)
    row = MeetingDocument(
        meeting_number=number, number=len(held.documents) + 1, title=title, link=link, added_by=actor.id,
        added_at=clock.now(session),
    )  # fmt: skip
    if stored is not None:
        from impact.documents.store import store

        store().put(stored.path, stored.sha256)
        for name in FILE:
            setattr(row, name, getattr(stored, name))
    session.add(row)
    session.flush()
    history.record(session, actor, ADD_DOCUMENT, f"« {title} », rencontre {number}", after=document_facts(row))
    return row.number


def withdraw_document(session: Session, actor: Actor, meeting: int, number: int, reason: str, token: str = "") -> None:
    """Take a document back, with a reason; it stays stored and listed, and opens no more. Raises as add_document."""
    begin(session, actor, token)
    meetings.document(session, meeting, number)
    row = session.get_one(MeetingDocument, (meeting, number))
    if row.withdrawn_at is not None:
        raise Refused(f"« {row.title} » est déjà retiré.")
    before, said = document_facts(row), said_reason(reason, "dites pourquoi ce document est retiré.")
    row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = actor.id, clock.now(session), said
    session.flush()
    history.record(
        session, actor, WITHDRAW_DOCUMENT, f"« {row.title} », rencontre {meeting}", before=before,
        after=document_facts(row), reason=said,
    )  # fmt: skip
