"""Whatever frees a time is noticed, whoever did it, and the clock too."""

from datetime import timedelta

import pytest

from app.domain.offers import LessonRequest
from app.domain.profile import ProfileDraft
from app.domain.time_range import TimeRange
from app.domain.waiting import JUDGE_AGAIN
from app.infra.clock import StoppedClock
from app.web.services import services
from tests.factories import WEDNESDAY, Make, at
from tests.integration.waiting import Waiting, waiting

__all__ = ["waiting"]
TEN = at(WEDNESDAY, "10:00")
THREE_TO_FOUR = TimeRange(15 * 60, 16 * 60)
NO_NOTICE = ProfileDraft(min_advance_booking_hours=0)
FREEING = {
    "hours opened": lambda all_, user: all_.slots.create(user, WEDNESDAY, THREE_TO_FOUR),
    "a day off removed": lambda all_, user: all_.days_off.remove(user, 1),
    "rules relaxed": lambda all_, user: all_.instructors.update_profile(user, NO_NOTICE),
}


@pytest.mark.parametrize("how", FREEING)
def test_whatever_frees_a_time_is_noticed(waiting: Waiting, make: Make, how: str) -> None:
    notice = 48 if how == "rules relaxed" else 0
    teacher = make.instructor(min_advance_booking_hours=notice)
    if how != "hours opened":
        make.hours(teacher, WEDNESDAY, "15:00-16:00")
    if how == "a day off removed":
        make.day_off(teacher, WEDNESDAY)
    student = make.student()
    waiting.join(student, teacher, last=WEDNESDAY + timedelta(days=3))
    assert waiting.work() == 0

    waiting.do(teacher, FREEING[how])

    assert waiting.work() == 1
    assert waiting.last_offer().starts_at == at(WEDNESDAY, "15:00")


def test_a_request_that_lapses_frees_its_time(
    waiting: Waiting, make: Make, clock: StoppedClock
) -> None:
    teacher = make.instructor(requires_approval=True)
    make.hours(teacher, WEDNESDAY + timedelta(days=2), "15:00-16:00")
    start, rival, student = (
        at(WEDNESDAY + timedelta(days=2), "15:00"),
        make.student(),
        make.student(),
    )
    request = LessonRequest(teacher.id, teacher.service_id, starts_at=start)
    waiting.do(rival, lambda all_, user: all_.bookings.book(user, request))
    waiting.join(student, teacher, WEDNESDAY + timedelta(days=2))
    waiting.work()

    clock.advance(timedelta(hours=24))
    assert waiting.work() == 0
    with waiting.app.app_context():
        services().booking_jobs.expire_requests()
    assert waiting.work() == 1


def test_another_hold_that_runs_out_frees_its_time(
    waiting: Waiting, make: Make, clock: StoppedClock
) -> None:
    teacher = make.instructor()
    make.hours(teacher, WEDNESDAY, "10:00-11:00")
    request = LessonRequest(teacher.id, teacher.service_id, starts_at=TEN)
    lasting = timedelta(minutes=7)
    waiting.do(make.student(), lambda all_, user: all_.holds.place(user, request, lasting))
    waiting.join(make.student(), teacher)
    assert waiting.work() == 0

    clock.advance(lasting)

    assert lasting < JUDGE_AGAIN
    assert waiting.work() == 1
