"""A bucket that speaks S3. Credentials, region and endpoint come from the usual AWS_* environment."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import fsspec
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, PartialCredentialsError

from impact import causes
from impact.documents.store import ALTERED, DRAFT, MISSING, changed, checked, missing, unread, unwritten

AWAY = "le magasin de fichiers ne répond pas"
BLOCK = 4 * 1024 * 1024
_TROUBLE = (OSError, BotoCoreError, ClientError)
"""s3fs turns most refusals of the server into OSError; what happens before any answer stays the library's own."""


class RemoteStore:
    """Store; an object appears whole or not at all, and its digest is sent and checked with it."""

    def __init__(self, url: str):
        self.root = url.removeprefix("s3://")
        self.files: Any = fsspec.filesystem(
            "s3",
            use_listings_cache=False,
            skip_instance_cache=True,
            config_kwargs={"connect_timeout": 4, "read_timeout": 10, "retries": {"total_max_attempts": 1}},
        )
        self.files.retries = 2

    def put(self, path: Path, sha256: str) -> bool:
        target = self._path(sha256)
        try:
            content = path.read_bytes()
            if hashlib.sha256(content).hexdigest() != sha256:
                raise changed()
            if not self.fault(sha256, len(content)):
                return False
            self.files.pipe_file(target, content)
        except _TROUBLE as error:
            raise unwritten(_why(error)) from error
        return True

    def open(self, sha256: str) -> BinaryIO:
        """Fetched whole, so that a store that goes away is told here and not to whoever reads on."""
        try:
            return BytesIO(self.files.cat_file(self._path(sha256)))
        except FileNotFoundError:
            raise missing() from None
        except _TROUBLE as error:
            raise unread(_why(error)) from error

    def has(self, sha256: str) -> bool:
        try:
            return bool(self.files.info(self._path(sha256))["type"] == "file")
        except FileNotFoundError:
            return False
        except _TROUBLE as error:
            raise unread(_why(error)) from error

    def fault(self, sha256: str, size: int) -> str:
        path, digest = self._path(sha256), hashlib.sha256()
        try:
            if self.files.info(path)["size"] != size:
                return ALTERED
            for start in range(0, size, BLOCK):
                digest.update(self.files.cat_file(path, start=start, end=min(start + BLOCK, size)))
        except FileNotFoundError:
            return MISSING
        except _TROUBLE as error:
            return f"fichier illisible, {_why(error)}"
        return "" if digest.hexdigest() == sha256 else ALTERED

    @contextmanager
    def local(self, sha256: str) -> Iterator[Path]:
        with tempfile.NamedTemporaryFile(prefix=DRAFT) as file:
            file.write(self.open(sha256).read())
            file.flush()
            yield Path(file.name)

    def _path(self, sha256: str) -> str:
        return f"{self.root}/{checked(sha256)[:2]}/{sha256}"


def _why(error: Exception) -> str:
    if isinstance(error, NoCredentialsError | PartialCredentialsError):
        return "les identifiants AWS_ACCESS_KEY_ID et AWS_SECRET_ACCESS_KEY manquent"
    if isinstance(error, PermissionError):
        return causes.REFUSED
    if isinstance(error, FileNotFoundError):
        return "le seau nommé par IMPACT_EVIDENCE_URL n’existe pas"
    return causes.cause(error) or AWAY
