"""What every change of open hours shares: the lock, the rows that differ, and the trail of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.errors import NotFound
from app.domain.time_range import minute_of
from app.domain.windows import RowChange, Window
from app.domain.zones import zone
from app.models.instructor import InstructorProfile
from app.models.user import User
from app.repositories.availability import AvailabilityRepository, StoredWindow
from app.repositories.instructors import InstructorProfileRepository
from app.repositories.users import UserRepository
from app.services.audit import AuditService
from app.services.base import BaseService, Context


@dataclass(frozen=True, slots=True)
class HoursTools:
    """What they work with."""

    availability: AvailabilityRepository
    profiles: InstructorProfileRepository
    users: UserRepository
    audit: AuditService


@dataclass(frozen=True, slots=True)
class Here:
    """What an instructor's own clock shows; ``minute`` is that of the day."""

    zone_name: str
    today: date
    minute: int


class HoursSteps(BaseService):
    """Base of the services that change open hours or days off.

    All of them lock the profile, read the days once, think of the wished state, and write what
    differs: nothing at all where nothing does. Bookings neither hinder a change nor follow it.
    """

    def __init__(self, context: Context, tools: HoursTools) -> None:
        super().__init__(context)
        self._availability = tools.availability
        self._profiles = tools.profiles
        self._users = tools.users
        self._audit = tools.audit

    def _here(self, instructor: User) -> Here:
        """Raises NotFound without a profile."""
        return self._clock_of(self._profiles.bare(instructor.id))

    def _locked(self, instructor: User) -> Here:
        """The same; other changes of these hours wait until the transaction ends."""
        return self._clock_of(self._profiles.locked(instructor.id))

    def _write(
        self,
        instructor: User,
        action: str,
        before: Iterable[StoredWindow],
        after: Iterable[Window],
    ) -> Mapping[int, int]:
        """Touch only rows that differ, and note the days that do.

        ``before`` are the rows that ``after`` stands for: all that it does not name go, also
        those that end before they start. Returns ids by the keys that ``after`` made up.
        Raises InvalidToken where the account was closed before the lock was free.
        """
        rows, wished = list(before), list(after)
        change = RowChange.between(sound(rows), wished)
        broken = frozenset(each.id for each in rows if each.range is None)
        if broken:
            change = RowChange(change.gone | broken, change.moved, change.fresh, change.same)
        if not change:
            return change.same
        self._users.still_open(instructor.id)
        ids = self._availability.replace(instructor.id, change, now=self.clock.now())
        self._profiles.raise_generation(instructor.id)
        self._audit.note(
            instructor,
            action,
            "hours",
            instructor.id,
            before=_told((each.day, f"{each.start:%H:%M}-{each.end:%H:%M}") for each in rows),
            after=_told(
                (each.day, f"{each.range.start_time:%H:%M}-{each.range.end_time:%H:%M}")
                for each in sorted(wished)
            ),
        )
        return {**change.same, **ids}

    def _clock_of(self, profile: InstructorProfile | None) -> Here:
        if profile is None:
            raise NotFound("Profile not found")
        zone_name = profile.time_zone or self.platform_zone
        now = self.clock.now().astimezone(zone(zone_name))
        return Here(zone_name, now.date(), minute_of(now))


def sound(rows: Iterable[StoredWindow]) -> list[Window]:
    """Stored windows without those that end before they start, which nobody can use."""
    return [Window(each.day, each.range, each.id) for each in rows if each.range is not None]


def _told(windows: Iterable[tuple[date, str]]) -> dict[str, str]:
    """Windows by day, as the trail of changes has them."""
    found: dict[str, list[str]] = {}
    for day, text in windows:
        found.setdefault(day.isoformat(), []).append(text)
    return {day: ", ".join(texts) for day, texts in found.items()}
