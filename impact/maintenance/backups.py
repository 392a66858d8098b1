"""backup: the whole database and the history key in one file, while people work."""

import os
import zipfile
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session

from impact import clock, migrations
from impact.causes import why
from impact.db import Database, current, reading
from impact.errors import Refused
from impact.keys import signing_key
from impact.maintenance import archive, tables
from impact.maintenance.archive import Manifest
from impact.services import history


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
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as file, reading(db) as session:
            manifest = _begin(session, db)
            _add_tables(file, manifest, session.connection())
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


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
