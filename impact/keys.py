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
        _make(path, secrets.token_hex(32))
    text = path.read_text().strip()
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) < 16:
        raise BadSettings(f"La clé de l’historique ({path}) est vide ou abîmée : remettez celle d’origine.")
    return key


def _make(path: Path, key: str) -> None:
    """Write a key, readable by its owner alone; where another process was quicker, its key stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(key)
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def signing_key() -> bytes:
    """The HMAC key, made at first use; whoever lacks it cannot forge a chain after the fact."""
    return _key(Settings.from_env().key_file)


def install(key: bytes) -> None:
    """Put a restored key in place; a different one that it replaces is kept beside it."""
    path = Settings.from_env().key_file
    if path.exists() and path.read_text().strip() == key.hex():
        return
    if path.exists():
        path.replace(path.with_name(f"{path.name}.{secrets.token_hex(4)}.old"))
    _make(path, key.hex())
    _key.cache_clear()
