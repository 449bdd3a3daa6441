"""What an operation of the API takes and answers, said beside its route; OpenAPI is made of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from pydantic import BaseModel

from app.domain.vocabulary import Role

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Documentation:
    """Of one operation. ``answer`` is a model, a type that pydantic knows, or null for none.

    ``errors`` are the statuses it may answer beyond those that follow from its access policy
    (401, 403), its input (413, 415, 422), its limits (429) and the database (503). ``also_as``
    are media types of the body beside JSON. ``roles`` are those that the service lets through,
    where the access policy alone does not say so. ``reasons``: a refusal may list several.
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
    roles: tuple[Role, ...] = ()
    reasons: bool = False


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
    roles: tuple[Role, ...] = (),
    reasons: bool = False,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Say it of the view beneath. Stands directly above the function."""
    said = Documentation(
        body=body,
        query=query,
        headers=headers,
        answer=answer,
        status=status,
        errors=errors,
        media_type=media_type,
        also_as=also_as,
        optional_body=optional_body,
        roles=roles,
        reasons=reasons,
    )

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        view.documentation = said  # type: ignore[attr-defined]
        return view

    return decorate
