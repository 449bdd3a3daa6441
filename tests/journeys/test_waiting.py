"""A full day: join the line, a lesson is cancelled, the worker offers, and the time is taken."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from app.web.services import services
from tests.factories import at
from tests.journeys.conftest import Site, Visits
from tests.journeys.steps import is_booked

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.mark.parametrize(
    ("size", "has_script"), [(PHONE, True), (DESK, True), (PHONE, False)], ids=str
)
def test_whoever_waits_gets_the_time(
    site: Site, visits: Visits, monday: date, size: dict[str, int], has_script: bool
) -> None:
    make = site.make
    teacher = make.instructor(skill="Harp", user={"full_name": "Ines Duarte"})
    make.hours(teacher, monday, "10:00-11:00")
    holder, student = make.student(), make.student()
    lesson = make.booking(holder, teacher, at(monday, "10:00"))
    page = visits.page(student, java_script_enabled=has_script)
    page.set_viewport_size(size)

    page.goto(f"/instructors/{teacher.id}?from={monday}")
    page.get_by_role("link", name="Tell me when a time frees").click()
    page.get_by_label("Morning, before 12").check()
    page.get_by_role("button", name="Put me in line").click()
    expect(page.get_by_text("You are in line.")).to_be_visible()
    expect(page.get_by_text("1st in line")).to_be_visible()
    is_whole(page)

    cancels(visits.page(holder), lesson)
    with make.app.app_context():
        assert services().waiting_offers.make_due() == 1

    page.reload()
    page.get_by_role("link", name="See this time").click()
    expect(page.get_by_role("heading", name="A time is kept for you")).to_be_visible()
    expect(page.locator("#left")).to_contain_text("It ends in")
    is_whole(page)
    page.get_by_role("link", name="Book this time").click()
    page.get_by_role("button", name="Book for").click()
    is_booked(page)
    page.goto("/waiting")
    expect(page.get_by_text("You have a lesson")).to_be_visible()
    expect(page.get_by_text("in line")).to_have_count(0)


def cancels(page: Page, lesson: int) -> None:
    page.goto(f"/lessons/{lesson}/cancel")
    page.get_by_label("Reason").fill("I have to travel that day.")
    page.get_by_role("button", name="Cancel lesson").click()
    page.wait_for_url(f"**/lessons/{lesson}")


def is_whole(page: Page) -> None:
    """Nothing reaches beyond the window's edge."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
