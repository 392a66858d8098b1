"""backup: the whole database, the stored files and the history key in one file, while people work."""

import os
import zipfile
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session

from impact import clock, migrations
from impact.causes import why
from impact.db import Database, current, reading
from impact.documents.store import store
from impact.errors import Refused
from impact.keys import signing_key
from impact.maintenance import archive, tables
from impact.maintenance.archive import Manifest
from impact.queries.evidence import VERSION
from impact.queries.meetings import DOCUMENT
from impact.services import history

HOLDERS = (VERSION, DOCUMENT)
"""Tables whose rows name files of the store."""


def backup(path: Path, db: Database | None = None) -> Manifest:
    """Write a backup that appears whole under its name, readable by its owner alone: it holds the history key.

    Refused where a file of that name exists, or the place cannot be written.
    """
    if path.exists():
        raise Refused(f"Le fichier « {path} » existe déjà : une sauvegarde n’en remplace pas une autre.")
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        manifest = _write(draft, db or current())
        os.link(draft, path)  # unlike a renaming, it fails where a file of that name came up meanwhile
        _sync(path.parent)
    except OSError as error:
        raise Refused(f"La sauvegarde « {path} » ne peut pas être écrite : {why(error)}.") from None
    finally:
        with suppress(OSError):  # where nothing can be written, nothing is left to clear away
            draft.unlink(missing_ok=True)
    return manifest


def _write(draft: Path, db: Database) -> Manifest:
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as raw:
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as file:
            with reading(db) as session:
                manifest = _begin(session, db)
                _add_tables(file, manifest, session.connection())
                held = _files(session)
            _add_pieces(file, manifest, held)  # they never change: the database is not held meanwhile
            archive.add(file, manifest, archive.KEY, [signing_key().hex()])
            archive.seal(file, manifest)
        raw.flush()
        os.fsync(raw.fileno())
    return manifest


def _begin(session: Session, db: Database) -> Manifest:
    """Everything is read in the session's one transaction: what is written meanwhile is not in the backup."""
    return Manifest(
        version=archive.product_version(),
        revision=migrations.revision(session.connection()),
        made_at=clock.real_now().isoformat(timespec="seconds"),
        engine="sqlite" if db.is_sqlite else "postgresql",
        heads=history.heads(session),
    )


def _add_tables(file: zipfile.ZipFile, manifest: Manifest, connection: sa.Connection) -> None:
    for table in tables.tables(connection):
        name = archive.member(table.name)
        manifest.columns[table.name] = list(table.columns.keys())
        manifest.rows[table.name] = archive.add(file, manifest, name, tables.lines(connection, table))


def _files(session: Session) -> dict[str, int]:
    """SHA-256 -> size of every file that some version of a piece, or a document of a meeting, holds."""
    held = sa.union(*(sa.select(table.c.sha256, table.c.size).where(table.c.sha256 != "") for table in HOLDERS))
    return {row.sha256: row.size for row in session.connection().execute(held.order_by("sha256"))}


def _add_pieces(file: zipfile.ZipFile, manifest: Manifest, held: dict[str, int]) -> None:
    """A file that is missing or altered is noted, not kept: what is left is saved all the same."""
    for sha256, size in held.items():
        if store().fault(sha256, size):
            manifest.lacking.append(sha256)
            continue
        with store().open(sha256) as stream:
            archive.add_piece(file, manifest, sha256, stream)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
