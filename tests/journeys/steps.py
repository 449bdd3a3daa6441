"""What people do on the site, as the journeys tell it."""

from datetime import date
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.factories import Teacher, at


def cell(page: Page, day: date, clock: str) -> Locator:
    """The half hour that starts at ``9:00`` of a day, in the week's grid."""
    return page.locator(f'td[aria-label^="{day:%a} {day.day} {day:%b}, {clock} to "]')


def schedule(page: Page, monday: date) -> None:
    page.goto(f"/teach/schedule?week={monday}")
    expect(page.locator("#week-form")).to_be_visible()


def booking_address(teacher: Teacher, day: date, clock: str, minutes: int = 60) -> str:
    start = at(day, clock).strftime("%Y-%m-%dT%H:%M:%SZ")
    asked = f"service={teacher.service_id}&minutes={minutes}&start={start}"
    return f"/instructors/{teacher.id}/book?{asked}"


def choose(page: Page, day: date, clock: str) -> None:
    """Press a time on an instructor's page, moving on to its day if it is not shown."""
    instant = at(day, clock).strftime("%Y-%m-%dT%H:%M:%SZ")
    time = page.locator(f'#days a:has(time[datetime="{instant}"])')
    expect(page.locator("#shown-days")).to_be_visible()
    if not time.count():
        page.locator("#later").click()
        time.wait_for(state="attached")
    if not time.is_visible():
        page.locator(f"summary:has-text('{day:%a} {day.day} {day:%b}')").click()
    time.click()
    page.wait_for_url("**/book?*")


def confirm(page: Page) -> str:
    """Book what the page shows; the address of the lesson."""
    page.get_by_role("button", name="Book for").click()
    page.wait_for_url("**/lessons/*")
    expect(page.get_by_text("Your lesson is booked")).to_be_visible()
    return urlsplit(page.url).path


def lessons(page: Page) -> int:
    """How many lessons somebody has ahead of him."""
    page.goto("/lessons")
    expect(page.get_by_role("heading", name="My lessons")).to_be_visible()
    return page.locator("#next-lesson, .lesson-row").count()
