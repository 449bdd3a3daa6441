"""Ask home and the list of a large installation, and print statements and times.

Ends with 1 where a page takes more than four statements.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import event

from app.demo.dataset import dataset_in
from app.extensions import db
from app.infra.clock import StoppedClock, SystemClock
from app.web.services import services
from tests import servers
from tests.bench_search.crowd import Crowd
from tests.factories import NEW_YORK
from tests.own_databases import KINDS, application, database_of

STATEMENTS_MAX = 4
UNCOUNTED = ("BEGIN", "COMMIT", "ROLLBACK")
PAGES = (
    "/",
    "/instructors",
    "/instructors?skill=Piano",
    "/instructors?q=piano under $80 saturday morning brooklyn",
    "/instructors?q=spanish tomorrow evening",
    "/instructors?when=now",
    "/instructors?when=week",
    "/instructors?when=week&sort=price",
    "/instructors?sort=soonest",
    "/instructors?q=sarah chen",
    "/instructors/suggestions?q=pia",
)


def main() -> int:
    asked = _arguments()
    clock = StoppedClock(SystemClock().now())
    worst = 0
    for kind in asked.databases:
        try:
            with database_of(kind) as url, application(url, clock) as app:
                _fill(app, Crowd(asked.instructors, asked.lessons, clock.today(NEW_YORK)))
                worst = max(worst, _ask(app, kind, asked.rounds))
        except servers.ServerMissing as fault:
            print(f"MISSING {fault}", file=sys.stderr)
            return 1
    print(f"At most {worst} statements.")
    return int(worst > STATEMENTS_MAX)


def _fill(app: Flask, crowd: Crowd) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = dataset_in(crowd.write(Path(folder)))
        with app.app_context():
            loaded = services().bench.load(data, "nobody signs in")
    print(f"{crowd.instructors} instructors, {loaded.windows} windows, {loaded.lessons} lessons")


def _ask(app: Flask, kind: str, rounds: int) -> int:
    """The most statements of any page; the first time of each fills the caches and counts alone."""
    client, worst = app.test_client(), 0
    print(f"{'':60} {'statements':>10} {'median':>9} {'slowest':>9}  {kind}")
    for page in PAGES:
        with _counted(app) as statements:
            client.get(page)
        taken = []
        for _ in range(rounds):
            started = time.perf_counter()
            status = client.get(page).status_code
            taken.append(1000 * (time.perf_counter() - started))
            if status != 200:
                raise SystemExit(f"{page} answers {status}")
        worst = max(worst, len(statements))
        figures = f"{statistics.median(taken):6.1f} ms {max(taken):6.1f} ms"
        print(f"{page:60} {len(statements):>10} {figures}")
    return worst


@contextmanager
def _counted(app: Flask) -> Iterator[list[str]]:
    seen: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_c: object, _u: object, statement: str, *_rest: object) -> None:
        if not statement.lstrip().upper().startswith(UNCOUNTED):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench_search", description=__doc__)
    parser.add_argument("--instructors", type=int, default=2_000)
    parser.add_argument("--lessons", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--databases", nargs="+", choices=KINDS, default=list(KINDS))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
