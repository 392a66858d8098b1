"""restore: a backup into an empty place, whole or not at all."""

import shutil
import tempfile
import zipfile
import zlib
from pathlib import Path

import sqlalchemy as sa

from impact import causes, keys, migrations, reference
from impact.db import Database, current, transaction
from impact.documents.store import DRAFT, incoming, store, unwritten
from impact.errors import Refused
from impact.maintenance import archive, tables
from impact.maintenance.archive import Manifest
from impact.maintenance.checks import check
from impact.services import offers, readings, rollup
from impact.settings import Settings

LIVED_IN = ("account", "entry", "history")
"""Where one of these has a row, somebody works there."""


def restore(path: Path, db: Database | None = None) -> tuple[Manifest, list[str]]:
    """Restore a backup, then upgrade its schema; its manifest, and what `check` finds in it.

    Refused when the file is no sound backup of this or an older version, or when the place is not empty.
    """
    db = db or current()
    try:
        with zipfile.ZipFile(path) as file:
            manifest = archive.opened(file)
            _prepare(manifest, db)
            _load(file, manifest, db)
    except FileNotFoundError:
        raise Refused(f"Le fichier « {path} » n’existe pas.") from None
    except (OSError, zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError):
        raise Refused(f"Le fichier « {path} » n’est pas une sauvegarde lisible. Rien n’est restauré.") from None
    migrations.upgrade(db)
    with transaction(db) as session:
        if manifest.revision != migrations.revisions()[0]:
            reference.load(session)  # what the backup had no tables for is in data/
            readings.settle(session)
        rollup.rebuild(session)
        offers.erase_due(session)  # people were promised twelve months, whatever a backup remembers
    return manifest, check(db)


def _prepare(manifest: Manifest, db: Database) -> None:
    """A schema of the backup's revision."""
    if manifest.revision not in migrations.revisions():
        raise Refused("Cette sauvegarde vient d’une version plus récente du produit : mettez-le à niveau d’abord.")
    if (path := Settings.from_env().sqlite_path) and db.is_sqlite:
        path.parent.mkdir(parents=True, exist_ok=True)
    if not migrations.is_installed(db):
        migrations.upgrade(db, manifest.revision)


def _load(file: zipfile.ZipFile, manifest: Manifest, db: Database) -> None:
    """Replace what `init` loads by what the backup holds, and the key, in one transaction."""
    with transaction(db) as session:
        connection = session.connection()
        known = tables.tables(connection)
        _refuse_lived_in(connection, known)
        if migrations.revision(connection) != manifest.revision:
            raise Refused("La base a un schéma plus récent que la sauvegarde : restaurez dans une base sans tables.")
        tables.forget_derived(connection)
        tables.empty(connection, known)
        for table in known:
            columns, expected = manifest.columns.get(table.name, []), manifest.rows.get(table.name)
            count = tables.fill(connection, table, columns, archive.lines(file, archive.member(table.name)))
            if count != expected:
                raise Refused(f"La sauvegarde a été altérée : « {table.name} » n’a pas le nombre de lignes annoncé.")
            tables.count_from_last(connection, table)
        _store_pieces(file, manifest)
        tables.forget_derived(connection)  # the backup says that it was made; here it is not yet
        keys.install(bytes.fromhex(file.read(archive.KEY).decode().strip()))


def _store_pieces(file: zipfile.ZipFile, manifest: Manifest) -> None:
    """Files of evidence, in the store before the rows that name them are committed."""
    for sha256 in manifest.pieces:
        with tempfile.NamedTemporaryFile(prefix=DRAFT, dir=incoming()) as draft:
            try:
                with file.open(archive.piece(sha256)) as stream:
                    shutil.copyfileobj(stream, draft)
                draft.flush()
            except OSError as error:  # a full disk: the backup is not at fault
                raise unwritten(causes.why(error)) from error
            store().put(Path(draft.name), sha256)


def _refuse_lived_in(connection: sa.Connection, known: list[sa.Table]) -> None:
    for table in known:
        if table.name in LIVED_IN and connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
            raise Refused(
                "Le lieu n’est pas vide : il contient des comptes ou des chiffres. "
                "Désignez une base vide par IMPACT_DATABASE_URL."
            )
