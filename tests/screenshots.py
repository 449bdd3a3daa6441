"""Every page as it looks: two widths, light and dark, with the demo. Writes screenshots/.

With ``--readme`` the few small pictures of the README instead, into docs/images/.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path

from playwright.sync_api import Browser, Page

from app.demo.people import (
    ADMIN_EMAIL,
    DEMO_PASSWORD,
    INSTRUCTOR_EMAIL,
    STUDENT_EMAIL,
    SUPPORT_EMAIL,
)
from app.demo.shapes import NEW_YORK
from app.infra.clock import SystemClock
from tests.browsing import opened_browser
from tests.web_server import ROOT, environ, free_port, serving

FOLDER = ROOT / "screenshots"
README_FOLDER = ROOT / "docs" / "images"
README = {"home": 1280, "instructor": 1280, "teach-next-week": 1280, "book": 390}
WIDTHS = ((1280, 800), (390, 844))
SCHEMES = ("light", "dark")
Steps = Callable[[Page], object]
_NUMBERS = count(1)


@dataclass(frozen=True)
class Shot:
    """A page's name, who looks at it (nobody signed in when empty), and how he gets there."""

    name: str
    person: str
    steps: Steps


def main() -> int:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/demo.db"
        for command in (["db", "upgrade"], ["demo", "seed"]):
            _flask(command, url)
        with serving(url, Path(folder), environment="development") as server:
            with opened_browser() as browser:
                take = _take_for_readme if "--readme" in sys.argv else _take_all
                print(f"{len(list(take(browser, server.address)))} pictures")
            return 1 if server.faults() else 0


def _flask(command: list[str], url: str) -> None:
    called = [sys.executable, "-m", "flask", *command]
    subprocess.run(
        called, cwd=ROOT, env=environ(url, free_port(), "development"), check=True, stdout=2
    )


def _take_all(browser: Browser, address: str) -> Iterator[str]:
    for person in dict.fromkeys(shot.person for shot in SHOTS):
        state = _signed_in(browser, address, person)
        for width, height in WIDTHS:
            for scheme in SCHEMES:
                context = browser.new_context(
                    base_url=address,
                    storage_state=state,
                    viewport={"width": width, "height": height},
                    color_scheme=scheme,
                    is_mobile=width < 640,
                    has_touch=width < 640,
                    reduced_motion="reduce",
                )
                page = context.new_page()
                for shot in SHOTS:
                    if shot.person == person:
                        yield _take(page, shot, f"{shot.name}-{width}-{scheme}")
                context.close()


def _take_for_readme(browser: Browser, address: str) -> Iterator[str]:
    """One screen each, light, scaled down and as JPEG to stay small."""
    README_FOLDER.mkdir(exist_ok=True)
    for shot in (each for each in SHOTS if each.name in README):
        width = README[shot.name]
        context = browser.new_context(
            base_url=address,
            storage_state=_signed_in(browser, address, shot.person),
            viewport={"width": width, "height": 844},
            device_scale_factor=0.75 if width > 640 else 1,
            reduced_motion="reduce",
        )
        page = context.new_page()
        shot.steps(page)
        path = README_FOLDER / f"{shot.name}.jpg"
        page.screenshot(path=path, type="jpeg", quality=80)
        context.close()
        yield path.name


def _signed_in(browser: Browser, address: str, person: str) -> dict | None:
    """What the browser of somebody who has signed in remembers."""
    if not person:
        return None
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/login")
    page.get_by_label("Email").fill(person)
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: not url.endswith("/login"))
    state = context.storage_state()
    context.close()
    return state


def _take(page: Page, shot: Shot, name: str) -> str:
    shot.steps(page)
    page.wait_for_load_state()
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if width > 0:
        print(f"{name} is {width} pixels too wide")
    size = page.viewport_size
    for _ in range(3):  # the window grows to the page: what sticks to its edge is at the end
        page.evaluate("new Promise(requestAnimationFrame)")
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
    page.screenshot(path=FOLDER / f"{name}.png", full_page=True)
    page.set_viewport_size(size)
    return name


def _at(address: str) -> Steps:
    return lambda page: page.goto(address)


def _first(address: str, link: str) -> Steps:
    """A page, then its first link of a kind."""

    def steps(page: Page) -> None:
        page.goto(address)
        found = page.locator(link).first.get_attribute("href")
        page.goto(str(found))

    return steps


def _booking_refused(page: Page) -> None:
    """The address of a time that is free, moved into the night."""
    _first("/instructors?skill=Piano", ".start")(page)
    page.goto(re.sub(r"T\d\d%3A\d\d", "T07%3A00", page.url))


def _booking_step(name: str) -> Steps:
    def steps(page: Page) -> None:
        _first("/instructors?skill=Spanish", ".start")(page)
        page.goto(page.url.replace("/book?", f"/book/{name}?"))

    return steps


def _to_another_time(page: Page) -> None:
    """The last lesson ahead, which can still be moved, and the first time offered for it."""
    page.goto("/lessons")
    found = page.locator(".lesson-row a").last.get_attribute("href")
    _first(f"{found}/move", "#times .start")(page)


def _lesson(then: str = "") -> Steps:
    def steps(page: Page) -> None:
        page.goto("/lessons")
        found = page.locator("#next-lesson a").first.get_attribute("href")
        page.goto(f"{found}{then}")

    return steps


def _typing(page: Page) -> None:
    page.goto("/instructors")
    page.locator("#q").press_sequentially("music th")
    page.locator("#suggestions [role=option]").first.wait_for()


def _wrong_form(page: Page) -> None:
    page.goto("/register")
    page.get_by_label("Name").fill("Ana")
    page.get_by_role("button", name="Create account").click()


def _link_sent(page: Page) -> None:
    page.goto("/forgot-password")
    page.get_by_label("Email").fill(f"nobody{next(_NUMBERS)}@example.com")
    page.get_by_role("button", name="Send the link").click()
    page.get_by_text("a link is on its way").wait_for()


def _new_here(page: Page) -> None:
    """The lessons of somebody whose address is not confirmed."""
    page.context.clear_cookies()
    page.goto("/register")
    page.get_by_label("Name").fill("Ana Silva")
    page.get_by_label("Email").fill(f"ana{next(_NUMBERS)}@example.com")
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.wait_for_url(lambda url: not url.endswith("/register"))
    page.goto("/lessons")


def _opened_docs(page: Page) -> None:
    """The reference with one operation that takes a body, and one with many parameters."""
    page.goto("/api/docs")
    for text in ("Book a lesson", "Instructors who can be booked"):
        page.locator("summary", has_text=text).click()


def _next_week(page: Page) -> None:
    today = SystemClock().today(NEW_YORK)
    monday = today + timedelta(days=7 - today.weekday())
    page.goto(f"/teach/schedule?week={monday}")


SHOTS = (
    Shot("home", "", _at("/")),
    Shot("results", "", _at("/instructors?q=french+tomorrow+evening")),
    Shot("results-all", "", _at("/instructors")),
    Shot("results-nothing", "", _at("/instructors?q=piano+under+%2440+this+weekend")),
    Shot("results-wrong", "", _at("/instructors?max_price=sixty&skill=Guitar")),
    Shot("results-typing", "", _typing),
    Shot("instructor", "", _first("/instructors?skill=Piano", ".card-name a")),
    Shot("instructor-gone", "", _at("/@nobody-here")),
    Shot("why-guest", "", _first("/@sarah-chen", ".start-off")),
    Shot("login", "", _at("/login")),
    Shot("forgot", "", _at("/forgot-password")),
    Shot("forgot-sent", "", _link_sent),
    Shot("reset-dead-link", "", _at("/reset-password?token=none")),
    Shot("verify-dead-link", "", _at("/verify-email?token=none")),
    Shot("register", "", _at("/register")),
    Shot("register-wrong", "", _wrong_form),
    Shot("api-docs", "", _opened_docs),
    Shot("error-404", "", _at("/nothing-here")),
    Shot("lessons-unverified", "", _new_here),
    Shot("home-student", STUDENT_EMAIL, _at("/")),
    Shot("book", STUDENT_EMAIL, _first("/instructors?skill=Spanish", ".start")),
    Shot("book-guest", "", _first("/instructors?skill=Piano", ".start")),
    Shot("book-place", STUDENT_EMAIL, _booking_step("place")),
    Shot("book-note", STUDENT_EMAIL, _booking_step("note")),
    Shot("book-refused", STUDENT_EMAIL, _booking_refused),
    Shot("instructor-elsewhere", STUDENT_EMAIL, _at("/@imogen-clarke")),
    Shot("why", STUDENT_EMAIL, _first("/@sarah-chen", ".start-off")),
    Shot("lessons", STUDENT_EMAIL, _at("/lessons")),
    Shot("waiting", STUDENT_EMAIL, _at("/waiting")),
    Shot("lessons-waiting", STUDENT_EMAIL, _at("/lessons?view=waiting")),
    Shot("lessons-past", STUDENT_EMAIL, _at("/lessons?view=past")),
    Shot("lessons-cancelled", STUDENT_EMAIL, _at("/lessons?view=cancelled")),
    Shot("lesson", STUDENT_EMAIL, _lesson()),
    Shot("booked", STUDENT_EMAIL, _lesson("/booked")),
    Shot("move", STUDENT_EMAIL, _lesson("/move")),
    Shot("move-confirm", STUDENT_EMAIL, _to_another_time),
    Shot("calendar", STUDENT_EMAIL, _at("/lessons/calendar")),
    Shot("calendar-renew", STUDENT_EMAIL, _at("/lessons/calendar/renew")),
    Shot("cancel", STUDENT_EMAIL, _lesson("/cancel")),
    Shot("account", STUDENT_EMAIL, _at("/account")),
    Shot("account-zone", STUDENT_EMAIL, _at("/account/time-zone")),
    Shot("account-email", STUDENT_EMAIL, _at("/account/email")),
    Shot("account-sessions", STUDENT_EMAIL, _at("/account/sessions")),
    Shot("account-data", STUDENT_EMAIL, _at("/account/data")),
    Shot("account-close", STUDENT_EMAIL, _at("/account/close")),
    Shot("account-stop-dead-link", "", _at("/account/email/stop?token=none")),
    Shot("account-close-teaching", INSTRUCTOR_EMAIL, _at("/account/close")),
    Shot("teach-schedule", INSTRUCTOR_EMAIL, _at("/teach/schedule")),
    Shot("teach-next-week", INSTRUCTOR_EMAIL, _next_week),
    Shot("teach-lessons", INSTRUCTOR_EMAIL, _at("/teach/lessons")),
    Shot("teach-request", INSTRUCTOR_EMAIL, _first("/teach/lessons?view=waiting", ".lesson-row a")),
    Shot("teach-profile", INSTRUCTOR_EMAIL, _at("/teach/profile")),
    Shot("why-instructor", INSTRUCTOR_EMAIL, _first("/@sarah-chen", ".start-off")),
    Shot("error-403", INSTRUCTOR_EMAIL, _at("/admin/")),
    Shot("admin", SUPPORT_EMAIL, _at("/admin/")),
    Shot("admin-bookings", SUPPORT_EMAIL, _first("/admin/", ".tabs a:has-text('Lessons')")),
    Shot("admin-booking", SUPPORT_EMAIL, lambda page: _detail(page, "Lessons")),
    Shot("admin-users", ADMIN_EMAIL, _first("/admin/", ".tabs a:has-text('People')")),
    Shot("admin-user", ADMIN_EMAIL, lambda page: _detail(page, "People")),
)


def _detail(page: Page, section: str) -> None:
    """The first row's page of one of the desk's lists."""
    _first("/admin/", f".tabs a:has-text('{section}')")(page)
    page.goto(str(page.locator(".desk-table tbody a").first.get_attribute("href")))


if __name__ == "__main__":
    sys.exit(main())
