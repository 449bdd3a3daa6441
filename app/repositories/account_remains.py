"""What an account leaves behind when its person goes: who he was is taken out of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Delete, Update, delete, exists, or_, select, update
from sqlalchemy.orm import joinedload

from app.domain.mails import FINAL, UNSENT, MailState
from app.domain.vocabulary import OPEN, LocationType, Role
from app.models.audit import AuditEntry, AuditPersonal
from app.models.availability import AvailabilitySlot, BlackoutDate
from app.models.booking import Booking
from app.models.email_change import EmailChange
from app.models.email_verification import EmailVerificationToken
from app.models.hold import TimeHold
from app.models.idempotency import IdempotencyKey
from app.models.instructor import InstructorProfile, Service
from app.models.outbox import OutboxMail
from app.models.password_reset import PasswordResetToken
from app.models.session import UserSession
from app.models.user import User
from app.repositories.base import BaseRepository


class AccountRemainsRepository(BaseRepository[User]):
    """Everything of one person that is not the bookings themselves."""

    model = User

    def taken_ahead(self, person_id: int, now: datetime) -> Sequence[Booking]:
        """Lessons that a person would still take, locked, by instructor.

        All rows are locked before any is changed, and then changed by instructor, so that two
        who leave at once never wait for one another.
        """
        ahead = _ahead(Booking.student_id == person_id, now)
        ids = self._session.scalars(
            select(Booking.id).where(ahead).order_by(Booking.id).with_for_update()
        ).all()
        people = (
            joinedload(Booking.student, innerjoin=True),
            joinedload(Booking.instructor, innerjoin=True),
        )
        wanted = select(Booking).where(Booking.id.in_(ids)).options(*people)
        ordered = wanted.order_by(Booking.instructor_id, Booking.id)
        return self._session.scalars(ordered, execution_options={"populate_existing": True}).all()

    def coming(self, person_id: int, now: datetime, limit: int) -> Sequence[Booking]:
        """Lessons that a person would still take, soonest first, with their instructors; some."""
        ahead = _ahead(Booking.student_id == person_id, now)
        ordered = select(Booking).where(ahead).order_by(Booking.starts_at, Booking.id).limit(limit)
        return self._session.scalars(
            ordered.options(joinedload(Booking.instructor, innerjoin=True))
        ).all()

    def has_other_administrator(self, person_id: int) -> bool:
        """Whether another open administrator is there now; nobody is locked for it."""
        another = (User.role == Role.ADMIN) & User.is_active.is_not(False) & (User.id != person_id)
        return bool(self._session.scalar(select(exists().where(another))))

    def erase_texts(self, person_id: int) -> None:
        """Take what people wrote about a student, and what an instructor wrote, out of bookings."""
        taken, taught = Booking.student_id == person_id, Booking.instructor_id == person_id
        at_home = taught & (Booking.location_type == LocationType.INSTRUCTOR_LOCATION)
        nothing = {"student_note": None, "instructor_note": None, "meeting_location": None}
        self._run(update(Booking).where(taken).values(nothing))
        self._run(update(Booking).where(taught).values(instructor_note=None))
        self._run(update(Booking).where(at_home).values(meeting_location=None))
        cancelled = Booking.cancelled_by_id == person_id
        self._run(update(Booking).where(cancelled).values(cancellation_reason=None))

    def erase_trail(self, person: User) -> None:
        """Erase the personal values in the trail: about the person, about the lessons he took
        or gave at his own place, and, unless he was staff and wrote of others, whatever he
        changed himself.
        """
        at_home = (Booking.instructor_id == person.id) & (
            Booking.location_type == LocationType.INSTRUCTOR_LOCATION
        )
        lessons = select(Booking.id).where((Booking.student_id == person.id) | at_home)
        about = or_(
            (AuditEntry.subject_type.in_(("user", "profile")))
            & (AuditEntry.subject_id == person.id),
            (AuditEntry.subject_type == "booking") & AuditEntry.subject_id.in_(lessons),
        )
        if not person.kind.is_staff:
            about |= AuditEntry.actor_id == person.id
        entries = select(AuditEntry.id).where(about)
        self._run(delete(AuditPersonal).where(AuditPersonal.entry_id.in_(entries)))

    def withdraw_mails(self, person_id: int) -> None:
        """Take back what was not sent to a person yet, and forget the copies of what was sent to
        him or of his lessons.

        A mail that is being sent is taken from its worker, who else would store its copy after
        this; another one renders it anew once the lease ends.
        """
        his = OutboxMail.recipient_id == person_id
        unsent = his & OutboxMail.state.in_(UNSENT)
        withdrawn = {"state": MailState.WITHDRAWN.value, "reason": "account_closed"}
        self._run(update(OutboxMail).where(unsent).values(withdrawn))
        lessons = select(Booking.id).where(_is_of(person_id))
        copies = his | OutboxMail.booking_id.in_(lessons)
        nothing = {"subject": None, "text": None, "html": None, "lease_token": None}
        self._run(update(OutboxMail).where(copies).values(nothing))
        is_over = OutboxMail.state.in_(FINAL)
        self._run(update(OutboxMail).where(copies & is_over).values(facts="{}"))
        self._run(update(OutboxMail).where(his).values(address=None, facts="{}"))

    def drop_belongings(self, person_id: int) -> None:
        """Delete sessions, links, holds, open hours, days off, and answers kept for repetition."""
        for model in (UserSession, PasswordResetToken, EmailVerificationToken, EmailChange):
            self._run(delete(model).where(model.user_id == person_id))
        for rug in (AvailabilitySlot, BlackoutDate):
            self._run(delete(rug).where(rug.instructor_id == person_id))
        held = (TimeHold.holder_id == person_id) | (TimeHold.instructor_id == person_id)
        self._run(delete(TimeHold).where(held))
        lessons = select(Booking.id).where(_is_of(person_id))
        self._run(delete(IdempotencyKey).where(IdempotencyKey.booking_id.in_(lessons)))

    def empty_profile(self, person_id: int) -> None:
        """Leave of a profile what bookings refer to, and offer nothing any more."""
        his = InstructorProfile.user_id == person_id
        profile = select(InstructorProfile.id).where(his)
        nothing = {"bio": None, "areas_of_service": None, "handle": None}
        self._run(update(InstructorProfile).where(his).values(nothing))
        self._run(
            update(Service)
            .where(Service.instructor_profile_id.in_(profile))
            .values(description=None, is_active=False)
        )

    def _run(self, statement: Update | Delete) -> None:
        self._session.execute(statement.execution_options(synchronize_session=False))


def _ahead(whose: ColumnElement[bool], now: datetime) -> ColumnElement[bool]:
    return whose & Booking.status.in_(OPEN) & (Booking.starts_at > now)


def _is_of(person_id: int) -> ColumnElement[bool]:
    return (Booking.student_id == person_id) | (Booking.instructor_id == person_id)
