"""Messages of people who want to take part, for the team of their region and the national office."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from impact.models import Account, Offer
from impact.permissions import Scope
from impact.vocabulary import OfferState


@dataclass(frozen=True, slots=True)
class OfferRow:
    """chantier: None where the person did not know. handled_by: a name, '' before anybody answered.

    An erased message has neither name, email, message nor note.
    """

    number: int
    region: str
    chantier: str | None
    name: str
    email: str
    message: str
    state: OfferState
    note: str
    received_at: datetime
    erase_on: date
    handled_by: str
    handled_at: datetime | None


def offers(session: Session, scope: Scope, state: OfferState | None = None) -> list[OfferRow]:
    """Those that are kept, the latest first; none of other regions. state: None = all but the erased."""
    query = (
        select(Offer, Account.name)
        .join(Account, col(Account.id) == col(Offer.handled_by), isouter=True)
        .where(Offer.state != OfferState.ERASED, _within(scope))
        .order_by(col(Offer.received_at).desc(), col(Offer.id).desc())
    )
    if state is not None:
        query = query.where(Offer.state == state)
    return [_row(offer, name) for offer, name in session.exec(query)]


def _within(scope: Scope) -> sa.ColumnElement[bool]:
    return sa.true() if scope.own is None else col(Offer.region_code).in_(scope.own)


def _row(offer: Offer, handled_by: str | None) -> OfferRow:
    return OfferRow(
        offer.id or 0, offer.region_code, offer.chantier_code, offer.name, offer.email, offer.message,
        OfferState(offer.state), offer.note, offer.received_at, offer.erase_on, handled_by or "", offer.handled_at,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unread:
    """A message that nobody has answered yet; nothing of what it says."""

    number: int
    region: str
    received_at: datetime


def unread(session: Session, scope: Scope) -> list[Unread]:
    """The one that has waited longest first."""
    query = select(Offer.id, Offer.region_code, Offer.received_at).where(
        Offer.state == OfferState.RECEIVED, _within(scope)
    )
    rows = session.exec(query.order_by(col(Offer.received_at), col(Offer.id)))
    return [Unread(number or 0, region, at) for number, region, at in rows]


def erased(session: Session, scope: Scope) -> int:
    """How many were erased."""
    query = select(func.count(col(Offer.id))).where(Offer.state == OfferState.ERASED, _within(scope))
    return session.exec(query).one()


@dataclass(frozen=True, slots=True)
class Kept:
    """What the personal link tells of a message: not its words, for a link may be seen by others."""

    received_at: datetime
    erase_on: date


def kept_under(session: Session, token_hash: str) -> Kept | None:
    """By the hash of its author's personal link; None once it is erased."""
    query = select(Offer).where(Offer.token_hash == token_hash)
    row = session.exec(query.where(Offer.state != OfferState.ERASED)).first()
    return Kept(row.received_at, row.erase_on) if row else None
