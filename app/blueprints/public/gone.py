"""What somebody reads who comes to the page of an instructor who is not there."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from app.domain.errors import NotFound
from app.web.render import wants_partial

P = ParamSpec("P")


def or_kindly_gone(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """The same 404 for who never was, who left and who is closed: nobody learns which it is."""

    @wraps(view)
    def kind(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        try:
            return view(*args, **kwargs)
        except NotFound:
            if wants_partial():
                raise
            return make_response(render_template("public/gone.html"), 404)

    return kind
