"""A signed-in person goes on reading while the database takes no writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from app.extensions import db
from app.infra.clock import StoppedClock
from config import Settings
from tests import databases
from tests.applications import another_app
from tests.clients import log_in
from tests.factories import Make


@contextmanager
def written_elsewhere(url: str) -> Iterator[None]:
    """Somebody else holds what recording a visit needs."""
    engine = databases.engine_of(url)
    with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("LOCK TABLE user_sessions IN EXCLUSIVE MODE"))
        else:
            connection.execute(text("SELECT 1"))
        yield
        connection.rollback()


def be_impatient(connection: Any, _record: object) -> None:
    if hasattr(connection, "create_function"):
        connection.execute("PRAGMA busy_timeout=50")
    else:
        connection.execute("SET lock_timeout = 50")
        connection.commit()


@pytest.mark.parametrize("minutes", [0, 2])
def test_a_visit_that_cannot_be_recorded_is_still_answered(
    settings: Settings, make: Make, clock: StoppedClock, minutes: int
) -> None:
    person = make.student(full_name="Zoe Ray")
    with another_app(settings, clock) as app:
        with app.app_context():
            event.listen(db.engine, "connect", be_impatient)
        client = log_in(app.test_client(), person)
        clock.advance(timedelta(minutes=minutes))

        with written_elsewhere(settings.database_url):
            pages = [client.get(path) for path in ("/", "/lessons")]

    assert [page.status_code for page in pages] == [200, 200]
    assert all("Zoe" in page.text for page in pages)
