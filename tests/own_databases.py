"""Applications of their own for the long forms, one on each kind of database."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from app import create_app
from app.extensions import db
from app.infra.clock import StoppedClock
from app.services.factory import Runtime
from config import Settings
from tests import databases, servers

KINDS = ("sqlite", "postgresql")


@contextmanager
def database_of(kind: str) -> Iterator[str]:
    """A migrated, empty database that goes away. Raises ServerMissing."""
    if kind == "sqlite":
        memory = Path("/dev/shm")
        parent = memory if memory.is_dir() else None
        with tempfile.TemporaryDirectory(prefix="own-", dir=parent) as folder:
            url = f"sqlite:///{Path(folder) / 'own.db'}"
            databases.upgrade(url)
            yield url
        return
    with servers.postgresql_server() as server:
        url = servers.create_database(server, "own")
        databases.upgrade(url)
        yield url


@contextmanager
def application(url: str, clock: StoppedClock) -> Iterator[Flask]:
    """With cheap passwords and no limits."""
    settings = Settings(
        environment="testing",
        secret_key="a key for tests, long enough for every rule",
        database_url=url,
        bcrypt_rounds=4,
        rate_limit_enabled=False,
        access_token_minutes=24 * 60,
    )
    made = create_app(settings, Runtime.from_settings(settings, clock=clock))
    yield made
    with made.app_context():
        db.engine.dispose()
