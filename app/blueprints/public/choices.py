"""What somebody has chosen on an instructor's page: the address says it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from app.domain.months import Month
from app.domain.pricing import price
from app.models.instructor import InstructorProfile, Service
from app.web.starts import instructor_address


@dataclass(frozen=True, slots=True)
class Choice:
    """A service in one of its lengths, on the page of its instructor."""

    profile: InstructorProfile
    service: Service
    minutes: int

    @property
    def price(self) -> Decimal:
        return price(self.service.hourly_rate, self.minutes)

    def address(self, day: date | None = None, *, month: Month | None = None) -> str:
        """The page with a day chosen, or a month, or as it opens."""
        asked: dict[str, object] = {"service": self.service.id, "minutes": self.minutes}
        if day is not None:
            asked["day"] = day.isoformat()
        elif month is not None:
            asked["month"] = month.name
        return f"{instructor_address(self.profile)}?{urlencode(asked)}"


def offered(profile: InstructorProfile) -> list[Choice]:
    """Everything somebody teaches, in every length."""
    return [
        Choice(profile, service, minutes)
        for service in profile.active_services
        for minutes in service.offered_minutes
    ]


def chosen(profile: InstructorProfile, service_id: int, minutes: int) -> Choice | None:
    """The wanted service and length, else the nearest to it that is on offer."""
    on_offer = offered(profile)
    exact = [each for each in on_offer if (each.service.id, each.minutes) == (service_id, minutes)]
    same_service = [each for each in on_offer if each.service.id == service_id]
    return next(iter(exact or same_service or on_offer), None)
