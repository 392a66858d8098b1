"""A folder of files, named by their SHA-256 and spread over 256 sub-folders."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from impact import causes
from impact.documents.store import ALTERED, BLOCK, DRAFT, MISSING, changed, checked, missing, unread, unwritten


class LocalStore:
    """Store; every file is readable by its owner alone."""

    def __init__(self, folder: Path):
        self.folder = folder

    def put(self, path: Path, sha256: str) -> bool:
        target = self._path(sha256)
        try:
            if not self.fault(sha256, path.stat().st_size):
                return False
            self._write(path, target, sha256)
        except OSError as error:
            raise unwritten(causes.why(error)) from error
        return True

    def open(self, sha256: str) -> BinaryIO:
        try:
            return self._path(sha256).open("rb")
        except FileNotFoundError:
            raise missing() from None
        except OSError as error:
            raise unread(causes.why(error)) from error

    def has(self, sha256: str) -> bool:
        try:
            return self._path(sha256).is_file()
        except OSError as error:
            raise unread(causes.why(error)) from error

    def fault(self, sha256: str, size: int) -> str:
        path = self._path(sha256)
        try:
            if path.stat().st_size != size or _digest(path) != sha256:
                return ALTERED
        except FileNotFoundError:
            return MISSING
        except OSError as error:
            return f"fichier illisible, {causes.why(error)}"
        return ""

    @contextmanager
    def local(self, sha256: str) -> Iterator[Path]:
        if not self.has(sha256):
            raise missing()
        yield self._path(sha256)

    def _path(self, sha256: str) -> Path:
        return self.folder / checked(sha256)[:2] / sha256

    def _write(self, path: Path, target: Path, sha256: str) -> None:
        """To another name first: under its own there is never half a file, whatever is cut and when."""
        _make(self.folder)
        _make(target.parent)
        handle, draft = tempfile.mkstemp(prefix=DRAFT, dir=_make(self.folder / "incoming"))
        try:
            with os.fdopen(handle, "wb") as file:
                with path.open("rb") as source:
                    shutil.copyfileobj(source, file, BLOCK)
                file.flush()
                os.fsync(file.fileno())
            if _digest(Path(draft)) != sha256:
                raise changed()
            os.replace(draft, target)
            _sync(target.parent)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(draft)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _make(folder: Path) -> Path:
    """A folder that outlives a power cut, as the file in it does."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync(folder.parent)
    return folder


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
