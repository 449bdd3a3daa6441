"""The version of a week, as a request may expect it and an answer tells it."""

from flask import Response, jsonify, request

from app.blueprints.availability.schemas import week_map
from app.domain.errors import InvalidInput
from app.services.availability import WeekHours

NO_WEEKS = ""
"""A version that no week has."""


def expected_version() -> str | None:
    """The version that ``If-Match`` names; ``None`` without one or for any. Raises InvalidInput.

    The comparison is a strong one (RFC 9110, 13.1.1): a weak tag names no version.
    """
    tags = request.if_match
    if "If-Match" not in request.headers or tags.star_tag:
        return None
    named = tags.as_set(include_weak=False)
    if not named and tags.as_set(include_weak=True):
        return NO_WEEKS
    if len(named) != 1:
        raise InvalidInput("Send the one ETag that the week had.", field="If-Match")
    return str(named.pop())


def shown(hours: WeekHours, **more: object) -> Response:
    """A week by date, and what else there is to say; its version is the ``ETag``."""
    response = jsonify({**week_map(hours.ranges), **more})
    response.set_etag(hours.version)
    return response
