"""The command line: accounts, the demo, jobs, and the worker as a real process."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.domain.vocabulary import BookingStatus, Role
from app.extensions import db
from app.models.booking import Booking
from app.models.instructor import InstructorProfile
from app.models.user import User
from config import Settings
from tests.clients import bearer, log_in
from tests.conftest import NOW
from tests.factories import PASSWORD, Person

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def runner(app: Flask, make):
    return app.test_cli_runner()


def one_user(make, email: str) -> User:
    with make.session() as session:
        return session.query(User).filter_by(email=email).one()


class TestUsers:
    def test_a_staff_account_takes_its_password_from_standard_input(self, runner, make, client):
        args = ["users", "create", "--email", "Dana@Example.com", "--role", "support"]

        answer = runner.invoke(args=args, input=f"{PASSWORD}\n")

        assert answer.exit_code == 0, answer.output
        user = one_user(make, "dana@example.com")
        assert user.kind is Role.SUPPORT
        assert log_in(client, Person(user.id, user.email)).get("/admin/").status_code == 200

    @pytest.mark.parametrize(
        ("email", "password", "said"),
        [
            ("dana", PASSWORD, "email address"),
            ("dana@example.com", "short", "at least 8"),
            ("dana@example.com", "password123", "easy to guess"),
        ],
    )
    def test_what_cannot_be_is_refused_with_a_reason(self, runner, make, email, password, said):
        args = ["users", "create", "--email", email, "--role", "admin"]

        answer = runner.invoke(args=args, input=f"{password}\n")

        assert answer.exit_code == 1
        assert said in answer.output
        with make.session() as session:
            assert session.query(User).count() == 0

    def test_a_new_role_ends_sessions_and_tokens(self, runner, make, client):
        student = make.student()
        headers = bearer(client, student)
        log_in(client, student)

        answer = runner.invoke(
            args=["users", "set-role", "--email", student.email, "--role", "instructor"]
        )

        assert answer.exit_code == 0, answer.output
        assert client.get("/api/auth/me", headers=headers).status_code == 401
        assert client.get("/lessons").status_code == 303
        with make.session() as session:
            assert session.query(InstructorProfile).filter_by(user_id=student.id).count() == 1

    def test_an_unknown_account_is_named(self, runner):
        answer = runner.invoke(
            args=["users", "set-role", "--email", "no@example.com", "--role", "admin"]
        )

        assert answer.exit_code == 1
        assert "No account" in answer.output


class TestDemo:
    def test_it_is_refused_outside_development(self, runner):
        for command in ("seed", "refresh"):
            answer = runner.invoke(args=["demo", command])
            assert answer.exit_code == 1
            assert "development" in answer.output

    def test_it_seeds_once_refreshes_and_tells_who_can_sign_in(self, database_url):
        settings = Settings(
            environment="development",
            secret_key="a key for tests, long enough for every rule",
            database_url=database_url,
            bcrypt_rounds=4,
            rate_limit_enabled=False,
        )
        app = create_app(settings)
        runner = app.test_cli_runner()

        assert runner.invoke(args=["demo", "sign-ins"]).output == ""
        first = runner.invoke(args=["demo", "seed"])
        again = runner.invoke(args=["demo", "seed"])
        kept = runner.invoke(args=["demo", "seed", "--if-empty"])
        refreshed = runner.invoke(args=["demo", "refresh"])
        told = runner.invoke(args=["demo", "sign-ins"])
        with app.app_context():
            db.engine.dispose()

        assert "Seeded 28 instructors, 300 students" in first.output
        assert again.exit_code == 1
        assert kept.exit_code == 0
        assert "kept" in kept.output
        assert "Seeded 28" in refreshed.output
        assert "maya.brooks@example.com" in told.output

    def test_a_database_of_real_people_is_left_alone(self, database_url, make):
        make.student()
        settings = Settings(
            environment="development",
            secret_key="x" * 40,
            database_url=database_url,
            rate_limit_enabled=False,
        )
        app = create_app(settings)

        answer = app.test_cli_runner().invoke(args=["demo", "refresh"])
        with app.app_context():
            db.engine.dispose()

        assert answer.exit_code == 1
        assert "left alone" in answer.output


class TestCompletingPastLessons:
    @pytest.mark.parametrize(
        ("ended", "status", "expected"),
        [
            (timedelta(hours=24), BookingStatus.CONFIRMED, "COMPLETED"),
            (timedelta(hours=24, seconds=-1), BookingStatus.CONFIRMED, "CONFIRMED"),
            (timedelta(hours=48), BookingStatus.CANCELLED, "CANCELLED"),
            (timedelta(hours=48), BookingStatus.NO_SHOW, "NO_SHOW"),
        ],
    )
    def test_a_day_after_the_end_and_confirmed_ones_only(
        self, runner, make, ended, status, expected
    ):
        starts_at = NOW - ended - timedelta(hours=1)
        key = make.booking(make.student(), make.instructor(), starts_at, status=status)

        answer = runner.invoke(args=["bookings", "complete-past"])

        assert answer.exit_code == 0, answer.output
        with make.session() as session:
            booking = session.get(Booking, key)
        assert booking.status == expected
        assert (booking.completed_at == NOW) is (expected == "COMPLETED")

    def test_the_worker_does_it_and_stops_when_told(self, make, database_url, tmp_path):
        """A real process, two of them at once, on the real clock."""
        lesson = make.booking(make.student(), make.instructor(), NOW - timedelta(days=400))
        env = os.environ | {
            "APP_ENV": "testing",
            "SECRET_KEY": "x" * 40,
            "DATABASE_URL": database_url,
        }
        command = [sys.executable, "-m", "flask", "--app", "wsgi:app", "worker", "--every", "0.2"]
        with (tmp_path / "log").open("w") as log:
            workers = [
                subprocess.Popen(command, env=env, cwd=ROOT, stdout=log, stderr=log)
                for _ in range(2)
            ]
            try:
                deadline = time.monotonic() + 60
                while time.monotonic() < deadline and not (
                    _is_completed(make, lesson)
                    and (tmp_path / "log").read_text().count("worker started") == len(workers)
                ):
                    time.sleep(0.2)
            finally:
                for worker in workers:
                    worker.send_signal(signal.SIGTERM)
                codes = [worker.wait(20) for worker in workers]

        assert _is_completed(make, lesson)
        assert codes == [0, 0]
        assert (tmp_path / "log").read_text().count("completed 1 past lessons") == 1


def _is_completed(make, key: int) -> bool:
    with make.session() as session:
        return session.get(Booking, key).status == "COMPLETED"
