"""Query parameters of pages, read kindly: what cannot be is as if it were absent."""

from datetime import date

from flask import request

from app.domain.limits import ID_MAX
from app.domain.months import Month

LINK_TOKEN_MAX_CHARS = 200


def whole(name: str, default: int, *, low: int = 1, high: int = ID_MAX) -> int:
    """A whole number within bounds, else the default."""
    text = request.args.get(name, "")
    if not text.isascii() or not text.isdigit() or len(text) > 10:
        return default
    return int(text) if low <= int(text) <= high else default


def day(name: str) -> date | None:
    """A date written YYYY-MM-DD, else nothing."""
    text = request.args.get(name, "")
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def month(name: str) -> Month | None:
    """A month written YYYY-MM, else nothing."""
    return Month.parsed(request.args.get(name, ""))


def word(name: str, *, limit: int = 100) -> str | None:
    """A short text without surrounding space, else nothing."""
    text = " ".join(request.args.get(name, "").split())
    return text[:limit] or None


def link_token() -> str:
    """The token of a link in a mail; one that is too long is none of ours, and finds nothing."""
    return request.args.get("token", "")[:LINK_TOKEN_MAX_CHARS]
