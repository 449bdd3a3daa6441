"""Requests generated from the OpenAPI document, valid and not, sent as every kind of person.

``python -m tests.fuzz --requests 10000`` is the long form; it makes its own databases.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup

from app import create_app
from app.domain.vocabulary import Role
from app.infra.clock import StoppedClock
from app.services.factory import Runtime
from config import Settings
from tests import databases, servers
from tests.clients import bearer
from tests.conftest import NOW
from tests.factories import TUESDAY, WEDNESDAY, Make, Person, at

ROLES = ("anonymous", "student", "instructor", "support", "admin")
ENDS_ITSELF = ("delete", "sign_out", "logout", "change_password")
"""Operations after which the token sent is dead: each gets a fresh one."""


CONFIG = {
    "checks": {
        "positive_data_acceptance": {
            "expected-statuses": ["2xx", "3xx", 401, 403, 404, 409, 422, 429, 503]
        }
    }
}
"""Rules that no schema can say (a day that has passed, a length not offered) answer 422 too."""


@dataclass
class Found:
    """What a run met."""

    requests: int = 0
    failures: list[str] = field(default_factory=list)


def fuzz(app: Flask, make: Make, role: str, *, examples: int, start: int = 0) -> Found:
    """So many generated requests per operation, half of them wrong on purpose."""
    schema = schemathesis.openapi.from_wsgi(
        "/api/openapi.json", app, config=SchemathesisConfig.from_dict(CONFIG)
    )
    found = Found()
    person = _person(make, role)
    _world(make, person if role == "student" else make.student())
    client = app.test_client()
    for result in schema.get_all_operations():
        operation = result.ok()
        _send(operation, client, person, found, examples=examples, start=start)
    return found


def _send(
    operation: Any, client: Any, person: Person | None, found: Found, *, examples: int, start: int
) -> None:
    def token() -> dict[str, str]:
        return bearer(client, person) if person is not None else {}

    known = token()
    is_last = any(word in str(operation.path).replace("-", "_") for word in ENDS_ITSELF)

    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        try:
            strategy = operation.as_strategy(generation_mode=mode)
        except Exception as fault:
            if "negat" in str(fault).lower():
                continue
            raise

        @seed(start)
        @settings(
            max_examples=examples,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],
        )
        @given(case=strategy)
        def one(case: Any) -> None:
            found.requests += 1
            try:
                case.call_and_validate(headers=token() if is_last else known)
            except FailureGroup as group:
                found.failures.append(f"{operation.label}: {group}"[:3000])

        try:
            one()
        except Exception as fault:
            if type(fault).__name__ != "Unsatisfiable":
                raise


def _person(make: Make, role: str) -> Person | None:
    if role == "anonymous":
        return None
    if role == "instructor":
        return make.instructor()
    return make.user(Role(role))


def _world(make: Make, student: Person) -> None:
    """Something for ids to hit: an instructor with hours, days off and lessons."""
    teacher = make.instructor(durations="30,60")
    make.open_days(teacher, [TUESDAY, WEDNESDAY], "09:00-17:00")
    make.booking(student, teacher, at(WEDNESDAY, "10:00"))


def _databases() -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        yield "sqlite", f"sqlite:///{Path(folder) / 'fuzz.db'}"
    with servers.postgresql_server() as server:
        yield "postgresql", servers.create_database(server, "fuzz")


def main() -> int:
    """Until so many requests were sent to each database. Returns the exit status."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--requests", type=int, default=10_000)
    asked = wanted.parse_args()
    failures = 0
    for kind, url in _databases():
        databases.upgrade(url)
        settings_ = Settings(
            environment="testing",
            secret_key="a key for fuzzing, long enough for every rule",
            database_url=url,
            bcrypt_rounds=4,
            rate_limit_enabled=False,
        )
        app = create_app(settings_, Runtime.from_settings(settings_, clock=StoppedClock(NOW)))
        make = Make(app)
        sent, round_, seen = 0, 0, set()
        while sent < asked.requests:
            for role in ROLES:
                found = fuzz(app, make, role, examples=10, start=round_)
                sent += found.requests
                seen |= set(found.failures)
            round_ += 1
        print(f"{kind}: {sent} requests, {len(seen)} failures")
        for each in sorted(seen):
            print(each)
        failures += len(seen)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
