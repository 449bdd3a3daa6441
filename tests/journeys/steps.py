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
    time = page.locator(f'#days a.start:not(.start-off):has(time[datetime="{instant}"])')
    cell = page.locator(f"#day-{day}")
    expect(page.locator("#month")).to_be_visible()
    if not cell.count():
        page.locator("#next-month").click()
        cell.wait_for(state="attached")
    if not time.count():
        cell.click()
    time.click()
    page.wait_for_url("**/book?*")


def confirm(page: Page) -> str:
    """Book what the page shows; the address of the lesson."""
    page.get_by_role("button", name="Book for").click()
    return is_booked(page)


def is_booked(page: Page) -> str:
    """See that a lesson was just booked; the address of the lesson."""
    page.wait_for_url("**/lessons/*/booked")
    expect(page.get_by_role("heading", name="Your lesson is booked")).to_be_visible()
    return urlsplit(page.url).path.removesuffix("/booked")


def add_note(page: Page, text: str) -> None:
    """From the page that confirms a lesson and back to it."""
    page.get_by_role("link", name=": note").click()
    page.get_by_label("Note").fill(text)
    page.get_by_role("button", name="Keep this note").click()
    expect(page.locator("#choices")).to_contain_text(text)


def move_to_place(page: Page, kind: str, address: str) -> None:
    """Likewise."""
    page.get_by_role("link", name=": place").click()
    page.get_by_label(kind).check()
    page.get_by_label("Address").fill(address)
    page.get_by_role("button", name="Use this place").click()
    expect(page.locator("#choices")).to_contain_text(address)


def lessons(page: Page) -> int:
    """How many lessons somebody has ahead of him."""
    page.goto("/lessons")
    expect(page.get_by_role("heading", name="My lessons")).to_be_visible()
    return page.locator("#next-lesson, .lesson-row").count()
