"""What was understood, as chips that can be taken away one by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.blueprints.finding.asked import Asked
from app.blueprints.finding.forms import SORTS, WHEN
from app.domain.asking import Kind
from app.domain.relaxing import GivenUp
from app.services.finding import Nearby
from app.services.presentation import PresentationService

_QUICK = ("now", "today", "tomorrow", "weekend")
_NEARBY = {
    GivenUp.CLOCK: ("Other times on these days", (Kind.TIME,)),
    GivenUp.TIME: ("Other days", (Kind.DAY, Kind.TIME)),
    GivenUp.PRICE: ("Other prices", (Kind.PRICE,)),
    GivenUp.AREA: ("Other areas", (Kind.AREA,)),
    GivenUp.LENGTH: ("Other lengths", (Kind.LENGTH,)),
    GivenUp.WORDS: ("Without these words", (Kind.WORDS,)),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A label, and the address that it leads to."""

    kind: str
    label: str
    url: str
    is_current: bool = False


class Chips:
    """All the links of one state of the list to its neighbours."""

    def __init__(self, asked: Asked, present: PresentationService) -> None:
        self._asked = asked
        self._present = present

    def understood(self) -> list[Chip]:
        """One for everything that narrows the list; its address is the list without it."""
        asked, found = self._asked, []
        wanted = asked.wanted
        labels = {
            Kind.SKILL: wanted.skill,
            Kind.AREA: wanted.area,
            Kind.DAY: self._day(),
            Kind.TIME: self._clock(),
            Kind.PRICE: self._price(wanted.min_price, wanted.max_price),
            Kind.LENGTH: wanted.minutes and f"{wanted.minutes} minutes",
            Kind.WORDS: wanted.search and f"“{wanted.search}”",
        }
        for kind, label in labels.items():
            if label:
                found.append(Chip(kind.value, str(label), asked.without(kind)))
        return found

    def quick(self) -> Iterator[Chip]:
        """Times that are often wanted. The one that is on leads to the list without it."""
        asked = self._asked
        for when in _QUICK:
            is_on = asked.form.when.data == when
            url = asked.without(Kind.DAY) if is_on else asked.on(when)
            yield Chip(when, WHEN[when], url, is_on)

    def sorts(self) -> Iterator[Chip]:
        """The orders there are."""
        for value, label in SORTS.items():
            is_on = self._asked.wanted.sort.value == value
            yield Chip(value, label, self._asked.address(sort=value), is_on)

    def nearby(self, each: Nearby) -> Chip:
        """What there is when one thing is given up."""
        label, kinds = _NEARBY[each.given_up]
        if each.given_up is GivenUp.WORDS:
            label = f"Without “{self._asked.wanted.search}”"
        return Chip(each.given_up.value, label, self._asked.without(*kinds))

    def hint(self, each: Nearby) -> str:
        """What the nearest of them have in place of what was asked for."""
        cards = each.found.cards
        if each.given_up is GivenUp.PRICE:
            rates = [card.service.hourly_rate for card in cards if card.service]
            return f"from {self._money(min(rates))}, " if rates else ""
        if each.given_up is GivenUp.AREA:
            areas = dict.fromkeys(area for card in cards for area in card.profile.areas)
            return f"{', '.join(list(areas)[:3])}, " if areas else ""
        return ""

    def _day(self) -> str | None:
        days, today = self._asked.days, self._asked.today
        if self._asked.is_now:
            return WHEN["now"]
        if days.first is None or days.last is None:
            return None
        if days.first != days.last:
            return f"{self._named(days.first, today)} – {self._present.day(days.last)}"
        return self._named(days.first, today)

    def _named(self, day: date, today: date) -> str:
        near = {today: "Today", today + timedelta(days=1): "Tomorrow"}
        return f"{near[day]}, {self._present.day(day)}" if day in near else self._present.day(day)

    def _clock(self) -> str | None:
        form = self._asked.form
        after, before = (
            clock and self._present.time_of_day(clock)
            for clock in map(form.usable, (form.after, form.before))
        )
        part = (form.usable(form.part) or "").capitalize()
        span = _span(after, before)
        return ", ".join(each for each in (part, span) if each) or None

    def _price(self, low: Decimal | None, high: Decimal | None) -> str | None:
        said = [self._money(each) for each in (low, high) if each is not None]
        if not said:
            return None
        if len(said) == 2:
            return " – ".join(said)
        return f"up to {said[0]}" if low is None else f"from {said[0]}"

    def _money(self, amount: Decimal) -> str:
        return self._present.money(amount).removesuffix(".00")


def _span(after: str | None, before: str | None) -> str | None:
    if after and before:
        return f"{after} – {before}"
    if after:
        return f"from {after}"
    return f"before {before}" if before else None
