"""What time does to bookings: requests lapse, lessons left open complete, keys are forgotten."""

import logging

from app.domain.booking_rules import AUTO_COMPLETE_AFTER
from app.domain.vocabulary import BookingStatus
from app.services.base import measure_operation
from app.services.booking_steps import BookingSteps
from app.services.bookings import KEYS_KEPT

log = logging.getLogger(__name__)

BATCH = 500
EXPIRED = "expired"
"""The reason of a cancellation that nobody writes."""


class BookingJobService(BookingSteps):
    """Jobs of the worker, in batches, each a short transaction of its own."""

    @measure_operation
    def expire_requests(self) -> int:
        """Cancel requests that nobody answered in time; returns how many. In short batches."""
        return sum(iter(self._expire_some, 0))

    @measure_operation
    def complete_past(self) -> int:
        """Complete lessons left open a day after their end; returns how many.

        In batches, each a short transaction of its own, however many have piled up.
        """
        completed = sum(iter(self._complete_some, 0))
        if completed:
            log.info("completed %d past lessons", completed)
        return completed

    @measure_operation
    def forget_keys(self) -> int:
        """Delete keys of repeated requests after a day; returns how many."""
        with self.transaction():
            return self._requests.forget(self.clock.now() - KEYS_KEPT)

    def _expire_some(self) -> int:
        with self.transaction():
            lapsed = self._requests.lapsed(self.clock.now(), BATCH)
            for booking in sorted(lapsed, key=lambda each: (each.instructor_id, each.id)):
                values = self._cancelled(EXPIRED, None)
                self._change(None, booking, "booking.expire", [BookingStatus.PENDING], values, None)
                self._notifications.expired(booking)
        return len(lapsed)

    def _complete_some(self) -> int:
        now = self.clock.now()
        with self.transaction():
            done = self._bookings.complete_ended(now - AUTO_COMPLETE_AFTER, now, BATCH)
            for instructor_id in sorted({each for _, each in done}):  # so that two never deadlock
                self._profiles.raise_generation(instructor_id)
            for booking_id in sorted(booking_id for booking_id, _ in done):
                self._audit.note(
                    None,
                    "booking.completed",
                    "booking",
                    booking_id,
                    before={"status": BookingStatus.CONFIRMED.value},
                    after={"status": BookingStatus.COMPLETED.value},
                )
        return len(done)
