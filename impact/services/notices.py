"""What people are told by e-mail: claimed under its key before it is sent, so that nothing is sent twice.

A claim stays when nobody knows whether the server took the message (it died, or this process did): better once too
few, for the home page says it all anyway. It goes only where the server definitely refused.
"""

from collections.abc import Collection
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from impact import clock, permissions
from impact.errors import NotFound
from impact.models import Account, DigestChoice, Notice
from impact.permissions import Actor, Right
from impact.queries.digests import told
from impact.services import history

KEPT = timedelta(days=400)


def day_key(day: date) -> str:
    """Claimed with the rest: one digest per person and day."""
    return f"jour:{day}"


def claim(session: Session, account: int, day: date, keys: Collection[str]) -> list[str]:
    """Of these keys, those that nobody told the person yet, now this caller's to tell with the day's.

    Empty when there is nothing new, or when the day's digest left already or is leaving.
    """
    history.queue(session)
    known = told(session, account)
    fresh = [key for key in keys if key not in known]
    if not fresh or day_key(day) in known:
        return []
    now = clock.real_now()
    session.connection().execute(
        sa.delete(Notice).where(col(Notice.account_id) == account, col(Notice.claimed_at) < now - KEPT)
    )
    session.add_all([Notice(account_id=account, subject=key, claimed_at=now) for key in (*fresh, day_key(day))])
    session.flush()
    return fresh


def confirm(session: Session, account: int, day: date, keys: Collection[str]) -> None:
    """The server took the message."""
    _own = col(Notice.account_id) == account, col(Notice.subject).in_([*keys, day_key(day)])
    session.connection().execute(sa.update(Notice).where(*_own).values(sent_at=clock.real_now()))


def release(session: Session, account: int, day: date, keys: Collection[str]) -> None:
    """The server refused the message: it may be tried again."""
    _own = col(Notice.account_id) == account, col(Notice.subject).in_([*keys, day_key(day)])
    session.connection().execute(sa.delete(Notice).where(*_own, col(Notice.sent_at).is_(None)))


def choose(session: Session, actor: Actor, by_email: bool, account: int | None = None) -> None:
    """Whether a person gets the digest by e-mail. account: somebody else's, for an administrator; None = one's own."""
    if account is not None and account != actor.id:
        permissions.require(actor, Right.ACCOUNTS)
    row = session.get(Account, actor.id if account is None else account)
    if row is None or row.id is None:
        raise NotFound("Ce compte n’existe pas.")
    before = session.get(DigestChoice, row.id)
    was = before is None or before.by_email
    if was == by_email:
        return
    session.merge(DigestChoice(account_id=row.id, by_email=by_email, said_at=clock.real_now()))
    session.flush()
    history.record(
        session, actor, "account.digest", row.email, before={"by_email": was}, after={"by_email": by_email}
    )  # fmt: skip
