"""What an operation of the API takes and answers, said beside its route; OpenAPI is made of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from pydantic import BaseModel

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Documentation:
    """Of one operation. ``answer`` is a model, a type that pydantic knows, or null for none.

    ``errors`` are the statuses it may answer beyond those that follow from its access policy
    (401, 403), its input (413, 415, 422), its limits (429) and the database (503). ``also_as``
    are media types of the body beside JSON.
    """

    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    headers: type[BaseModel] | None = None
    answer: Any = None
    status: int = 200
    errors: tuple[int, ...] = ()
    media_type: str = "application/json"
    also_as: tuple[str, ...] = ()
    optional_body: bool = False


def documented(
    *,
    body: type[BaseModel] | None = None,
    query: type[BaseModel] | None = None,
    headers: type[BaseModel] | None = None,
    answer: Any = None,
    status: int = 200,
    errors: tuple[int, ...] = (),
    media_type: str = "application/json",
    also_as: tuple[str, ...] = (),
    optional_body: bool = False,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Say it of the view beneath. Stands directly above the function."""
    said = Documentation(
        body, query, headers, answer, status, errors, media_type, also_as, optional_body
    )

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        view.documentation = said  # type: ignore[attr-defined]
        return view

    return decorate
