"""Refusals about lessons that exist already; the kinds of refusals are in ``errors``."""

from app.domain.errors import Conflict


class BookingChanged(Conflict):
    """Somebody acts on a booking as he saw it, and it is another one by now."""

    code = "booking_changed"
    default = "This lesson has changed since you opened it. Please look at it again."
