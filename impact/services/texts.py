"""Filling in the legal notice, the privacy notice and the accessibility statement."""

from datetime import datetime

from sqlmodel import Session

from impact import clock
from impact.errors import Problem, Refused
from impact.formats import clean_text, moment
from impact.models import LegalText
from impact.permissions import Actor, Right, require
from impact.queries.texts import legal_text
from impact.services import history
from impact.vocabulary import LegalPage

LONGEST = 20_000


def write_legal_text(session: Session, actor: Actor, page: LegalPage, text: str, seen_at: datetime | None) -> None:
    """Replace a text. seen_at: when the text that the writer saw was written (None = the first one)."""
    require(actor, Right.LEGAL_TEXTS)
    history.touch(session)
    before, text = legal_text(session, page), _cleaned(text)
    if before.updated_at != seen_at:
        when = f" le {moment(before.updated_at)}" if before.updated_at else ""
        raise Refused(
            f"{before.updated_by} a modifié ce texte{when}, pendant que vous l’écriviez. Comparez avec la version "
            "affichée, puis enregistrez de nouveau si la vôtre doit la remplacer."
        )
    if text == before.text:
        raise Refused([Problem("Le texte n’a pas changé.", "texte")])
    session.merge(LegalText(page=page.value, text=text, updated_by=actor.id, updated_at=clock.real_now()))
    session.flush()
    history.record(session, actor, "legal_text", page.label, before={"text": before.text}, after={"text": text})


def _cleaned(text: str) -> str:
    cleaned = clean_text(text, LONGEST)
    if not cleaned:
        raise Refused([Problem("Écrivez un texte : cette page ne peut pas être vide.", "texte")])
    return cleaned
