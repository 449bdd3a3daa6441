"""A browser as people have one: found on this machine, watched for complaints."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Request, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
QUIET = (  # a browser that asks nothing of anybody but the site
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
TELL_OF_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


class BrowserMissing(Exception):
    """There is no browser here. The message says how to get one."""


def find_browser() -> str:
    """The path of Chromium or Chrome. Raises BrowserMissing."""
    found = [shutil.which(name) for name in NAMES]
    found += [path for path in APPLICATIONS if os.access(path, os.X_OK)]
    for path in filter(None, found):
        return path
    raise BrowserMissing("a browser: make browser")


@contextmanager
def opened_browser() -> Iterator[Browser]:
    """A browser without a window. Raises BrowserMissing."""
    path = find_browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Watch:
    """Hears what a browser complains of, and sees where it asks."""

    address: str
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> BrowserContext:
        context.add_init_script(TELL_OF_VIOLATIONS)
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("request", self._asked)
        return context

    def forgive(self, *, status: int) -> None:
        """A refusal with this status is meant, whenever the browser comes to speak of it."""
        self.forgiven.append(f"responded with a status of {status}")

    def unforgiven(self) -> list[str]:
        return [each for each in self.complaints if not any(w in each for w in self.forgiven)]

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text} ({message.page.url})")

    def _asked(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme in ("http", "https") and asked.netloc != urlsplit(self.address).netloc:
            self.elsewhere.append(request.url)
