"""Alembic's entry point: one transaction for the whole upgrade, foreign keys off while tables are rebuilt."""

from alembic import context

from impact.db import Database
from impact.models import Table

db: Database = context.config.attributes["database"]
with db.writer.connect() as connection:
    raw = connection.connection.dbapi_connection
    assert raw is not None
    if db.is_sqlite:
        raw.execute("PRAGMA foreign_keys=OFF")  # only takes outside a transaction: before the first statement
    try:
        context.configure(
            connection=connection,
            target_metadata=Table.metadata,
            render_as_batch=True,
            transactional_ddl=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
            if db.is_sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()):
                raise RuntimeError(f"upgrade would break references: {broken[:5]}")
        connection.commit()
    finally:
        connection.rollback()
        if db.is_sqlite:
            raw.execute("PRAGMA foreign_keys=ON")
