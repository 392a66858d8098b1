"""From a cookie or an e-mail to the Actor in force, looked up each time: nothing here is remembered."""

import logging
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from impact import clock
from impact.db import reading, transaction
from impact.errors import Forbidden, NotFound
from impact.formats import clean_text
from impact.models import Account, AccountRegion, SignIn
from impact.permissions import Actor
from impact.services.accounts.tokens import digest
from impact.vocabulary import Role

_LOG = logging.getLogger(__name__)
IDLE_LIMIT = timedelta(hours=8)
TOUCH_EVERY = timedelta(minutes=1)


def actor_of(session: Session, account: Account) -> Actor:
    """The account as services and queries see it."""
    assert account.id is not None
    regions = session.exec(select(AccountRegion.region_code).where(AccountRegion.account_id == account.id))
    return Actor(account.id, account.email, account.name, Role(account.role), frozenset(regions))


def account_by_email(session: Session, email: str) -> Account | None:
    return session.exec(select(Account).where(col(Account.email) == normal_email(email))).first()


def normal_email(email: str) -> str:
    return clean_text(email, longest=1_000).lower()


def actor_by_email(session: Session, email: str) -> Actor:
    """The account that a command names with --as. NotFound when unknown, Forbidden when disabled."""
    account = account_by_email(session, email)
    if account is None:
        raise NotFound(f"Aucun compte n’a l’adresse « {email} ».")
    if not account.active:
        raise Forbidden(f"Le compte « {account.email} » est désactivé.")
    return actor_of(session, account)


def live_session(session: Session, token: str) -> SignIn | None:
    """The browser session that the cookie opens, or None when it ended, idled out or grew too old."""
    row = session.get(SignIn, digest(token)) if token else None
    return row if row and _is_live(row) else None


def actor_for_token(session: Session, token: str) -> Actor | None:
    """Who the cookie stands for right now; None when its session ended or the account is disabled. Reads only."""
    actor, _ = _seen(session, token)
    return actor


_SEEN = (
    sa.select(
        col(SignIn.ended_at), col(SignIn.expires_at), col(SignIn.last_seen_at), col(Account.id), col(Account.email),
        col(Account.name), col(Account.role), col(Account.active), col(AccountRegion.region_code),
    )
    .select_from(SignIn)
    .join(Account, col(Account.id) == col(SignIn.account_id))
    .join(AccountRegion, col(AccountRegion.account_id) == col(Account.id), isouter=True)
    .where(col(SignIn.token_hash) == sa.bindparam("hash"))
)  # fmt: skip
"""One statement, for it is asked several times at every click."""


def _seen(session: Session, token: str) -> tuple[Actor | None, datetime | None]:
    """actor_for_token, and when the person was last noted to be there."""
    # By the session, which first writes what waits in it: a sign-out is seen in the transaction that makes it.
    rows = session.execute(_SEEN, {"hash": digest(token)}).all() if token else []
    if not rows or not rows[0].active or not _is_live(rows[0]):
        return None, None
    one, regions = rows[0], frozenset(row.region_code for row in rows if row.region_code is not None)
    return Actor(one.id, one.email, one.name, Role(one.role), regions), one.last_seen_at


def _is_live(row: SignIn | sa.Row[*tuple[Any, ...]]) -> bool:
    now = clock.real_now()
    return row.ended_at is None and now < row.expires_at and now < row.last_seen_at + IDLE_LIMIT


def identify(token: str | None) -> Actor | None:
    """actor_for_token in a session of its own, noting at most once a minute that the person is still there.

    The one service that opens its own transaction: it is asked at every click, outside any other work.
    That note does not raise the data version: cached reads do not depend on it.
    """
    if not token:
        return None
    with reading() as session:
        actor, seen_at = _seen(session, token)
    if seen_at and clock.real_now() >= seen_at + TOUCH_EVERY:
        _note_presence(token)
    return actor


def _note_presence(token: str) -> None:
    """Where nothing can be written (a full disk), people may still read: the log says why, the session idles out."""
    try:
        with transaction() as session:
            if row := live_session(session, token):
                row.last_seen_at = clock.real_now()
                session.add(row)
    except OperationalError as error:
        _LOG.warning("Présence non notée : %s", error.orig)
