"""Schema upgrades by Alembic. An upgrade that fails leaves the old schema and data as they were."""

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect

from impact.db import Database
from impact.settings import ROOT


def _config(db: Database) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "impact" / "migrations"))
    config.attributes["database"] = db
    return config


def upgrade(db: Database) -> None:
    """Bring the schema up to date, in one transaction; safe to repeat."""
    with db.write_lock:
        command.upgrade(_config(db), "head")


def is_installed(db: Database) -> bool:
    return inspect(db.reader).has_table("account")
