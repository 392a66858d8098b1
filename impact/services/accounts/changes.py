"""Creating accounts, changing what they may do, closing and reopening them."""

from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from impact import clock, permissions
from impact.errors import NotFound, Problem, Refused
from impact.formats import clean_text, is_email
from impact.models import Account, AccountRegion, Region
from impact.permissions import Actor, Right
from impact.services import history
from impact.services.accounts.identity import account_by_email, normal_email
from impact.services.accounts.links import forget_links
from impact.services.accounts.sessions import end_sessions
from impact.vocabulary import Role

LONGEST_EMAIL = 254
LONGEST_NAME = 120


def _authorised(by: Actor | str) -> None:
    if isinstance(by, Actor):
        permissions.require(by, Right.ACCOUNTS)


def create_account(
    session: Session, by: Actor | str, email: str, name: str, role: Role, regions: Collection[str] = ()
) -> Account:
    """An account without a password: hand a link over, or set one. Refused with every problem at once."""
    _authorised(by)
    address, shown = normal_email(email), " ".join(clean_text(name, longest=1_000).split())
    problems = [*_email_problems(session, address), *_name_problems(shown), *_region_problems(session, role, regions)]
    if problems:
        raise Refused(problems)
    account = Account(email=address, name=shown, role=role.value, created_at=clock.real_now())
    session.add(account)
    session.flush()
    _set_regions(session, account, regions)
    history.record(session, by, "account.create", address, after=_facts(account, regions))
    return account


def _email_problems(session: Session, email: str) -> list[Problem]:
    if len(email) > LONGEST_EMAIL or not is_email(email):
        return [Problem("Écrivez une adresse électronique complète, comme prenom.nom@exemple.org.", "email")]
    if account_by_email(session, email):
        return [Problem(f"L’adresse « {email} » a déjà un compte.", "email")]
    return []


def _name_problems(name: str) -> list[Problem]:
    if not name:
        return [Problem("Écrivez le nom de la personne.", "name")]
    if len(name) > LONGEST_NAME:
        return [Problem(f"Écrivez un nom de {LONGEST_NAME} caractères au plus.", "name")]
    return []


def _region_problems(session: Session, role: Role, regions: Collection[str]) -> list[Problem]:
    known = set(session.exec(select(Region.code).where(col(Region.code).in_(sorted(regions)))))
    unknown = [Problem(f"La région « {code} » n’existe pas.", "regions") for code in sorted(set(regions) - known)]
    if role is Role.CONTRIBUTOR and not regions:
        return [Problem("Une équipe régionale a au moins une région.", "regions")]
    if role is not Role.CONTRIBUTOR and regions:
        return [Problem(f"Le rôle « {role.label} » ne porte pas de région.", "regions")]
    return unknown


def _set_regions(session: Session, account: Account, regions: Collection[str]) -> None:
    assert account.id is not None
    for row in session.exec(select(AccountRegion).where(AccountRegion.account_id == account.id)).all():
        session.delete(row)
    session.flush()
    session.add_all(AccountRegion(account_id=account.id, region_code=code) for code in sorted(set(regions)))
    session.flush()


def _facts(account: Account, regions: Collection[str]) -> dict[str, object]:
    return {"name": account.name, "role": str(account.role), "regions": sorted(set(regions)), "active": account.active}


def _regions_of(session: Session, account_id: int) -> Sequence[str]:
    return session.exec(select(AccountRegion.region_code).where(AccountRegion.account_id == account_id)).all()


def _existing(session: Session, account_id: int) -> Account:
    account = session.get(Account, account_id, with_for_update=True)
    if account is None:
        raise NotFound("Ce compte n’existe pas.")
    return account


def _keep_an_administrator(session: Session, account: Account) -> None:
    """Somebody must be left who can open accounts again."""
    others = select(Account.id).where(
        col(Account.role) == Role.ADMIN.value, col(Account.active), Account.id != account.id
    )
    # On PostgreSQL the locked rows queue two administrators who would disable each other.
    if account.role == Role.ADMIN and not session.exec(others.with_for_update()).all():
        raise Refused("C’est le dernier administrateur en activité\u202f: nommez-en un autre d’abord.")


def _keep_own_rights(by: Actor | str, account_id: int) -> None:
    if isinstance(by, Actor) and by.id == account_id:
        raise Refused("Vous ne pouvez pas quitter vous-même le rôle d’administrateur\u202f: demandez à un autre.")


def disable(session: Session, by: Actor | str, account_id: int, reason: str = "") -> None:
    """Close an account at once, live sessions and links included. Never one's own, never the last administrator's."""
    _authorised(by)
    account = _existing(session, account_id)
    if isinstance(by, Actor) and by.id == account_id:
        raise Refused("Vous ne pouvez pas désactiver votre propre compte\u202f: demandez à un autre administrateur.")
    if not account.active:
        raise Refused(f"Le compte « {account.email} » est déjà désactivé.")
    _keep_an_administrator(session, account)
    account.active = False
    session.add(account)
    end_sessions(session, account_id)
    forget_links(session, account_id)
    history.record(session, by, "account.disable", account.email, reason=clean_text(reason))


def enable(session: Session, by: Actor | str, account_id: int) -> None:
    """Reopen an account; its password is the one it had."""
    _authorised(by)
    account = _existing(session, account_id)
    if account.active:
        raise Refused(f"Le compte « {account.email} » est déjà en activité.")
    account.active = True
    session.add(account)
    history.record(session, by, "account.enable", account.email)


def change_role_and_regions(
    session: Session, by: Actor | str, account_id: int, role: Role, regions: Collection[str] = ()
) -> None:
    """Hand over or move: what the account may do from its next action on. Refused with every problem at once."""
    _authorised(by)
    account = _existing(session, account_id)
    if problems := _region_problems(session, role, regions):
        raise Refused(problems)
    if role is not Role.ADMIN:
        _keep_own_rights(by, account_id)
        _keep_an_administrator(session, account)
    before = _facts(account, _regions_of(session, account_id))
    account.role = role.value
    session.add(account)
    _set_regions(session, account, regions)
    history.record(session, by, "account.rights", account.email, before=before, after=_facts(account, regions))
