"""What the machine lacks, in words, where an error is nobody's bug: a full disk, a database that went away."""

import errno

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

FULL = "le disque du serveur est plein"
READ_ONLY = "le disque du serveur n’accepte aucune écriture"
FAILING = "le disque du serveur ne répond pas"
REFUSED = "l’accès est refusé"
DAMAGED = "la base de données est abîmée"
BUSY = "la base de données est occupée"
AWAY = "la base de données ne répond pas"

_BY_NUMBER = {
    errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EFBIG: FULL, errno.EROFS: READ_ONLY, errno.EIO: FAILING,
    errno.EACCES: REFUSED, errno.EPERM: REFUSED, errno.ENOENT: "il n’existe pas", errno.EISDIR: "c’est un dossier",
    errno.ENOTDIR: "le chemin passe par un fichier", errno.ENAMETOOLONG: "le nom est trop long",
}  # fmt: skip
_BY_WORDS = {
    "disk is full": FULL, "No space left": FULL, "readonly database": READ_ONLY, "disk I/O error": FAILING,
    "unable to open": "le fichier de la base de données ne s’ouvre pas", "is locked": BUSY, "malformed": DAMAGED,
    "not a database": DAMAGED,
}  # fmt: skip
"""By what SQLite and PostgreSQL say; SQLite's codes would tell no more."""


def cause(error: BaseException) -> str:
    """Without capital nor full stop; '' where the error is a bug, of which words would say nothing."""
    if isinstance(error, OSError):
        return _BY_NUMBER.get(error.errno or 0, "")
    if isinstance(error, PoolTimeout):
        return BUSY
    if not isinstance(error, DBAPIError):
        return ""
    said = str(error.orig)
    known = next((words for sign, words in _BY_WORDS.items() if sign in said), "")
    return known or (AWAY if _is_cut(error) else "")


def _is_cut(error: DBAPIError) -> bool:
    """The connection broke, or none could be made: PostgreSQL then had no state of its own to tell."""
    unanswered = isinstance(error, OperationalError) and getattr(error.orig, "sqlstate", "") is None
    return error.connection_invalidated or unanswered


def why(error: OSError) -> str:
    """The same for a file that cannot be read or written; there is always something to say."""
    return cause(error) or f"erreur {error.errno}"
