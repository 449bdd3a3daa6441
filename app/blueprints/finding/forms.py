"""The filters of the list of instructors: a form that is sent by its address."""

from datetime import date
from decimal import Decimal
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    DecimalField,
    Field,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
    TimeField,
    ValidationError,
)
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import TextInput

from app.domain.day_parts import PartOfDay
from app.domain.limits import (
    DURATION_MAX_MINUTES,
    DURATION_MIN_MINUTES,
    PRICE_FILTER_MAX,
    SEARCH_MAX_CHARS,
)
from app.domain.searching import Sort

WHEN = {
    "": "Any time",
    "now": "Free now",
    "today": "Today",
    "tomorrow": "Tomorrow",
    "week": "This week",
    "weekend": "This weekend",
    "dates": "On these days",
}
PARTS = {"": "Any part of the day"} | {part.value: part.value.title() for part in PartOfDay}
SORTS = {
    Sort.RELEVANCE.value: "Best match",
    Sort.PRICE.value: "Lowest price",
    Sort.SOONEST.value: "Soonest",
}


def _choices(named: dict[str, str]) -> list[SelectChoice]:
    return [SelectChoice(value, name) for value, name in named.items()]


class PriceField(DecimalField):
    """An hourly rate, with or without a currency's sign; words are refused in words."""

    widget = TextInput()  # a number field would lose words

    def process_formdata(self, valuelist: list[str]) -> None:
        said = valuelist[0].strip().lstrip("$").replace(",", "") if valuelist else ""
        self.data = None
        if not said:
            return
        if len(said) > 8 or not said.replace(".", "", 1).isdecimal() or not said.isascii():
            raise ValueError("Write a price in figures, like 60.")
        self.data = Decimal(said)


class FilterForm(FlaskForm):
    """All that can be asked for; the words of the search stand in a field of their own."""

    class Meta:  # noqa: D106 the library's
        csrf = False  # it changes nothing, and its address is passed on

    skill = StringField("Subject", [Optional(), Length(max=SEARCH_MAX_CHARS)])
    area = StringField("Area", [Optional(), Length(max=SEARCH_MAX_CHARS)])
    min_price = PriceField("From", [Optional(), NumberRange(0, PRICE_FILTER_MAX)])
    max_price = PriceField("Up to", [Optional(), NumberRange(0, PRICE_FILTER_MAX)])
    when = SelectField("When", choices=_choices(WHEN), default="")
    first = DateField("First day", [Optional()], name="from")
    last = DateField("Last day", [Optional()], name="to")
    part = SelectField("Part of the day", choices=_choices(PARTS), default="")
    after = TimeField("Not before", [Optional()])
    before = TimeField("Before", [Optional()])
    minutes = IntegerField(
        "Minutes", [Optional(), NumberRange(DURATION_MIN_MINUTES, DURATION_MAX_MINUTES)]
    )
    sort = SelectField("Order", choices=_choices(SORTS), default=Sort.RELEVANCE.value)
    q = HiddenField()

    def validate_max_price(self, field: Field) -> None:
        low, high = self.min_price.data, field.data
        if low is not None and high is not None and high < low:
            raise ValidationError(f"This is less than the lowest price, {low}.")

    def validate_last(self, field: Field) -> None:
        first: date | None = self.first.data
        if first is not None and field.data is not None and field.data < first:
            raise ValidationError("This is before the first day.")

    def usable(self, field: Field) -> Any:
        """What was said there; null where that is nothing, or nothing that can be used."""
        return None if field.errors or field.data == "" else field.data
