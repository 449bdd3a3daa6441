"""An application that is only asked what it says of itself, and its OpenAPI document."""

import pytest
from flask import Flask

from app import create_app
from app.web.openapi import document
from config import Settings


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(
        Settings(
            environment="testing",
            secret_key="a key for tests, long enough for every rule",
            database_url="sqlite:///",
        )
    )


@pytest.fixture(scope="module")
def said(app: Flask) -> dict:
    return document(app, title="Test", server="http://127.0.0.1:8000")
