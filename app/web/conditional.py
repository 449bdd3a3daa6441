"""Answers that anybody may keep, and ask again whether they still hold."""

from typing import Annotated

from flask import Response, current_app, request
from pydantic import Field

from app.services.kept_answers import Answer
from app.web.api import ApiIn

SHARED = "public, max-age=0, must-revalidate"
"""Whoever keeps it asks before each use, so that nobody is shown a time that is taken."""


class ConditionalHeaders(ApiIn):
    """The tag that the caller has already, or several of them, or ``*``."""

    if_none_match: Annotated[
        str | None, Field(alias="If-None-Match", min_length=1, max_length=1000)
    ] = None


def conditional(answer: Answer) -> Response:
    """The answer with its strong ETag, or 304 where the caller has it."""
    response = Response(answer.text, mimetype="application/json")
    response.set_etag(answer.etag)
    response.headers["Cache-Control"] = SHARED
    response.make_conditional(request)
    return response


def wants_fresh() -> bool:
    """Whether this answer must not come from the cache; a measurement's privilege."""
    is_measured: bool = current_app.extensions["settings"].benchmark
    return is_measured and bool(request.cache_control.no_cache)
