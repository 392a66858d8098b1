"""Schema upgrades by Alembic. An upgrade that fails leaves the old schema and data as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from impact.db import Database
from impact.settings import ROOT

if TYPE_CHECKING:  # Alembic takes as long to import as a short command to run
    from alembic.config import Config


def _config(db: Database | None = None) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(ROOT / "impact" / "migrations"))
    config.attributes["database"] = db
    return config


def upgrade(db: Database, to: str = "head") -> None:
    """Bring the schema up to a revision, in one transaction; safe to repeat."""
    from alembic import command

    with db.write_lock:
        command.upgrade(_config(db), to)


def is_current(db: Database) -> bool:
    """Whether there is nothing to upgrade, told without Alembic: revisions are numbered, and so are their files."""
    latest = max(path.name for path in (ROOT / "impact" / "migrations" / "versions").glob("[0-9]*.py"))
    with db.reader.connect() as connection:
        stamped = sa.inspect(connection).has_table("alembic_version")
        return stamped and latest.startswith(f"{revision(connection)}_")


def is_installed(db: Database) -> bool:
    return sa.inspect(db.reader).has_table("account")


def revision(connection: sa.Connection) -> str:
    """The revision of an installed schema."""
    return str(connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one())


def revisions() -> list[str]:
    """Every revision that this version of the product knows, the latest first."""
    from alembic.script import ScriptDirectory

    return [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()]
