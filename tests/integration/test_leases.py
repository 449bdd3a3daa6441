"""One worker at a time does a job; what a killed one held is taken over."""

import sys
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.infra.clock import StoppedClock
from app.models.outbox import JobLease
from app.services.leases import LASTS
from app.web.services import services
from tests.factories import Make


def take(app: Flask, owner: str) -> bool:
    with app.app_context():
        return services().leases.take("sweep", owner)


def test_a_held_job_is_nobody_elses_until_it_is_given_back(app: Flask, make: Make) -> None:
    assert (take(app, "a"), take(app, "b"), take(app, "a")) == (True, False, False)

    with app.app_context():
        services().leases.give_back("sweep", "b")  # which does not hold it
    assert not take(app, "b")
    with app.app_context():
        services().leases.give_back("sweep", "a")
    assert take(app, "b")


def test_an_abandoned_job_is_taken_over(app: Flask, make: Make, clock: StoppedClock) -> None:
    take(app, "killed")
    clock.advance(LASTS - timedelta(seconds=1))
    assert not take(app, "next")
    clock.advance(timedelta(seconds=1))
    assert take(app, "next")


def test_the_worker_leaves_alone_what_another_does_and_frees_what_failed(
    app: Flask, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def fail(_services: object) -> None:
        done.append("broken")
        raise RuntimeError

    jobs = {"sweep": lambda _: done.append("sweep"), "broken": fail}
    monkeypatch.setattr(sys.modules["app.cli.worker"], "JOBS", jobs)
    take(app, "another")
    for _ in range(2):
        app.test_cli_runner().invoke(args=["worker", "--once"])

    assert done == ["broken", "broken"]
    with make.session() as session:
        assert set(session.scalars(select(JobLease.name))) == {"sweep", "broken"}
