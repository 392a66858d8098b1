"""The key that seals history, kept in a file beside the database."""

import os
import secrets
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from impact.errors import BadSettings
from impact.settings import Settings


@lru_cache(maxsize=8)
def _key(path: Path) -> bytes:
    if not path.exists():
        _make(path)
    text = path.read_text().strip()
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) < 16:
        raise BadSettings(f"La clé de l’historique ({path}) est vide ou abîmée : remettez celle d’origine.")
    return key


def _make(path: Path) -> None:
    """Write a new key, readable by its owner alone; where another process was quicker, its key stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_hex(32))
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def signing_key() -> bytes:
    """The HMAC key, made at first use; whoever lacks it cannot forge a chain after the fact."""
    return _key(Settings.from_env().key_file)
