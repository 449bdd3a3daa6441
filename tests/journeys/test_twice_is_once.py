"""Impatience, the back button and reloading change nothing that was not asked for."""

from datetime import date

import pytest

from tests.journeys.conftest import Site, Visits
from tests.journeys.steps import booking_address, confirm, is_booked, lessons

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_double_click_books_one_lesson(
    site: Site, visits: Visits, monday: date, scripts: bool
) -> None:
    teacher = site.make.instructor()
    site.make.hours(teacher, monday, "09:00-12:00")
    page = visits.page(site.make.student(), java_script_enabled=scripts)
    page.goto(booking_address(teacher, monday, "10:00"))
    page.get_by_role("button", name="Book for").dblclick()
    is_booked(page)
    assert lessons(page) == 1


def test_back_and_reload_after_booking(site: Site, visits: Visits, monday: date) -> None:
    teacher = site.make.instructor()
    site.make.hours(teacher, monday, "09:00-12:00")
    page = visits.page(site.make.student())
    page.goto(booking_address(teacher, monday, "10:00"))
    lesson = confirm(page)
    page.reload()
    page.go_back()
    again = page.get_by_role("button", name="Book for")
    if again.count():
        again.click()
        page.wait_for_url(f"**{lesson}**")
    assert lessons(page) == 1
