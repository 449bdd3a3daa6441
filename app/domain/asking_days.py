"""Days in a typed sentence: dates, days of the week, and stretches of them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.asking_text import Kind, Reading
from app.domain.day_parts import PartOfDay
from app.domain.week import rest_of_week, rest_of_weekend

_DAY = timedelta(days=1)
_LONG_GONE_DAYS = 335
"""A date without a year that is further ahead than this was lately: it has gone by."""
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_NUMBER = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>[0-9]{4}))?\b"
_TO = frozenset(("to", "-", "\N{EN DASH}", "until", "till", "through", "thru"))
_OR = frozenset(("or", "and", "&", ",", "/"))


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last, both included; part of each, where that was said."""

    first: date
    last: date
    part: PartOfDay | None = None


_Meaning = Callable[[re.Match[str], date], Days | None]


def take_days(reading: Reading, today: date) -> Days | None:
    """The days that are asked for. Of two, the second counts where both make one stretch."""
    found = _all_days(reading, today)
    if not found:
        return None
    (start, end, days), *others = found
    if others:
        next_start, next_end, until = others[0]
        joined = _joined(days, until, reading.left[end:next_start].strip())
        if joined is not None:
            days, end = joined, next_end
    reading.take(Kind.DAY, start, end)
    return days


def _all_days(reading: Reading, today: date) -> list[tuple[int, int, Days]]:
    """Everything that names days, in the order of the sentence; nothing is taken yet."""
    found: list[tuple[int, int, Days]] = []
    for pattern, meaning in _PATTERNS:
        for match in reading.find(pattern):
            days = meaning(match, today)
            overlaps = any(match.start() < end and start < match.end() for start, end, _ in found)
            if days is not None and not overlaps:
                found.append((match.start(), match.end(), days))
    return sorted(found, key=lambda each: each[0])


def _joined(days: Days, until: Days, between: str) -> Days | None:
    last = until.last
    if between in _TO and last < days.first and days.first - last < 7 * _DAY:
        last += 7 * _DAY  # from Friday to Monday
    if between in _TO and last > days.first:
        return Days(days.first, last, days.part or until.part)
    is_next = until.first - days.last == _DAY
    return Days(days.first, last, days.part or until.part) if between in _OR and is_next else None


def _one(day: date | None, part: PartOfDay | None = None) -> Days | None:
    return None if day is None else Days(day, day, part)


def _safe_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _dated(day: int, month: int, year: str | None, today: date) -> Days | None:
    """A date; without a year the next such day, or the one that has just gone by."""
    if year is not None:
        return _one(_safe_date(int(year) + (2000 if len(year) == 2 else 0), month, day))
    for ahead in range(5):  # the next 29 February may be years away
        found = _safe_date(today.year + ahead, month, day)
        if found is not None and found >= today:
            is_gone = (found - today).days > _LONG_GONE_DAYS
            return _one((_safe_date(found.year - 1, month, day) if is_gone else None) or found)
    return None


def _iso(match: re.Match[str], _today: date) -> Days | None:
    return _one(_safe_date(*(int(part) for part in match.groups())))


def _slashed(match: re.Match[str], today: date) -> Days | None:
    month, day, year = match.groups()
    return _dated(int(day), int(month), year, today)


def _named_month(match: re.Match[str], today: date) -> Days | None:
    month = _MONTHS.index(match["month"][:3]) + 1
    return _dated(int(match["day"]), month, match["year"], today)


def _relative(match: re.Match[str], today: date) -> Days | None:
    said = " ".join(match[0].split())
    if said == "today":
        return _one(today)
    if said == "tonight":
        return _one(today, PartOfDay.EVENING)
    if said.startswith("day after"):
        return _one(today + 2 * _DAY)
    if said.startswith("this "):
        return _one(today, PartOfDay(said.removeprefix("this ")))
    return _one(today + _DAY)


def _in_days(match: re.Match[str], today: date) -> Days | None:
    number = int(match["number"]) * (7 if match["unit"].startswith("week") else 1)
    return _one(today + number * _DAY)


def _week(match: re.Match[str], today: date) -> Days | None:
    _, sunday = rest_of_week(today)
    if match["which"] == "next":
        return Days(sunday + _DAY, sunday + 7 * _DAY)
    return Days(today, sunday)


def _weekend(match: re.Match[str], today: date) -> Days | None:
    first, sunday = rest_of_weekend(today)
    if match["which"] == "next":
        return Days(sunday + 6 * _DAY, sunday + 7 * _DAY)
    return Days(first, sunday)


def _weekday(match: re.Match[str], today: date) -> Days | None:
    """The next such day, today included; "next" means the week after this one."""
    wanted = _WEEKDAYS.index(match["weekday"][:3])
    if match["which"] == "next":
        return _one(today + (7 - today.weekday() + wanted) * _DAY)
    return _one(today + (wanted - today.weekday()) % 7 * _DAY)


_PATTERNS: Sequence[tuple[re.Pattern[str], _Meaning]] = (
    (re.compile(r"\b([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})\b"), _iso),
    (
        re.compile(r"(?<![$\w/.])([0-9]{1,2})/([0-9]{1,2})(?:/([0-9]{4}|[0-9]{2}))?(?![\w/])"),
        _slashed,
    ),
    (re.compile(rf"\b{_NUMBER}\s+(?:of\s+)?{_MONTH}{_YEAR}"), _named_month),
    (re.compile(rf"\b{_MONTH}\s+(?:the\s+)?{_NUMBER}{_YEAR}(?!\s*(?::|[ap]\.?m))"), _named_month),
    (
        re.compile(
            r"\b(?:day\s+after\s+tomorrow|today|tonight|tomorrow|tommorow|tomorow|tmrw"
            r"|this\s+(?:morning|afternoon|evening))\b"
        ),
        _relative,
    ),
    (re.compile(r"\bin\s+(?P<number>[0-9]{1,2})\s+(?P<unit>days?|weeks?)\b"), _in_days),
    (re.compile(r"\b(?P<which>this|next)\s+week\b"), _week),
    (re.compile(r"\b(?:(?P<which>this|next)\s+)?weekend\b"), _weekend),
    (
        re.compile(
            r"\b(?:(?P<which>this|next|coming)\s+)?(?P<weekday>mon(?:day)?|tue(?:s|sday)?"
            r"|wed(?:s|nesday)?|thu(?:rs?|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?\b\.?"
        ),
        _weekday,
    ),
)
