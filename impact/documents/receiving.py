"""A file comes in: to a temporary place, hashed on the way, looked into, and gone again unless it was stored."""

import hashlib
import os
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from impact import causes
from impact.documents import naming
from impact.documents.inspection import inspect
from impact.documents.kinds import EMPTY, LARGEST
from impact.documents.store import DRAFT, incoming
from impact.errors import ImpactError, Refused

BLOCK = 1024 * 1024
FORGOTTEN = 3_600
"""Seconds after which a temporary file can only be what a killed server left."""


@dataclass(frozen=True, slots=True)
class Received:
    """A file whose content was found sound; a context manager, at whose end the temporary file is gone.

    name: for display, cleaned, with the extension of the content. size: bytes. pages: as in Inspected.
    """

    path: Path
    sha256: str
    size: int
    name: str
    media_type: str
    extension: str
    pages: int

    def __enter__(self) -> "Received":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.path.unlink(missing_ok=True)


def receive(content: BinaryIO | bytes, name: str) -> Received:
    """Refused, in French, when the file is empty, too large, or not one that inspection lets in."""
    path = None
    try:
        path = _place()
        sha256, size = _written(content, path)
        found = inspect(path)
        shown = naming.cleaned(name, found.extension)
        return Received(path, sha256, size, shown, found.media_type, found.extension, found.pages)
    except BaseException as error:
        if path is not None:
            path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise ImpactError(f"Le fichier n’a pas pu être reçu : {causes.why(error)}.") from error
        raise


def _place() -> Path:
    folder = incoming()
    _forget_old(folder)
    handle, path = tempfile.mkstemp(prefix=DRAFT, dir=folder)  # readable by its owner alone
    os.close(handle)
    return Path(path)


def _forget_old(folder: Path) -> None:
    """What was being received when the server was killed."""
    for path in folder.glob(f"{DRAFT}*"):
        with suppress(OSError):  # another process was quicker
            if path.stat().st_mtime < time.time() - FORGOTTEN:
                path.unlink()


def _written(content: BinaryIO | bytes, path: Path) -> tuple[str, int]:
    """SHA-256 and size; at most LARGEST bytes are ever written."""
    if isinstance(content, bytes):
        _refuse_size(len(content))
        path.write_bytes(content)
        return hashlib.sha256(content).hexdigest(), len(content)
    if content.seekable():
        content.seek(0)  # whoever looked at it before must not cut it
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        while block := content.read(BLOCK):
            size += len(block)
            if size > LARGEST:
                _refuse_size(_length(content, size))
            digest.update(block)
            file.write(block)
    _refuse_size(size)
    return digest.hexdigest(), size


def _length(content: BinaryIO, read: int) -> int:
    """Of the whole, where the stream can tell without being read on."""
    return content.seek(0, os.SEEK_END) if content.seekable() else read


def _refuse_size(size: int) -> None:
    if not size:
        raise Refused(EMPTY)
    if size > LARGEST:
        # Rounded up, so that nobody reads « 20,0 Mo, au plus 20 Mo ».
        tenths = -(-size * 10 // (1024 * 1024))
        raise Refused(
            f"Ce fichier pèse {tenths // 10},{tenths % 10} Mo ; au plus {LARGEST // 1024 // 1024} Mo : allégez-le, ou "
            "joignez la partie qui sert de preuve."
        )
