"""Forms of bookings."""

from dataclasses import replace
from decimal import Decimal

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional, Regexp
from wtforms.widgets import HiddenInput

from app.domain.limits import ID_MAX, LOCATION_MAX_CHARS, NOTE_MAX_CHARS, REASON_MAX_CHARS
from app.domain.offers import LessonRequest, MeetingPlace
from app.domain.vocabulary import LocationType

PLACE_WORDS = {
    LocationType.STUDENT_HOME: "At my place",
    LocationType.INSTRUCTOR_LOCATION: "At the instructor's place",
    LocationType.NEUTRAL: "A place you agree on together",
}
PLACES = [SelectChoice(kind.value, words) for kind, words in PLACE_WORDS.items()]
_KINDS = [kind.value for kind in LocationType]
RELOAD = "This page is out of date. Please look at it again."


class BookForm(FlaskForm):
    """What the page that confirms a lesson has shown. What and when is in its address."""

    location_type = HiddenField(
        "Where", [AnyOf(_KINDS, "Please choose where again.")], default=LocationType.NEUTRAL.value
    )
    meeting_location = HiddenField("Place", [Optional(), Length(max=LOCATION_MAX_CHARS)])
    student_note = HiddenField("Note", [Optional(), Length(max=NOTE_MAX_CHARS)])
    agreed_price = HiddenField("Price", [Regexp(r"[0-9]{1,8}\.[0-9]{2}$", message=RELOAD)])

    @property
    def place(self) -> MeetingPlace:
        kind = self.location_type.data
        known = LocationType(kind) if kind in _KINDS else LocationType.NEUTRAL
        return MeetingPlace(known, _said(self.meeting_location.data))

    def to_request(self, wish: LessonRequest) -> LessonRequest:
        """The wish of the address, with what the page has shown."""
        return replace(
            wish,
            location_type=self.place.location_type,
            meeting_location=self.place.address,
            student_note=self.student_note.data,
            agreed_price=Decimal(self.agreed_price.data or "0.00"),
        )


class PlaceForm(FlaskForm):
    """Where the lesson shall be."""

    location_type = RadioField(
        "Whose place", [InputRequired("Please choose one.")], choices=PLACES, validate_choice=True
    )
    meeting_location = StringField("Address", [Optional(), Length(max=LOCATION_MAX_CHARS)])

    @property
    def place(self) -> MeetingPlace:
        return MeetingPlace(
            LocationType(self.location_type.data), _said(self.meeting_location.data)
        )


class NoteForm(FlaskForm):
    """What the instructor should know."""

    student_note = TextAreaField("Note", [Optional(), Length(max=NOTE_MAX_CHARS)])


class SeenForm(FlaskForm):
    """Acts on a lesson: which version of it the page showed, and when that began."""

    seen = IntegerField("Version", [NumberRange(0, ID_MAX, RELOAD)], widget=HiddenInput())
    was = HiddenField("Time before", [Optional(), Length(max=40)])

    @property
    def complaint(self) -> str:
        """The first thing that is wrong with it."""
        return next((each.errors[0] for each in self if each.errors), RELOAD)


class MoveForm(SeenForm):
    """To which time; the address of the page that shows the form says it too."""

    start = HiddenField("Time", [InputRequired(RELOAD), Length(max=40)])


class DeclineForm(SeenForm):
    """Why not, if the instructor cares to say."""

    reason = TextAreaField("Reason", [Optional(), Length(max=REASON_MAX_CHARS)])


class CancelForm(SeenForm):
    """Why."""

    reason = TextAreaField(
        "Reason",
        [
            InputRequired("Say in a few words why, so that the other knows."),
            Length(max=REASON_MAX_CHARS),
        ],
    )


def _said(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None
