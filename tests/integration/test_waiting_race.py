"""Fifty wait, several workers offer at once, one is killed: one booking for one time, in order."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Barrier

from sqlalchemy import select

from app.domain.errors import DomainError
from app.domain.offers import LessonRequest
from app.domain.waiting import OFFER_LASTS
from app.infra.clock import StoppedClock, SystemClock
from app.models.booking import Booking
from app.models.hold import TimeHold
from app.models.waiting import WaitingOffer
from tests.factories import NEW_YORK, WEDNESDAY, Make, Person, Teacher, at
from tests.integration.waiting import Waiting, full, waiting
from tests.web_server import ROOT, SECRET

__all__ = ["waiting"]
MANY = 50
AT_ONCE, PROCESSES = 3, 2
HOURS = range(8, 16)
IN_LINE = 15
PATIENCE_SECONDS = 120  # programs start at once, on a machine that may be busy


def line_of(waiting: Waiting, make: Make, teacher: Teacher, day, count: int) -> list[Person]:
    people = [make.student() for _ in range(count)]
    for each in people:
        waiting.join(each, teacher, day)
    return people


def at_once(waiting: Waiting, workers: int = AT_ONCE) -> int:
    """Several workers at the same moment; how many offers they made together."""
    ready = Barrier(workers)

    def work(_number: int) -> int:
        ready.wait()
        return waiting.work()

    with ThreadPoolExecutor(workers) as threads:
        return sum(threads.map(work, range(workers)))


def test_fifty_wait_for_one_time_and_one_gets_it(
    waiting: Waiting, make: Make, clock: StoppedClock
) -> None:
    teacher, lessons = full(make)
    people = line_of(waiting, make, teacher, WEDNESDAY, MANY)
    assert at_once(waiting) == 0
    waiting.cancel(lessons[1])
    for number in range(4):
        assert at_once(waiting) == 1
        asked = [(each.id, "expired") for each in people[:number]]
        assert waiting.offers() == [*asked, (people[number].id, "open")]
        assert waiting.holders() == [people[number].id]
        clock.advance(OFFER_LASTS)
    assert at_once(waiting) == 1
    holder = people[4]

    got = all_try_to_book(waiting, people, teacher)

    assert got == [holder.id]
    assert waiting.offers()[-1] == (holder.id, "taken")
    assert waiting.holders() == []
    assert at_once(waiting) == 0
    with make.session() as session:
        booked = select(Booking.student_id).where(
            Booking.starts_at == at(WEDNESDAY, "10:00"), Booking.status == "CONFIRMED"
        )
        assert session.scalars(booked).all() == [holder.id]


def all_try_to_book(waiting: Waiting, people: list[Person], teacher: Teacher) -> list[int]:
    """Everybody at once, as if the time were anybody's; who got it."""
    request = LessonRequest(teacher.id, teacher.service_id, starts_at=at(WEDNESDAY, "10:00"))

    def try_it(person: Person) -> int | None:
        try:
            waiting.do(person, lambda all_, user: all_.bookings.book(user, request))
        except DomainError:
            return None
        return person.id

    with ThreadPoolExecutor(8) as threads:
        return [key for key in threads.map(try_it, people) if key is not None]


@contextmanager
def workers(database_url: str, folder: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Real ones, each a process of its own."""
    env = os.environ | {"APP_ENV": "testing", "SECRET_KEY": SECRET, "DATABASE_URL": database_url}
    command = [sys.executable, "-m", "flask", "--app", "wsgi:app", "worker", "--every", "0.2"]
    with (folder / "log").open("w") as log:
        running = [
            subprocess.Popen(command, env=env, cwd=ROOT, stdout=log, stderr=log)
            for _ in range(PROCESSES)
        ]
        try:
            wait_until(lambda: (folder / "log").read_text().count("worker started") == PROCESSES)
            yield running
        finally:
            for each in running:
                each.send_signal(signal.SIGTERM)
            for each in running:
                each.wait(20)


def wait_until(is_so) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert is_so()


def test_workers_offer_in_order_also_when_one_is_killed(
    waiting: Waiting, make: Make, clock: StoppedClock, database_url: str, tmp_path: Path
) -> None:
    clock.move_to(SystemClock().now())  # the one that the processes go by
    day = clock.today(NEW_YORK) + timedelta(days=7)
    teacher = make.instructor()
    make.hours(teacher, day, f"{HOURS[0]:02}:00-{HOURS[-1] + 1:02}:00")
    lessons = [make.booking(make.student(), teacher, at(day, f"{hour:02}:00")) for hour in HOURS]
    people = line_of(waiting, make, teacher, day, IN_LINE)

    with workers(database_url, tmp_path) as running:
        for number, lesson in enumerate(lessons):
            waiting.cancel(lesson)
            if number == len(lessons) // 2:
                running[0].kill()
        wait_until(lambda: len(waiting.offers()) == len(lessons))
        time.sleep(1)  # were there one offer too many, it would come now

    assert waiting.offers() == [(each.id, "open") for each in people[: len(lessons)]]
    with make.session() as session:
        offered = session.scalars(select(WaitingOffer.starts_at)).all()
        held = session.scalars(select(TimeHold.starts_at)).all()
    assert sorted(offered) == sorted(held) == [at(day, f"{hour:02}:00") for hour in HOURS]
    log = (tmp_path / "log").read_text()
    assert "Traceback" not in log, log[-3000:]
    taken = [
        waiting.take(person, offer)
        for person, offer in zip(people, range(1, len(lessons) + 1), strict=False)
    ]
    assert len({each.starts_at for each in taken}) == len(lessons)
