"""Closing an account: the person goes, his bookings and their amounts stay."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.errors import LastAdministrator, LessonsAhead, WrongPassword
from app.domain.mails import FORMER_ADDRESS, FORMER_NAME, MailKind
from app.domain.vocabulary import OPEN, Role
from app.infra.passwords import Passwords
from app.infra.tokens import new_session_token
from app.models.booking import Booking
from app.models.user import User
from app.repositories.account_remains import AccountRemainsRepository
from app.repositories.teaching_remains import TeachingRemainsRepository
from app.repositories.users import UserRepository
from app.repositories.waiting_remains import WaitingRemainsRepository
from app.services.base import Context, measure_operation
from app.services.booking_steps import BookingSteps, BookingTools, cancelling_for

NOBODY = "Former member"
REASON = "The account was closed."
SHOWN = 50


@dataclass(frozen=True, slots=True)
class ComingLesson:
    """A lesson that closing would cancel, and whether that is late."""

    lesson: Booking
    is_late: bool


@dataclass(frozen=True, slots=True)
class ClosingPreview:
    """What closing an account would mean, and what stands against it."""

    lessons: Sequence[ComingLesson]
    has_more: bool
    must_teach: bool
    is_last_administrator: bool

    @property
    def is_possible(self) -> bool:
        return not self.must_teach and not self.is_last_administrator


class AccountClosingService(BookingSteps):
    """Takes somebody out of everything that is kept, in one transaction."""

    def __init__(
        self,
        context: Context,
        tools: BookingTools,
        users: UserRepository,
        remains: AccountRemainsRepository,
        teaching: TeachingRemainsRepository,
        passwords: Passwords,
        waiting: WaitingRemainsRepository,
    ) -> None:
        super().__init__(context, tools)
        self._waiting = waiting
        self._users = users
        self._remains = remains
        self._teaching = teaching
        self._passwords = passwords

    @measure_operation
    def preview(self, user: User) -> ClosingPreview:
        """What closing would mean now. Nothing is locked: closing looks again."""
        now = self.clock.now()
        found = self._remains.coming(user.id, now, SHOWN + 1)
        return ClosingPreview(
            [ComingLesson(each, cancelling_for(user, each, now).is_late) for each in found[:SHOWN]],
            has_more=len(found) > SHOWN,
            must_teach=self._teaching.has_lessons_ahead(user.id, now),
            is_last_administrator=user.kind is Role.ADMIN
            and not self._remains.has_other_administrator(user.id),
        )

    @measure_operation
    def close(self, user: User, password: str) -> None:
        """Close one's own account for good.

        Lessons to come that the person would take are cancelled; whoever has lessons to teach
        moves or cancels them first, and ends the one that runs. Name, address, notes and
        whatever else tells who it was are replaced or erased; sessions, tokens and links are void.
        Raises WrongPassword (also where somebody changed it meanwhile), LessonsAhead,
        LastAdministrator.
        """
        old = user.hashed_password
        if not self._passwords.verify(password, old):
            raise WrongPassword
        unknown = self._passwords.hash(new_session_token())
        with self.transaction():
            self._bookings.lock_calendars(user.id, user.id)
            self._profiles.locked(user.id)  # before hours and the person, as changes of hours do
            user = self._users.locked(user.id)
            if user.hashed_password != old or not user.is_open:
                raise WrongPassword
            self._check_may_go(user)
            self._remains.erase_texts(user.id)
            self._remains.erase_trail(user)
            cancelled = self._give_back(user)
            self._remains.withdraw_mails(user.id)
            farewell = {FORMER_NAME: user.full_name, FORMER_ADDRESS: user.email}
            self._notifications.to_person(MailKind.ACCOUNT_CLOSED, user, "closed", farewell)
            self._remains.drop_belongings(user.id)
            self._remains.empty_profile(user.id)
            self._profiles.raise_generation(user.id)
            self._make_nobody(user, unknown)
            self._audit.note(
                user,
                "account.close",
                "user",
                user.id,
                before={"is_active": True},
                after={"is_active": False, "lessons_cancelled": cancelled},
            )

    def _give_back(self, user: User) -> list[int]:
        """Free all time that is kept for somebody; the ids of the lessons that are cancelled.

        All generations are raised in one order, before the lessons raise theirs again: two who
        leave at once never wait for one another.
        """
        held = self._waiting.drop(user.id)
        lessons = self._remains.taken_ahead(user.id, self.clock.now())
        for instructor_id in sorted({*held, *(each.instructor_id for each in lessons)}):
            self._profiles.raise_generation(instructor_id)
        return [self._cancel(user, lesson) for lesson in lessons]

    def _check_may_go(self, user: User) -> None:
        if user.kind is Role.ADMIN and not self._users.has_other_administrator(user.id):
            raise LastAdministrator
        if self._teaching.has_lessons_ahead(user.id, self.clock.now()):
            raise LessonsAhead

    def _cancel(self, user: User, lesson: Booking) -> int:
        """Cancel one lesson to come, late where it is late; returns its id."""
        is_late = cancelling_for(user, lesson, self.clock.now()).is_late
        values = {**self._cancelled(REASON, user.id), "cancelled_late": is_late}
        self._change(user, lesson, "booking.cancel", OPEN, values, REASON)
        self._notifications.cancelled(lesson, user, former_name=user.full_name)
        return lesson.id

    def _make_nobody(self, user: User, unknown_hash: str) -> None:
        """The row stays for the bookings' sake; its address is one that no mail can have."""
        now = self.clock.now()
        user.full_name = NOBODY
        user.email = f"closed-{user.id}@closed.invalid"
        user.hashed_password = unknown_hash
        user.email_verified_at = user.time_zone = None
        user.is_active = False
        user.closed_at = user.updated_at = now
        user.auth_version += 1
        user.calendar_version += 1
