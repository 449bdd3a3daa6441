"""Mails to those who wait: what they say, to whom, and that they are never untrue."""

from datetime import timedelta

import pytest

from app.domain.waiting import OFFER_LASTS
from app.infra.clock import StoppedClock
from app.infra.mail_providers import Mail
from app.models.user import User
from tests.factories import WEDNESDAY, Make, Person, Teacher
from tests.integration.life import mails
from tests.integration.test_mails import deliver, sent
from tests.integration.waiting import Waiting, full, waiting

__all__ = ["sent", "waiting"]


@pytest.fixture
def offered(waiting: Waiting, make: Make) -> tuple[Teacher, Person]:
    """A freed time that is kept for somebody far away."""
    teacher, lessons = full(make, user={"full_name": "Ines Duarte"})
    student = make.student(full_name="Noor Haddad", time_zone="Europe/Paris")
    waiting.join(student, teacher)
    waiting.cancel(lessons[1])
    deliver(waiting.app)
    assert waiting.work() == 1
    return teacher, student


def test_an_offer_says_all_that_is_needed(
    waiting: Waiting, offered: tuple[Teacher, Person], sent: list[Mail]
) -> None:
    teacher, student = offered
    deliver(waiting.app)

    told = sent[-1]
    assert told.to == student.email
    assert told.subject == "A time is free: Piano with Ines Duarte"
    day = "Wednesday, December 2, 2026"
    both = f"When: {day}, 4:00 PM (Paris time, CET), which is 10:00 AM (New York time, EST)"
    assert both in told.text
    until = "Tuesday, December 1, 2026, 1:30 PM (Paris time, CET), which is 7:30 AM (New York"
    assert f"Until {until}" in told.text
    assert "Price: $60.00" in told.text
    book = f"/instructors/{teacher.id}/book?service={teacher.service_id}&minutes=60"
    assert f"{book}&start=2026-12-02T15%3A00%3A00Z" in told.text
    assert "/waiting/offers/1" in told.text
    assert "Noor Haddad" in told.text


def test_an_offer_that_has_ended_is_not_mailed(
    waiting: Waiting, offered: tuple[Teacher, Person], make: Make, clock: StoppedClock
) -> None:
    clock.advance(OFFER_LASTS)
    waiting.work()
    deliver(waiting.app)

    states = {kind: state for kind, _, state, _ in mails(make) if kind.startswith("waiting_")}
    assert states == {"waiting_offer": "withdrawn", "waiting_passed": "sent"}


def test_whoever_took_it_or_left_is_told_nothing_more(
    waiting: Waiting, offered: tuple[Teacher, Person], make: Make, clock: StoppedClock
) -> None:
    _, student = offered
    clock.advance(OFFER_LASTS)
    waiting.work()
    waiting.do(student, lambda all_, user: all_.waiting_joining.leave(user, 1))
    deliver(waiting.app)

    states = [state for kind, _, state, _ in mails(make) if kind.startswith("waiting_")]
    assert states == ["withdrawn", "withdrawn"]


def test_it_is_kind_when_the_time_has_passed_on_or_is_gone(
    waiting: Waiting, offered: tuple[Teacher, Person], make: Make, clock: StoppedClock, sent
) -> None:
    teacher, student = offered
    second = make.student()
    waiting.join(second, teacher)
    clock.advance(OFFER_LASTS)
    waiting.work()
    waiting.do(teacher, lambda all_, user: all_.days_off.add(user, WEDNESDAY, None))
    waiting.work()
    deliver(waiting.app)

    passed, withdrawn = sent[-2:]
    assert (passed.to, withdrawn.to) == (student.email, second.email)
    assert passed.subject == "No longer kept: Piano with Ines Duarte"
    assert "You stay in line" in passed.text
    assert withdrawn.subject == "No longer free: Piano with Ines Duarte"
    for told in (passed, withdrawn):
        assert told.text.count("/waiting") == 1
        assert "!" not in told.subject + told.text


def test_names_cannot_break_a_header(waiting: Waiting, make: Make, sent: list[Mail]) -> None:
    teacher, lessons = full(make)
    waiting.join(make.student(), teacher)
    waiting.change(User, User.id == teacher.id, full_name="Ines\r\nBcc: x@example.com <b>")
    waiting.cancel(lessons[1])
    waiting.work()
    deliver(waiting.app)

    assert sent[-1].subject == "A time is free: Piano with Ines Bcc: x@example.com <b>"
    assert "<b>" not in sent[-1].html


def test_a_mail_about_an_offer_that_was_forgotten_is_withdrawn(
    waiting: Waiting, offered: tuple[Teacher, Person], make: Make, clock: StoppedClock
) -> None:
    _, student = offered
    clock.advance(timedelta(minutes=1))
    waiting.do(student, lambda all_, user: all_.account_closing.close(user, student.password))
    deliver(waiting.app)

    states = {kind: state for kind, _, state, _ in mails(make)}
    assert states["waiting_offer"] == "withdrawn"
    assert states["account_closed"] == "sent"
