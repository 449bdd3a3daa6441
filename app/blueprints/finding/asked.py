"""What a reader asks of the list: read from the address, and written into other addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from app.blueprints.finding.forms import FilterForm
from app.domain.asking import Kind, Understood, understand
from app.domain.day_parts import PartOfDay
from app.domain.limits import ASKED_MAX_CHARS, FREE_RANGE_MAX_DAYS, HORIZON_MAX_DAYS, NOW_HOURS
from app.domain.searching import FreeTime, Sort, Wanted
from app.domain.time_range import DAY_MINUTES, clock_time, minute_of
from app.domain.week import rest_of_week, rest_of_weekend

LIST = "/instructors"
_DAY = timedelta(days=1)
FIELDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.SKILL: ("skill",),
    Kind.AREA: ("area",),
    Kind.PRICE: ("min_price", "max_price"),
    Kind.DAY: ("when", "from", "to"),
    Kind.TIME: ("part", "after", "before"),
    Kind.LENGTH: ("minutes",),
    Kind.SORT: ("sort",),
}
"""Which fields of an address say the same as what is understood of the text."""
NAMES = ("q", *(name for names in FIELDS.values() for name in names))


@dataclass(frozen=True, slots=True)
class Days:
    """The days that are asked for, both included; null asks for any."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One state of the list. ``said`` is the address as it came, without what is empty."""

    said: Mapping[str, str]
    understood: Understood
    form: FilterForm
    today: date
    days: Days
    wanted: Wanted
    notices: tuple[str, ...]

    @property
    def text(self) -> str:
        return self.said.get("q", "")

    @property
    def is_now(self) -> bool:
        return bool(self.form.when.data == "now")

    def address(self, **changes: str) -> str:
        """The list with some fields changed; an empty one is left out."""
        return address_of({**self.said, **changes})

    def without(self, *kinds: Kind) -> str:
        """The list without some things, whether they were typed or chosen."""
        gone = {name for kind in kinds for name in FIELDS.get(kind, ())}
        rest = {name: value for name, value in self.said.items() if name not in gone}
        return address_of({**rest, "q": self.understood.without(*kinds)})

    def on(self, when: str) -> str:
        """The list at another time."""
        cleared = dict.fromkeys(FIELDS[Kind.DAY], "")
        text = self.understood.without(Kind.DAY)
        return address_of({**self.said, **cleared, "when": when, "q": text})


def said_in(args: Mapping[str, str]) -> dict[str, str]:
    """The fields of the list that an address has, without what is empty."""
    found = {name: " ".join(args.get(name, "").split()) for name in NAMES}
    return {name: value for name, value in found.items() if value}


def read(
    args: Mapping[str, str], *, today: date, skills: tuple[str, ...], areas: tuple[str, ...]
) -> Asked:
    """What was typed goes before what was chosen, but for the order."""
    said = said_in(args)
    text = said.get("q", "")
    understood = understand(text, today=today, skills=skills, places=areas)
    form = FilterForm(formdata=MultiDict(_merged(said, understood)))
    form.validate()
    days, notices = _days(form, today)
    if len(text) > ASKED_MAX_CHARS:
        notices.append(f"Only the first {ASKED_MAX_CHARS} characters were searched for.")
    if text and not understood.words and not understood.reading.spans:
        notices.append("There is no word in what you typed, so this is everyone.")
    wanted = _wanted(form, understood.words, days, today)
    return Asked(said, understood, form, today, days, wanted, tuple(notices))


def _merged(said: Mapping[str, str], understood: Understood) -> dict[str, str]:
    """The fields of the form: those that the text speaks of are filled from it alone."""
    typed = {
        "skill": understood.skill,
        "area": understood.area,
        "min_price": understood.min_price,
        "max_price": understood.max_price,
        "when": _when(understood),
        "from": understood.first,
        "to": understood.last,
        "part": understood.part,
        "after": _clock(understood.after),
        "before": _clock(understood.before),
        "minutes": understood.minutes,
        "sort": understood.sort,
    }
    merged = dict(said)
    if not said.keys().isdisjoint({"from", "to"}):
        merged.setdefault("when", "dates")
    for kind, names in FIELDS.items():
        values = {name: str(typed[name]) for name in names if typed[name] is not None}
        if values and not (kind is Kind.SORT and "sort" in said):
            merged = {name: value for name, value in merged.items() if name not in names} | values
    return {**merged, "q": understood.words}


def _when(understood: Understood) -> str | None:
    if understood.is_now:
        return "now"
    return "dates" if understood.first else None


def _clock(minute: int | None) -> str | None:
    return None if minute is None else f"{clock_time(minute):%H:%M}"


def _days(form: FilterForm, today: date) -> tuple[Days, list[str]]:
    """The days within which something can be booked, and what has to be said about them."""
    first, last = _chosen_days(form, today)
    if first is None or last is None:
        return Days(), []
    if last < today:
        return Days(), ["That day has gone by. These are times from today on."]
    if first > today + HORIZON_MAX_DAYS * _DAY:
        return Days(), ["Nobody can be booked that far ahead yet. These are the next times."]
    first = max(first, today)
    most = first + (FREE_RANGE_MAX_DAYS - 1) * _DAY
    if last > most:
        return Days(first, most), [f"Times of {FREE_RANGE_MAX_DAYS} days are shown at once."]
    return Days(first, last), []


def _chosen_days(form: FilterForm, today: date) -> tuple[date | None, date | None]:
    named = {
        "today": (today, today),
        "tomorrow": (today + _DAY, today + _DAY),
        "week": rest_of_week(today),
        "weekend": rest_of_weekend(today),
    }
    when = form.usable(form.when)
    if when in named:
        return named[when]
    if when == "now" or form.first.errors or form.last.errors:
        return None, None
    first, last = form.first.data, form.last.data
    return first or (last and today), last or first


def _wanted(form: FilterForm, words: str, days: Days, today: date) -> Wanted:
    """What the good fields ask for; a wrong one asks for nothing."""
    return Wanted(
        search=words or None,
        skill=form.usable(form.skill),
        area=form.usable(form.area),
        min_price=form.usable(form.min_price),
        max_price=form.usable(form.max_price),
        minutes=form.usable(form.minutes),
        free=_free(form, days, today),
        sort=Sort(form.usable(form.sort) or Sort.RELEVANCE),
    )


def _free(form: FilterForm, days: Days, today: date) -> FreeTime | None:
    """A part of the day alone means the next two weeks."""
    part, after, before = map(form.usable, (form.part, form.after, form.before))
    clocks = FreeTime(
        part=part and PartOfDay(part),
        after=None if after is None else minute_of(after),
        before=None if before is None else minute_of(before) or DAY_MINUTES,
    )
    if form.when.data == "now":
        return replace(clocks, within=timedelta(hours=NOW_HOURS))
    if days.first is not None:
        return replace(clocks, day=days.first, last_day=days.last)
    if clocks == FreeTime():
        return None
    return replace(clocks, day=today, last_day=today + (FREE_RANGE_MAX_DAYS - 1) * _DAY)


def address_of(fields: Mapping[str, str]) -> str:
    """The list in a state; what is empty is left out."""
    asked = urlencode({name: value for name, value in fields.items() if value})
    return f"{LIST}?{asked}" if asked else LIST
