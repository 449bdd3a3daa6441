"""What somebody answers to a time that was offered to him."""

from dataclasses import replace

from app.domain.errors import WrongState
from app.domain.offers import LessonRequest
from app.domain.waiting import OfferState
from app.models.booking import Booking
from app.models.user import User
from app.models.waiting import WaitingOffer
from app.services.base import Context, measure_operation
from app.services.bookings import BookingService
from app.services.waiting_steps import WaitingSteps, WaitingTools


class WaitingAnswerService(WaitingSteps):
    """Taking an offer is booking its time: the booking uses up the hold and closes the wish."""

    def __init__(self, context: Context, tools: WaitingTools, bookings: BookingService) -> None:
        super().__init__(context, tools)
        self._bookings = bookings

    @measure_operation
    def offer(self, student: User, offer_id: int) -> WaitingOffer:
        """An offer to oneself, whatever became of it. Raises NotFound."""
        return self._offered(student, offer_id)

    @measure_operation
    def take(self, student: User, offer_id: int, details: LessonRequest | None = None) -> Booking:
        """Book what was offered; of ``details`` only the place, the note and the agreed price
        count.

        Taken twice it is the same lesson. An offer that has run out gets what anybody gets.
        Raises NotFound, and what booking raises.
        """
        offer = self._offered(student, offer_id)
        if offer.state == OfferState.TAKEN and offer.booking_id is not None:
            return self._bookings.get(student, offer.booking_id)
        request = replace(
            details or LessonRequest(offer.instructor_id, offer.wish.service_id),
            instructor_id=offer.instructor_id,
            service_id=offer.wish.service_id,
            starts_at=offer.starts_at,
            minutes=offer.wish.minutes,
        )
        return self._bookings.book(student, request)

    @measure_operation
    def decline(self, student: User, offer_id: int) -> None:
        """Let a time go to the next in line, and stay in line oneself for others. Twice is once.

        Raises NotFound, WrongState.
        """
        instructor_id = self._offered(student, offer_id).instructor_id
        with self.transaction():
            self._wishes.lock_calendars(instructor_id, student.id)
            offer = self._offered(student, offer_id)
            if offer.state == OfferState.DECLINED:
                return
            if not self._offers.close(offer, OfferState.DECLINED, self.clock.now()):
                raise WrongState("This offer has ended already.")
            self._profiles.raise_generation(instructor_id)
            self._audit.note(
                student,
                "waiting.decline",
                "waiting",
                offer.wish_id,
                before={"offer": OfferState.OPEN, "starts_at": offer.starts_at},
                after={"offer": OfferState.DECLINED},
            )
