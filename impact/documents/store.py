"""Where files of evidence are kept, each once, under the SHA-256 of its bytes."""

import os
import re
import tempfile
from contextlib import AbstractContextManager
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Protocol

from impact.errors import ImpactError, NotFound
from impact.settings import Settings

BLOCK = 1024 * 1024
MISSING = "fichier absent"
ALTERED = "fichier altéré"
DRAFT = "impact-recu-"
"""How the name of a file begins that is not stored yet; an old one is what a killed server left."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Store(Protocol):
    """A folder, or a bucket. What the machine lacks is told as an ImpactError, in French."""

    def put(self, path: Path, sha256: str) -> bool:
        """Keep a file that hashes to sha256; False when it was there already, sound.

        When it returns, the bytes survive a power cut. An object of that name that is damaged is replaced.
        """

    def open(self, sha256: str) -> BinaryIO:
        """NotFound when it is missing; the caller closes it."""

    def has(self, sha256: str) -> bool:
        """Whether there is something of that name; only `fault` says whether it is sound."""

    def fault(self, sha256: str, size: int) -> str:
        """'' when what is stored hashes to sha256 and has that size; else what is wrong, as words after a colon."""

    def local(self, sha256: str) -> AbstractContextManager[Path]:
        """A path to read the file at for a while, as previews do; it must not be written to. NotFound when missing."""


def store() -> Store:
    """The one that the settings name."""
    url = Settings.from_env().evidence_url
    return _remote(url, os.environ.get("AWS_ENDPOINT_URL", "")) if url.startswith("s3://") else _local(url)


def incoming() -> Path:
    """Where a file waits until it is known what it is: beside the store's folder, or among temporary files."""
    url = Settings.from_env().evidence_url
    if url.startswith("s3://"):
        return Path(tempfile.gettempdir())
    folder = Path(url) / "incoming"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def checked(sha256: str) -> str:
    """A name that leads nowhere else; NotFound for any other text."""
    if not _SHA256.fullmatch(sha256):
        raise NotFound("Ce fichier n’existe pas.")
    return sha256


def missing() -> NotFound:
    return NotFound("Ce fichier manque à l’endroit où les pièces sont rangées : prévenez l’administrateur.")


def unwritten(why: str) -> ImpactError:
    return ImpactError(f"Le fichier n’a pas pu être rangé, rien n’a été enregistré : {why}.")


def unread(why: str) -> ImpactError:
    return ImpactError(f"Le fichier n’a pas pu être lu : {why}.")


def changed() -> ImpactError:
    return unwritten("il a changé pendant qu’on le recevait")


@lru_cache(maxsize=4)
def _local(folder: str) -> Store:
    from impact.documents.local_store import LocalStore

    return LocalStore(Path(folder))


@lru_cache(maxsize=4)
def _remote(url: str, endpoint: str) -> Store:
    """Made once for an address and an endpoint: it holds connections. Its libraries are imported here alone."""
    from impact.documents.remote_store import RemoteStore

    return RemoteStore(url)
