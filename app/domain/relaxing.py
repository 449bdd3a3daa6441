"""A wish that nobody meets, with one thing of it given up at a time."""

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum

from app.domain.searching import FreeTime, Sort, Wanted


class GivenUp(StrEnum):
    """What is not insisted on."""

    CLOCK = "clock"
    TIME = "time"
    PRICE = "price"
    AREA = "area"
    LENGTH = "length"
    WORDS = "words"


def relaxed(wanted: Wanted) -> Iterator[tuple[GivenUp, Wanted]]:
    """Wishes that ask for a little less. Where words are all there is, they are not given up."""
    free = wanted.free
    if free is not None:
        same_days = FreeTime(day=free.day, last_day=free.last_day)
        if free.day is not None and same_days != free:
            yield GivenUp.CLOCK, replace(wanted, free=same_days)
        yield GivenUp.TIME, replace(wanted, free=None, sort=Sort.SOONEST)
    if wanted.min_price is not None or wanted.max_price is not None:
        yield GivenUp.PRICE, replace(wanted, min_price=None, max_price=None, sort=Sort.PRICE)
    if wanted.area is not None:
        yield GivenUp.AREA, replace(wanted, area=None)
    if wanted.minutes is not None:
        yield GivenUp.LENGTH, replace(wanted, minutes=None)
    without_words = replace(wanted, search=None)
    if without_words not in (wanted, Wanted(sort=wanted.sort)):
        yield GivenUp.WORDS, without_words
