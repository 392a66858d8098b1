"""Password hashes: argon2id, 19 MiB, 2 passes, 1 lane."""

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher


@cache
def _hasher() -> "PasswordHasher":
    """Imported with the first password: a server at rest does without it."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def _typed(password: str) -> str:
    """The same keys give the same text, whichever way a machine composes its accents."""
    return unicodedata.normalize("NFC", password)


def hashed(password: str) -> str:
    return _hasher().hash(_typed(password))


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return hashed("personne")


def verify(password: str, stored: str | None) -> bool:
    """True when the password is the one stored. Without a stored hash it works as long, so that time tells nothing."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        right = _hasher().verify(stored or _nobodys_hash(), _typed(password))
    except (VerificationError, InvalidHashError):
        return False
    return right and stored is not None


def is_outdated(stored: str) -> bool:
    """True when the hash was made with other parameters than today's."""
    return _hasher().check_needs_rehash(stored)
