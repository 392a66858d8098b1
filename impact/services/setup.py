"""The first installation: while no account exists, the setup code that the server printed opens the empty database."""

import secrets
from collections.abc import Callable

from sqlmodel import Session, select

from impact.errors import Forbidden, Refused
from impact.models import Account, Setting
from impact.services import accounts, history
from impact.services.accounts.tokens import digest
from impact.vocabulary import Role

CODE_KEY = "setup_code_hash"
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
INSTALLER = "première installation"


def is_needed(session: Session) -> bool:
    """True while there is no account at all."""
    return session.exec(select(Account.id).limit(1)).first() is None


def renew_code(session: Session) -> str | None:
    """A new setup code, to print once in the server's console; None when accounts exist (and the code dies)."""
    stored = session.get(Setting, CODE_KEY)
    if not is_needed(session):
        if stored:
            session.delete(stored)
        return None
    code = "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))
    session.merge(Setting(key=CODE_KEY, value=digest(_bare(code))))
    return code


def _bare(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())


def require_code(session: Session, code: str) -> None:
    """Forbidden unless the database is empty of accounts and the code is the one printed last."""
    if not is_needed(session):
        raise Forbidden("Le produit est déjà installé\u202f: connectez-vous.")
    stored = session.get(Setting, CODE_KEY)
    if stored is None or not secrets.compare_digest(stored.value, digest(_bare(code))):
        raise Forbidden("Ce code d’installation n’est pas le bon. Il est affiché dans la console du serveur.")


def install_administrator(session: Session, code: str, email: str, name: str, password: str) -> Account:
    """Create the first account; every problem at once. The code dies with it."""
    history.touch(session)  # on PostgreSQL its row lock queues two installers
    require_code(session, code)
    problems = accounts.password_problems(password, email, name)
    try:
        account = accounts.create_account(session, INSTALLER, email, name, Role.ADMIN)
    except Refused as refusal:
        raise Refused([*refusal.problems, *problems]) from None
    accounts.set_password(session, INSTALLER, account, password)
    _forget_code(session)
    return account


def install_demonstration(session: Session, code: str, fill: Callable[[Session], None]) -> None:
    """Fill the empty database with the fictitious demonstration; `fill` writes it (impact.demo.fill)."""
    history.touch(session)
    require_code(session, code)
    fill(session)
    _forget_code(session)


def _forget_code(session: Session) -> None:
    if stored := session.get(Setting, CODE_KEY):
        session.delete(stored)


def is_demonstration(session: Session) -> bool:
    stored = session.get(Setting, "demonstration")
    return stored is not None and stored.value == "true"
