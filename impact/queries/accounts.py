"""The list of accounts, for administrators."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from impact import clock, permissions
from impact.models import Account, AccountLink, AccountRegion, SignIn
from impact.permissions import Actor, Right
from impact.vocabulary import LinkPurpose, Role


@dataclass(frozen=True, slots=True)
class PendingLink:
    purpose: LinkPurpose
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class AccountRow:
    """last_sign_in: real time, UTC, None before the first. pending_link: the link handed over and not used yet."""

    id: int
    email: str
    name: str
    role: Role
    regions: tuple[str, ...]
    active: bool
    has_password: bool
    created_at: datetime
    last_sign_in: datetime | None
    live_sessions: int
    pending_link: PendingLink | None


@dataclass(frozen=True, slots=True)
class SignInRow:
    """One browser session; ended_at is None while it may still be used."""

    email: str
    name: str
    at: datetime
    last_seen_at: datetime
    ended_at: datetime | None
    address: str


def accounts(session: Session, by: Actor | str) -> list[AccountRow]:
    """Every account, active ones first, then by name. by: an administrator, or the operator of a command."""
    _authorised(by)
    regions, links, last, live = _regions(session), _links(session), _last_sign_ins(session), _live(session)
    rows = session.exec(select(Account).order_by(col(Account.active).desc(), Account.name, Account.email)).all()
    return [
        AccountRow(
            id=row.id or 0,
            email=row.email,
            name=row.name,
            role=Role(row.role),
            regions=tuple(regions[row.id or 0]),
            active=row.active,
            has_password=row.password_hash is not None,
            created_at=row.created_at,
            last_sign_in=last.get(row.id or 0),
            live_sessions=live.get(row.id or 0, 0),
            pending_link=links.get(row.id or 0),
        )
        for row in rows
    ]


def sign_ins(session: Session, by: Actor | str, limit: int = 200) -> list[SignInRow]:
    """The latest sign-ins, newest first."""
    _authorised(by)
    rows = session.exec(
        select(SignIn, Account)
        .join(Account, col(Account.id) == SignIn.account_id)
        .order_by(col(SignIn.created_at).desc())
        .limit(limit)
    )
    return [
        SignInRow(account.email, account.name, row.created_at, row.last_seen_at, row.ended_at, row.address)
        for row, account in rows
    ]


def demonstration_accounts(session: Session) -> list[AccountRow]:
    """The fictitious accounts offered on the sign-in page; empty unless the database is a demonstration."""
    rows = accounts(session, "démonstration")
    return [row for row in rows if row.active and row.email.endswith("@demo.invalid")]


def _authorised(by: Actor | str) -> None:
    if isinstance(by, Actor):
        permissions.require(by, Right.ACCOUNTS)


def _regions(session: Session) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row in session.exec(select(AccountRegion).order_by(AccountRegion.region_code)):
        found[row.account_id].append(row.region_code)
    return found


def _links(session: Session) -> dict[int, PendingLink]:
    unused = select(AccountLink).where(col(AccountLink.used_at).is_(None), AccountLink.expires_at > clock.real_now())
    return {row.account_id: PendingLink(LinkPurpose(row.purpose), row.expires_at) for row in session.exec(unused)}


def _last_sign_ins(session: Session) -> dict[int, datetime]:
    last = select(SignIn.account_id, sa.func.max(SignIn.created_at)).group_by(col(SignIn.account_id))
    return dict(session.exec(last).all())


def _live(session: Session) -> dict[int, int]:
    live = (
        select(SignIn.account_id, sa.func.count())
        .where(col(SignIn.ended_at).is_(None), SignIn.expires_at > clock.real_now())
        .group_by(col(SignIn.account_id))
    )
    return dict(session.exec(live).all())
