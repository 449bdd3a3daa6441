"""What JSON endpoints share: their blueprint, their types, and how they read a body."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from flask import Blueprint, request
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError
from werkzeug.exceptions import UnsupportedMediaType

from app.domain.errors import InvalidInput
from app.domain.limits import FIRST_YEAR, LAST_YEAR
from app.domain.zones import utc_text
from app.extensions import csrf
from app.web.inputs import storable

Schema = TypeVar("Schema", bound=BaseModel)
ERRORS_TOLD = 20
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})"
)
_UNREADABLE = "Write a moment in time with Z or an offset, such as 2026-12-02T14:30:00Z."
_OWN_WORDS = {
    "string_too_short": "This must have at least {min_length} characters.",
    "string_too_long": "This must have at most {max_length} characters.",
    "too_short": "At least {min_length} must be sent.",
    "too_long": "At most {max_length} may be sent.",
    "decimal_parsing": "A number is written such as 45 or 45.50.",
    "decimal_type": "A number is written such as 45 or 45.50.",
}
"""Instead of the validator's own, which speak of its types."""
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(:00)?")


class ApiBlueprint(Blueprint):
    """Answers JSON, also when it refuses. Takes bearer tokens only, so it needs no CSRF token."""

    def __init__(self, name: str, import_name: str, url_prefix: str) -> None:
        super().__init__(name, import_name, url_prefix=f"/api{url_prefix}")
        csrf.exempt(self)


class ApiIn(BaseModel):
    """Base of request bodies: unknown fields are refused, text is stripped and free of NUL."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class ApiOut(BaseModel):
    """Base of answers, filled from rows."""

    model_config = ConfigDict(from_attributes=True)


class InvalidFields(InvalidInput):
    """What was sent does not fit its model; ``errors`` has a field, message and code each."""

    def __init__(self, fault: ValidationError) -> None:
        found = fault.errors(include_url=False, include_input=False)
        self.errors = [_field_error(each) for each in found[:ERRORS_TOLD]]
        first = self.errors[0]
        super().__init__(": ".join(filter(None, (first["field"], first["message"]))))


def body(model: type[Schema]) -> Schema:
    """The JSON body, validated. Raises InvalidFields, InvalidInput or BadRequest."""
    try:
        if not request.is_json:
            raise UnsupportedMediaType("Send this as application/json.")
        sent = storable(request.get_json())
    except RecursionError as fault:
        raise InvalidInput("The body is nested too deeply.") from fault
    return validated(model, sent)


def optional_body(model: type[Schema]) -> Schema | None:
    """The JSON body, where one was sent at all; one in chunks does not say its length."""
    return body(model) if request.get_data() else None


def query(model: type[Schema]) -> Schema:
    """The query string, validated; of a repeated name the first counts. Raises InvalidFields."""
    return validated(model, request.args.to_dict())


def validated(model: type[Schema], sent: Any) -> Schema:
    """What was sent, as the model has it. Raises InvalidFields."""
    try:
        return model.model_validate(sent)
    except ValidationError as fault:
        raise InvalidFields(fault) from fault


@contextmanager
def told_of(given: str, *, as_field: str) -> Iterator[None]:
    """Let a refusal name the field as it was sent here, rather than as the domain calls it."""
    try:
        yield
    except InvalidInput as refused:
        if refused.field == given:
            refused.field = as_field
        raise


@contextmanager
def field_named(field: str) -> Iterator[None]:
    """Let a refusal that names no field name the one that holds what was refused."""
    try:
        yield
    except InvalidInput as refused:
        refused.field = refused.field or field
        raise


def _field_error(fault: Any) -> dict[str, str]:
    field = ".".join(str(part) for part in fault["loc"])
    message = _words(str(fault["type"]), fault.get("ctx", {})) or str(fault["msg"])
    message = message.removeprefix("Value error, ")
    if not message.endswith("."):
        message += "."
    return {"field": field, "message": message, "code": str(fault["type"])}


def _words(kind: str, bounds: dict[str, Any]) -> str:
    """Our sentence for a fault that the validator found; none where its own will do."""
    if kind in ("string_too_short", "too_short") and bounds.get("min_length") == 1:
        return "This must not be empty."
    return _OWN_WORDS.get(kind, "").format_map(bounds)


def _only_iso_date(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise PydanticCustomError("invalid_date", "A date is written YYYY-MM-DD.")
    try:
        day = date.fromisoformat(value)
    except ValueError as fault:
        raise PydanticCustomError("invalid_date", "There is no such day.") from fault
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise PydanticCustomError("invalid_date", "That day is too far away.")
    return day


def _only_clock_time(value: Any) -> Any:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise PydanticCustomError("invalid_time", "A time is written HH:MM.")
    minute = int(value[:2]) * 60 + int(value[3:5])
    if int(value[3:5]) > 59 or minute > 24 * 60:
        raise PydanticCustomError("invalid_time", "There is no such time of day.")
    return minute


_DATE_SCHEMA = {"type": "string", "format": "date", "examples": ["2026-12-02"]}
_TIME_SCHEMA = {
    "type": "string",
    "pattern": "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)(:00)?$",
    "examples": ["09:30"],
}
_INSTANT_SCHEMA = {"type": "string", "format": "date-time", "examples": ["2026-12-02T14:30:00Z"]}
_CLOCK_SCHEMA = {"type": "string", "examples": ["09:30:00"]}

IsoDate = Annotated[date, BeforeValidator(_only_iso_date), WithJsonSchema(_DATE_SCHEMA)]
"""``YYYY-MM-DD`` and nothing else, within the years that can be reckoned with."""
Minute = Annotated[int, BeforeValidator(_only_clock_time), WithJsonSchema(_TIME_SCHEMA)]
"""``HH:MM`` or ``HH:MM:00``, as minutes from midnight; 24:00 is 1440."""
Instant = Annotated[
    datetime, PlainSerializer(utc_text, return_type=str), WithJsonSchema(_INSTANT_SCHEMA)
]
"""ISO 8601 in UTC with ``Z``."""
Money = Annotated[Decimal, PlainSerializer(float, return_type=float)]
"""A JSON number with at most two decimals."""
ClockTime = Annotated[
    time,
    PlainSerializer(lambda value: value.strftime("%H:%M:%S"), return_type=str),
    WithJsonSchema(_CLOCK_SCHEMA),
]


def instant_of(text: str, field: str) -> datetime:
    """An instant with its zone, as links and forms carry it. Raises InvalidInput."""
    if not _INSTANT.fullmatch(text):
        raise InvalidInput(_UNREADABLE, field=field)
    try:
        moment = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as fault:
        raise InvalidInput(_UNREADABLE, field=field) from fault
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise InvalidInput("That moment is too far away.", field=field)
    return moment
