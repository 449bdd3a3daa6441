"""Examples, codes and roles of the OpenAPI document: each is what the application itself says."""

from collections.abc import Iterator
from typing import Any

from flask import Flask
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from app.domain.audience import meanings
from app.domain.errors import DomainError, NotBookable
from app.web.documented import Documentation
from app.web.errors import HTTP_CODES, status_of
from app.web.openapi import operations
from tests.authorisation import ROLES, TABLE
from tests.documented import app, said

__all__ = ["app", "said"]

ANYTHING = "reference_openapi"


def told(app: Flask, said: dict) -> Iterator[tuple[Documentation, dict]]:
    """What each view says of itself, and what the document makes of it."""
    by_id = {
        (each["operationId"], method): each
        for methods in said["paths"].values()
        for method, each in methods.items()
    }
    for rule, method, view in operations(app):
        yield view, by_id[rule.endpoint.replace(".", "_"), method.lower()]


def fits(said: dict, schema: dict, value: Any) -> bool:
    """Whether the document's own schema allows the value."""
    whole = schema | {"components": said["components"]}
    return Draft202012Validator(whole).is_valid(value)


def test_every_body_has_an_example_that_its_model_accepts(app: Flask, said: dict) -> None:
    bodies = [(view.body, each) for view, each in told(app, said) if "requestBody" in each]

    assert len(bodies) > 25
    for model, operation in bodies:
        content = operation["requestBody"]["content"]["application/json"]
        assert content["example"], operation["operationId"]
        assert model is not None
        model.model_validate(content["example"])
        assert fits(said, content["schema"], content["example"]), operation["operationId"]


def test_every_answer_has_examples_that_are_such_answers(app: Flask, said: dict) -> None:
    seen = 0
    for view, operation in told(app, said):
        success = operation["responses"][f"{view.status}"]
        content = success.get("content", {}).get("application/json")
        if content is None or operation["operationId"] == ANYTHING:
            continue
        several = [each["value"] for each in content.get("examples", {}).values()]
        for example in several or [content["example"]]:
            seen += 1
            assert "text" not in str(example).split("'"), operation["operationId"]
            TypeAdapter(view.answer).validate_python(example)
            assert fits(said, content["schema"], example), operation["operationId"]
    assert seen > 50


def test_the_document_names_every_code_that_a_refusal_can_have(said: dict) -> None:
    codes = {(each["code"], each["status"]) for each in said["x-codes"]}

    for kind in kinds_below(DomainError):
        if kind is not NotBookable:
            assert (kind.code, status_of(kind.__new__(kind))) in codes
    assert {code for code, _ in codes} >= {*meanings(), *HTTP_CODES.values(), "invalid_json"}
    assert all(each["meaning"] for each in said["x-codes"])


def kinds_below(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for each in kind.__subclasses__():
        yield each
        yield from kinds_below(each)


def test_roles_are_those_that_the_table_of_who_may_do_what_lets_through(
    app: Flask, said: dict
) -> None:
    rows = {(row.endpoint.replace(".", "_"), row.method): row for row in TABLE}
    people = [each for each in ROLES if each != "anonymous"]
    for rule, method, _ in operations(app):
        row = rows[rule.endpoint.replace(".", "_"), method]
        operation = next(
            each[method.lower()]
            for each in said["paths"].values()
            if each.get(method.lower(), {}).get("operationId") == rule.endpoint.replace(".", "_")
        )
        through = {each for each in people if row.expected(each) != 403}
        assert set(operation.get("x-roles", people)) == through, rule.endpoint


def test_refused_lessons_say_why_in_the_schema_and_in_an_example(said: dict) -> None:
    problem = said["components"]["schemas"]["Problem"]["properties"]
    assert problem["reasons"]["items"]["required"] == ["code", "message"]
    for path in ("/api/bookings/", "/api/bookings/{booking_id}/reschedule"):
        (content,) = said["paths"][path]["post"]["responses"]["409"]["content"].values()
        assert content["example"]["reasons"][0]["code"] == content["example"]["code"]


def test_where_304_is_the_header_that_asks_for_it_is_too(said: dict) -> None:
    for path, methods in said["paths"].items():
        for operation in methods.values():
            names = [each["name"] for each in operation["parameters"]]
            assert ("304" in operation["responses"]) == ("If-None-Match" in names), path


def test_the_page_shows_examples_codes_and_no_marks_of_markdown(app: Flask, said: dict) -> None:
    page = app.test_client().get("/api/docs").text

    assert "I have played for a year." in page
    assert "unless sent" in page
    assert "`" not in page
    for each in said["x-codes"]:
        assert f"<code>{each['code']}</code>" in page
