"""JSON of the list of instructors and of searching it."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, model_validator

from app.blueprints.instructors.schemas import ProfileOut
from app.domain.day_parts import PartOfDay
from app.domain.limits import CURSOR_MAX_CHARS, PRICE_FILTER_MAX, SEARCH_MAX_CHARS
from app.domain.offers import OfferedStart
from app.domain.searching import FreeTime, Sort, Wanted
from app.services.search import Listed
from app.web.api import ApiIn, ApiOut, Instant, IsoDate, instant_of
from app.web.lesson_fields import Minutes

Text = Annotated[str, Field(max_length=SEARCH_MAX_CHARS)]
InstantText = Annotated[str, Field(max_length=40, examples=["2026-12-02T14:30:00Z"])]
Price = Annotated[Decimal, Field(ge=0, le=PRICE_FILTER_MAX, max_digits=8, decimal_places=2)]


class ListIn(ApiIn):
    """Which instructors, and in which order.

    ``search`` looks at name, bio and skill, ``skill`` and ``area`` at those alone; the beginning
    of a word finds it, capitals and accents do not matter. Search, skill, price and length hold
    on one and the same service. Free at: a lesson of it can be booked that starts on
    ``free_date`` and in ``part_of_day`` by the instructor's clock, and lies between ``free_from``
    and ``free_until``. ``soonest`` looks two weeks ahead; who is not free by then comes last.
    ``cursor`` is the ``next_cursor`` of the page before, and fits only the same question.
    """

    search: Annotated[
        Text | None,
        Field(
            description="Words to be found in name, bio or skill, each by its beginning; all "
            "of them must be found."
        ),
    ] = None
    skill: Annotated[Text | None, Field(description="As search, in the skill alone.")] = None
    area: Annotated[Text | None, Field(description="As search, in the areas of service alone.")] = (
        None
    )
    min_price: Annotated[Price | None, Field(description="Hourly rate, at least.")] = None
    max_price: Annotated[Price | None, Field(description="Hourly rate, at most.")] = None
    duration_minutes: Annotated[Minutes | None, Field(description="A length that is offered.")] = (
        None
    )
    free_date: Annotated[IsoDate | None, Field(description="A day by the instructor's clock.")] = (
        None
    )
    part_of_day: Annotated[
        PartOfDay | None,
        Field(
            description="When the lesson starts by the instructor's clock: before 12:00, "
            "before 17:00, or later."
        ),
    ] = None
    free_from: Annotated[
        InstantText | None,
        Field(
            description="A moment with its zone (Z or an offset): the lesson starts then or later."
        ),
    ] = None
    free_until: Annotated[
        InstantText | None,
        Field(description="A moment with its zone (Z or an offset): the lesson ends by then."),
    ] = None
    sort: Sort = Sort.RELEVANCE
    skip: Annotated[
        Annotated[int, Field(ge=0, le=1_000_000)],
        Field(description="How many to leave out; rather use a cursor."),
    ] = 0
    limit: Annotated[int, Field(ge=1, le=100)] = 100
    cursor: Annotated[
        Annotated[str, Field(min_length=1, max_length=CURSOR_MAX_CHARS)] | None,
        Field(description="The next_cursor of the page before."),
    ] = None

    @model_validator(mode="after")
    def _one_place(self) -> "ListIn":
        if self.cursor is not None and self.skip:
            raise ValueError("Send a cursor or a number to skip, not both.")
        return self

    @property
    def filters(self) -> dict[str, Any]:
        """What was asked for, without what was left out or empty."""
        said = self.model_dump(mode="json", exclude={"sort", "skip", "limit", "cursor"})
        return {name: value for name, value in said.items() if value not in (None, "")}

    def to_wanted(self) -> Wanted:
        return Wanted(
            search=self.search or None,
            skill=self.skill or None,
            area=self.area or None,
            min_price=self.min_price,
            max_price=self.max_price,
            minutes=self.duration_minutes,
            free=self._free_time(),
            sort=self.sort,
        )

    def _free_time(self) -> FreeTime | None:
        free = FreeTime(
            self.free_date,
            self.part_of_day,
            instant_of(self.free_from, "free_from") if self.free_from else None,
            instant_of(self.free_until, "free_until") if self.free_until else None,
        )
        return None if free == FreeTime() else free


class PagingOut(ApiOut):
    """Which part of the whole this is."""

    skip: int
    limit: int
    count: int
    next_cursor: str | None


class DirectoryFactsOut(ApiOut):
    """What was asked for, and how many there are in all.

    ``total_matches`` stops at 10,000, with a search for free time at 5,000; ``total_is_capped``
    says that there are more.
    """

    filters_applied: dict[str, Any]
    sort: Sort
    pagination: PagingOut
    total_matches: int
    total_is_capped: bool
    active_instructors: int


class FirstStartOut(ApiOut):
    """The first time at which a lesson can be booked."""

    starts_at: Instant
    duration_minutes: int
    service_id: int

    @classmethod
    def of(cls, start: OfferedStart | None) -> "FirstStartOut | None":
        if start is None:
            return None
        return cls(
            starts_at=start.starts_at,
            duration_minutes=start.minutes,
            service_id=start.service_id,
        )


class ListedOut(ProfileOut):
    """A profile in the list. ``first_start`` is told where free time was asked for."""

    first_start: FirstStartOut | None = None

    @classmethod
    def listed(cls, each: Listed, platform_zone: str) -> "ListedOut":
        told = ProfileOut.of(each.profile, platform_zone)
        return cls(**dict(told), first_start=FirstStartOut.of(each.first_start))


class DirectoryOut(ApiOut):
    """Some of the instructors."""

    instructors: list[ListedOut]
    metadata: DirectoryFactsOut
