"""Two applications over one database, each with a cache: what tests of the cache share."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import redis
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from app.extensions import db
from app.infra.clock import StoppedClock
from config import Settings
from tests.applications import another_app
from tests.clients import bearer
from tests.factories import TUESDAY, WEDNESDAY, Make, Person, Teacher

UNCOUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
DAYS = [WEDNESDAY + timedelta(days=n) for n in range(5)]


@contextmanager
def two_apps(
    settings: Settings, clock: StoppedClock, redis_url: str | None
) -> Iterator[list[Flask]]:
    """As two processes of one site are; what an earlier test left in Redis is gone."""
    if redis_url:
        with redis.from_url(redis_url) as server:
            server.flushdb()
    with ExitStack() as stack:
        yield [
            stack.enter_context(another_app(settings, clock, redis_url=redis_url)) for _ in range(2)
        ]


@contextmanager
def before_each_statement(app: Flask, do: Callable[[str], None]) -> Iterator[None]:
    """Calls back before everything that an application asks its database."""
    with app.app_context():
        engine = db.engine

    def called(_c: Any, _u: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().upper().startswith(UNCOUNTED):
            do(statement)

    event.listen(engine, "before_cursor_execute", called)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", called)


def statements(app: Flask, path: str) -> tuple[int, TestResponse]:
    """How many statements a public answer costs, and the answer."""
    seen: list[str] = []
    with before_each_statement(app, seen.append):
        answer = app.test_client().get(path)
    assert answer.status_code == 200, answer.text
    return len(seen), answer


def figures(app: Flask) -> Any:
    return app.extensions["runtime"].caching.cache.statistics()


@dataclass
class Studio:
    """An instructor with open days, a student, and what they do through one application."""

    teacher: Teacher
    student: Person

    @classmethod
    def opened(cls, make: Make) -> "Studio":
        teacher = make.instructor(durations="60")
        make.open_days(teacher, DAYS, "09:00-17:00")
        return cls(teacher, make.student())

    def path(self, tail: str) -> str:
        tail = tail.format(service=self.teacher.service_id)
        return f"/api/public/instructors/{self.teacher.id}/{tail}"

    @property
    def questions(self) -> list[str]:
        return [
            self.path(f"availability?start_date={WEDNESDAY}"),
            self.path(f"availability?start_date={WEDNESDAY}&end_date={DAYS[2]}"),
            self.path("next-available"),
            self.path(f"starts?service_id={{service}}&start_date={WEDNESDAY}"),
        ]

    def book(
        self, client: FlaskClient, day: date, hour: int, headers: dict[str, str] | None = None
    ) -> TestResponse:
        headers = headers or bearer(client, self.student)
        wish = {
            "instructor_id": self.teacher.id,
            "service_id": self.teacher.service_id,
            "booking_date": f"{day}",
            "start_time": f"{hour:02}:00",
        }
        return client.post("/api/bookings/", json=wish, headers=headers)

    def cancel(self, client: FlaskClient, booking_id: int) -> TestResponse:
        path = f"/api/bookings/{booking_id}/cancel"
        sent = {"reason": "Another day is better."}
        return client.post(path, json=sent, headers=bearer(client, self.student))

    def open_hours(self, client: FlaskClient, *hours: int) -> TestResponse:
        """The same hours on all days, instead of what was open before."""
        windows = [
            {"date": f"{day}", "start_time": f"{hour:02}:00", "end_time": f"{hour + 1:02}:00"}
            for day in DAYS
            for hour in hours
        ]
        sent = {"week_start": f"{TUESDAY - timedelta(days=1)}", "schedule": windows}
        headers = bearer(client, self.teacher)
        return client.post("/api/instructors/availability-windows/week", json=sent, headers=headers)

    def change_profile(self, client: FlaskClient, **values: object) -> TestResponse:
        headers = bearer(client, self.teacher)
        return client.put("/api/instructors/profile", json=values, headers=headers)

    def rename(self, client: FlaskClient, name: str) -> TestResponse:
        headers = bearer(client, self.teacher)
        return client.patch("/api/auth/me", json={"full_name": name}, headers=headers)


def assert_true(apps: list[Flask], truth: FlaskClient, studio: Studio) -> None:
    """Both applications say, also the second time, what one without any cache says."""
    for path in studio.questions:
        wanted = truth.get(path)
        for app in (*apps, apps[0]):
            told = app.test_client().get(path)
            assert told.status_code == wanted.status_code, path
            if told.status_code == 200:
                assert told.data == wanted.data, path
            assert told.headers.get("ETag") == wanted.headers.get("ETag")
