"""Runs migrations in one transaction, on SQLite as on PostgreSQL: all of it or nothing."""

import warnings
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text
from sqlalchemy.exc import SAWarning
from sqlalchemy.schema import SchemaItem

import app.models  # noqa: F401  (registers every table)
from app.models import guards, search_index

GUARDS_SINCE = "009_overlap_guards"
SEARCH_SINCE = "015_search"
LOCK = 2_074_010_001  # any number that nobody else locks
TIMEOUTS_OF_REQUESTS = (  # a migration may take longer than a request
    "statement_timeout",
    "lock_timeout",
    "idle_in_transaction_session_timeout",
)
NOT_IN_MODELS = {  # the models cannot say these, they exist on PostgreSQL only
    "idx_users_full_name_gin",
    "idx_instructor_profiles_bio_gin",
    guards.PER_INSTRUCTOR,
    guards.PER_STUDENT,
}


def include_object(
    _item: SchemaItem,
    name: str | None,
    kind: str,
    reflected: bool,
    _compared_to: Any,
) -> bool:
    """Whether autogenerate and ``flask db check`` look at this."""
    if kind == "table" and reflected and str(name).startswith(search_index.NAME):
        return False  # with the tables that SQLite keeps behind it
    return not (kind == "index" and reflected and name in NOT_IN_MODELS)


def moves() -> bool:
    """Whether revisions are to run; other commands, and an upgrade at head, only look."""
    try:
        wanted = context.get_revision_argument()
    except KeyError:
        return False
    return wanted not in context.get_context().get_current_heads()


def keep_triggers(connection: Connection) -> None:
    """Batch migrations on SQLite recreate tables and lose their triggers without a word."""
    heads = context.get_context().get_current_heads()
    applied = {revision.revision for revision in context.script.iterate_revisions(heads, "base")}
    if connection.dialect.name != "sqlite":
        return
    if GUARDS_SINCE in applied:
        guards.install(connection)
    if SEARCH_SINCE in applied:
        search_index.put_back_triggers(connection)


def migrate(connection: Connection) -> None:
    """Run what was asked for, alone: a second starter waits and then finds nothing to do."""
    extension = current_app.extensions["migrate"]
    context.configure(
        connection=connection,
        target_metadata=extension.db.metadata,
        include_object=include_object,
        transactional_ddl=True,
        **{**extension.configure_args, "render_as_batch": True},
    )
    with context.begin_transaction():
        is_moving = moves()
        if connection.dialect.name == "postgresql":
            for limit in TIMEOUTS_OF_REQUESTS:
                connection.execute(text(f"SET LOCAL {limit} = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        elif is_moving:
            search_index.take_away_triggers(connection)
        context.run_migrations()
        if is_moving:
            keep_triggers(connection)


def run() -> None:
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection:
        if connection.dialect.name != "sqlite":
            migrate(connection)
            return
        # Recreating a table drops the old one, which must not cascade to its children.
        # Inside a transaction the pragma does nothing, so it goes past SQLAlchemy.
        driver = connection.connection.dbapi_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            migrate(connection)
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


if context.is_offline_mode():
    raise SystemExit("Migrations look at the data, so they need a database; there is no --sql.")

with warnings.catch_warnings():
    # SQLite cannot reflect lower(skill); no migration recreates that table.
    warnings.filterwarnings("ignore", "Skipped unsupported reflection", SAWarning)
    warnings.filterwarnings("ignore", "autogenerate skipping metadata-specified expression")
    run()
