"""Guessing is slowed down: attempts are counted in the database, per account and per address, in real time."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from impact import clock
from impact.errors import Forbidden
from impact.formats import PARIS
from impact.models import SignInAttempt
from impact.services.accounts.identity import normal_email

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 5
PER_ADDRESS = 20
KEPT = timedelta(days=1)


class TooManyAttempts(Forbidden):
    """Carries `retry_at`, the real time from which a new attempt is looked at."""

    def __init__(self, retry_at: datetime):
        self.retry_at = retry_at
        hour = retry_at.astimezone(PARIS).strftime("%H h %M")
        super().__init__(f"Trop de tentatives. Réessayez après {hour}\u202f; passé ce délai, tout redevient normal.")


def admit(session: Session, email: str, address: str) -> None:
    """Count one attempt before its password is looked at, or raise TooManyAttempts and count nothing.

    Commit it whatever follows, then `forget` it on success. email: what was typed, or the name of another secret
    that is being guessed (the setup code). Counting first is what stops attempts sent all at once.
    """
    key, now = normal_email(email)[:254], clock.real_now()
    session.connection().execute(sa.delete(SignInAttempt).where(col(SignInAttempt.at) < now - KEPT))
    blocked = [
        *_blocked_until(session, col(SignInAttempt.email) == key, PER_ACCOUNT),
        *_blocked_until(session, col(SignInAttempt.address) == address, PER_ADDRESS),
    ]
    if blocked:
        raise TooManyAttempts(max(blocked))
    session.add(SignInAttempt(email=key, address=address, at=now))
    session.flush()


def _blocked_until(session: Session, same: sa.ColumnElement[bool], limit: int) -> list[datetime]:
    """When the oldest of the last `limit` attempts leaves the window; empty while there are fewer."""
    recent = session.exec(
        select(SignInAttempt.at)
        .where(same, col(SignInAttempt.at) > clock.real_now() - WINDOW)
        .order_by(col(SignInAttempt.at).desc())
        .limit(limit)
    ).all()
    # Rounded up to the minute that the sentence names.
    return [recent[-1] + WINDOW + timedelta(minutes=1)] if len(recent) == limit else []


def forget(session: Session, email: str, address: str) -> None:
    """Clear the attempts of an account from an address, once the right password came from it."""
    session.connection().execute(
        sa.delete(SignInAttempt).where(
            col(SignInAttempt.email) == normal_email(email)[:254], col(SignInAttempt.address) == address
        )
    )
