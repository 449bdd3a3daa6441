"""How names, prices and times read to people. Pure: no database, no request."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta
from babel.numbers import format_currency, format_decimal

from app.domain.areas import parse_areas
from app.domain.vocabulary import LocationType
from app.models.booking import Booking

_SHORT_AREAS = {
    "upper west side": "UWS",
    "upper east side": "UES",
    "lower east side": "LES",
    "financial district": "FiDi",
    "tribeca": "TriBeCa",
    "greenwich village": "Village",
    "east village": "E Village",
    "west village": "W Village",
    "midtown east": "Midtown E",
    "midtown west": "Midtown W",
    "soho": "SoHo",
    "noho": "NoHo",
    "washington heights": "Wash Heights",
    "brooklyn": "BK",
    "brooklyn heights": "BK Heights",
    "long island city": "LIC",
    "staten island": "SI",
}
_PLACES = {
    LocationType.STUDENT_HOME: "Student's Home",
    LocationType.INSTRUCTOR_LOCATION: "Instructor's Location",
    LocationType.NEUTRAL: "Neutral Location",
}
_UNCHANGED = ("midtown", "williamsburg", "park slope", "manhattan")
_MEETING = {
    LocationType.STUDENT_HOME: "At the student\N{RIGHT SINGLE QUOTATION MARK}s home",
    LocationType.INSTRUCTOR_LOCATION: "At the instructor\N{RIGHT SINGLE QUOTATION MARK}s place",
    LocationType.NEUTRAL: "A place you agree on together",
}


class PresentationService:
    """Formats by the platform's locale and currency."""

    def __init__(self, *, locale: str, currency: str) -> None:
        self._locale = Locale.parse(locale)
        self._currency = currency

    def money(self, amount: Decimal, *, has_symbol: bool = True) -> str:
        """``$1,234.50``, or ``1,234.50``."""
        if not has_symbol:
            return format_decimal(amount, "#,##0.00", locale=self._locale)
        return format_currency(amount, self._currency, locale=self._locale)

    def duration(self, minutes: int) -> str:
        """``45 minutes``, ``1 hour 30 minutes``."""
        hours, rest = divmod(minutes, 60)
        parts = [(hours, "hour"), (rest, "minute")]
        said = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count]
        return " ".join(said) or "0 minutes"

    def day(self, moment: datetime | date, zone_name: str | None = None) -> str:
        """``Tue 24 Nov``."""
        return format_date(_local(moment, zone_name), "EEE d MMM", locale=self._locale)

    def weekday(self, day: date) -> str:
        """``Tue``."""
        return format_date(day, "EEE", locale=self._locale)

    def day_of_month(self, day: date) -> str:
        """``24 Nov``."""
        return format_date(day, "d MMM", locale=self._locale)

    def days(self, first: date, last: date) -> str:
        """``24 – 30 Nov 2026``; what both days share is said once."""
        shared = (first.year == last.year) + (first.timetuple()[:2] == last.timetuple()[:2])
        start = format_date(first, ("d MMM y", "d MMM", "d")[shared], locale=self._locale)
        return f"{start} – {format_date(last, 'd MMM y', locale=self._locale)}"

    def month(self, day: date) -> str:
        """``November 2026``."""
        return format_date(day, "LLLL y", locale=self._locale)

    def long_day(self, moment: datetime | date, zone_name: str | None = None) -> str:
        """``Tuesday 24 November 2026``."""
        return format_date(_local(moment, zone_name), "EEEE d MMMM y", locale=self._locale)

    def mail_day(self, moment: datetime, zone_name: str) -> str:
        """``Tuesday, November 24, 2026``, by the locale's habit."""
        return format_date(_local(moment, zone_name), "full", locale=self._locale)

    def local_day(self, moment: datetime, zone_name: str) -> date:
        """The day it is somewhere at a moment."""
        return _local(moment, zone_name)

    def clock(self, moment: datetime, zone_name: str) -> str:
        """``9:00 AM``, by the locale's habit."""
        local = moment.astimezone(ZoneInfo(zone_name))
        return format_time(local.time(), "short", locale=self._locale).replace("\u202f", " ")

    def time_of_day(self, wall: time, *, is_24h: bool = False) -> str:
        """A wall clock in few characters: ``9 AM``, ``2:30 PM``; or ``14:30``."""
        if is_24h:
            return format_time(wall, "HH:mm", locale=self._locale)
        return format_time(wall, "h:mm a" if wall.minute else "h a", locale=self._locale)

    def zone_label(self, moment: datetime, zone_name: str) -> str:
        """``New York time, EST``."""
        return f"{self.zone_city(zone_name)} time, {self.zone_short(moment, zone_name)}"

    def zone_short(self, moment: datetime, zone_name: str) -> str:
        """``EST``, or ``UTC+04``: it tells both passes of a repeated hour apart."""
        abbreviation = moment.astimezone(ZoneInfo(zone_name)).tzname() or ""
        return f"UTC{abbreviation}" if abbreviation[:1] in "+-" else abbreviation

    def zone_city(self, zone_name: str) -> str:
        """``New York``."""
        return zone_name.rsplit("/", 1)[-1].replace("_", " ")

    def relative(self, moment: datetime, now: datetime) -> str:
        """``in 2 hours``, ``3 days ago``; beside an exact time only."""
        step = timedelta(seconds=round((moment - now).total_seconds()))
        return format_timedelta(step, add_direction=True, threshold=1.2, locale=self._locale)

    def short_area(self, stored: str | None) -> str:
        """A few characters for the first area; ``NYC`` for none."""
        areas = parse_areas(stored)
        if not areas:
            return "NYC"
        name = areas[0]
        if name.casefold() in _UNCHANGED:
            return name
        return _SHORT_AREAS.get(name.casefold(), name[:10])

    def areas(self, stored: str | None) -> str:
        """``Brooklyn, SoHo``, from whatever form they were stored in."""
        return ", ".join(parse_areas(stored))

    def place(self, location_type: str | None) -> str | None:
        """Where a lesson takes place, in general: ``Student's Home``."""
        return _PLACES[LocationType(location_type)] if location_type else None

    def lesson_place(self, lesson: Booking) -> str:
        """Where to go for a lesson: the address, else in words whose place it is."""
        kind = LocationType(lesson.location_type or LocationType.NEUTRAL)
        return lesson.meeting_location or _MEETING[kind]

    def first_name_and_initial(self, full_name: str | None) -> tuple[str, str]:
        """``("John", "S.")`` of John Smith; the initial is empty for a single word."""
        words = (full_name or "").split()
        if not words:
            return "Unknown", ""
        return words[0], f"{words[-1][0]}." if len(words) > 1 else ""


def _local(moment: datetime | date, zone_name: str | None) -> date:
    if isinstance(moment, datetime):
        return moment.astimezone(ZoneInfo(zone_name or "UTC")).date()
    return moment
