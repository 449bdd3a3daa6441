"""The form of somebody who would wait."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired

from app.domain.waiting import DayPart, Wanted
from app.models.instructor import InstructorProfile
from app.services.waiting_steps import WaitingFor

PARTS = (
    SelectChoice(DayPart.ANY.value, "Any time"),
    SelectChoice(DayPart.MORNING.value, "Morning, before 12"),
    SelectChoice(DayPart.AFTERNOON.value, "Afternoon, 12 to 5"),
    SelectChoice(DayPart.EVENING.value, "Evening, from 5"),
)
_CHOOSE = "Choose a day."


class DayField(DateField):
    """A day as browsers send it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Raises ValueError, in words for people."""
        try:
            super().process_formdata(valuelist)
        except ValueError as fault:
            raise ValueError(_CHOOSE) from fault


class WaitForm(FlaskForm):
    """Which lesson, on which days, in which part of them."""

    lesson = SelectField("Lesson", validators=[InputRequired("Choose a lesson.")])
    first_day = DayField("From", [InputRequired(_CHOOSE)])
    last_day = DayField("Until", [InputRequired(_CHOOSE)])
    part = RadioField("Time of day", choices=PARTS, default=DayPart.ANY.value)

    def offer(self, profile: InstructorProfile, days: Sequence[date], **chosen: Any) -> None:
        """Put in what can be chosen, and where nothing was sent what somebody comes with."""
        self.lesson.choices = [
            SelectChoice(f"{service.id}-{minutes}", f"{service.skill}, {minutes} minutes")
            for service in profile.active_services
            for minutes in service.offered_minutes
        ]
        for field in (self.first_day, self.last_day):
            field.render_kw = {"min": days[0].isoformat(), "max": days[-1].isoformat()}
        if self.is_submitted():
            return
        for name, value in chosen.items():
            self[name].data = value

    def to_wish(self, instructor_id: int) -> WaitingFor:
        """Of a form that is valid."""
        service_id, _, minutes = self.lesson.data.partition("-")
        wanted = Wanted(self.first_day.data, self.last_day.data, DayPart(self.part.data))
        return WaitingFor(instructor_id, int(service_id), int(minutes), wanted)
