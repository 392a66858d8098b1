"""Messages of people who want to take part: taken from the public page, answered by teams, erased in time.

Personal data: history holds « message n° 12 » and what was done about it, never a name, an address or a word of it.
Receiving one does not raise the data version, so that strangers cannot make everybody's cached reads stale; nothing
cached tells of messages.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from impact import clock
from impact.db import ERASED
from impact.errors import AlreadyDone, Forbidden, NotFound, Problem, Refused, StaleEntry
from impact.formats import clean_text
from impact.models import Offer
from impact.permissions import Actor
from impact.rules.offers import CONSENT, OfferDraft
from impact.services import history
from impact.services.accounts.tokens import digest
from impact.vocabulary import OfferState

KEPT_MONTHS = 12
LONGEST_NOTE = 1_000
AUTHOR, AUTOMATIC = "auteur du message", "effacement automatique"
ANSWERS = (OfferState.TAKEN_UP, OfferState.CLOSED)
"""What a team makes of a message; erasing it is another act."""


def receive(session: Session, draft: OfferDraft, secret: str) -> int:
    """Keep a message; its number. secret: what its author erases it with, the same for each sending of one form.

    AlreadyDone when a message was kept under it before, erased or not.
    """
    history.queue(session)
    erase_due(session)
    if session.exec(select(Offer.id).where(Offer.token_hash == digest(secret))).first() is not None:
        raise AlreadyDone("Votre premier message nous est bien parvenu. Pour en envoyer un autre, envoyez à nouveau.")
    offer = Offer(
        region_code=draft.region,
        chantier_code=draft.chantier,
        name=draft.name,
        email=draft.email,
        message=draft.message,
        consent=CONSENT,
        token_hash=digest(secret),
        received_at=clock.now(session),
        erase_on=a_year_after(clock.today(session)),
    )
    session.add(offer)
    session.flush()
    assert offer.id is not None
    return offer.id


def a_year_after(day: date) -> date:
    """KEPT_MONTHS later; a 29 February counts as the 28th."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year + KEPT_MONTHS // 12, day=last)


def answer(
    session: Session,
    actor: Actor,
    number: int,
    state: OfferState,
    note: str,
    seen_at: datetime | None,
    token: str = "",
) -> None:
    """Say what the team did. seen_at: when the answer that the person saw was given (None = there was none).

    A message that is taken up says in a note what was done. StaleEntry when a colleague was quicker.
    """
    history.begin(session, token)
    offer = _own(session, actor, number)
    told = _told(state, note)
    if offer.handled_at != seen_at:
        stored = {"state": offer.state, "note": offer.note}
        raise StaleEntry(
            "Un collègue a répondu entre-temps : relisez, puis enregistrez de nouveau si besoin.",
            stored,
            {"state": state.value, "note": told},
            offer.id or 0,
        )
    if (offer.state, offer.note) == (state.value, told):
        raise Refused("Rien n’a changé.")
    _overwrite(session)
    before = {"offer_state": offer.state}
    offer.state, offer.note = state.value, told
    offer.handled_by, offer.handled_at = actor.id, clock.now(session)
    session.flush()
    _record(session, actor, "offer.answer", offer, before)


def _told(state: OfferState, note: str) -> str:
    if state not in ANSWERS:
        raise Refused("Cet état ne se choisit pas.")
    try:
        told = clean_text(note, LONGEST_NOTE)
    except Refused as error:
        raise Refused([Problem(f"« Note » : {error}", "note")]) from None
    if state is OfferState.TAKEN_UP and not told:
        raise Refused([Problem("« Note » : dites en quelques mots ce qui a été fait, ou ce qui est prévu.", "note")])
    return told


def erase(session: Session, actor: Actor, number: int, token: str = "") -> None:
    """At the request of the person concerned, made by any way."""
    history.begin(session, token)
    _erase(session, _own(session, actor, number), actor)


def erase_by_link(session: Session, secret: str) -> bool:
    """By the personal link. False when nothing is kept under it: erased already, or never was."""
    found = select(Offer).where(Offer.token_hash == digest(secret), Offer.state != OfferState.ERASED)
    offer = session.exec(found.with_for_update()).first()
    if offer is None:
        return False
    _erase(session, offer, AUTHOR)
    return True


def erase_due(session: Session) -> int:
    """Erase every message whose day has come; how many there were. Called wherever the product passes by."""
    due = select(Offer).where(Offer.state != OfferState.ERASED, Offer.erase_on <= clock.today(session))
    rows = session.exec(due.order_by(col(Offer.id)).with_for_update()).all()
    for offer in rows:
        _erase(session, offer, AUTOMATIC)
    return len(rows)


def is_due(session: Session) -> bool:
    """Whether `erase_due` would find anything, in a session that cannot write."""
    due = select(Offer.id).where(Offer.state != OfferState.ERASED, Offer.erase_on <= clock.today(session))
    return session.exec(due.limit(1)).first() is not None


def _own(session: Session, actor: Actor, number: int) -> Offer:
    offer = session.exec(select(Offer).where(Offer.id == number).with_for_update()).first()
    if offer is None:
        raise NotFound("Ce message n’existe pas.")
    if not actor.may_enter(offer.region_code):
        raise Forbidden("Les messages des volontaires sont réservés à l’équipe de leur région et au bureau national.")
    if offer.state == OfferState.ERASED:
        raise NotFound("Ce message a été effacé.")
    return offer


def _erase(session: Session, offer: Offer, by: Actor | str) -> None:
    """Empty the row, on the disk too."""
    _overwrite(session)
    before = {"offer_state": offer.state}
    offer.state, offer.erased_at = OfferState.ERASED.value, clock.now(session)
    offer.name = offer.email = offer.message = offer.note = offer.consent = ""
    session.flush()
    _record(session, by, "offer.erase", offer, before)


def _overwrite(session: Session) -> None:
    """Tell SQLite to overwrite what it frees: a row that grows by a note may move, and leave itself behind."""
    session.info[ERASED] = True
    if session.get_bind().dialect.name == "sqlite":
        session.connection().execute(sa.text("PRAGMA secure_delete=ON"))


def _record(session: Session, by: Actor | str, action: str, offer: Offer, before: dict[str, str]) -> None:
    history.record(
        session,
        by,
        action,
        f"message n° {offer.id}",
        chain=offer.region_code,
        before=before,
        after={"offer_state": offer.state},
    )
