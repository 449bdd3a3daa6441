"""What every test may ask for: databases of both kinds, the application, a stopped clock."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.extensions import db
from app.infra.cache_backends import NullBackend
from app.infra.clock import StoppedClock
from app.services.caching import Caching
from app.services.factory import Runtime
from config import Settings
from tests import databases, servers
from tests.factories import Make

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)  # a Tuesday, 7 in the morning in New York
KINDS = ("sqlite", "postgresql")


def _do_without(fault: servers.ServerMissing) -> NoReturn:
    """A laptop may lack a server; the build may not."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"MISSING {fault}", pytrace=False)
    pytest.skip(f"MISSING {fault}")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a server on which databases may be made."""
    try:
        with servers.postgresql_server() as url:
            yield url
    except servers.ServerMissing as fault:
        _do_without(fault)


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    try:
        with servers.redis_server() as url:
            yield url
    except servers.ServerMissing as fault:
        _do_without(fault)


@pytest.fixture(scope="session", params=KINDS)
def database_kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def new_database(
    database_kind: str,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[], str]]:
    """Makes a database without tables and says where it is."""
    if database_kind == "sqlite":
        yield lambda: f"sqlite:///{tmp_path_factory.mktemp('database')}/test.db"
        return
    server = request.getfixturevalue("postgresql_server")
    made: list[str] = []

    def make() -> str:
        made.append(f"test_{uuid4().hex[:12]}")
        return servers.create_database(server, made[-1])

    yield make
    for name in made:
        servers.drop_database(server, name)


@pytest.fixture(scope="session")
def migrated_database(new_database: Callable[[], str]) -> str:
    """A migrated database that stays empty, to be copied."""
    url = new_database()
    databases.upgrade(url)
    return url


@pytest.fixture(scope="session")
def copied_database(
    database_kind: str, migrated_database: str, request: pytest.FixtureRequest
) -> Callable[[Path], str]:
    """Copies the migrated database, cheaper than migrating again; SQLite's goes to the path."""
    if database_kind == "sqlite":
        source = migrated_database.removeprefix("sqlite:///")
        return lambda target: f"sqlite:///{shutil.copy(source, target)}"
    server = request.getfixturevalue("postgresql_server")
    template = migrated_database.partition("?")[0].rpartition("/")[2]
    return lambda target: servers.create_database(server, target.stem, template=template)


@pytest.fixture(scope="session")
def database_url(
    copied_database: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The migrated database that tests share; it is emptied after each of them."""
    return copied_database(tmp_path_factory.mktemp("shared") / f"shared_{uuid4().hex[:8]}.db")


@pytest.fixture(autouse=True)
def _emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Leave the shared database without rows."""
    if "database_url" not in request.fixturenames:
        yield
        return
    url = request.getfixturevalue("database_url")
    yield
    databases.empty(url)


@pytest.fixture(scope="session")
def _clock() -> StoppedClock:
    return StoppedClock(NOW)


@pytest.fixture
def clock(_clock: StoppedClock) -> Iterator[StoppedClock]:
    """The application's clock. It stands at NOW when a test begins."""
    _clock.move_to(NOW)
    yield _clock
    _clock.move_to(NOW)


@pytest.fixture(scope="session")
def settings(database_url: str) -> Settings:
    return Settings(
        environment="testing",
        secret_key="a key for tests, long enough for every rule",
        database_url=database_url,
        bcrypt_rounds=4,
        rate_limit_enabled=False,
    )


@pytest.fixture(scope="session")
def app(settings: Settings, _clock: StoppedClock) -> Iterator[Flask]:
    """The whole application over the shared database, one per kind of database."""
    nothing_kept = Caching.over(NullBackend(), _clock)  # rows are also written past the services
    runtime = Runtime.from_settings(settings, clock=_clock, caching=nothing_kept)
    made = create_app(settings, runtime)
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def make(app: Flask, clock: StoppedClock) -> Make:
    """Writes rows."""
    return Make(app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
