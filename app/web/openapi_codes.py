"""Every word that ``code`` can be, with the status it comes under and what it means."""

from collections.abc import Iterator
from typing import Any

from app.domain.audience import CONFLICTS, meanings
from app.domain.errors import DomainError, NotBookable
from app.web.errors import HTTP_CODES, STATUS, TITLES, WORDS

_OF_HTTP = (
    ("invalid_json", 422, "The body is not valid JSON."),
    ("rate_limit_exceeded", 429, "Too many requests; `Retry-After` says when to come back."),
    ("http_error", 400, "Any other refusal of HTTP itself, under its own status."),
    ("not_acceptable", 406, "None of the kinds that you accept can be answered."),
    ("unsupported_media_type", 415, "Send this as `application/json`."),
)


def codes() -> list[dict[str, Any]]:
    """Code, status and meaning, by code; where a lesson's time is refused, those words win."""
    found = {(code, status): meaning for code, status, meaning in _all()}
    return [
        {"code": code, "status": status, "meaning": meaning}
        for (code, status), meaning in sorted(found.items())
    ]


def _all() -> Iterator[tuple[str, int, str]]:
    for status, code in HTTP_CODES.items():
        yield code, status, WORDS.get(status, TITLES[400])
    yield from _OF_HTTP
    for kind in _kinds(DomainError):
        if kind is not NotBookable and "code" in vars(kind):
            yield kind.code, _status(kind), _meaning(kind)
    for code, meaning in meanings().items():
        yield code, 409 if code in CONFLICTS else 422, meaning


def _kinds(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for each in kind.__subclasses__():
        yield each
        yield from _kinds(each)


def _status(kind: type[DomainError]) -> int:
    return next(status for each, status in STATUS.items() if issubclass(kind, each))


def _meaning(kind: type[DomainError]) -> str:
    """Its sentence, or what it is where each one has a sentence of its own."""
    if "default" in vars(kind):
        return kind.default
    return " ".join((kind.__doc__ or kind.default).partition("\n\n")[0].split())
