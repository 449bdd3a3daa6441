"""A mail is read, its link opened without a session, and the lesson cancelled by a button."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.factories import at
from tests.journeys.conftest import Site, Visits
from tests.journeys.steps import booking_address, confirm

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("site", ["development"], indirect=True)
@pytest.mark.parametrize("width", [390, 1280])
def test_a_lesson_is_cancelled_from_its_mail(
    site: Site, visits: Visits, monday: date, width: int
) -> None:
    teacher = site.make.instructor()
    site.make.hours(teacher, monday, "09:00-12:00")
    booked = visits.page(site.make.student(full_name=f"Reader At{width}"))
    booked.goto(booking_address(teacher, monday, "10:00"))
    lesson = confirm(booked)
    site.deliver_mails()

    reader = visits.page()
    reader.set_viewport_size({"width": width, "height": 844})
    reader.goto("/dev/mail")
    number = lesson.rpartition("/")[2]
    mail = reader.locator("article", has_text=f"Hello Reader At{width}")
    found = re.search(rf"/links/cancel\?token={number}-[\w-]+", mail.first.inner_text())
    assert found is not None
    reader.goto(found[0])
    expect(reader.get_by_role("heading", name="Cancel this lesson?")).to_be_visible()
    expect(reader.locator("time").first).to_have_attribute(
        "datetime", f"{at(monday, '10:00'):%Y-%m-%dT%H:%M:%SZ}"
    )
    assert reader.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    reader.get_by_role("button", name="Cancel the lesson").click()

    expect(reader.locator("#done")).to_contain_text("The lesson is cancelled.")
    booked.goto(lesson)
    expect(booked.locator("#timeline")).to_contain_text("by a link in a mail")
