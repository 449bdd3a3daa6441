"""Finding somebody in a browser: typing, chips, filters, going back, on the phone and wide."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, Visits

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
WIDTHS = (390, 1280)
SHIFTS = """
new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) if (!shift.hadRecentInput) sum += shift.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 300);
})
"""
SHIFT_MAX = 0.02


def shifted(page: Page) -> float:
    """How much of the page moved by itself since it was opened."""
    return page.evaluate(SHIFTS)


@pytest.mark.parametrize("width", WIDTHS)
def test_from_a_sentence_to_a_time(site: Site, visits: Visits, monday: date, width: int) -> None:
    name = f"Vera Quill{width}"
    teacher = site.make.instructor(skill="Theremin", rate="70.00", user={"full_name": name})
    site.make.open_days(teacher, [monday], "09:00-12:00", "14:00-18:00")
    page = visits.page()
    page.set_viewport_size({"width": width, "height": 844})

    page.goto("/")
    assert shifted(page) <= SHIFT_MAX
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type(f"theremin quill{width} under $80 {monday:%d %B} afternoon")
    page.keyboard.press("Enter")
    page.wait_for_url("**/instructors?q=*")
    expect(page.locator(".card-name")).to_have_text(name)
    times = page.locator(".start time")
    expect(times).to_have_text(["2:00 PM", "3:00 PM", "4:00 PM"])
    assert shifted(page) <= SHIFT_MAX
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.evaluate("window.isTheSamePage = true")
    page.locator("#understood-time").click()
    expect(times).to_have_text(["9:00 AM", "10:00 AM", "11:00 AM"])
    expect(page.locator("#q")).to_have_value(f"theremin quill{width} under $80 {monday:%d %B}")
    assert page.evaluate("window.isTheSamePage")
    page.go_back()
    expect(page.locator("#understood-time")).to_be_visible()
    expect(times).to_have_text(["2:00 PM", "3:00 PM", "4:00 PM"])
    page.reload()
    expect(times).to_have_text(["2:00 PM", "3:00 PM", "4:00 PM"])

    times.first.click()
    page.wait_for_url(lambda address: "/book" in address or "/login" in address)


@pytest.mark.parametrize("width", WIDTHS)
def test_filters_and_a_way_on(site: Site, visits: Visits, monday: date, width: int) -> None:
    name = f"Ines Harrow{width}"
    teacher = site.make.instructor(skill="Zither", rate="70.00", user={"full_name": name})
    site.make.hours(teacher, monday, "09:00-12:00")
    page = visits.page()
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"/instructors?q=harrow{width}")

    page.locator("#filters > summary").click()
    page.locator("#when").select_option("On these days")
    page.get_by_label("First day").fill(f"{monday}")
    page.get_by_label("Up to").fill("60")
    page.get_by_role("button", name="Show instructors").click()
    expect(page.get_by_role("heading", name="Nobody fits all of that")).to_be_visible()
    assert "min_price" not in page.url, "what is empty is not said"
    page.locator("#way-price").click()
    expect(page.locator(".card-name")).to_have_text(name)
    expect(page.locator("#understood-price")).to_have_count(0)
    expect(page.locator("#understood-day")).to_be_visible()

    page.locator("#filters > summary").click()
    visits.watch.forgive(status=422)
    page.get_by_label("Up to").fill("sixty")
    page.get_by_role("button", name="Show instructors").click()
    expect(page.get_by_label("Up to")).to_be_focused()
    expect(page.get_by_label("Up to")).to_have_value("sixty")
    expect(page.locator(".error")).to_contain_text("Write a price in figures")


def test_suggestions_by_the_keyboard(site: Site, visits: Visits) -> None:
    teacher = site.make.instructor(user={"full_name": "Xanthe Okonkwo"})
    page = visits.page()
    page.goto("/instructors")
    page.keyboard.press("/")
    page.keyboard.type("xanth")
    field, option = page.locator("#q"), page.locator("#suggestions [role=option]")
    expect(option).to_contain_text("Xanthe Okonkwo")
    expect(field).to_have_attribute("aria-expanded", "true")

    page.keyboard.press("Escape")
    expect(option).to_be_hidden()
    expect(field).to_have_value("xanth")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", str(option.get_attribute("id")))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/instructors/{teacher.id}")


def test_all_of_it_without_script(site: Site, visits: Visits, monday: date) -> None:
    teacher = site.make.instructor(skill="Bassoon", user={"full_name": "Piotr Wren"})
    site.make.hours(teacher, monday, "09:00-12:00")
    page = visits.page(java_script_enabled=False)
    page.goto("/")
    page.get_by_label("What do you want to learn").fill("bassoon wren saturday")
    page.get_by_role("button", name="Search").click()
    page.locator("#understood-day").click()
    expect(page.locator(".card-name")).to_have_text("Piotr Wren")
    page.locator("#filters > summary").click()
    page.get_by_label("Area").fill("Atlantis")
    page.get_by_role("button", name="Show instructors").click()
    page.locator("#way-area").click()
    expect(page.locator(".start")).to_have_count(3)
