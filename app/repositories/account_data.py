"""Everything that is kept about one person, table by table and some rows at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.models.audit import AuditEntry, AuditPersonal
from app.models.availability import AvailabilitySlot, BlackoutDate
from app.models.base import Base
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
from app.models.waiting import WaitingOffer, WaitingWish

Row = Mapping[str, Any]
AT_ONCE = 500
_HIS_OWN = ("user", "profile", "hours")
"""Subjects of the trail whose id is the person's."""


@dataclass(frozen=True, slots=True)
class Section:
    """One table's rows that are a person's. ``kept_back`` are the columns that he does not get,
    and why; ``beside`` refers to the person whose name is shown ``with`` the row.
    """

    name: str
    model: type[Base]
    whose: Callable[[int], ColumnElement[bool]]
    kept_back: Mapping[str, str]
    beside: InstrumentedAttribute[Any] | None = None


_OPENS = "whoever has it gets in"
_INTERNAL = "for the work behind it alone"
_UNREAD = "a leftover that nothing reads"

SECTIONS = (
    Section("account", User, lambda me: User.id == me, {"hashed_password": _OPENS}),
    Section("profile", InstructorProfile, lambda me: InstructorProfile.user_id == me, {}),
    Section("services", Service, lambda me: Service.instructor_profile_id.in_(_profile(me)), {}),
    Section("open_hours", AvailabilitySlot, lambda me: AvailabilitySlot.instructor_id == me, {}),
    Section("days_off", BlackoutDate, lambda me: BlackoutDate.instructor_id == me, {}),
    Section(
        "lessons_taken",
        Booking,
        lambda me: Booking.student_id == me,
        {"availability_slot_id": _UNREAD},
        Booking.instructor_id,
    ),
    Section(
        "lessons_given",
        Booking,
        lambda me: Booking.instructor_id == me,
        {"availability_slot_id": _UNREAD},
        Booking.student_id,
    ),
    Section("times_held", TimeHold, lambda me: TimeHold.holder_id == me, {}),
    Section(
        "waiting_for",
        WaitingWish,
        lambda me: WaitingWish.student_id == me,
        {"judged_generation": _INTERNAL, "judge_at": _INTERNAL},
        WaitingWish.instructor_id,
    ),
    Section(
        "times_offered",
        WaitingOffer,
        lambda me: WaitingOffer.student_id == me,
        {},
        WaitingOffer.instructor_id,
    ),
    Section(
        "mails",
        OutboxMail,
        lambda me: OutboxMail.recipient_id == me,
        {
            "html": "the same words as the text",
            "facts": _OPENS,
            "lease_token": _INTERNAL,
            "dedupe_key": _INTERNAL,
            "next_attempt_at": _INTERNAL,
        },
    ),
    Section("sessions", UserSession, lambda me: UserSession.user_id == me, {"token_hash": _OPENS}),
    Section(
        "password_links",
        PasswordResetToken,
        lambda me: PasswordResetToken.user_id == me,
        {"token": _OPENS},
    ),
    Section(
        "address_links",
        EmailVerificationToken,
        lambda me: EmailVerificationToken.user_id == me,
        {"token": _OPENS, "address_hash": "made of the address"},
    ),
    Section(
        "address_changes",
        EmailChange,
        lambda me: EmailChange.user_id == me,
        {"token": _OPENS, "stop_token": _OPENS, "nonce": _OPENS},
    ),
    Section(
        "repeated_requests",
        IdempotencyKey,
        lambda me: IdempotencyKey.person_id == me,
        {"body_hash": "made of the request"},
    ),
)
"""Every table that says something of one person. A test holds it against the models."""

TOLD_OF_TRAIL = ("id", "at", "actor_role", "request_id", "action", "subject_type", "subject_id")
KEPT_BACK_OF_TRAIL = {
    "actor_id": "told as by_you",
    "acting_as_id": "of a member of staff",
    "personal_digest": "made of the values",
}


class AccountDataRepository:
    """Reads only, each statement for a bounded number of rows."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def rows(self, section: Section, person_id: int) -> Iterator[Row]:
        """A section's rows in the order of their ids, without what is kept back."""
        key = section.model.__table__.columns["id"]
        columns = [
            each for each in section.model.__table__.columns if each.name not in section.kept_back
        ]
        wanted = select(*columns).where(section.whose(person_id))
        if section.beside is not None:
            named = User.full_name.label("with")
            wanted = wanted.add_columns(named).join(User, User.id == section.beside)
        yield from self._paged(wanted, key)

    def trail(self, person: User) -> Iterator[Row]:
        """Changes by the person and about him, the personal values of others left out."""
        by, his_own = AuditEntry.actor_id == person.id, _about(person.id)
        may_see = his_own if person.kind.is_staff else true()
        yield from self._entries(by, may_see)
        by_others = or_(AuditEntry.actor_id.is_(None), ~by)
        yield from self._entries(and_(his_own, by_others), true())
        for lessons in self._lessons(person.id):
            of_lessons = (AuditEntry.subject_type == "booking") & AuditEntry.subject_id.in_(lessons)
            yield from self._entries(and_(of_lessons, by_others), true())

    def _entries(self, wanted: ColumnElement[bool], may_see: ColumnElement[bool]) -> Iterator[Row]:
        table = AuditEntry.__table__.columns
        chosen = select(
            *(table[name] for name in TOLD_OF_TRAIL),
            AuditEntry.actor_id.label("actor_id"),
            AuditEntry.changes,
            AuditPersonal.values.label("personal"),
        ).outerjoin(AuditPersonal, and_(AuditPersonal.entry_id == AuditEntry.id, may_see))
        yield from self._paged(chosen.where(wanted), table["id"])

    def _lessons(self, person_id: int) -> Iterator[Sequence[int]]:
        """Ids of the lessons that a person takes or gives, some at a time."""
        for whose in (Booking.student_id == person_id, Booking.instructor_id == person_id):
            after = 0
            while True:
                wanted = select(Booking.id).where(whose, Booking.id > after).order_by(Booking.id)
                found = self._session.scalars(wanted.limit(AT_ONCE)).all()
                if not found:
                    break
                yield found
                after = found[-1]

    def _paged(self, wanted: Select[Any], key: ColumnElement[int]) -> Iterator[Row]:
        after = 0
        while True:
            page = wanted.where(key > after).order_by(key).limit(AT_ONCE)
            rows = self._session.execute(page).mappings().all()
            yield from (dict(row) for row in rows)
            if len(rows) < AT_ONCE:
                return
            after = rows[-1]["id"]


def _profile(person_id: int) -> Select[Any]:
    return select(InstructorProfile.id).where(InstructorProfile.user_id == person_id)


def _about(person_id: int) -> ColumnElement[bool]:
    return AuditEntry.subject_type.in_(_HIS_OWN) & (AuditEntry.subject_id == person_id)
