"""Real servers over databases of their own, and people with browsers in front of them."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from app import create_app
from app.extensions import db
from app.infra.clock import SystemClock
from config import Settings
from tests import databases, servers
from tests.browsing import BrowserMissing, Watch, opened_browser
from tests.factories import NEW_YORK, Make, Person
from tests.web_server import SECRET, WebServer, serving

WAIT_MS = 8_000


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        with opened_browser() as opened:
            yield opened
    except BrowserMissing as fault:
        if os.environ.get("CI") == "true":
            pytest.fail(f"MISSING {fault}", pytrace=False)
        pytest.skip(f"MISSING {fault}")


@dataclass(frozen=True)
class Site:
    """A served site and a hand that writes rows into its database."""

    server: WebServer
    make: Make
    app: Flask

    def deliver_mails(self) -> None:
        """What the worker does within seconds."""
        done = self.app.test_cli_runner().invoke(args=["mail", "deliver"])
        assert done.exit_code == 0, done.output


@pytest.fixture(scope="session")
def sqlite_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    yield from _served(f"sqlite:///{folder}/site.db", folder)


@pytest.fixture(scope="session")
def postgresql_site(
    postgresql_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    name = f"site_{uuid4().hex[:8]}"
    url = servers.create_database(postgresql_server, name)
    yield from _served(url, tmp_path_factory.mktemp("site"))
    servers.drop_database(postgresql_server, name)


@pytest.fixture(scope="session")
def development_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """In which every mail can be read at ``/dev/mail``, links and all."""
    folder = tmp_path_factory.mktemp("site")
    yield from _served(f"sqlite:///{folder}/site.db", folder, "development")


@pytest.fixture
def site(browser: Browser, request: pytest.FixtureRequest) -> Site:
    """Over SQLite, unless a test names the kinds it wants. Needs a browser."""
    found: Site = request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_site")
    return found


def _served(url: str, folder: Path, environment: str = "testing") -> Iterator[Site]:
    databases.upgrade(url)
    with serving(url, folder, environment=environment) as server, ExitStack() as stack:
        app = _application(url, server.address, environment, stack)
        yield Site(server, Make(app), app)


def _application(url: str, address: str, environment: str, stack: ExitStack) -> Flask:
    """One beside the served one, for what nobody does in a browser."""
    settings = Settings(
        environment=environment,
        secret_key=SECRET,
        database_url=url,
        bcrypt_rounds=4,
        public_base_url=address,
    )
    app = create_app(settings)

    def close() -> None:
        with app.app_context():
            db.engine.dispose()

    stack.callback(close)
    return app


@dataclass(frozen=True)
class Visits:
    """Opens pages for people; each has a browser of his own, and all are watched."""

    browser: Browser
    address: str
    watch: Watch

    def page(self, person: Person | None = None, **options: Any) -> Page:
        """A page, signed in as somebody if one is named."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": 1280, "height": 900},
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(WAIT_MS)
        page = self.watch.over(context).new_page()
        if person is not None:
            sign_in(page, person)
        return page


@pytest.fixture
def visits(site: Site, browser: Browser) -> Iterator[Visits]:
    """Afterwards nothing may have been complained of, and nobody else asked."""
    watch = Watch(site.server.address)
    yield Visits(browser, site.server.address, watch)
    for context in browser.contexts:
        context.close()
    assert watch.unforgiven() == []
    assert watch.elsewhere == []
    assert site.server.faults() == []


def sign_in(page: Page, person: Person) -> None:
    page.goto("/login")
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password").fill(person.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "/login" not in address)


@pytest.fixture
def monday() -> date:
    """The Monday of next week in New York, by the real clock as the server has it."""
    today = SystemClock().today(NEW_YORK)
    return today + timedelta(days=7 - today.weekday())
