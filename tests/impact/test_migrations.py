"""Every table has a migration, and an upgrade that fails leaves everything as it was."""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from impact import migrations
from impact.db import Database, reading
from impact.models import Account, Table
from tests.cast import CLAIRE

BROKEN = """
import sqlalchemy as sa
from alembic import op

revision = "broken"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("half_way", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("UPDATE account SET name = 'perdu'")
    op.execute("SELECT no_such_column FROM account")
"""

WIDENING = """
import sqlalchemy as sa
from alembic import op

revision = "widening"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("region") as batch:
        batch.alter_column("name", type_=sa.String(200))
"""


def head(db: Database) -> str:
    return str(ScriptDirectory.from_config(migrations._config(db)).get_current_head())


def version(db: Database) -> str:
    with db.reader.connect() as connection:
        return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())


def add_revision(db: Database, text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next upgrade find one more revision, outside the product's folder."""
    folder.mkdir()
    (folder / "later.py").write_text(text.format(head=head(db)))
    original = migrations._config

    def extended(db: Database) -> Config:
        config = original(db)
        versions = Path(migrations.__file__).parent / "versions"
        config.set_main_option("path_separator", "newline")
        config.set_main_option("version_locations", f"{versions}\n{folder}")
        return config

    monkeypatch.setattr(migrations, "_config", extended)


def test_every_table_and_column_has_a_migration(db: Database) -> None:
    with db.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []


def test_every_check_has_a_migration(db: Database) -> None:
    """Alembic does not compare checks: a new member of a closed list needs a migration that nobody would miss."""
    found = sa.inspect(db.writer)
    for name, table in Table.metadata.tables.items():
        migrated = {check["name"]: check["sqltext"] for check in found.get_check_constraints(name)}
        declared = {
            str(check.name): str(check.sqltext) for check in table.constraints if isinstance(check, sa.CheckConstraint)
        }
        assert migrated.keys() == declared.keys(), name
        if db.is_sqlite:
            assert migrated == declared, name
        else:
            assert {key: quoted(text) for key, text in migrated.items()} == {
                key: quoted(text) for key, text in declared.items()
            }, name


def quoted(condition: str) -> list[str]:
    """The words in quotes of a condition: PostgreSQL rewrites everything else of it."""
    return sorted(re.findall(r"'([^']*)'", condition))


def test_every_constraint_and_index_has_a_name(db: Database) -> None:
    for table in Table.metadata.tables.values():
        assert all(constraint.name for constraint in table.constraints), table.name
        assert all(index.name for index in table.indexes), table.name


def test_there_is_one_line_of_revisions(db: Database) -> None:
    scripts = ScriptDirectory.from_config(migrations._config(db))
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1


def test_an_upgrade_installs_the_schema_and_can_be_repeated(blank_db: Database) -> None:
    assert not migrations.is_installed(blank_db)
    assert not migrations.is_current(blank_db)
    migrations.upgrade(blank_db, "0001")
    assert not migrations.is_current(blank_db)
    migrations.upgrade(blank_db)
    assert migrations.is_installed(blank_db)
    assert migrations.is_current(blank_db)
    assert version(blank_db) == head(blank_db)
    migrations.upgrade(blank_db)
    assert version(blank_db) == head(blank_db)


def test_an_upgrade_that_fails_leaves_schema_and_data_as_they_were(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = version(db)
    with monkeypatch.context() as patched:
        add_revision(db, BROKEN, tmp_path / "broken", patched)
        with pytest.raises(sa.exc.DBAPIError):
            migrations.upgrade(db)
    assert version(db) == before
    assert not sa.inspect(db.reader).has_table("half_way")
    with reading() as session:
        assert session.get_one(Account, CLAIRE.id).name == CLAIRE.name
    migrations.upgrade(db)  # and the database is not stuck


def test_rebuilding_a_table_keeps_the_rows_that_refer_to_it(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def regions_and_mobilisations() -> tuple[object, object]:
        with db.reader.connect() as connection:
            return (
                connection.exec_driver_sql("SELECT count(*) FROM region").scalar(),
                connection.exec_driver_sql("SELECT count(*) FROM mobilisation").scalar(),
            )

    before = regions_and_mobilisations()
    add_revision(db, WIDENING, tmp_path / "widening", monkeypatch)
    migrations.upgrade(db)
    assert version(db) == "widening"
    assert regions_and_mobilisations() == before
    with db.writer.connect() as connection, pytest.raises(sa.exc.IntegrityError):
        connection.exec_driver_sql("DELETE FROM region WHERE code = '73'")  # references are enforced again


def test_a_step_back_is_not_offered(db: Database) -> None:
    """The way back is the copy taken before the upgrade: no revision pretends to undo itself."""
    with pytest.raises(AttributeError):
        command.downgrade(migrations._config(db), "base")
