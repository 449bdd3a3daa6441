"""Prices, clocks and lengths in a typed sentence."""

import re
from collections.abc import Sequence
from decimal import Decimal

from app.domain.asking_text import Kind, Reading
from app.domain.day_parts import PartOfDay
from app.domain.limits import DURATION_MAX_MINUTES, DURATION_MIN_MINUTES, PRICE_FILTER_MAX
from app.domain.time_range import DAY_MINUTES

Prices = tuple[Decimal | None, Decimal | None]
Clocks = tuple[int | None, int | None]

_DASH = r"(?:-|\N{EN DASH}|\N{EM DASH}|to|and|until|till)"
_PER_HOUR = r"(?:\s*(?:/|per|an?|each)\s*(?:hour|hr|h|lesson)\b|\s+hourly\b)?"


def _amount(number: int) -> str:
    return (
        rf"(?P<sign{number}>[$\u20ac\u00a3]\s*)?"
        rf"(?P<amount{number}>[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,6}}(?:\.[0-9]{{1,2}})?)(?![\w%:])"
        rf"(?P<unit{number}>\s*(?:dollars?|bucks|usd|\$))?"
    )


_PRICES = re.compile(
    rf"(?:\b(?P<between>between|from)\s+)?{_amount(1)}\s*{_DASH}\s*{_amount(2)}{_PER_HOUR}"
)
_AT_MOST = re.compile(
    r"(?:\b(?:under|below|less\s+than|up\s+to|max(?:imum)?(?:\s+of)?|at\s+most|no\s+more\s+than"
    rf"|not\s+more\s+than|cheaper\s+than)\b|<=?|\u2264)\s*{_amount(1)}{_PER_HOUR}"
)
_AT_LEAST = re.compile(
    r"(?:\b(?:over|above|more\s+than|at\s+least|min(?:imum)?(?:\s+of)?)\b|>=?|\u2265)"
    rf"\s*{_amount(1)}{_PER_HOUR}"
)
_FROM = re.compile(rf"\b(?:from|starting\s+at)\s+{_amount(1)}{_PER_HOUR}")
_ALONE = re.compile(rf"(?<!\w){_amount(1)}{_PER_HOUR}")


def take_prices(reading: Reading) -> Prices:
    """At least and at most, by the hour."""
    for found in reading.find(_PRICES):
        low, high = _value(found, 1), _value(found, 2)
        if _is_money(found, 1) or _is_money(found, 2) or (found["between"] and min(low, high) > 12):
            if max(low, high) <= PRICE_FILTER_MAX:
                reading.take(Kind.PRICE, *found.span())
                return min(low, high), max(low, high)
        elif found["between"] is None and "-" in found[0] and 12 < low < high <= PRICE_FILTER_MAX:
            reading.take(Kind.PRICE, *found.span())
            return low, high
    low_price = _take_price(reading, _AT_LEAST) or _take_price(reading, _FROM, needs_sign=True)
    high_price = _take_price(reading, _AT_MOST) or _take_price(reading, _ALONE, needs_sign=True)
    return low_price, high_price


def _take_price(
    reading: Reading, pattern: re.Pattern[str], *, needs_sign: bool = False
) -> Decimal | None:
    for found in reading.find(pattern):
        if _value(found, 1) <= PRICE_FILTER_MAX and (not needs_sign or _is_money(found, 1)):
            reading.take(Kind.PRICE, *found.span())
            return _value(found, 1)
    return None


def _value(found: re.Match[str], number: int) -> Decimal:
    return Decimal(found[f"amount{number}"].replace(",", ""))


def _is_money(found: re.Match[str], number: int) -> bool:
    return bool(found[f"sign{number}"] or found[f"unit{number}"])


def _clock(number: int) -> str:
    return (
        rf"(?:(?P<noon{number}>noon|midday)|(?P<hour{number}>[01]?[0-9]|2[0-3])"
        rf"(?::(?P<minute{number}>[0-5][0-9]))?(?:\s*(?P<half{number}>[ap])\.?\s?m\b\.?)?)(?![\w:$%])"
    )


_CLOCKS = re.compile(rf"(?<![\w$:.])(?:(?:between|from)\s+)?{_clock(1)}\s*{_DASH}\s*{_clock(2)}")
_AFTER = re.compile(rf"\b(?:after|since|not\s+before|later\s+than)\s+{_clock(1)}")
_SINCE = re.compile(rf"\b(?:from|starting(?:\s+at)?)\s+{_clock(1)}")
_BEFORE = re.compile(rf"\b(?:before|by|not\s+after|earlier\s+than)\s+{_clock(1)}")
_UNTIL = re.compile(rf"\b(?:until|till|up\s+to)\s+{_clock(1)}")
_AT = re.compile(rf"\b(?:at|around)\s+{_clock(1)}(?!\s*(?:dollars|bucks))")
_CLOCK_ALONE = re.compile(rf"(?<![\w$:.]){_clock(1)}")


def take_clocks(reading: Reading) -> Clocks:
    """When a lesson starts: from a minute of the day on, and before another one."""
    for found in reading.find(_CLOCKS):
        both = _pair(found)
        if _is_clock(found, 2) and both is not None:
            reading.take(Kind.TIME, *found.span())
            return both
    after = _take_clock(reading, _AFTER) or _take_clock(reading, _SINCE, is_sure=True)
    before = _take_clock(reading, _BEFORE) or _take_clock(reading, _UNTIL, is_sure=True)
    if after is None and before is None:
        at = _take_clock(reading, _AT) or _take_clock(reading, _CLOCK_ALONE, is_sure=True)
        return (None, None) if at is None else (at, min(at + 60, DAY_MINUTES))
    if after is not None and before is not None and before <= after:
        return after, None
    return after, before


def _take_clock(reading: Reading, pattern: re.Pattern[str], *, is_sure: bool = False) -> int | None:
    """``is_sure``: only what can be nothing but a time of day."""
    for found in reading.find(pattern):
        minute = _minute(found, 1)
        if minute and (_is_clock(found, 1) or not is_sure):
            reading.take(Kind.TIME, *found.span())
            return minute
    return None


def _is_clock(found: re.Match[str], number: int) -> bool:
    return bool(found[f"noon{number}"] or found[f"minute{number}"] or found[f"half{number}"])


def _pair(found: re.Match[str]) -> Clocks | None:
    """Both ends. "5-7pm" begins in the afternoon, "11-1pm" before noon."""
    end = _minute(found, 2)
    start = _minute(found, 1)
    if end is None or start is None:
        return None
    if found["half2"] and not (_is_clock(found, 1) and found["half1"]) and found["hour1"]:
        same_half = _minute_of(int(found["hour1"]), int(found["minute1"] or 0), found["half2"])
        start = same_half if same_half is not None and same_half < end else start % (12 * 60)
    return (start, end) if start < end else None


def _minute(found: re.Match[str], number: int) -> int | None:
    """Minutes from midnight; of a bare hour up to 7 the afternoon is meant."""
    if found[f"noon{number}"]:
        return 12 * 60
    hour, minute, half = (found[f"{part}{number}"] for part in ("hour", "minute", "half"))
    is_bare = half is None and minute is None and 1 <= int(hour) <= 7
    return _minute_of(int(hour), int(minute or 0), "p" if is_bare else half)


def _minute_of(hour: int, minute: int, half: str | None) -> int | None:
    if half is None:
        return hour * 60 + minute
    if not 1 <= hour <= 12:
        return None
    return (hour % 12 + (12 if half == "p" else 0)) * 60 + minute


_PART = re.compile(
    r"\b(?:in\s+the\s+)?(?P<part>morning|afternoon|evening|night|after\s+work|lunch\s?time)s?\b"
)
_PARTS = {
    "mo": PartOfDay.MORNING,
    "af": PartOfDay.AFTERNOON,
    "ev": PartOfDay.EVENING,
    "ni": PartOfDay.EVENING,
    "lu": PartOfDay.AFTERNOON,
}


def take_part(reading: Reading) -> PartOfDay | None:
    """Morning, afternoon or evening; after work is the evening."""
    for found in reading.find(_PART):
        reading.take(Kind.TIME, *found.span())
        said = found["part"]
        return PartOfDay.EVENING if said.startswith("after ") else _PARTS[said[:2]]
    return None


_LENGTHS: Sequence[tuple[re.Pattern[str], int]] = (
    (re.compile(r"(?<![\w$.:])(?P<number>[0-9]{2,3})[\s-]*min(?:ute)?s?\b"), 1),
    (re.compile(r"(?<![\w$.:])(?P<number>[1-4])[\s-]*(?:hours?|hrs?|h)\b"), 60),
    (re.compile(r"\bhalf[\s-](?:an[\s-])?(?P<number>)hour\b"), 30),
)


def take_length(reading: Reading) -> int | None:
    """How many minutes a lesson should last."""
    for pattern, unit in _LENGTHS:
        for found in reading.find(pattern):
            minutes = int(found["number"] or 1) * unit
            if DURATION_MIN_MINUTES <= minutes <= DURATION_MAX_MINUTES:
                reading.take(Kind.LENGTH, *found.span())
                return minutes
    return None
