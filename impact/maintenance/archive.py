"""The file of a backup: a zip of one member per table and per file of evidence, the history key, and a manifest that
vouches for them.
"""

import hashlib
import io
import json
import shutil
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import IO, Any, BinaryIO

from impact.errors import Refused
from impact.settings import ROOT

FORMAT = 2
"""1 had no pieces of evidence."""
MANIFEST, KEY = "manifest.json", "history.key"
_CHUNK = 1 << 20


@dataclass(slots=True)
class Manifest:
    """revision: of the schema. rows, columns: by table. sha256: by member. heads: last number and hash by chain.

    pieces: SHA-256 of the files of evidence. lacking: of those that were missing or altered when it was made.
    """

    version: str
    revision: str
    made_at: str
    engine: str
    heads: dict[str, tuple[int, str]]
    rows: dict[str, int] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    sha256: dict[str, str] = field(default_factory=dict)
    pieces: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    format: int = FORMAT


def product_version() -> str:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def member(table: str) -> str:
    return f"tables/{table}.jsonl"


def piece(sha256: str) -> str:
    return f"pieces/{sha256}"


def add(file: zipfile.ZipFile, manifest: Manifest, name: str, lines: Iterable[str]) -> int:
    """Write a member line by line, noting its SHA-256; how many lines it has."""
    digest, count = hashlib.sha256(), 0
    with file.open(name, "w", force_zip64=True) as stream:
        for line in lines:
            block = f"{line}\n".encode()
            digest.update(block)
            stream.write(block)
            count += 1
    manifest.sha256[name] = digest.hexdigest()
    return count


def add_piece(file: zipfile.ZipFile, manifest: Manifest, sha256: str, stream: BinaryIO) -> None:
    """Copy a file of evidence as it is: most kinds are compressed already."""
    name = piece(sha256)
    with file.open(zipfile.ZipInfo(name), "w", force_zip64=True) as target:
        shutil.copyfileobj(stream, target, _CHUNK)
    manifest.sha256[name] = sha256
    manifest.pieces.append(sha256)


def seal(file: zipfile.ZipFile, manifest: Manifest) -> None:
    """Write the manifest, last."""
    file.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))


def opened(file: zipfile.ZipFile) -> Manifest:
    """The manifest of an archive whose members are all there, no other, and none altered; Refused otherwise."""
    try:
        told = json.loads(file.read(MANIFEST))
        manifest = Manifest(**told)
    except (KeyError, TypeError, ValueError, RecursionError):
        raise Refused("Ce fichier n’est pas une sauvegarde de ce produit.") from None
    if manifest.format > FORMAT:
        raise Refused("Cette sauvegarde vient d’une version plus récente du produit.")
    expected = {MANIFEST, KEY, *map(member, manifest.rows), *map(piece, manifest.pieces)}
    altered = sorted(expected ^ set(file.namelist()))
    altered += [
        name for name, digest in manifest.sha256.items() if name not in altered and _sha256(file, name) != digest
    ]
    if altered or set(manifest.sha256) != expected - {MANIFEST}:
        raise Refused(f"La sauvegarde a été altérée : {', '.join(altered) or MANIFEST}. Rien n’est restauré.")
    return manifest


def _sha256(file: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with file.open(name) as stream:
        while block := stream.read(_CHUNK):
            digest.update(block)
    return digest.hexdigest()


def lines(file: zipfile.ZipFile, name: str) -> Iterator[str]:
    """The lines of a member. Text breaks at \\n alone: JSON escapes it, but not the other line ends of Unicode."""
    raw: IO[bytes]
    with file.open(name) as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="\n") as text:
        yield from text
