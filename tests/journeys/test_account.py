"""Somebody looks after his account, from his name to its end."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.factories import PASSWORD, Person
from tests.journeys.conftest import Site, Visits, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
NEW_PASSWORD = "violet-harbour-77"
WIDTHS = {390: 844, 1280: 800}


@pytest.mark.parametrize("site", ["development"], indirect=True)
@pytest.mark.parametrize("width", WIDTHS)
def test_from_a_new_name_to_the_end(site: Site, visits: Visits, width: int) -> None:
    old = f"ann{width}@example.com"
    new = old.replace("example.com", "example.org")
    ann = site.make.student(full_name="Ann Lee", email=old)
    page = visits.page(ann, timezone_id="Europe/Paris")
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})

    renames_herself(page)
    takes_the_browsers_zone(page)
    signs_a_forgotten_browser_out(page, visits.page(ann))
    chooses_a_password(page, visits, ann)
    moves_to_another_address(site, page, old, new)
    takes_a_copy_and_leaves(page, new)
    sees_that_nobody_can_sign_in(page, visits, new)


def account(page: Page, setting: str) -> None:
    """By the menu to the account, and on to one of its pages."""
    page.locator("details.menu > summary").click()
    page.locator(".menu-panel").get_by_role("link", name="Account", exact=True).click()
    expect(page.get_by_role("heading", name="Account", exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(f'.settings a[href="/account/{setting}"]').click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def renames_herself(page: Page) -> None:
    account(page, "name")
    page.get_by_label("Name").fill("Ann Other")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your name is saved.")).to_be_visible()


def takes_the_browsers_zone(page: Page) -> None:
    """It is offered, and chosen only when she says so."""
    account(page, "time-zone")
    expect(page.get_by_label("Time zone")).to_have_value("")
    expect(page.locator("#zone-suggestion")).to_contain_text("Paris")
    page.get_by_role("button", name="Choose that one").click()
    expect(page.get_by_label("Time zone")).to_have_value("Europe/Paris")
    expect(page.locator("#zone-suggestion")).to_be_hidden()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Times are now shown in Paris time.")).to_be_visible()


def signs_a_forgotten_browser_out(page: Page, forgotten: Page) -> None:
    account(page, "sessions")
    page.evaluate("window.isTheSamePage = true")
    rows = page.locator("#sessions li")
    expect(rows).to_have_count(2)
    rows.last.get_by_role("button", name="Sign out").click()
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("This browser")
    assert page.evaluate("window.isTheSamePage")
    forgotten.goto("/account")
    expect(forgotten).to_have_url(re.compile("/login"))


def chooses_a_password(page: Page, visits: Visits, person: Person) -> None:
    visits.watch.forgive(status=422)
    account(page, "password")
    page.get_by_label("Current password").fill("something else")
    page.get_by_label("New password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Change the password").click()
    wrong = page.get_by_label("Current password")
    expect(wrong).to_be_focused()
    expect(page.locator("#current_password-error")).to_be_visible()
    wrong.fill(PASSWORD)
    page.get_by_label("New password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("signed out everywhere else")).to_be_visible()
    sign_in(visits.page(), Person(person.id, person.email, NEW_PASSWORD))


def moves_to_another_address(site: Site, page: Page, old: str, new: str) -> None:
    account(page, "email")
    page.get_by_label("New email address").fill(new)
    page.get_by_label("Current password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Send the link").click()
    expect(page.locator("#pending")).to_contain_text(new)
    site.deliver_mails()
    page.goto("/dev/mail")
    mail = page.locator("article").filter(has_text="confirm your new email address").first
    expect(mail).to_contain_text(f"to {new}")
    link = re.search(r"/account/email/confirm\?token=[\w-]+", mail.inner_text())
    assert link is not None
    page.goto(link[0])
    expect(page.get_by_text(f"it stays {old}")).to_be_visible()
    page.get_by_role("button", name="Use this address").click()
    expect(page.get_by_text(f"Your email address is now {new}")).to_be_visible()


def takes_a_copy_and_leaves(page: Page, email: str) -> None:
    account(page, "data")
    page.get_by_label("Current password").fill(NEW_PASSWORD)
    with page.expect_download() as copy:
        page.get_by_role("button", name="Download").click()
    told = json.loads(Path(copy.value.path()).read_text("utf-8"))
    assert (told["account"]["email"], told["account"]["full_name"]) == (email, "Ann Other")
    expect(page.get_by_role("button", name="Download")).not_to_have_attribute(
        "aria-disabled", "true"
    )

    page.goto("/account")
    page.get_by_role("link", name="Close the account").click()
    expect(page.get_by_text("This cannot be undone.")).to_be_visible()
    page.get_by_label("Current password").fill(NEW_PASSWORD)
    page.get_by_label("Type delete to confirm").fill("delete")
    page.get_by_role("button", name="Close the account").click()
    expect(page.get_by_text("Your account is closed")).to_be_visible()


def sees_that_nobody_can_sign_in(page: Page, visits: Visits, email: str) -> None:
    visits.watch.forgive(status=401)
    page.goto("/login")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Incorrect email or password").first).to_be_visible()
