"""The long form: thousands of starts on each database."""

import argparse
import sys
import time

from app.infra.clock import StoppedClock
from tests.conftest import NOW
from tests.doors import ClientDoor
from tests.equivalence.trial import trial
from tests.factories import Make
from tests.own_databases import KINDS, application, database_of


def main() -> int:
    """Returns 1 when answers about one start differed."""
    parser = argparse.ArgumentParser(prog="python -m tests.equivalence", description=__doc__)
    parser.add_argument("--starts", type=int, default=10_000)
    parser.add_argument("--databases", nargs="+", choices=KINDS, default=list(KINDS))
    asked = parser.parse_args()
    differences = 0
    for kind in asked.databases:
        began = time.monotonic()
        clock = StoppedClock(NOW)
        with database_of(kind) as url, application(url, clock) as app:
            found = trial(Make(app), ClientDoor(app), clock, asked.starts)
        seconds = time.monotonic() - began
        differences += len(found.differences)
        print(
            f"{kind}: {found.tried} starts, {found.bookable} of them bookable, "
            f"{len(found.differences)} differences, {seconds:.0f} s; "
            f"reasons {dict(found.reasons.most_common())}"
        )
        print(*found.differences[:20], sep="\n", end="")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
