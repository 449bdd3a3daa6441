"""What no field, query or path may contain, refused before any view sees it."""

from typing import Any

from flask import Flask, request
from werkzeug.exceptions import (
    NotFound,
    RequestEntityTooLarge,
    SecurityError,
    UnsupportedMediaType,
)
from werkzeug.routing import IntegerConverter, ValidationError

from app.domain.errors import InvalidInput
from app.domain.limits import ID_MAX

UNSTORABLE = "A text contains a character that cannot be stored."
MACHINES = ("/api", "/health", "/metrics")
FORMS = ("", "application/x-www-form-urlencoded", "multipart/form-data")


class IdConverter(IntegerConverter):
    """A row's id in a path: what a 4-byte column can hold."""

    def __init__(self, map: Any) -> None:  # noqa: A002 werkzeug's name
        super().__init__(map, min=1, max=ID_MAX)

    def to_python(self, value: str) -> int:
        """No such row can exist: 404, also where other methods know the address (not 405)."""
        try:
            return int(super().to_python(value))
        except ValidationError as fault:
            raise NotFound from fault


def init_app(app: Flask) -> None:
    app.url_map.converters["id"] = IdConverter
    app.before_request(_refuse_unreadable)


def is_api() -> bool:
    """Whether programs ask here: the API, and what watches the site. By where it lies."""
    path = request.path
    return path in MACHINES or path.startswith(tuple(f"{each}/" for each in MACHINES))


def _refuse_unreadable() -> None:
    """Pages take plain forms only. Databases cannot store a NUL, and no form here takes a file."""
    if isinstance(request.routing_exception, SecurityError):
        return  # a host that is not ours is refused first
    if not is_api() and request.mimetype not in FORMS:
        raise UnsupportedMediaType("Pages take plain forms only.")
    _refuse_endless()
    if request.files:
        raise InvalidInput("Files cannot be sent here.")
    if "\x00" in request.path:
        raise InvalidInput(UNSTORABLE)
    for name, text in (*request.args.items(multi=True), *request.form.items(multi=True)):
        if "\x00" in name or "\x00" in text:
            raise InvalidInput(UNSTORABLE, field=name.replace("\x00", "") or None)


def _refuse_endless() -> None:
    """A body in chunks does not say its length: read it whole, and refuse what was cut off.

    Werkzeug stops reading at the bound without a word.
    """
    most = request.max_content_length
    if request.content_length is None and most is not None and len(request.get_data()) >= most:
        raise RequestEntityTooLarge


def storable(value: Any, field: str = "") -> Any:
    """A JSON value, when every text in it can be stored. Raises InvalidInput, naming the field."""
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= char <= "\udfff" for char in value):
            raise InvalidInput(UNSTORABLE, field=field or None)
    elif isinstance(value, dict):
        for key, each in value.items():
            storable(key, field)
            storable(each, f"{field}.{key}" if field else key)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            storable(each, f"{field}.{number}" if field else str(number))
    return value
