"""The OpenAPI document: whole, true to the routes, and readable by programs and people."""

import re

from flask import Flask
from openapi_spec_validator import validate

from app.web.openapi import operations, undocumented
from tests.documented import app, said

__all__ = ["app", "said"]


def test_every_operation_of_the_api_says_what_it_takes_and_answers(app: Flask) -> None:
    assert undocumented(app) == []


def test_it_is_a_valid_document(said: dict) -> None:
    validate(said)

    assert said["openapi"].startswith("3.1")


def test_it_has_every_route_and_no_other(app: Flask, said: dict) -> None:
    told = {(method.upper(), path) for path, methods in said["paths"].items() for method in methods}
    routes = {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule, method, _ in operations(app)
    }

    assert told == routes
    assert ("POST", "/api/bookings/") in told


def test_every_reference_leads_somewhere(said: dict) -> None:
    wanted = set(re.findall(r"#/components/schemas/(\w+)", str(said)))

    assert wanted <= set(said["components"]["schemas"])


def test_what_needs_a_token_says_so(said: dict) -> None:
    booking = said["paths"]["/api/bookings/"]["post"]
    listed = said["paths"]["/api/instructors/"]["get"]

    assert booking["security"] == [{"bearer": []}]
    assert booking["x-roles"] == ["student"]
    assert {"401", "403", "409", "422", "429"} <= set(booking["responses"])
    assert "security" not in listed
    assert "401" not in listed["responses"]


def test_every_refusal_has_an_example(said: dict) -> None:
    for methods in said["paths"].values():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    (content,) = response["content"].values()
                    assert content["example"]["status"] == int(status)
                    assert content["example"]["detail"]


def test_the_page_reads_without_script_and_names_every_path(app: Flask, said: dict) -> None:
    page = app.test_client().get("/api/docs")

    assert page.status_code == 200
    for path in said["paths"]:
        assert path.replace("<", "&lt;") in page.text
    assert "http://" not in re.sub(r"http://127\.0\.0\.1:8000", "", page.text).replace(
        "http://www.w3.org", ""
    )


def test_programs_can_fetch_it(app: Flask) -> None:
    answer = app.test_client().get("/api/openapi.json")

    assert answer.is_json
    assert answer.json["info"]["title"] == "InstaInstru API"
