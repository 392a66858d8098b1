"""Choosing, changing and refusing passwords."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sqlmodel import Session

from impact import permissions
from impact.errors import Forbidden, Problem, Refused
from impact.models import Account
from impact.permissions import Actor, Right
from impact.services import history
from impact.services.accounts.hashing import hashed, verify
from impact.services.accounts.sessions import end_sessions

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
"""Above it, hashing a sent text would cost the server more than it costs the sender."""

_LOOKALIKES = str.maketrans("013457@$€!", "oieastasei")


@cache
def common_words() -> frozenset[str]:
    """The bundled blocklist: common passwords and words, French and English, plain lower case."""
    text = (Path(__file__).parent / "common_passwords.txt").read_text("utf-8")
    return frozenset(word.strip() for word in text.splitlines() if word.strip() and not word.startswith("#"))


def plain(text: str) -> str:
    """Lower case without accents nor blanks: what a guesser tries first."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter) and not letter.isspace())


def _readings(password: str) -> Iterator[str]:
    """The password as a guesser would derive it from a common word: as it is, letters only, look-alikes undone."""
    typed = plain(password)
    stem = typed.strip("0123456789!?.,;:*+-_@#$€&/()")
    for text in (typed, stem, typed.translate(_LOOKALIKES), stem.translate(_LOOKALIKES)):
        yield text
        yield "".join(letter for letter in text if letter.isalpha())


def _is_common(reading: str) -> bool:
    """A listed word, once or repeated."""
    sizes = (size for size in range(1, len(reading) + 1) if len(reading) % size == 0)
    return any(
        reading[:size] * (len(reading) // size) == reading and reading[:size] in common_words() for size in sizes
    )


def _own_words(email: str, name: str) -> list[str]:
    pieces = [email, email.partition("@")[0], name, *name.split(), *email.partition("@")[0].split(".")]
    return sorted({plain(piece) for piece in pieces if len(plain(piece)) >= 3}, key=len, reverse=True)


def _remainder(password: str, words: list[str]) -> str:
    left = plain(password)
    for word in words:
        left = left.replace(word, "")
    return left


def password_problems(password: str, email: str = "", name: str = "") -> list[Problem]:
    """Every reason to refuse a new password: too short, too long, too common, or made of the person's own name."""
    if len(password) < SHORTEST_PASSWORD:
        return [
            Problem(f"Choisissez au moins {SHORTEST_PASSWORD} caractères (une courte phrase convient).", "password")
        ]
    if len(password) > LONGEST_PASSWORD:
        return [Problem(f"Choisissez au plus {LONGEST_PASSWORD} caractères.", "password")]
    if len(set(plain(password))) < 5 or any(_is_common(reading) for reading in _readings(password)):
        return [Problem("Ce mot de passe est trop courant\u202f: il serait deviné très vite.", "password")]
    if len(_remainder(password, _own_words(email, name))) < 8:
        return [Problem("Ce mot de passe ressemble trop à votre nom ou à votre adresse.", "password")]
    return []


def store_password(session: Session, account: Account, password: str) -> None:
    """Refused with the reasons, or the new hash in place."""
    if problems := password_problems(password, account.email, account.name):
        raise Refused(problems)
    account.password_hash = hashed(password)
    session.add(account)


def set_password(session: Session, by: Actor | str, account: Account, password: str) -> None:
    """Set an account's password in its owner's stead (commands, first installation) and end its sessions."""
    if isinstance(by, Actor):
        permissions.require(by, Right.ACCOUNTS)
    store_password(session, account, password)
    assert account.id is not None
    end_sessions(session, account.id)
    history.record(session, by, "account.password", account.email)


def change_password(session: Session, actor: Actor, current: str, password: str, keep_token: str = "") -> None:
    """The person's own change: needs the current password, and ends their sessions but the one that asks."""
    account = session.get(Account, actor.id)
    if account is None or not account.active or not verify(current, account.password_hash):
        raise Forbidden("Le mot de passe actuel n’est pas le bon.")
    if current == password:
        raise Refused([Problem("Choisissez un mot de passe différent de l’actuel.", "password")])
    store_password(session, account, password)
    end_sessions(session, actor.id, except_token=keep_token)
    history.record(session, actor, "account.password", account.email)
