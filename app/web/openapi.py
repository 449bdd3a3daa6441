"""The OpenAPI 3.1 document, made of what every view says of itself and of the models it uses."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Flask
from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import JsonSchemaMode
from werkzeug.routing import Rule

from app.domain.errors import Unavailable
from app.domain.limits import ID_MAX
from app.domain.vocabulary import Role
from app.web.access import EVERYBODY, policy_of
from app.web.documented import Documentation
from app.web.errors import TITLES
from app.web.openapi_codes import codes
from app.web.openapi_examples import Examples

VERSION = "1.0.0"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_REFS = "#/components/schemas/{model}"
_ARGUMENT = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")
_PATHS: Mapping[str, dict[str, Any]] = {
    "id": {"type": "integer", "minimum": 1, "maximum": ID_MAX},
    "default": {"type": "string", "minLength": 1},
}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "Every refusal, as RFC 9457 has it. Programs decide by `code`; `x-codes` of "
    "this document lists them all.",
    "required": ["type", "title", "status", "detail", "code", "errors", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "One sentence for people."},
        "code": {"type": "string", "pattern": "^[a-z0-9_]+$"},
        "errors": {
            "type": "array",
            "description": "The fields that cannot be so, where the fault lies in some. Their "
            "codes are this document's codes or words of the validator, such as `missing`.",
            "items": {
                "type": "object",
                "required": ["field", "message", "code"],
                "properties": {name: {"type": "string"} for name in ("field", "message", "code")},
            },
        },
        "request_id": {"type": "string", "description": "Tell it to us when you ask for help."},
        "reasons": {
            "type": "array",
            "description": "Of a lesson that cannot be booked or moved so: all that stands against "
            "it and may be told, the first being that of `code` and `detail`.",
            "items": {
                "type": "object",
                "required": ["code", "message"],
                "properties": {name: {"type": "string"} for name in ("code", "message")},
            },
        },
    },
}
_EXAMPLES: Mapping[int, tuple[str, str]] = {
    400: ("bad_request", "The request could not be understood."),
    401: ("not_authenticated", "Could not validate credentials"),
    403: ("not_allowed", "You are not allowed to do this."),
    404: ("not_found", "There is nothing at this address."),
    409: ("unavailable", "This time slot conflicts with an existing booking or is not open."),
    413: ("too_large", "That is more than this accepts at once."),
    415: ("unsupported_media_type", "Send this as application/json."),
    422: ("invalid_time", "start_time: A time is written HH:MM."),
    429: ("rate_limit_exceeded", "Too many requests. Please try again in a minute."),
    503: (Unavailable.code, Unavailable.default),
}


class _Schemas:
    """Collects the models' schemas under one name each."""

    def __init__(self) -> None:
        self.found: dict[str, Any] = {"Problem": PROBLEM}

    def of(self, kind: Any, mode: JsonSchemaMode) -> dict[str, Any]:
        """A model's schema by reference, any other type's as it is."""
        schema = TypeAdapter(kind).json_schema(mode=mode, ref_template=_REFS)
        self.found.update(schema.pop("$defs", {}))
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            self.found[kind.__name__] = schema
            return {"$ref": _REFS.format(model=kind.__name__)}
        return schema


def document(app: Flask, *, title: str, server: str) -> dict[str, Any]:
    """The whole of it: every route under ``/api`` that says something of itself."""
    schemas = _Schemas()
    paths: dict[str, dict[str, Any]] = {}
    for rule, method, said in operations(app):
        path = _ARGUMENT.sub(r"{\2}", rule.rule)
        paths.setdefault(path, {})[method.lower()] = _operation(app, rule, method, said, schemas)
    whole: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": f"{title} API", "version": VERSION},
        "servers": [{"url": server}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(schemas.found.items())),
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
            },
        },
        "x-codes": codes(),
    }
    return {name: _with_single_backticks(each) for name, each in whole.items()}


def operations(app: Flask) -> Iterator[tuple[Rule, str, Documentation]]:
    """Route, method and what the view says, of every operation of the API."""
    for rule in app.url_map.iter_rules():
        said = getattr(app.view_functions[rule.endpoint], "documentation", None)
        if rule.rule.startswith("/api/") and said is not None:
            for method in METHODS:
                if method in (rule.methods or ()):
                    yield rule, method, said


def undocumented(app: Flask) -> list[str]:
    """Endpoints of the API that say nothing of themselves."""
    return sorted(
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        and not hasattr(app.view_functions[rule.endpoint], "documentation")
    )


def _operation(
    app: Flask, rule: Rule, method: str, said: Documentation, schemas: _Schemas
) -> dict[str, Any]:
    view = app.view_functions[rule.endpoint]
    summary, _, rest = (view.__doc__ or rule.endpoint).strip().partition("\n")
    policy = policy_of(app, rule.endpoint) or EVERYBODY
    found: dict[str, Any] = {
        "operationId": rule.endpoint.replace(".", "_"),
        "tags": [_tag(rule)],
        "summary": summary.rstrip("."),
        "parameters": _parameters(rule, said, schemas),
        "responses": _responses(said, policy, schemas),
    }
    told = _told(rest, said.query.__doc__ if said.query else None)
    if told:
        found["description"] = told
    if policy != EVERYBODY:
        found["security"] = [{"bearer": []}]
        found["x-roles"] = _roles(policy, said)
    if said.body is not None and method != "GET":
        schema = schemas.of(said.body, "validation")
        example = Examples(schemas.found).body(schema)
        kinds = {"application/json": {"schema": schema, "example": example}}
        kinds |= {each: {"schema": _as_form(said.body)} for each in said.also_as}
        found["requestBody"] = {"required": not said.optional_body, "content": kinds}
    return found


def _tag(rule: Rule) -> str:
    """The part of the site, as its readers would call it."""
    part = rule.endpoint.partition(".")[0].partition("_")[0]
    return "services" if part == "taught" else part


def _told(*texts: str | None) -> str:
    return " ".join(" ".join(each.split()) for each in texts if each and each.strip())


def _roles(policy: str, said: Documentation) -> list[str]:
    """Whom the route lets through, and then the service behind it."""
    at_the_door = policy.partition(":")[2]
    return [*said.roles] or (at_the_door.split(",") if at_the_door else [*Role])


def _with_single_backticks(said: Any) -> Any:
    """Docstrings mark code by two of them, Markdown by one."""
    if isinstance(said, dict):
        return {name: _with_single_backticks(each) for name, each in said.items()}
    if isinstance(said, list):
        return [_with_single_backticks(each) for each in said]
    return said.replace("``", "`") if isinstance(said, str) else said


def _parameters(rule: Rule, said: Documentation, schemas: _Schemas) -> list[dict[str, Any]]:
    in_path = [
        {"name": name, "in": "path", "required": True, "schema": _PATHS.get(kind or "default")}
        for kind, name in _ARGUMENT.findall(rule.rule)
    ]
    in_query = _fields(said.query, "query", schemas)
    return in_path + in_query + _fields(said.headers, "header", schemas)


def _fields(model: type[BaseModel] | None, place: str, schemas: _Schemas) -> list[dict[str, Any]]:
    if model is None:
        return []
    schema = model.model_json_schema(mode="validation", ref_template=_REFS)
    schemas.found.update(schema.pop("$defs", {}))
    required = schema.get("required", ())
    found = []
    for name, each in schema["properties"].items():
        kind = _without_null(each)
        told = kind.pop("description", None)
        asked = {"name": name, "in": place, "required": name in required, "schema": kind}
        found.append(asked | ({"description": told} if told else {}))
    return found


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter is absent or has a value; a query string cannot say null."""
    given = schema.get("anyOf", ())
    kinds = [each for each in given if each != {"type": "null"}]
    if len(kinds) == len(given):
        return dict(schema)
    rest = {name: each for name, each in schema.items() if name not in ("anyOf", "default")}
    return {**kinds[0], **rest} if len(kinds) == 1 else {"anyOf": kinds, **rest}


def _as_form(model: type[BaseModel]) -> dict[str, Any]:
    """A flat model as a form has it: everything is text, and nothing is null."""
    schema = model.model_json_schema(mode="validation")
    fields = {name: _without_null(each) for name, each in schema["properties"].items()}
    return {**schema, "properties": fields}


def _responses(said: Documentation, policy: str, schemas: _Schemas) -> dict[str, Any]:
    success: dict[str, Any] = {"description": "Done."}
    if said.answer is not None:
        schema = schemas.of(said.answer, "serialization")
        content = {"schema": schema} | _example_of_answer(said, schema, schemas)
        success["content"] = {said.media_type: content}
    found = {str(said.status): success}
    if 304 in said.errors:
        found["304"] = {"description": "Nothing has changed since the answer with that `ETag`."}
    for status in sorted(_statuses(said, policy)):
        found[str(status)] = _refusal(status, with_reasons=said.reasons and status == 409)
    return found


def _example_of_answer(
    said: Documentation, schema: dict[str, Any], schemas: _Schemas
) -> dict[str, Any]:
    """None of what is not JSON, or what can be anything."""
    if said.media_type != "application/json" or schema.get("additionalProperties") is True:
        return {}
    found = Examples(schemas.found).answers(schema)
    if len(found) == 1:
        return {"example": found.popitem()[1]}
    return {"examples": {name: {"value": each} for name, each in found.items()}}


def _statuses(said: Documentation, policy: str) -> set[int]:
    statuses = {422, 429, 503} | {each for each in said.errors if each >= 400}
    if policy != EVERYBODY:
        statuses |= {401, 403}
    if said.body is not None:
        statuses |= {413, 415}
    return statuses


def _refusal(status: int, *, with_reasons: bool = False) -> dict[str, Any]:
    code, detail = _EXAMPLES.get(status, ("error", TITLES.get(status, "Not possible")))
    example = {
        "type": "about:blank",
        "title": TITLES.get(status, "Not possible"),
        "status": status,
        "detail": detail,
        "code": code,
        "errors": [],
        "request_id": "f3a9c2d41b7e6058",
    } | ({"reasons": [{"code": code, "message": detail}]} if with_reasons else {})
    content = {"schema": {"$ref": _REFS.format(model="Problem")}, "example": example}
    return {
        "description": TITLES.get(status, "Not possible"),
        "content": {"application/problem+json": content},
    }
