"""When people go, nothing is kept for them, and nobody waits for what is not taught."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.profile import ProfileDraft, ServiceDraft
from app.domain.vocabulary import Role
from app.models.instructor import InstructorProfile, Service
from tests.factories import PASSWORD, Make
from tests.integration.waiting import Waiting, full, waiting

__all__ = ["waiting"]
DRAFT = ProfileDraft(
    bio="Teaches with patience.",
    areas=["Harlem"],
    services=[ServiceDraft("Cello", Decimal(40))],
)


def close(all_: Any, user: Any) -> None:
    all_.account_closing.close(user, PASSWORD)


GOING: dict[str, tuple[Callable[[Any, Any], Any], list[str]]] = {
    "closes the account": (close, []),
    "is deactivated": (lambda all_, user: all_.people.deactivate(None, user.id), ["ended"]),
    "becomes staff": (
        lambda all_, user: all_.people.set_role(None, user.id, Role.SUPPORT),
        ["ended"],
    ),
}


@pytest.mark.parametrize("how", GOING)
def test_when_a_student_goes_the_next_is_asked(waiting: Waiting, make: Make, how: str) -> None:
    teacher, lessons = full(make)
    leaver, second = make.student(), make.student()
    waiting.join(leaver, teacher)
    waiting.join(second, teacher)
    waiting.cancel(lessons[1])
    waiting.work()
    step, left = GOING[how]

    waiting.do(leaver, step)

    assert waiting.holders() == []
    assert [state for key, state, _ in waiting.wishes() if key == leaver.id] == left
    assert waiting.work() == 1
    assert waiting.offers()[-1] == (second.id, "open")


def test_a_student_who_begins_to_teach_waits_no_longer(waiting: Waiting, make: Make) -> None:
    teacher, lessons = full(make)
    student = make.student()
    waiting.join(student, teacher)
    waiting.cancel(lessons[1])
    waiting.work()
    waiting.do(student, lambda all_, user: all_.instructors.create_profile(user, DRAFT))

    assert waiting.wishes() == [(student.id, "ended", "student")]
    assert waiting.holders() == []


def test_when_the_instructor_goes_the_wishes_end(waiting: Waiting, make: Make) -> None:
    teacher = make.instructor()
    student = make.student()
    waiting.join(student, teacher)
    waiting.do(teacher, close)

    waiting.work()

    assert waiting.wishes() == [(student.id, "ended", "instructor")]


@pytest.mark.parametrize("how", ["one service", "the whole profile"])
def test_a_service_that_is_waited_for_is_switched_off_rather_than_deleted(
    waiting: Waiting, make: Make, how: str
) -> None:
    teacher = make.instructor()
    student = make.student()
    waiting.join(student, teacher)
    if how == "one service":
        key = teacher.service_id
        waiting.do(teacher, lambda all_, user: all_.taught_services.take_away(user, key))
    else:
        waiting.do(teacher, lambda all_, user: all_.instructors.delete_profile(user))

    with make.session() as session:
        assert session.scalars(select(Service.is_active)).all() == [False]
        assert session.scalars(select(InstructorProfile.generation)).one() > 0
    waiting.work()
    ((_, state, reason),) = waiting.wishes()
    assert (state, reason) == ("ended", "service" if how == "one service" else "instructor")
