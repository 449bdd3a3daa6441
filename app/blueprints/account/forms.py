"""Forms of one's own account."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import PasswordField, SelectChoice, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from app.domain.limits import NAME_MAX_CHARS
from app.domain.zones import zone_names
from app.web.emails import EmailAddress

PASSWORD_FIELD_MAX = 1000
WORD_TO_CLOSE = "delete"
_REGIONS = (
    "America",
    "Europe",
    "Africa",
    "Asia",
    "Australia",
    "Pacific",
    "Atlantic",
    "Indian",
    "Antarctica",
    "Arctic",
)


def _current_password() -> PasswordField:
    needed = InputRequired("Enter your current password.")
    return PasswordField("Current password", [needed, Length(max=PASSWORD_FIELD_MAX)])


class NameForm(FlaskForm):
    """How others see somebody."""

    full_name = StringField("Name", [InputRequired("Enter your name."), Length(max=NAME_MAX_CHARS)])


class ZoneForm(FlaskForm):
    """In which zone somebody reads times."""

    time_zone = SelectField(
        "Time zone",
        [InputRequired("Choose a time zone.")],
        invalid_choice_message="Choose a time zone of the list.",
    )

    def __init__(self, chosen: str | None, **kwargs: Any) -> None:
        super().__init__(**{"data": {"time_zone": chosen or ""}, **kwargs})
        self.time_zone.choices = list(_zone_choices(chosen))


class EmailForm(FlaskForm):
    """The address to be."""

    new_email = StringField(
        "New email address", [InputRequired("Enter the new email address."), EmailAddress()]
    )
    current_password = _current_password()


class PasswordForm(FlaskForm):
    """The password as it is and as it is to be."""

    current_password = _current_password()
    new_password = PasswordField(
        "New password", [InputRequired("Choose a password."), Length(max=PASSWORD_FIELD_MAX)]
    )


class DataForm(FlaskForm):
    """The password, before everything is handed over."""

    current_password = _current_password()


class CloseForm(FlaskForm):
    """The password and a word, for what cannot be undone."""

    current_password = _current_password()
    word = StringField(
        f"Type {WORD_TO_CLOSE} to confirm", [InputRequired(f"Type the word {WORD_TO_CLOSE}.")]
    )

    def validate_word(self, field: Any) -> None:
        if (field.data or "").strip().casefold() != WORD_TO_CLOSE:
            raise ValidationError(f"Type the word {WORD_TO_CLOSE}.")


def _zone_choices(chosen: str | None) -> list[SelectChoice]:
    """By region, the platform's first; what is chosen already is always among them."""
    found = [] if chosen else [SelectChoice("", "Not chosen yet")]
    for region in _REGIONS:
        names = sorted(name for name in zone_names() if name.startswith(f"{region}/"))
        found += [SelectChoice(name, _place(name), optgroup=region) for name in names]
    rest = {"UTC"} | ({chosen} if chosen and chosen.partition("/")[0] not in _REGIONS else set())
    return found + [SelectChoice(name, _place(name), optgroup="Other") for name in sorted(rest)]


def _place(name: str) -> str:
    """``Argentina, Buenos Aires`` of ``America/Argentina/Buenos_Aires``."""
    return ", ".join(name.split("/")[1:] or [name]).replace("_", " ")
