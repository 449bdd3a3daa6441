"""The form of an instructor's profile."""

from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import available_timezones

from flask_wtf import FlaskForm
from wtforms import (
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.domain.areas import parse_areas
from app.domain.errors import InvalidInput
from app.domain.handles import checked_handle
from app.domain.limits import (
    BIO_MAX_CHARS,
    BIO_MIN_CHARS,
    BUFFER_MAX_MINUTES,
    CANCELLATION_NOTICE_MAX_HOURS,
    DESCRIPTION_MAX_CHARS,
    EXPERIENCE_MAX_YEARS,
    HANDLE_MAX_CHARS,
    HORIZON_MAX_DAYS,
    NOTICE_MAX_HOURS,
    RATE_MAX,
    SERVICES_MAX,
    SKILL_MAX_CHARS,
)
from app.domain.profile import ProfileDraft, ServiceDraft
from app.models.instructor import InstructorProfile, Service

COMMON_ZONES = sorted(
    name for name in available_timezones() if name.startswith(("America/", "Europe/", "Pacific/"))
)


def _whole(label: str, high: int, low: int = 0) -> IntegerField:
    message = f"Enter a whole number from {low} to {high}."
    return IntegerField(label, [InputRequired(message), NumberRange(low, high, message)])


class ServiceForm(Form):
    """One thing to teach; an empty skill means none."""

    id = HiddenField()
    skill = StringField("Subject", [Optional(), Length(max=SKILL_MAX_CHARS)])
    hourly_rate = StringField("Price per hour", [Length(max=12)])
    durations = StringField("Lesson lengths", [Length(max=60)])
    description = TextAreaField("Description", [Optional(), Length(max=DESCRIPTION_MAX_CHARS)])

    def validate_hourly_rate(self, _field: Field) -> None:
        if self.is_filled and self.rate() is None:
            raise ValidationError(f"Enter a price up to {RATE_MAX}, such as 60 or 72.50.")

    def validate_durations(self, _field: Field) -> None:
        if self.is_filled and self.lengths() is None:
            raise ValidationError("Enter minutes with commas, such as 30, 60.")

    @property
    def is_filled(self) -> bool:
        return bool((self.skill.data or "").strip())

    def rate(self) -> Decimal | None:
        text = (self.hourly_rate.data or "").strip().lstrip("$")
        try:
            rate = Decimal(text)
        except InvalidOperation:
            return None
        if not rate.is_finite() or not 0 < rate <= RATE_MAX:
            return None
        return round(rate, 2) if rate == round(rate, 2) else None

    def lengths(self) -> tuple[int, ...] | None:
        parts = (self.durations.data or "").replace(",", " ").split()
        if not all(part.isascii() and part.isdigit() and len(part) <= 3 for part in parts):
            return None
        return tuple(int(part) for part in parts)

    def to_draft(self) -> ServiceDraft:
        """Of a form that was validated."""
        rate, lengths = self.rate(), self.lengths()
        if rate is None or lengths is None:
            raise InvalidInput("A service needs a price and lesson lengths.", field="services")
        return ServiceDraft(self.skill.data or "", rate, self.description.data, None, lengths)


class ProfileForm(FlaskForm):
    """Who somebody is, what he teaches, and his rules."""

    bio = TextAreaField(
        "About you",
        [
            InputRequired("Write a few words about yourself."),
            Length(
                BIO_MIN_CHARS, BIO_MAX_CHARS, f"Use {BIO_MIN_CHARS} to {BIO_MAX_CHARS} characters."
            ),
        ],
    )
    handle = StringField("Short name", [Optional(), Length(max=HANDLE_MAX_CHARS + 1)])
    areas = StringField("Areas", [InputRequired("Name at least one area."), Length(max=1000)])
    years_experience = _whole("Years of teaching", EXPERIENCE_MAX_YEARS)
    time_zone = SelectField("Time zone")
    min_advance_booking_hours = _whole("Shortest notice", NOTICE_MAX_HOURS)
    buffer_time_minutes = _whole("Pause", BUFFER_MAX_MINUTES)
    booking_horizon_days = _whole("How far ahead", HORIZON_MAX_DAYS, 1)
    cancellation_notice_hours = _whole("Free cancelling", CANCELLATION_NOTICE_MAX_HOURS)
    services = FieldList(FormField(ServiceForm), max_entries=SERVICES_MAX + 1)

    def __init__(self, zone_name: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.time_zone.choices = [SelectChoice(name) for name in sorted({zone_name, *COMMON_ZONES})]

    @classmethod
    def of(cls, profile: InstructorProfile, zone_name: str) -> "ProfileForm":
        """The form, showing what is stored and one empty service."""
        shown = [_shown(service) for service in profile.active_services]
        return cls(
            zone_name,
            data={
                "bio": profile.bio,
                "handle": profile.handle,
                "areas": ", ".join(profile.areas),
                "years_experience": profile.years_experience or 0,
                "time_zone": zone_name,
                "min_advance_booking_hours": profile.min_advance_booking_hours,
                "buffer_time_minutes": profile.buffer_time_minutes,
                "booking_horizon_days": profile.booking_horizon_days,
                "cancellation_notice_hours": profile.cancellation_notice_hours,
                "services": [*shown, {}][: SERVICES_MAX + 1],
            },
        )

    def validate_handle(self, field: Field) -> None:
        try:
            checked_handle(field.data or "")
        except InvalidInput as refused:
            raise ValidationError(refused.message) from refused

    def to_draft(self) -> ProfileDraft:
        return ProfileDraft(
            bio=self.bio.data,
            handle=self.handle.data,
            areas=parse_areas(self.areas.data),
            years_experience=self.years_experience.data,
            min_advance_booking_hours=self.min_advance_booking_hours.data,
            buffer_time_minutes=self.buffer_time_minutes.data,
            booking_horizon_days=self.booking_horizon_days.data,
            cancellation_notice_hours=self.cancellation_notice_hours.data,
            time_zone=self.time_zone.data,
            services=[each.form.to_draft() for each in self.services if each.form.is_filled],
        )


def _shown(service: Service) -> dict[str, Any]:
    return {
        "id": service.id,
        "skill": service.skill,
        "hourly_rate": f"{service.hourly_rate:f}",
        "durations": ", ".join(str(each) for each in service.offered_minutes),
        "description": service.description,
    }
