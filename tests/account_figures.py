"""Two promises about accounts, in figures, at the production server with four processes.

Whether answers take as long for addresses that have an account as for others, and whether a new
password ends everything else at once on every process. A timing is no test: run it by hand.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.own_databases import KINDS, database_of
from tests.web_server import serving

WORKERS = 4
PASSWORD, OTHER = "Lesson-time-2026", "Lesson-time-2027"
MOST_DIFFERENCE_MS, MOST_SHARE, AUC_BOUND, DEAD_SECONDS = 10.0, 0.05, 0.12, 1.0
VARIABLES = {"WEB_CONCURRENCY": str(WORKERS), "BCRYPT_ROUNDS": "12"}


class Site:
    """Calls over connections of their own, as strangers make them."""

    def __init__(self, address: str) -> None:
        self._netloc = urlsplit(address).netloc

    def call(self, method: str, path: str, sent: Any = None, token: str = "") -> tuple[int, Any]:
        is_form = path == "/api/auth/login"
        body = (urlencode if is_form else json.dumps)(sent) if sent is not None else None
        kind = "application/x-www-form-urlencoded" if is_form else "application/json"
        headers = {"Content-Type": kind} if body else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        connection = HTTPConnection(self._netloc, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        return answer.status, json.loads(text or b"null")

    def register(self, email: str) -> None:
        sent = {"email": email, "password": PASSWORD, "full_name": "Ana Silva", "role": "student"}
        status, told = self.call("POST", "/api/auth/register", sent)
        if status != 201:
            raise RuntimeError(f"cannot register: {status} {told}")

    def token(self, email: str, password: str = PASSWORD) -> str:
        sent = {"username": email, "password": password}
        return str(self.call("POST", "/api/auth/login", sent)[1]["access_token"])


def main() -> int:
    """Returns how many figures were outside their bounds."""
    parser = argparse.ArgumentParser(prog="python -m tests.account_figures", description=__doc__)
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--tries", type=int, default=50)
    parser.add_argument("--databases", nargs="+", choices=KINDS, default=list(KINDS))
    asked = parser.parse_args()
    return sum(_failures(kind, asked.pairs, asked.tries) for kind in asked.databases)


def _failures(kind: str, pairs: int, tries: int) -> int:
    with _site(kind) as site:
        site.register("known@example.com")
        found = [
            _compared(kind, "login", site, _login, pairs),
            _compared(kind, "reset", site, _reset, pairs),
            _ended(kind, site, tries),
        ]
    return found.count(False)


def _login(email: str) -> tuple[str, Any]:
    return "/api/auth/login", {"username": email, "password": "no-such-1"}


def _reset(email: str) -> tuple[str, Any]:
    return "/api/auth/password-reset/request", {"email": email}


@contextmanager
def _site(kind: str) -> Iterator[Site]:
    with (
        database_of(kind) as url,
        tempfile.TemporaryDirectory() as folder,
        serving(url, Path(folder), variables=VARIABLES) as server,
    ):
        yield Site(server.address)


def _compared(
    kind: str, name: str, site: Site, wish: Callable[[str], tuple[str, Any]], pairs: int
) -> bool:
    """Times of a known and an unknown address, in random order; whether they are alike."""
    times: dict[str, list[float]] = {"known": [], "unknown": []}
    for number in range(pairs):
        for who in random.sample(sorted(times), 2):
            email = "known@example.com" if who == "known" else f"nobody{number}@example.com"
            started = time.perf_counter()
            site.call("POST", *wish(email))
            times[who].append((time.perf_counter() - started) * 1000)
    known, unknown = times["known"], times["unknown"]
    auc = sum((a > b) + 0.5 * (a == b) for a in known for b in unknown) / pairs**2
    difference, allowed = abs(median(known) - median(unknown)), median(unknown) * MOST_SHARE
    is_alike = difference <= max(MOST_DIFFERENCE_MS, allowed) and abs(auc - 0.5) <= AUC_BOUND
    medians = f"medians {median(known):.1f} and {median(unknown):.1f} ms"
    print(f"{kind} {name}: {medians}, AUC {auc:.2f} over {pairs} pairs", flush=True)
    return is_alike


def _ended(kind: str, site: Site, tries: int) -> bool:
    """Changes of a password; whether the older token is dead on every process within a second."""
    slowest, passwords = 0.0, (PASSWORD, OTHER)
    site.register("changing@example.com")
    for number in range(tries):
        old, new = passwords[number % 2], passwords[(number + 1) % 2]
        tokens = [site.token("changing@example.com", old) for _ in range(2)]
        sent = {"current_password": old, "new_password": new}
        status, told = site.call("POST", "/api/auth/change-password", sent, tokens[0])
        if status != 200:
            raise RuntimeError(f"cannot change the password: {status} {told}")
        changed = last = time.perf_counter()
        refused = 0
        while refused < 5 * WORKERS:  # in a row, on connections that any process takes
            is_dead = site.call("GET", "/api/auth/me", token=tokens[1])[0] == 401
            refused = refused + 1 if is_dead else 0
            last = last if is_dead else time.perf_counter()
        slowest = max(slowest, last - changed)
    print(
        f"{kind} password: older tokens lived {slowest:.2f} s at most in {tries} tries", flush=True
    )
    return slowest <= DEAD_SECONDS


if __name__ == "__main__":
    sys.exit(main())
