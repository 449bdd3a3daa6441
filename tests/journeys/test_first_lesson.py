"""One lesson from end to end, each person with a browser of his own."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from app.domain.vocabulary import Role
from tests.factories import Person, Teacher
from tests.journeys.conftest import Site, Visits
from tests.journeys.steps import add_note, booking_address, cell, choose, confirm, schedule

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("site", ["sqlite", "postgresql"], indirect=True)
def test_from_open_hours_to_the_desk(site: Site, visits: Visits, monday: date) -> None:
    make = site.make
    ines = make.instructor(skill="Cello", durations="30, 60", user={"full_name": "Ines Duarte"})
    make.hours(ines, monday + timedelta(days=1), "14:00-18:00")
    noor = make.student(full_name="Noor Haddad")
    late = make.student(full_name="Theo Lindqvist")
    support = make.user(Role.SUPPORT)

    teaching = visits.page(ines)
    opens_monday_morning(teaching, monday)

    learning = visits.page(noor)
    finds_her(learning, ines)
    too_late = visits.page(late)
    too_late.goto(booking_address(ines, monday, "10:00"))
    hour = learning.get_by_role("link", name="Cello, 60 min")
    hour.click()
    expect(hour).to_have_attribute("aria-current", "true")
    choose(learning, monday, "10:00")
    expect(learning.locator("#wish")).to_contain_text("10:00 AM – 11:00 AM")
    add_note(learning, "The first Bach suite.")
    learning.goto(confirm(learning))
    expect(learning.get_by_role("heading", name="Cello")).to_be_visible()
    reference = learning.locator("#facts dd").last.inner_text()

    schedule(teaching, monday)
    lesson = cell(teaching, monday, "10:00").locator(".lesson")
    expect(lesson).to_contain_text("Noor H.")
    lesson.click()
    expect(teaching.get_by_text("The first Bach suite.")).to_be_visible()

    is_refused_and_books_close_to_it(too_late, visits)
    finds_the_lesson(visits.page(support), reference, noor)


def opens_monday_morning(page: Page, monday: date) -> None:
    """Paints 9 to 12 with the mouse and saves without leaving the page."""
    page.get_by_role("link", name="Schedule").click()
    page.get_by_role("link", name="Next").click()
    expect(page.locator("#week-jump")).to_have_value(str(monday))
    page.evaluate("window.isTheSamePage = true")
    first, last = cell(page, monday, "9:00"), cell(page, monday, "11:30")
    last.scroll_into_view_if_needed()
    first.scroll_into_view_if_needed()
    start, end = first.bounding_box(), last.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 40, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + 40, end["y"] + end["height"] / 2, steps=6)
    page.mouse.up()
    expect(page.get_by_text("Unsaved changes")).to_be_visible()
    page.get_by_role("button", name="Save week").click()
    expect(page.locator(".week-state")).to_contain_text("Saved. 7 hours open")
    assert page.evaluate("window.isTheSamePage")
    page.reload()
    expect(page.locator(f"#hours-{monday}")).to_have_value("9:00-12:00")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(cell(page, monday, "12:00")).to_have_attribute("aria-selected", "false")


def finds_her(page: Page, teacher: Teacher) -> None:
    page.get_by_label("What do you want to learn").fill("Cello")
    page.get_by_label("What do you want to learn").press("Enter")
    page.wait_for_url("**/instructors?q=Cello")
    page.get_by_role("link", name="Ines Duarte", exact=True).click()
    expect(page.get_by_role("heading", name="Ines Duarte")).to_be_visible()


def is_refused_and_books_close_to_it(page: Page, visits: Visits) -> None:
    visits.watch.forgive(status=409)
    with page.expect_response(lambda answer: answer.request.method == "POST") as refusal:
        page.get_by_role("button", name="Book for").click()
    assert refusal.value.status == 409
    expect(page.locator("#taken")).to_contain_text("has just been taken")
    others = page.locator("#taken .start")
    expect(others).to_have_count(3)
    others.first.click()
    expect(page.locator("#taken")).to_have_count(0)
    confirm(page)


def finds_the_lesson(page: Page, reference: str, student: Person) -> None:
    page.goto("/admin/")
    page.get_by_label("Find a lesson").fill(reference)
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.locator(".desk-table tbody tr").first).to_contain_text("Noor Haddad")
    page.get_by_role("link", name=reference).click()
    expect(page.locator(".desk-details")).to_contain_text(student.email)
