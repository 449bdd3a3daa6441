"""One day's open hours as people type them: ``9:00-12:00, 14:00-17:30``."""

import re
from collections.abc import Iterable

from app.domain.errors import InvalidWindow
from app.domain.time_range import DAY_MINUTES, TimeRange, open_windows

HOURS_MAX_CHARS = 1000
NOON = DAY_MINUTES // 2
EXAMPLE = "Write hours like 9:00-12:00, 14:00-17:30."

_TIME = r"(?:midnight|noon|[0-9]{1,2}(?:[:.][0-9]{2})?(?:\s*[ap]\.?m\b\.?)?)"
_PIECE = re.compile(rf"(?P<start>{_TIME})\s*(?:-|to\b|till?\b|until\b)\s*(?P<end>{_TIME})(?!\w)")
_GAP = re.compile(r"(?:[\s,;&+]|and\b)+")
_REST = re.compile(r"[^,;]+")
_CLOCK = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))?\s*(?P<half>[ap])?")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_CLOSED = frozenset({"closed", "off", "none", "-"})


def parse_hours(text: str, *, field: str | None = None) -> tuple[TimeRange, ...]:
    """The windows of one day, merged; empty means closed.

    Raises InvalidWindow, naming the piece that cannot be, for ``field``.
    """
    plain = text.translate(_DASHES).lower().strip()
    if len(plain) > HOURS_MAX_CHARS:
        raise InvalidWindow(f"That is too long for one day. {EXAMPLE}", field=field)
    if plain in _CLOSED:
        return ()
    try:
        return open_windows(_pieces(plain))
    except InvalidWindow as refused:
        raise InvalidWindow(refused.message, field=field) from None


def write_hours(ranges: Iterable[TimeRange]) -> str:
    """The form that parse_hours reads back to the same ranges."""
    return ", ".join(f"{write_minute(each.start)}-{write_minute(each.end)}" for each in ranges)


def write_minute(minute: int) -> str:
    """A minute of the day on the 24-hour clock, ``9:05``; the end of the day is ``24:00``."""
    return f"{minute // 60}:{minute % 60:02d}"


def _pieces(plain: str) -> list[TimeRange]:
    found: list[TimeRange] = []
    at = 0
    while at < len(plain):
        if gap := _GAP.match(plain, at):
            at = gap.end()
        elif piece := _PIECE.match(plain, at):
            found.append(_range(piece))
            at = piece.end()
        else:
            rest = _REST.match(plain, at)
            raise InvalidWindow(f"“{_short(rest)}” is not clear. {EXAMPLE}")
    return found


def _short(rest: re.Match[str] | None) -> str:
    word = rest[0].strip() if rest else ""
    return word if len(word) <= 30 else f"{word[:30]}…"


def _range(piece: re.Match[str]) -> TimeRange:
    """Half-days that were left out are those that make sense: 9am-5 and 1-5pm."""
    start, starts_in = _minute(piece["start"], piece[0])
    end, ends_in = _minute(piece["end"], piece[0])
    if ends_in and not starts_in and start < NOON and start + NOON < end:
        start += NOON * (ends_in == "p")
    if starts_in and not ends_in and end <= start and end < NOON:
        end += NOON
    if end == 0:
        end = DAY_MINUTES
    if start >= end:
        raise InvalidWindow(f"“{piece[0]}” ends before it starts. {EXAMPLE}")
    return TimeRange(start, end)


def _minute(word: str, piece: str) -> tuple[int, str]:
    """Minutes from midnight, and ``a``, ``p`` or nothing for the half of the day written."""
    if word in ("midnight", "noon"):
        return (0, "a") if word == "midnight" else (NOON, "p")
    clock = _CLOCK.match(word)
    hour, minute = (int(clock["hour"]), int(clock["minute"] or 0)) if clock else (99, 0)
    half = (clock["half"] or "") if clock else ""
    is_clock = (1 <= hour <= 12) if half else (hour * 60 + minute <= DAY_MINUTES)
    if not is_clock or minute > 59:
        raise InvalidWindow(f"“{piece}” holds a time that does not exist. {EXAMPLE}")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour * 60 + minute, half
