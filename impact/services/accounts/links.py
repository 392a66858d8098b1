"""One-time links to choose a password: activation of a new account, or a forgotten password."""

from datetime import timedelta

from sqlmodel import Session, select

from impact import clock, permissions
from impact.errors import NotFound, Refused
from impact.models import Account, AccountLink
from impact.permissions import Actor, Right
from impact.services import history
from impact.services.accounts.identity import actor_of
from impact.services.accounts.passwords import store_password
from impact.services.accounts.sessions import end_sessions
from impact.services.accounts.tokens import digest, new_token
from impact.settings import Settings
from impact.vocabulary import LinkPurpose

LINK_LIFETIME = {LinkPurpose.ACTIVATION: timedelta(days=7), LinkPurpose.RESET: timedelta(hours=24)}


def new_link(session: Session, by: Actor | str, account_id: int, purpose: LinkPurpose) -> str:
    """The full address to hand to the person; it is shown once. The account's older links die."""
    if isinstance(by, Actor):
        permissions.require(by, Right.ACCOUNTS)
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound("Ce compte n’existe pas.")
    if not account.active:
        raise Refused(f"Le compte « {account.email} » est désactivé\u202f: réactivez-le d’abord.")
    forget_links(session, account_id)
    token = new_token()
    expires = clock.real_now() + LINK_LIFETIME[purpose]
    session.add(AccountLink(token_hash=digest(token), account_id=account_id, purpose=purpose, expires_at=expires))
    history.record(session, by, "account.link", account.email, after={"purpose": purpose.value, "expires_at": expires})
    return f"{Settings.from_env().public_url}/activation/{token}"


def forget_links(session: Session, account_id: int) -> None:
    for link in session.exec(select(AccountLink).where(AccountLink.account_id == account_id)).all():
        session.delete(link)
    session.flush()


def _usable(session: Session, token: str) -> tuple[AccountLink, Account]:
    link = session.get(AccountLink, digest(token))
    account = session.get(Account, link.account_id) if link else None
    if not link or not account or link.used_at or clock.real_now() >= link.expires_at or not account.active:
        raise NotFound("Ce lien n’est plus valable. Demandez-en un nouveau à un administrateur.")
    return link, account


def link_owner(session: Session, token: str) -> Account:
    """Whose password the link lets choose; NotFound when it was used, replaced, or is too old."""
    return _usable(session, token)[1]


def set_password_by_link(session: Session, token: str, password: str) -> Account:
    """Spend the link: the account gets this password and its sessions end."""
    link, account = _usable(session, token)
    store_password(session, account, password)
    link.used_at = clock.real_now()
    session.add(link)
    end_sessions(session, link.account_id)
    history.record(session, actor_of(session, account), "account.password", account.email, reason=link.purpose)
    return account
