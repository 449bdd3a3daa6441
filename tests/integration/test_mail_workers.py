"""Real workers, a real mail server that is away at first, and one worker killed in the middle."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.domain.mails import MailKind
from app.models.outbox import OutboxMail
from app.models.user import User
from app.web.services import services
from tests.factories import Make
from tests.smtp_server import Mailbox, mailbox

ROOT = Path(__file__).resolve().parent.parent.parent
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
MAILS = 60


def worker(url: str, port: int) -> subprocess.Popen[bytes]:
    env = os.environ | {
        "APP_ENV": "testing",
        "SECRET_KEY": "a key for tests, long enough for every rule",
        "DATABASE_URL": url,
        "MAIL_PROVIDER": "smtp",
        "SMTP_URL": f"smtp://127.0.0.1:{port}",
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi:app", "mail", "deliver"]
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)


def make_due(make: Make) -> None:
    """Let every wait and every lease run out."""
    with make.session() as session:
        session.execute(update(OutboxMail).values(next_attempt_at=LONG_AGO))
        session.commit()


def states(make: Make) -> set[str]:
    with make.session() as session:
        return set(session.scalars(select(OutboxMail.state)))


def wait_for(server: Mailbox, count: int) -> None:
    deadline = time.monotonic() + 30
    while len(server.mails) < count:
        assert time.monotonic() < deadline, "no mail arrives"
        time.sleep(0.01)


@pytest.mark.slow
def test_all_mails_arrive_each_once_but_what_a_killed_worker_was_handing_over(
    app: Flask, make: Make, database_url: str
) -> None:
    with mailbox() as server:
        port = server.port
    people = [make.student() for _ in range(MAILS)]
    with app.app_context(), make.session() as session:
        outbox = services().notifications
        with outbox.transaction():
            for each in people:
                person = session.get(User, each.id)
                outbox.to_person(MailKind.WELCOME, person, "registered")
    make_due(make)
    assert worker(database_url, port).wait(60) == 0
    assert states(make) == {"retry"}
    make_due(make)

    with mailbox(port) as server:
        server.pause = 0.02
        first, second = worker(database_url, port), worker(database_url, port)
        wait_for(server, 5)
        first.kill()
        first.wait()
        assert second.wait(60) == 0
        make_due(make)
        assert worker(database_url, port).wait(60) == 0

    ids = [mail["Message-ID"] for mail in server.mails]
    assert states(make) == {"sent"}
    assert len(set(ids)) == MAILS
    assert {mail["To"] for mail in server.mails} == {each.email for each in people}
    assert len(ids) - len(set(ids)) <= 1
