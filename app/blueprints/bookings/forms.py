"""Forms of bookings."""

from dataclasses import replace
from decimal import Decimal

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from app.domain.limits import LOCATION_MAX_CHARS, NOTE_MAX_CHARS, REASON_MAX_CHARS
from app.domain.offers import LessonRequest
from app.domain.vocabulary import LocationType

PLACES = (
    SelectChoice(LocationType.STUDENT_HOME.value, "At my place"),
    SelectChoice(LocationType.INSTRUCTOR_LOCATION.value, "At the instructor's place"),
    SelectChoice(LocationType.NEUTRAL.value, "Somewhere else"),
)


class BookForm(FlaskForm):
    """Where, and what about. What and when is in the page's address."""

    location_type = RadioField("Where", choices=PLACES, default=LocationType.NEUTRAL.value)
    meeting_location = StringField("Place", [Optional(), Length(max=LOCATION_MAX_CHARS)])
    student_note = TextAreaField("Note", [Optional(), Length(max=NOTE_MAX_CHARS)])
    agreed_price = HiddenField(
        validators=[Regexp(r"[0-9]{1,8}\.[0-9]{2}$", message="Reload the page.")]
    )

    def to_request(self, wish: LessonRequest) -> LessonRequest:
        """The wish of the address, with what was typed."""
        return replace(
            wish,
            location_type=LocationType(self.location_type.data),
            meeting_location=self.meeting_location.data,
            student_note=self.student_note.data,
            agreed_price=Decimal(self.agreed_price.data or "0.00"),
        )


class CancelForm(FlaskForm):
    """Why."""

    reason = TextAreaField(
        "Reason",
        [
            InputRequired("Say in a few words why, so that the other knows."),
            Length(max=REASON_MAX_CHARS),
        ],
    )
