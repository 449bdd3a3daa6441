"""What somebody does by a link in a mail, without signing in."""

from dataclasses import dataclass

from app.domain.booking_rules import CancellationOutcome
from app.domain.errors import NotFound, WrongState
from app.domain.lesson_links import ByLink, LinkClaims, LinkPurpose, LinkState, link_state
from app.domain.offers import LessonRequest
from app.models.booking import Booking
from app.models.user import User
from app.repositories.bookings import BookingRepository
from app.services.audit import AuditService
from app.services.base import BaseService, Context, measure_operation
from app.services.booking_changes import BookingChangeService
from app.services.booking_moves import outcome_for
from app.services.booking_steps import cancelling_for
from app.services.bookings import BookingService
from app.services.lesson_addresses import LessonAddresses
from app.services.notifications import NotificationService


@dataclass(frozen=True, slots=True)
class LinkTools:
    """What links work with."""

    bookings: BookingRepository
    cancelling: BookingService
    moving: BookingChangeService
    notifications: NotificationService
    audit: AuditService


@dataclass(frozen=True, slots=True)
class LinkedLesson:
    """A lesson that a genuine link speaks of, and whose link it is."""

    purpose: LinkPurpose
    claims: LinkClaims
    booking: Booking
    person: User
    state: LinkState
    outcome: CancellationOutcome

    @property
    def as_instructor(self) -> bool:
        return self.person.id == self.booking.instructor_id

    @property
    def by_link(self) -> ByLink:
        """What is asked for by it."""
        return ByLink(self.claims.version, self.claims.account_version)

    @property
    def is_ahead(self) -> bool:
        """Whether there is still something to be done about the lesson."""
        return self.outcome.is_allowed


class LessonLinkService(BaseService):
    """Opens links, and does what they are for as the person they were sent to."""

    def __init__(self, context: Context, tools: LinkTools, addresses: LessonAddresses) -> None:
        super().__init__(context)
        self._bookings = tools.bookings
        self._cancelling = tools.cancelling
        self._moving = tools.moving
        self._notifications = tools.notifications
        self._audit = tools.audit
        self._addresses = addresses

    @measure_operation
    def opened(
        self, purpose: LinkPurpose, token: str, visitor: User | None
    ) -> LinkedLesson | LinkState:
        """What a link opens; without its lesson where that must not be shown (any more).

        ``visitor`` is whoever is signed in: a link of somebody else opens nothing for him.
        """
        claims = self._addresses.tokens.read(purpose, token)
        found = None if claims is None else self._linked(purpose, claims)
        if found is None:
            return LinkState.UNKNOWN
        if not found.state.shows_lesson:
            return found.state
        is_foreign = visitor is not None and visitor.id != found.person.id
        return LinkState.FOREIGN if is_foreign else found

    @measure_operation
    def cancel(self, lesson: LinkedLesson, reason: str) -> Booking:
        """Cancel a lesson that a link opened; raises what cancelling does."""
        _check(lesson, LinkPurpose.CANCEL)
        booking, link = lesson.booking, lesson.by_link
        return self._cancelling.cancel(lesson.person, booking.id, reason, link=link)

    @measure_operation
    def move(self, lesson: LinkedLesson, wish: LessonRequest) -> Booking:
        """Move a lesson that a link opened; raises what rescheduling does."""
        _check(lesson, LinkPurpose.MOVE)
        booking, link = lesson.booking, lesson.by_link
        return self._moving.reschedule(lesson.person, booking.id, wish, link=link)

    @measure_operation
    def send_again(self, token: str) -> LinkedLesson:
        """Mail the person of a link, whatever it is for, links to the lesson as it is now.

        Once an hour at most. Raises NotFound where the link shows nothing any more, WrongState
        where there is nothing left to be done about the lesson.
        """
        opened = [self.opened(purpose, token, None) for purpose in LinkPurpose]
        found = next((each for each in opened if isinstance(each, LinkedLesson)), None)
        if found is None:
            raise NotFound
        if not found.is_ahead:
            raise WrongState("There is nothing left to be done about this lesson.")
        with self.transaction():
            self._notifications.links_asked(found.booking, found.person)
            self._audit.note(
                found.person,
                "booking.links_asked",
                "booking",
                found.booking.id,
                after={"by_link": True},
            )
        return found

    @measure_operation
    def view_token(self, booking: Booking, person: User) -> str:
        """What shows a lesson as it is now to whoever has just changed it by a link."""
        return self._addresses.token(LinkPurpose.VIEW, booking, person)

    def _linked(self, purpose: LinkPurpose, claims: LinkClaims) -> LinkedLesson | None:
        booking = self._bookings.of_person(claims.person_id, claims.booking_id)
        if booking is None or booking.ends_at is None:
            return None
        by_student = claims.person_id == booking.student_id
        person = booking.student if by_student else booking.instructor
        now = self.clock.now()
        outcome = cancelling_for(person, booking, now)
        is_possible = outcome.is_allowed
        if purpose is LinkPurpose.MOVE:
            is_possible = outcome_for(person, booking, now).is_allowed
        state = link_state(
            purpose,
            claims,
            version=booking.sequence,
            account_version=person.auth_version,
            ends_at=booking.ends_at,
            is_possible=is_possible,
            now=now,
        )
        if not person.is_open:
            state = LinkState.REVOKED
        return LinkedLesson(purpose, claims, booking, person, state, outcome)


def _check(lesson: LinkedLesson, purpose: LinkPurpose) -> None:
    """Raises WrongState where the link is for something else, or closed."""
    if lesson.purpose is not purpose or lesson.state is not LinkState.OPEN:
        raise WrongState("This link is closed.")
