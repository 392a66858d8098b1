"""Signing in and out: the browser's session, whose cookie is known to the database by its SHA-256 only."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from impact import clock
from impact.errors import Forbidden
from impact.models import Account, SignIn
from impact.services.accounts.hashing import hashed, is_outdated, verify
from impact.services.accounts.identity import IDLE_LIMIT, account_by_email
from impact.services.accounts.tokens import digest, new_token

__all__ = ["ABSOLUTE_LIMIT", "IDLE_LIMIT", "BadCredentials", "end_sessions", "open_session", "sign_in", "sign_out"]

ABSOLUTE_LIMIT = timedelta(days=7)
REMEMBERED = timedelta(days=365)
"""How long an ended session is told about; data/legal/confidentialite.md says so to the people concerned."""


class BadCredentials(Forbidden):
    """Wrong password, unknown or disabled account: one sentence for all, so that nobody learns who has an account."""

    def __init__(self) -> None:
        super().__init__("Adresse ou mot de passe incorrect.")


def sign_in(session: Session, email: str, password: str, address: str) -> str:
    """Check the password and open a session; the cookie's token. Count the attempt first, with `admit`."""
    account = account_by_email(session, email)
    usable = account if account and account.active else None
    if not verify(password, usable.password_hash if usable else None) or usable is None:
        raise BadCredentials
    if usable.password_hash and is_outdated(usable.password_hash):
        usable.password_hash = hashed(password)
        session.add(usable)
    return open_session(session, usable, address)


def open_session(session: Session, account: Account, address: str) -> str:
    """A new session for the account, always under a new token (none can be fixed beforehand)."""
    if not account.active:
        raise BadCredentials
    assert account.id is not None
    token, now = new_token(), clock.real_now()
    _forget_old_sessions(session, now - REMEMBERED)
    session.add(
        SignIn(
            token_hash=digest(token),
            account_id=account.id,
            created_at=now,
            last_seen_at=now,
            expires_at=now + ABSOLUTE_LIMIT,
            address=address,
        )
    )
    session.flush()
    return token


def _forget_old_sessions(session: Session, before: datetime) -> None:
    ended = sa.func.coalesce(col(SignIn.ended_at), col(SignIn.expires_at))
    session.connection().execute(sa.delete(SignIn).where(ended < before))


def sign_out(session: Session, token: str) -> None:
    """End one session; harmless when it ended already."""
    row = session.get(SignIn, digest(token))
    if row and row.ended_at is None:
        row.ended_at = clock.real_now()
        session.add(row)


def end_sessions(session: Session, account_id: int, except_token: str = "") -> int:
    """End an account's live sessions, all but the one of `except_token`; how many ended."""
    live = select(SignIn).where(
        SignIn.account_id == account_id,
        col(SignIn.ended_at).is_(None),
        SignIn.token_hash != digest(except_token),
    )
    rows = session.exec(live).all()
    for row in rows:
        row.ended_at = clock.real_now()
        session.add(row)
    return len(rows)
