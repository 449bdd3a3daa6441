"""The same site for a browser that runs no script."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.factories import PASSWORD
from tests.journeys.conftest import Site, Visits
from tests.journeys.steps import choose, confirm, lessons, schedule

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_student_registers_books_and_cancels(site: Site, visits: Visits, monday: date) -> None:
    teacher = site.make.instructor(skill="Oboe", user={"full_name": "Wren Calloway"})
    site.make.hours(teacher, monday, "09:00-12:00")
    page = visits.page(java_script_enabled=False)

    page.goto(f"/register?next=/instructors/{teacher.id}")
    page.get_by_label("Name").fill("Abel Moreno")
    page.get_by_label("Email").fill("abel.moreno@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name="Wren Calloway")).to_be_visible()
    choose(page, monday, "10:00")
    address = confirm(page)
    assert lessons(page) == 1

    page.goto(address)
    page.get_by_role("link", name="Cancel lesson").click()
    page.get_by_label("Reason").fill("I have to travel that day.")
    page.get_by_role("button", name="Cancel lesson").click()
    expect(page.get_by_text("The lesson is cancelled.")).to_be_visible()
    assert lessons(page) == 0


def test_an_instructor_types_her_hours(site: Site, visits: Visits, monday: date) -> None:
    teacher = site.make.instructor()
    page = visits.page(teacher, java_script_enabled=False)
    schedule(page, monday)
    field = page.locator(f"#hours-{monday}")
    field.fill("9 to noon")
    page.get_by_role("button", name="Save week").click()
    expect(page.get_by_text("The week is saved.")).to_be_visible()
    expect(field).to_have_value("9:00-12:00")
