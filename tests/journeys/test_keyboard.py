"""Everything without a mouse: Tab, Enter, arrows and the week's own keys."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Site, Visits
from tests.journeys.steps import cell, is_booked, schedule

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
FAR = 80
FOCUSED = "element => element === document.activeElement"


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until something has the focus, and see that it shows."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if target.evaluate(FOCUSED):
            outline = target.evaluate("element => getComputedStyle(element).outlineStyle")
            assert outline != "none", "the focus cannot be seen"
            return
    pytest.fail(f"{target} cannot be reached")


def test_a_student_books(site: Site, visits: Visits, monday: date) -> None:
    teacher = site.make.instructor(skill="Lute", user={"full_name": "Orla Finnegan"})
    site.make.hours(teacher, monday, "09:00-11:00")
    page = visits.page(site.make.student())
    page.goto("/")
    page.keyboard.type("Lute")
    page.keyboard.press("Enter")
    page.wait_for_url("**/instructors?q=Lute")
    tab_to(page, page.get_by_role("link", name="Orla Finnegan", exact=True))
    page.keyboard.press("Enter")
    page.wait_for_url("**/instructors/*")
    tab_to(page, page.locator("#days .start").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/book?*")
    tab_to(page, page.get_by_role("button", name="Book for"))
    page.keyboard.press("Enter")
    is_booked(page)


def test_an_instructor_paints_and_saves(site: Site, visits: Visits, monday: date) -> None:
    page = visits.page(site.make.instructor())
    schedule(page, monday)
    tab_to(page, cell(page, monday, "9:00"))
    page.keyboard.press("ArrowRight")
    for _ in range(5):
        page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("x")
    tuesday = monday + timedelta(days=1)
    field = page.locator(f"#hours-{tuesday}")
    expect(field).to_have_value("9:00-12:00")
    page.keyboard.press("z")
    expect(field).to_have_value("")
    for _ in range(5):
        page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("x")
    tab_to(page, page.get_by_role("button", name="Save week"))
    page.keyboard.press("Enter")
    expect(page.locator(".week-state")).to_contain_text("Saved. 3 hours open")
    page.reload()
    expect(field).to_have_value("9:00-12:00")
