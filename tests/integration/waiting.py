"""A full day, those who wait for it, and what the worker does about it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.domain.vocabulary import BookingStatus
from app.domain.waiting import DayPart, Wanted
from app.models.booking import Booking
from app.models.hold import TimeHold
from app.models.outbox import OutboxMail
from app.models.user import User
from app.models.waiting import WaitingOffer, WaitingWish
from app.services.factory import Services
from app.services.waiting_steps import WaitingFor
from app.web.services import services
from tests.factories import WEDNESDAY, Make, Person, Teacher, at

HOURS = [9, 10, 11]


class Waiting:
    """What tests of the waiting list do and see."""

    def __init__(self, app: Flask, make: Make) -> None:
        self.app = app
        self.make = make

    def do(self, person: Person, step: Callable[[Services, User], Any]) -> Any:
        """Something that a person does."""
        with self.make.session() as session:
            user = session.get(User, person.id)
        with self.app.app_context():
            return step(services(), user)

    def join(
        self,
        person: Person,
        teacher: Teacher,
        first: date = WEDNESDAY,
        last: date | None = None,
        part: DayPart = DayPart.ANY,
        minutes: int = 60,
    ) -> int:
        """The id of his wish."""
        wanted = Wanted(first, last or first, part)
        wish = WaitingFor(teacher.id, teacher.service_id, minutes, wanted)
        return self.do(person, lambda all_, user: all_.waiting_joining.join(user, wish).id)

    def work(self) -> int:
        """One round of the worker; how many offers it made."""
        with self.app.app_context():
            return services().waiting_offers.make_due()

    def cancel(self, booking_id: int) -> None:
        """By whoever takes the lesson."""
        with self.make.session() as session:
            student_id = session.get_one(Booking, booking_id).student_id
        student = Person(student_id, "")
        self.do(student, lambda all_, user: all_.bookings.cancel(user, booking_id, "Ill."))

    def take(self, person: Person, offer_id: int) -> Booking:
        return self.do(person, lambda all_, user: all_.waiting_answers.take(user, offer_id))

    def decline(self, person: Person, offer_id: int) -> None:
        self.do(person, lambda all_, user: all_.waiting_answers.decline(user, offer_id))

    def offers(self) -> list[tuple[int, str]]:
        """To whom, and what became of it, in order."""
        with self.make.session() as session:
            rows = session.scalars(select(WaitingOffer).order_by(WaitingOffer.id)).all()
        return [(row.student_id, row.state) for row in rows]

    def last_offer(self) -> WaitingOffer:
        with self.make.session() as session:
            return session.scalars(select(WaitingOffer).order_by(WaitingOffer.id.desc())).first()

    def wishes(self) -> list[tuple[int, str, str | None]]:
        """Whose, its state and why it ended, in order of joining."""
        with self.make.session() as session:
            rows = session.scalars(select(WaitingWish).order_by(WaitingWish.id)).all()
        return [(row.student_id, row.state, row.reason) for row in rows]

    def holders(self) -> list[int]:
        with self.make.session() as session:
            return list(session.scalars(select(TimeHold.holder_id).order_by(TimeHold.id)))

    def told(self) -> list[tuple[int, str]]:
        """Mails to those who wait, in order."""
        with self.make.session() as session:
            wanted = select(OutboxMail).where(OutboxMail.kind.like("waiting_%"))
            rows = session.scalars(wanted.order_by(OutboxMail.id)).all()
        return [(row.recipient_id, row.kind.removeprefix("waiting_")) for row in rows]

    def change(self, model: Any, where: Any, **values: Any) -> None:
        with self.make.session() as session:
            session.execute(update(model).where(where).values(**values))
            session.commit()


@pytest.fixture
def waiting(app: Flask, make: Make) -> Waiting:
    return Waiting(app, make)


@pytest.fixture
def teacher(make: Make) -> Teacher:
    return full(make)[0]


def full(make: Make, day: date = WEDNESDAY, **profile: Any) -> tuple[Teacher, list[int]]:
    """An instructor whose morning is booked out, and the lessons: one an hour."""
    teacher = make.instructor(**profile)
    make.hours(teacher, day, "09:00-12:00")
    booked = [
        make.booking(make.student(), teacher, at(day, f"{hour:02}:00"), status=status)
        for hour, status in zip(HOURS, [BookingStatus.CONFIRMED] * 3, strict=True)
    ]
    return teacher, booked
