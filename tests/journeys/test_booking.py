"""Booking and moving as people do it, on a phone and on a desk, with and without script."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from app.domain.vocabulary import BookingStatus
from tests.factories import PASSWORD, Teacher, at
from tests.journeys.conftest import Site, Visits
from tests.journeys.steps import (
    add_note,
    booking_address,
    confirm,
    is_booked,
    lessons,
    move_to_place,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1280, "height": 800}}
SCREENS = [pytest.param(PHONE, id="390"), pytest.param(DESK, id="1280")]
MIXED = [
    pytest.param(PHONE, True, id="390"),
    pytest.param(DESK, False, id="1280 without script"),
    pytest.param(PHONE, False, id="390 without script"),
]


class Hand:
    """Presses what can be seen, and counts."""

    def __init__(self) -> None:
        self.taps = 0

    def tap(self, target: Locator) -> None:
        target.wait_for(state="visible")
        target.click()
        self.taps += 1


def opened(visits: Visits, screen: dict[str, Any], *who: Any, scripts: bool = True) -> Page:
    page = visits.page(*who, java_script_enabled=scripts)
    page.set_viewport_size(screen["viewport"])
    return page


def fits(page: Page) -> None:
    """Nothing is cut off at the side."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def instant(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def starts_at(page: Page, moment: datetime) -> Locator:
    return page.locator(f'#times a:has(time[datetime="{instant(moment)}"])')


@pytest.mark.parametrize("screen", SCREENS)
def test_three_taps_from_home_to_a_confirmed_lesson(
    site: Site, visits: Visits, monday: date, screen: dict[str, Any]
) -> None:
    make, skill = site.make, f"Theorbo {screen['viewport']['width']}"
    teacher = make.instructor(skill=skill)
    make.open_days(teacher, [monday, monday + timedelta(days=1)], "09:00-12:00")
    student = make.student()
    before = at(monday - timedelta(days=21), "10:00")
    place = {"location_type": "student_home", "meeting_location": "12 Grove Street"}
    make.booking(student, teacher, before, status=BookingStatus.COMPLETED, **place)
    page, hand = opened(visits, screen, student), Hand()
    page.goto("/")

    hand.tap(page.locator(f'a[href*="/instructors/{teacher.id}/book?"]').first)
    expect(page.locator("#choices")).to_contain_text("12 Grove Street")
    expect(page.locator("#wish")).to_contain_text("$60.00")
    fits(page)
    book = page.get_by_role("button", name="Book for")
    expect(book).to_be_in_viewport()
    hand.tap(book)

    address = is_booked(page)
    assert hand.taps <= 3
    page.goto(address)
    expect(page.locator("#facts")).to_contain_text("12 Grove Street")


@pytest.mark.parametrize(("screen", "scripts"), MIXED)
def test_a_guest_chooses_first_and_registers_last(
    site: Site, visits: Visits, monday: date, screen: dict[str, Any], scripts: bool
) -> None:
    teacher = site.make.instructor()
    site.make.hours(teacher, monday, "09:00-12:00")
    page = opened(visits, screen, scripts=scripts)
    page.goto(booking_address(teacher, monday, "10:00"))
    expect(page.locator("#wish")).to_contain_text("Free to cancel until")
    move_to_place(page, "At my place", "12 Grove Street")
    add_note(page, "The first suite.")

    page.get_by_role("link", name="Create an account", exact=True).click()
    page.get_by_label("Name").fill("Abel Moreno")
    page.get_by_label("Email").fill(f"{site.make.student().email}.new")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.wait_for_url("**/book?*")

    if scripts:
        fits(page)
    page.goto(confirm(page))
    expect(page.locator("#facts")).to_contain_text("12 Grove Street")
    expect(page.locator("#facts")).to_contain_text("The first suite.")
    assert lessons(page) == 1


@pytest.mark.parametrize(("screen", "scripts"), MIXED)
def test_a_student_moves_a_lesson(
    site: Site, visits: Visits, monday: date, screen: dict[str, Any], scripts: bool
) -> None:
    teacher, student = site.make.instructor(), site.make.student()
    days = [monday + timedelta(days=each) for each in (1, 2)]
    site.make.open_days(teacher, days, "09:00-12:00")
    lesson = site.make.booking(student, teacher, at(days[0], "10:00"))
    page = opened(visits, screen, student, scripts=scripts)
    page.goto(f"/lessons/{lesson}")
    expect(page.locator("#actions")).to_contain_text("Moving is free until")

    page.get_by_role("link", name="Move lesson").click()
    expect(starts_at(page, at(days[0], "10:00"))).to_have_count(0)
    page.locator(f"summary:has-text('{days[1]:%a} {days[1].day} {days[1]:%b}')").click()
    starts_at(page, at(days[1], "09:30")).click()
    expect(page.locator("#plan")).to_contain_text("9:30 AM – 10:30 AM")
    page.get_by_role("button", name="Move lesson").dblclick()

    page.wait_for_url(f"**/lessons/{lesson}")
    expect(page.locator("#facts")).to_contain_text("9:30 AM – 10:30 AM")
    page.go_back()
    page.goto(f"/lessons/{lesson}")
    expect(page.locator("#facts")).to_contain_text("9:30 AM – 10:30 AM")
    assert lessons(page) == 1


@pytest.mark.parametrize("screen", SCREENS)
def test_an_instructor_answers_only_what_is_seen(
    site: Site, visits: Visits, monday: date, screen: dict[str, Any]
) -> None:
    """The student moves the request while its instructor looks at it."""
    visits.watch.forgive(status=409)
    teacher: Teacher = site.make.instructor(requires_approval=True)
    site.make.hours(teacher, monday, "09:00-12:00")
    student = site.make.student()
    asking = opened(visits, screen, student)
    asking.goto(booking_address(teacher, monday, "10:00"))
    asking.get_by_role("button", name="Ask for it").click()
    asking.wait_for_url("**/booked")
    lesson = asking.url.split("/")[-2]
    answering = opened(visits, screen, teacher)
    answering.goto("/teach/lessons?view=waiting")
    answering.locator(".lesson-row a").click()
    expect(answering.locator("#answer")).to_be_visible()

    asking.goto(f"/lessons/{lesson}/move?start={instant(at(monday, '11:00'))}")
    asking.get_by_role("button", name="Ask for this time").click()
    asking.wait_for_url(f"**/lessons/{lesson}")
    answering.get_by_role("button", name="Confirm lesson").click()

    expect(answering.locator("#changed")).to_contain_text("11:00 AM")
    expect(answering.locator("#main .badge").first).to_have_text("Requested")
    fits(answering)
    answering.get_by_role("button", name="Confirm lesson").click()
    expect(answering.locator("#main .badge").first).to_have_text("Confirmed")
