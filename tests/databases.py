"""Databases for tests: migrating, looking in, emptying.

Nothing here keeps a connection, because PostgreSQL copies no database that somebody uses.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic import command
from flask import Flask
from sqlalchemy import Connection, Engine, NullPool, create_engine, inspect, text

import app.models  # noqa: F401  (registers every table)
from app.extensions import db, migrate
from app.models.base import Base
from app.models.engine import install_sqlite_events

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def upgrade(url: str, revision: str = "head") -> None:
    with _migration_app(url).app_context():
        command.upgrade(migrate.get_config(), revision)


def downgrade(url: str, revision: str) -> None:
    with _migration_app(url).app_context():
        command.downgrade(migrate.get_config(), revision)


def check(url: str) -> None:
    """Raises when the models and the database differ."""
    with _migration_app(url).app_context():
        command.check(migrate.get_config())


def stamp(url: str, revision: str) -> None:
    with _migration_app(url).app_context():
        command.stamp(migrate.get_config(), revision)


@contextmanager
def opened(url: str) -> Iterator[Connection]:
    """One transaction on a database, committed at the end."""
    with engine_of(url).begin() as connection:
        yield connection


@cache
def engine_of(url: str) -> Engine:
    install_sqlite_events()
    return create_engine(url, poolclass=NullPool)


def empty(url: str) -> None:
    """Remove every row and start the ids anew; the schema stays."""
    names = [table.name for table in reversed(Base.metadata.sorted_tables)]
    with opened(url) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL lock_timeout = '5s'"))  # of a forgotten session
            connection.execute(text(f"TRUNCATE {', '.join(names)} RESTART IDENTITY CASCADE"))
            return
        guards = _append_only_guards(connection)
        for guard in guards:
            connection.execute(text(f"DROP TRIGGER {guard}"))
        for name in names:
            connection.execute(text(f"DELETE FROM {name}"))
        for statement in guards.values():
            connection.execute(text(statement))
        if inspect(connection).has_table("sqlite_sequence"):
            connection.execute(text("DELETE FROM sqlite_sequence"))


def _append_only_guards(connection: Connection) -> dict[str, str]:
    """SQLite's triggers that keep the audit trail as it is, and how to make them again."""
    found = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE type='trigger' AND name LIKE :like"),
        {"like": "%audit_is_append_only%"},
    )
    return {str(name): str(sql) for name, sql in found}


@cache
def _migration_app(url: str) -> Flask:
    """The least application that Flask-Migrate works with."""
    install_sqlite_events()
    application = Flask("migrations")
    application.config["SQLALCHEMY_DATABASE_URI"] = url
    application.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"poolclass": NullPool}
    db.init_app(application)
    migrate.init_app(application, db, directory=str(MIGRATIONS))
    return application
