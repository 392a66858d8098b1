"""check: does the database still say what was entered? One sentence per fault."""

from collections.abc import Iterator
from itertools import chain, islice

import sqlalchemy as sa
from sqlmodel import Session

from impact import migrations
from impact.db import Database, current, reading
from impact.maintenance.replay import followed, replayed
from impact.maintenance.rollups import outdated
from impact.queries.history import broken_chains

MOST_FAULTS = 50


def check(db: Database | None = None) -> list[str]:
    """Sentences, empty when all is well; the first of the list stop the rest where nothing can be read any more."""
    db = db or current()
    try:
        with reading(db) as session:
            return _all_faults(session, db)
    except sa.exc.DatabaseError as error:
        return [f"La base est illisible : {error.orig}."]


def _all_faults(session: Session, db: Database) -> list[str]:
    connection = session.connection()
    if db.is_sqlite and (faults := list(_damage(connection))):
        return faults[:MOST_FAULTS]
    if migrations.revision(connection) != migrations.revisions()[0]:
        return ["Le schéma n’est pas à jour : lancez « python -m impact init »."]
    kept_ready = followed("Ce qui est tenu prêt", outdated(session))
    faults = list(islice(chain(broken_chains(session), replayed(session), kept_ready), MOST_FAULTS + 1))
    return faults if len(faults) <= MOST_FAULTS else [*faults[:MOST_FAULTS], "D’autres défauts suivent."]


def _damage(connection: sa.Connection) -> Iterator[str]:
    """Pages, indexes, constraints and references of an SQLite file. PostgreSQL checks its own at every write."""
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if said != "ok":
            yield f"Le fichier de la base est abîmé : {said}."
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"Table « {table} », ligne {row} : elle renvoie à une ligne de « {parent} » qui n’existe pas."
