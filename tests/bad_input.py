"""Every field that the API takes, found in its own description, and what is thrown at it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from flask import Flask

from tests.authorisation import TABLE, Row, World

CORPORA = Path(__file__).parent / "corpora"
WORDS = ("injection", "sizes", "times", "ids", "types")
Schema = Mapping[str, Any]
Path_ = tuple[str | int, ...]


def corpus(name: str) -> list[Any]:
    """The values of a corpus; of sizes the texts that they describe."""
    found = json.loads((CORPORA / f"{name}.json").read_text("utf-8"))
    if name == "sizes":
        return [each["text"] * each["times"] for each in found]
    return list(found)


@dataclass(frozen=True)
class Field:
    """One field: a parameter of the path or query, or a place in the body."""

    where: str
    place: Path_
    kind: str

    @property
    def name(self) -> str:
        return ".".join(str(part) for part in self.place)

    def takes(self, name: str) -> bool:
        """Whether a corpus is meant for it. Everything is sent everything of other types."""
        if self.where == "path":
            return name in ("ids", "injection")
        if self.kind == "text":
            return True
        if self.kind in ("date", "time"):
            return name in ("times", "types", "injection")
        if self.kind == "number":
            return name in ("ids", "types", "sizes")
        return name == "types"


@dataclass(frozen=True)
class Operation:
    """One operation with a request that is good, as the table of who may do what has it."""

    row: Row
    fields: Sequence[Field]
    components: Mapping[str, Schema] = field(repr=False)
    body: Schema | None = field(repr=False)

    def __str__(self) -> str:
        return f"{self.row.method} {self.row.path.partition('?')[0]}"

    def role(self) -> str:
        """Whom it lets in, or lets furthest."""
        order = ("student", "instructor", "support", "admin")
        for fits in (lambda s: s < 300, lambda s: s not in (401, 403, 404), lambda s: s != 403):
            for role in order:
                if fits(self.row.expected(role)):
                    return role
        return "student"

    def spoilt(self, world: World, spot: Field, value: Any) -> "Request":
        """The good request with a value in the place of one field."""
        role = self.role()
        template, _, query = self.row.path.partition("?")
        sent = self.row.sends(world, role)
        good = deepcopy(sent.get("json", sent.get("data")))
        if spot.where == "path":
            template = _replaced(template, str(spot.place[0]), value)
        asked = dict(parse_qsl(world.path(query, role))) if query else {}
        if spot.where == "query":
            asked[str(spot.place[0])] = value
        if spot.where == "body":
            good = self._put(good, spot.place, value)
        path = world.path(template, role) if "{" in template else template
        text = urlencode({key: _as_text(each) for key, each in asked.items()})
        body = None if good is None else json.dumps(good)
        return Request(self.row.method, f"{path}?{text}" if text else path, body)

    def _put(self, good: Any, place: Path_, value: Any) -> Any:
        """A container that the good body lacks is made up from its schema."""
        good = {} if good is None else good
        here, schema = good, self.body or {}
        for part in place[:-1]:
            schema = _inner(self._plain(schema), part)
            if isinstance(here, list) or part not in here:
                made = self._example(schema)
                if isinstance(here, list):
                    here[:1] = [here[0] if here else made]
                else:
                    here[part] = made
            here = here[part]
        if isinstance(here, list):
            here[:1] = [value]
        else:
            here[place[-1]] = value
        return good

    def _example(self, schema: Schema) -> Any:
        plain = self._plain(schema)
        if plain.get("type") == "array":
            return [self._example(plain.get("items", {}))]
        if plain.get("type") == "object":
            required = plain.get("required", ())
            own = plain.get("properties", {})
            return {name: self._example(own[name]) for name in required}
        if plain.get("examples"):
            return plain["examples"][0]
        if plain.get("enum"):
            return plain["enum"][0]
        numbers = {"integer": 60, "number": 50, "boolean": True}
        return numbers.get(str(plain.get("type")), "Words enough.")

    def _plain(self, schema: Schema) -> Schema:
        return plain(schema, self.components)


@dataclass(frozen=True)
class Request:
    """What is sent."""

    method: str
    path: str
    body: str | None

    def __str__(self) -> str:
        return f"{self.method} {self.path[:200]} {(self.body or '')[:300]}"


def operations(app: Flask) -> list[Operation]:
    """All that the document describes. One without a row of the table is an error."""
    told = app.test_client().get("/api/openapi.json").get_json()
    components = told["components"]["schemas"]
    rows = {(row.endpoint, row.method): row for row in TABLE}
    endpoints = {
        (_braced(rule.rule), method): rule.endpoint
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
    }
    found = []
    for path, methods in told["paths"].items():
        for method, described in methods.items():
            endpoint = _endpoint(endpoints, path, method.upper())
            content = described.get("requestBody", {}).get("content", {})
            body = content.get("application/json", {}).get("schema")
            fields = [
                Field(each["in"], (each["name"],), _kind(plain(each["schema"], components)))
                for each in described.get("parameters", ())
                if each["in"] in ("path", "query")
            ]
            fields += _fields_of(body, components, ()) if body else []
            found.append(Operation(rows[endpoint, method.upper()], fields, components, body))
    return found


def values(name: str, operation: Operation, spot: Field, most: int) -> list[Any]:
    """Some values of a corpus for a field, the same each time."""
    found = corpus(name)
    if spot.where != "body":
        found = [each for each in found if isinstance(each, str)]
        found = [each for each in found if len(each) <= 2000]
    chance = Random(f"{name} {operation} {spot.name}")
    return chance.sample(found, min(most, len(found)))


def plain(schema: Schema, components: Mapping[str, Schema]) -> Schema:
    """A schema without references and without null."""
    while True:
        if "$ref" in schema:
            schema = components[str(schema["$ref"]).rpartition("/")[2]]
        elif "anyOf" in schema:
            schema = next(each for each in schema["anyOf"] if each.get("type") != "null")
        else:
            return schema


def _fields_of(
    schema: Schema, components: Mapping[str, Schema], place: Path_, depth: int = 0
) -> Iterator[Field]:
    seen = plain(schema, components)
    if place:
        yield Field("body", place, _kind(seen))
    if depth > 4:
        return
    for name, inner in seen.get("properties", {}).items():
        yield from _fields_of(inner, components, (*place, name), depth + 1)
    if seen.get("type") == "array":
        yield from _fields_of(seen.get("items", {}), components, (*place, 0), depth + 1)
    if isinstance(seen.get("additionalProperties"), Mapping):
        inner = seen["additionalProperties"]
        yield from _fields_of(inner, components, (*place, "2026-12-09"), depth + 1)


def _inner(schema: Schema, part: str | int) -> Schema:
    if schema.get("type") == "array":
        return schema.get("items", {})  # type: ignore[no-any-return]
    own = schema.get("properties", {})
    return own.get(part) or schema.get("additionalProperties") or {}  # type: ignore[no-any-return]


def _kind(schema: Schema) -> str:
    kind = schema.get("type")
    if kind in ("integer", "number"):
        return "number"
    if kind == "string":
        if schema.get("format") in ("date", "date-time"):
            return "date"
        return "time" if schema.get("examples") == ["09:30"] else "text"
    return str(kind)


def _braced(rule: str) -> str:
    return rule.replace("<", "{").replace(">", "}").replace("id:", "")


def _endpoint(endpoints: Mapping[tuple[str, str], str], path: str, method: str) -> str:
    for each in (path, path.rstrip("/"), f"{path}/"):
        if (each, method) in endpoints:
            return endpoints[each, method]
    raise LookupError(f"no route for {method} {path}")


def _replaced(template: str, name: str, value: Any) -> str:
    """The template with one part of the path quoted in; the last part where no name fits."""
    short = name.removesuffix("_id")
    names = [short, {"booking": "lesson"}.get(short, short), name]
    for each in names:
        if f"{{{each}}}" in template:
            return template.replace(f"{{{each}}}", _quoted(value))
    if "{" in template:
        start, end = template.rindex("{"), template.rindex("}")
        return template[:start] + _quoted(value) + template[end + 1 :]
    return template.rpartition("/")[0] + "/" + _quoted(value)


def _quoted(value: Any) -> str:
    text = str(value)
    quoted = text if text.startswith("%") else quote(text, safe="", errors="replace")
    return quoted.replace("{", "%7B").replace("}", "%7D") or "%20"


def _as_text(value: Any) -> str:
    return str(value).encode("utf-8", "replace").decode()
