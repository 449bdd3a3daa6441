"""An instructor's page in a browser that runs no script: why not another time."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Site, Visits

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_without_script_every_step_is_a_page(site: Site, visits: Visits, monday: date) -> None:
    teacher = site.make.instructor(handle="noscript", skill="Harp")
    site.make.hours(teacher, monday, "09:00-10:00")
    page = visits.page(java_script_enabled=False)
    page.goto(f"/@noscript?day={monday}")

    page.locator(".others summary").click()
    page.locator(".start-off").last.click()

    expect(page.get_by_role("heading", name="Why not this time?")).to_be_visible()
    page.locator("#told").get_by_role("link", name="Sign in").click()
    assert "/login?next=" in page.url
    page.go_back()
    page.get_by_role("link", name="Back to the times").click()
    expect(page.locator(f"#day-{monday}")).to_have_attribute("aria-current", "true")
