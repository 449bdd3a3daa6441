"""A time frees: it is offered in order, kept for one at a time, and booked once."""

from datetime import timedelta

import pytest

from app.domain.errors import NotBookable, WrongState
from app.domain.offers import LessonRequest
from app.domain.waiting import OFFER_LASTS, DayPart
from app.infra.clock import StoppedClock
from app.models.booking import Booking
from app.models.instructor import InstructorProfile, Service
from app.models.user import User
from app.services import waiting_offers
from tests.factories import WEDNESDAY, Make, Person, Teacher, at
from tests.integration.life import trail
from tests.integration.waiting import Waiting, full, waiting

__all__ = ["waiting"]
TEN = at(WEDNESDAY, "10:00")


def book(waiting: Waiting, person: Person, teacher: Teacher, start: str = "10:00") -> Booking:
    request = LessonRequest(teacher.id, teacher.service_id, starts_at=at(WEDNESDAY, start))
    return waiting.do(person, lambda all_, user: all_.bookings.book(user, request))


def test_a_freed_time_is_offered_to_the_first_and_kept_for_him(
    waiting: Waiting, make: Make, clock: StoppedClock
) -> None:
    teacher, lessons = full(make)
    first, second, stranger = make.student(), make.student(), make.student()
    waiting.join(first, teacher)
    waiting.join(second, teacher)
    assert waiting.work() == 0

    waiting.cancel(lessons[1])
    assert waiting.work() == 1

    offer = waiting.last_offer()
    assert waiting.offers() == [(first.id, "open")]
    assert (offer.starts_at, offer.expires_at) == (TEN, clock.now() + OFFER_LASTS)
    assert waiting.told() == [(first.id, "offer")]
    for other in (second, stranger):
        with pytest.raises(NotBookable):
            book(waiting, other, teacher)
    assert waiting.work() == 0

    lesson = waiting.take(first, offer.id)
    assert lesson.starts_at == TEN
    assert waiting.take(first, offer.id).id == lesson.id
    assert waiting.offers() == [(first.id, "taken")]
    assert waiting.holders() == []
    assert [state for _, state, _ in waiting.wishes()] == ["fulfilled", "open"]
    assert waiting.work() == 0
    assert trail(make)[-4:] == ["hold.place", "waiting.offer", "waiting.fulfil", "booking.create"]


def test_booking_it_on_any_page_takes_the_offer_too(waiting: Waiting, make: Make) -> None:
    teacher, lessons = full(make)
    student = make.student()
    waiting.join(student, teacher)
    waiting.cancel(lessons[1])
    waiting.work()

    book(waiting, student, teacher)

    assert waiting.offers() == [(student.id, "taken")]
    assert [state for _, state, _ in waiting.wishes()] == ["fulfilled"]


def test_moving_a_lesson_there_takes_it_too(waiting: Waiting, make: Make) -> None:
    teacher, lessons = full(make)
    student = make.student()
    make.hours(teacher, WEDNESDAY, "14:00-15:00")
    own = book(waiting, student, teacher, "14:00").id
    waiting.join(student, teacher)
    waiting.cancel(lessons[1])
    assert waiting.work() == 1

    wish = LessonRequest(teacher.id, teacher.service_id, starts_at=TEN)
    waiting.do(student, lambda all_, user: all_.booking_changes.reschedule(user, own, wish))

    assert waiting.offers() == [(student.id, "taken")]
    assert waiting.holders() == []


def test_declined_it_goes_to_the_next_and_he_stays_in_line_for_others(
    waiting: Waiting, make: Make
) -> None:
    teacher, lessons = full(make)
    first, second = make.student(), make.student()
    waiting.join(first, teacher)
    waiting.join(second, teacher)
    waiting.cancel(lessons[1])
    waiting.work()

    declined = waiting.last_offer().id
    waiting.decline(first, declined)
    waiting.decline(first, declined)
    assert waiting.holders() == []
    assert waiting.work() == 1
    assert waiting.offers() == [(first.id, "declined"), (second.id, "open")]
    with pytest.raises(NotBookable):
        waiting.take(first, declined)
    waiting.cancel(lessons[0])
    assert waiting.work() == 1
    assert waiting.offers()[-1] == (first.id, "open")
    assert waiting.last_offer().starts_at == at(WEDNESDAY, "09:00")


def test_an_offer_that_runs_out_goes_to_the_next_until_all_had_it(
    waiting: Waiting, make: Make, clock: StoppedClock
) -> None:
    teacher, lessons = full(make)
    people = [make.student() for _ in range(3)]
    for each in people:
        waiting.join(each, teacher)
    waiting.cancel(lessons[1])
    for number, each in enumerate(people):
        assert waiting.work() == 1
        assert waiting.offers()[-1] == (each.id, "open")
        clock.advance(OFFER_LASTS - timedelta(seconds=1))
        assert waiting.work() == 0
        assert len(waiting.holders()) == 1, number
        clock.advance(timedelta(seconds=1))

    assert waiting.work() == 0
    assert [state for _, state in waiting.offers()] == ["expired"] * 3
    assert waiting.told() == [
        *((each.id, "offer") for each in people[:1]),
        (people[0].id, "passed"),
        (people[1].id, "offer"),
        (people[1].id, "passed"),
        (people[2].id, "offer"),
        (people[2].id, "passed"),
    ]
    assert book(waiting, make.student(), teacher).starts_at == TEN
    with pytest.raises(WrongState):
        waiting.decline(people[0], 1)


def test_only_those_whom_it_truly_fits_are_asked(waiting: Waiting, make: Make) -> None:
    teacher, lessons = full(make, durations="60,90")
    busy, long, evening, fits = (make.student() for _ in range(4))
    make.booking(busy, make.instructor(), at(WEDNESDAY, "10:30"))
    waiting.join(busy, teacher)
    waiting.join(long, teacher, minutes=90)
    waiting.join(evening, teacher, part=DayPart.EVENING)
    waiting.join(fits, teacher, WEDNESDAY - timedelta(days=1), WEDNESDAY + timedelta(days=3))

    waiting.cancel(lessons[1])

    assert waiting.work() == 1
    assert waiting.offers() == [(fits.id, "open")]


def test_several_freed_times_go_to_several_people(waiting: Waiting, make: Make) -> None:
    teacher, lessons = full(make)
    people = [make.student() for _ in range(4)]
    for each in people:
        waiting.join(each, teacher)
    for lesson in lessons[:2]:
        waiting.cancel(lesson)

    assert waiting.work() == 2
    assert waiting.offers() == [(people[0].id, "open"), (people[1].id, "open")]


def test_one_is_asked_one_thing_at_a_time(
    waiting: Waiting, make: Make, clock: StoppedClock
) -> None:
    teacher, lessons = full(make)
    student = make.student()
    waiting.join(student, teacher)
    waiting.join(student, teacher, part=DayPart.MORNING)
    for lesson in lessons:
        waiting.cancel(lesson)

    assert waiting.work() == 1
    clock.advance(timedelta(seconds=1))
    waiting.take(student, waiting.last_offer().id)
    assert waiting.work() == 0  # the other wish is fulfilled by it as well
    assert [state for _, state, _ in waiting.wishes()] == ["fulfilled"] * 2


def test_a_time_that_can_no_longer_be_booked_is_withdrawn(waiting: Waiting, make: Make) -> None:
    teacher, lessons = full(make)
    first = make.student()
    waiting.join(first, teacher)
    waiting.cancel(lessons[1])
    waiting.work()

    waiting.do(teacher, lambda all_, user: all_.days_off.add(user, WEDNESDAY, None))

    assert waiting.work() == 0
    assert waiting.offers() == [(first.id, "withdrawn")]
    assert waiting.holders() == []
    assert waiting.told() == [(first.id, "offer"), (first.id, "withdrawn")]
    with pytest.raises(NotBookable):
        waiting.take(first, 1)
    waiting.do(teacher, lambda all_, user: all_.days_off.remove(user, 1))
    assert waiting.work() == 1  # it is the same time, and he never let it pass


def test_nothing_is_kept_into_the_notice(waiting: Waiting, make: Make, clock: StoppedClock) -> None:
    teacher, lessons = full(make, min_advance_booking_hours=2)
    student = make.student()
    waiting.join(student, teacher)
    waiting.work()
    clock.move_to(TEN - timedelta(hours=2, minutes=12))

    waiting.cancel(lessons[1])
    assert waiting.work() == 1

    offer = waiting.last_offer()
    assert offer.expires_at == TEN - timedelta(hours=2)
    clock.move_to(offer.expires_at - timedelta(seconds=1))
    assert waiting.take(student, offer.id).starts_at == TEN


def test_what_could_be_kept_for_moments_only_is_not_offered(
    waiting: Waiting, make: Make, clock: StoppedClock
) -> None:
    teacher, lessons = full(make, min_advance_booking_hours=2)
    waiting.join(make.student(), teacher)
    waiting.work()
    clock.move_to(TEN - timedelta(hours=2, minutes=4))

    waiting.cancel(lessons[1])

    assert waiting.work() == 0


def test_wishes_end_when_nothing_can_come_of_them(
    waiting: Waiting, make: Make, clock: StoppedClock
) -> None:
    teacher, _ = full(make)
    people = [make.student() for _ in range(2)]
    waiting.join(people[0], teacher, part=DayPart.MORNING)
    waiting.join(people[1], teacher)
    clock.move_to(at(WEDNESDAY, "12:00"))

    waiting.work()

    assert waiting.wishes() == [(people[0].id, "expired", None), (people[1].id, "open", None)]
    assert waiting.told() == []


@pytest.mark.parametrize(
    ("model", "values", "reason"),
    [
        (Service, {"is_active": False}, "service"),
        (Service, {"durations": "30"}, "service"),
        (User, {"is_active": False}, "instructor"),
    ],
)
def test_wishes_end_when_it_is_no_longer_taught(
    waiting: Waiting, make: Make, model: type, values: dict[str, object], reason: str
) -> None:
    teacher, lessons = full(make)
    student = make.student()
    waiting.join(student, teacher)
    waiting.cancel(lessons[1])
    waiting.work()
    key = teacher.service_id if model is Service else teacher.id
    waiting.change(model, model.id == key, **values)
    waiting.change(InstructorProfile, InstructorProfile.user_id == teacher.id, generation=99)

    waiting.work()

    assert waiting.wishes() == [(student.id, "ended", reason)]
    assert waiting.offers() == [(student.id, "withdrawn")]
    assert waiting.holders() == []


def test_a_fault_in_one_line_stops_no_other(
    waiting: Waiting, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        teacher, lessons = full(make)
        waiting.join(make.student(), teacher)
        waiting.cancel(lessons[1])
    serve = waiting_offers.WaitingOfferService._serve
    with monkeypatch.context() as broken:
        broken.setattr(
            waiting_offers.WaitingOfferService,
            "_serve",
            lambda self, key: 1 / 0 if key != teacher.id else serve(self, key),
        )
        assert waiting.work() == 1
    assert waiting.work() == 1
