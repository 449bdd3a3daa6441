"""Joining and leaving a line, the place in it, and what ends it when people go."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.errors import (
    DomainError,
    InvalidInput,
    NotAllowed,
    NotFound,
    WrongState,
)
from app.domain.limits import WAITING_RANGE_MAX_DAYS, WISHES_MAX
from app.domain.vocabulary import Role
from app.domain.waiting import DayPart
from app.domain.waiting_errors import LineFull, TimesAreFree, TooManyWishes
from app.infra.clock import StoppedClock
from app.services import waiting_joining
from app.services.waiting_list import Place
from tests.factories import PASSWORD, TUESDAY, WEDNESDAY, Make, Person, Teacher, at
from tests.integration.life import trail
from tests.integration.waiting import Waiting, full, teacher, waiting

__all__ = ["teacher", "waiting"]
DAY = timedelta(days=1)


def places(waiting: Waiting, person: Person) -> list[tuple[int, int] | None]:
    found = waiting.do(person, lambda all_, user: all_.waiting_list.mine(user))
    assert all(isinstance(each.place, Place | None) for each in found)
    return [each.place and (each.place.best, each.place.worst) for each in found]


def test_the_same_wish_twice_is_one(waiting: Waiting, make: Make, teacher: Teacher) -> None:
    student = make.student()

    assert waiting.join(student, teacher) == waiting.join(student, teacher)

    assert waiting.wishes() == [(student.id, "open", None)]
    assert trail(make) == ["waiting.join"]


def test_nobody_waits_for_what_is_free(waiting: Waiting, make: Make, teacher: Teacher) -> None:
    make.hours(teacher, WEDNESDAY, "14:00-15:30")
    busy = make.student()
    make.booking(busy, make.instructor(), at(WEDNESDAY, "14:00"), minutes=90)

    with pytest.raises(TimesAreFree) as refused:
        waiting.join(make.student(), teacher)
    starts = [at(WEDNESDAY, clock) for clock in ("14:00", "14:15", "14:30")]
    assert list(refused.value.starts) == starts
    assert waiting.wishes() == []
    assert waiting.join(make.student(), teacher, part=DayPart.MORNING)
    assert waiting.join(busy, teacher)


def test_a_few_wishes_each_and_no_more(waiting: Waiting, make: Make, teacher: Teacher) -> None:
    student = make.student()
    days = [WEDNESDAY + timedelta(days=n) for n in range(WISHES_MAX)]
    ids = [waiting.join(student, teacher, day) for day in days]

    with pytest.raises(TooManyWishes):
        waiting.join(student, teacher, WEDNESDAY + timedelta(days=9))
    waiting.do(student, lambda all_, user: all_.waiting_joining.leave(user, ids[0]))
    assert waiting.join(student, teacher, WEDNESDAY + timedelta(days=9))


def test_a_line_has_an_end(
    waiting: Waiting, make: Make, teacher: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting_joining, "WAITING_LINE_MAX", 1)
    waiting.join(make.student(), teacher)

    with pytest.raises(LineFull):
        waiting.join(make.student(), teacher)


@pytest.mark.parametrize(
    ("first", "last", "part", "minutes", "field"),
    [
        (TUESDAY - DAY, TUESDAY, DayPart.ANY, 60, "first_day"),
        (WEDNESDAY, TUESDAY, DayPart.ANY, 60, "last_day"),
        (TUESDAY, TUESDAY + DAY * WAITING_RANGE_MAX_DAYS, DayPart.ANY, 60, "last_day"),
        (TUESDAY + DAY * 60, TUESDAY + DAY * 61, DayPart.ANY, 60, "last_day"),
        (WEDNESDAY, WEDNESDAY, DayPart.ANY, 45, "minutes"),
    ],
)
def test_what_cannot_be_waited_for_is_told(
    waiting: Waiting,
    make: Make,
    teacher: Teacher,
    first: date,
    last: date,
    part: DayPart,
    minutes: int,
    field: str,
) -> None:
    with pytest.raises(InvalidInput) as refused:
        waiting.join(make.student(), teacher, first, last, part, minutes)

    assert refused.value.field == field
    assert waiting.wishes() == []


def test_a_part_of_the_day_that_is_over_cannot_be_waited_for(
    waiting: Waiting, make: Make, teacher: Teacher, clock: StoppedClock
) -> None:
    clock.move_to(at(WEDNESDAY, "12:00"))

    with pytest.raises(InvalidInput) as refused:
        waiting.join(make.student(), teacher, part=DayPart.MORNING)
    assert refused.value.field == "part"
    assert waiting.join(make.student(), teacher, part=DayPart.AFTERNOON)


def test_only_students_wait_and_only_for_who_teaches(
    waiting: Waiting, make: Make, teacher: Teacher
) -> None:
    gone = make.instructor(user={"is_active": False})
    other = make.instructor()
    strange = Teacher(teacher.id, teacher.email, PASSWORD, other.service_id)
    refusals: list[tuple[Person, Teacher, type[DomainError]]] = [
        (other, teacher, NotAllowed),
        (make.user(Role.ADMIN), teacher, NotAllowed),
        (make.student(), gone, NotFound),
        (make.student(), strange, NotFound),
        (make.student(), Teacher(12345, "", PASSWORD, other.service_id), NotFound),
    ]
    for person, wanted, refusal in refusals:
        with pytest.raises(refusal):
            waiting.join(person, wanted)
    assert waiting.wishes() == []


def test_places_are_told_only_where_they_are_true(
    waiting: Waiting, make: Make, teacher: Teacher
) -> None:
    early, morning, both, late = (make.student() for _ in range(4))
    waiting.join(early, teacher)
    waiting.join(morning, teacher, part=DayPart.MORNING)
    waiting.join(both, teacher, WEDNESDAY, WEDNESDAY + DAY)
    waiting.join(late, teacher, part=DayPart.EVENING)
    waiting.join(late, teacher)

    assert places(waiting, early) == [(1, 1)]
    assert places(waiting, morning) == [(2, 2)]
    assert places(waiting, both) == [(1, 3)]
    assert places(waiting, late) == [(4, 4), (3, 3)]
    waiting.do(early, lambda all_, user: all_.waiting_joining.leave(user, 1))
    assert places(waiting, early) == [None]
    assert places(waiting, morning) == [(1, 1)]


def test_whoever_leaves_gives_back_what_was_kept(waiting: Waiting, make: Make) -> None:
    teacher, lessons = full(make)
    first, second = make.student(), make.student()
    wish = waiting.join(first, teacher)
    waiting.join(second, teacher)
    waiting.cancel(lessons[1])
    waiting.work()

    for _ in range(2):
        waiting.do(first, lambda all_, user: all_.waiting_joining.leave(user, wish))

    assert waiting.work() == 1
    assert waiting.offers() == [(first.id, "declined"), (second.id, "open")]
    assert waiting.holders() == [second.id]
    waiting.take(second, waiting.last_offer().id)
    with pytest.raises(WrongState):
        waiting.do(second, lambda all_, user: all_.waiting_joining.leave(user, 2))


def test_other_peoples_wishes_and_offers_are_not_found(waiting: Waiting, make: Make) -> None:
    teacher, lessons = full(make)
    student, stranger = make.student(), make.student()
    wish = waiting.join(student, teacher)
    waiting.cancel(lessons[1])
    waiting.work()
    offer = waiting.last_offer().id
    steps: list[Callable[[Any, Any], Any]] = [
        lambda all_, user: all_.waiting_joining.leave(user, wish),
        lambda all_, user: all_.waiting_list.one(user, wish),
        lambda all_, user: all_.waiting_answers.offer(user, offer),
        lambda all_, user: all_.waiting_answers.take(user, offer),
        lambda all_, user: all_.waiting_answers.decline(user, offer),
    ]

    for person in (stranger, teacher, make.user(Role.ADMIN)):
        assert waiting.do(person, lambda all_, user: all_.waiting_list.mine(user)) == []
        for step in steps:
            with pytest.raises(NotFound):
                waiting.do(person, step)
    assert waiting.offers() == [(student.id, "open")]


def test_the_instructor_and_staff_learn_how_many_wait(
    waiting: Waiting, make: Make, teacher: Teacher
) -> None:
    student = make.student()
    waiting.join(student, teacher)
    waiting.join(student, teacher, part=DayPart.EVENING)
    waiting.join(make.student(), teacher, WEDNESDAY, WEDNESDAY + DAY)

    def asked(person: Person) -> dict[date, int]:
        return waiting.do(
            person,
            lambda all_, user: all_.waiting_list.per_day(
                user, teacher.id, TUESDAY, WEDNESDAY + DAY
            ),
        )

    for person in (teacher, make.user(Role.SUPPORT)):
        assert list(asked(person).values()) == [0, 2, 1]
    for person in (student, make.instructor()):
        with pytest.raises(NotAllowed):
            asked(person)
