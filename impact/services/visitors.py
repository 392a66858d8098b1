"""What keeps the public page's forms honest without a cookie: signed forms, and sendings counted in the database."""

import hmac
import secrets
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from impact import clock
from impact.errors import Forbidden, Refused
from impact.keys import signing_key
from impact.models import OfferAttempt
from impact.services import history

AT_LEAST = timedelta(seconds=3)
"""Nobody reads the page, types and agrees in less."""
AT_MOST = timedelta(hours=1)
WINDOW = timedelta(hours=1)
PER_ADDRESS = 10
EVERYWHERE = 200
"""Sendings in WINDOW from one address (an IPv6 network of a household counts as one), and from all of them."""
KEPT = timedelta(days=1)


class TooManySendings(Forbidden):
    """Too many of them in the last hour, from this address or from everywhere: the sentence does not say which."""

    def __init__(self) -> None:
        super().__init__(
            "Trop de messages viennent d’être envoyés. Gardez cette page ouverte et réessayez dans une heure ; "
            "ce que vous avez écrit est encore là."
        )


class BadForm(Refused):
    """The form was not made here, is too old, or comes back too soon: one sentence for all."""

    def __init__(self) -> None:
        super().__init__("Ce formulaire n’est plus valable, ou part trop vite. Relisez-le, puis envoyez à nouveau.")


def _sealed(use: str, text: str) -> bytes:
    key = hmac.digest(signing_key(), f"mobilisation {use}".encode(), sha256)
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), sha256)


def new_form() -> str:
    """A token for one form: when it was made, a random part, and a seal. Nothing is stored until it comes back."""
    said = f"{int(clock.real_now().timestamp())}.{secrets.token_urlsafe(12)}"
    return f"{said}.{_sealed('formulaire', said).hex()}"


def check_form(form: str) -> str:
    """The secret with which the form's author erases the message, always the same for one form; or BadForm."""
    said, _, seal = form.rpartition(".")
    if not hmac.compare_digest(_sealed("formulaire", said).hex().encode(), seal.encode("utf-8", "surrogatepass")):
        raise BadForm
    age = clock.real_now().timestamp() - int(said.partition(".")[0])
    if not AT_LEAST.total_seconds() <= age <= AT_MOST.total_seconds():
        raise BadForm
    return urlsafe_b64encode(_sealed("effacement", said)).decode().rstrip("=")


def admit(session: Session, address: str) -> None:
    """Count one sending, or raise TooManySendings and count nothing: the table cannot grow beyond its limits."""
    history.queue(session)
    require_room(session, address)
    now = clock.real_now()
    session.connection().execute(sa.delete(OfferAttempt).where(col(OfferAttempt.at) < now - KEPT))
    session.add(OfferAttempt(address=_named(address), at=now))
    session.flush()


def require_room(session: Session, address: str) -> None:
    """TooManySendings where the next one would be; reads only."""
    since = clock.real_now() - WINDOW
    if _count(session, since) >= EVERYWHERE or _count(session, since, _named(address)) >= PER_ADDRESS:
        raise TooManySendings


def _count(session: Session, since: datetime, address: str = "") -> int:
    query = select(func.count(col(OfferAttempt.id))).where(col(OfferAttempt.at) > since)
    return session.exec(query.where(OfferAttempt.address == address) if address else query).one()


def _named(address: str) -> str:
    """The address under the history's key: equal addresses are recognised, none can be read."""
    try:
        known = ip_address(address)
    except ValueError:
        return _sealed("adresse", address).hex()
    if isinstance(known, IPv6Address):
        known = known.ipv4_mapped or IPv6Address(int(known) >> 64 << 64)
    return _sealed("adresse", str(known)).hex()
