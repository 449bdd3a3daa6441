"""The long form: many runs on each database, through a socket."""

import argparse
import sys
import time

from app.infra.clock import StoppedClock
from tests.doors import served
from tests.machine.hours import BEGINS
from tests.machine.run import run
from tests.own_databases import KINDS, application, database_of


def main() -> int:
    """Returns 1 when the application and the model differed."""
    parser = argparse.ArgumentParser(prog="python -m tests.machine", description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--databases", nargs="+", choices=KINDS, default=list(KINDS))
    asked = parser.parse_args()
    differed = 0
    for kind in asked.databases:
        began = time.monotonic()
        clock = StoppedClock(BEGINS)
        with (
            database_of(kind) as url,
            application(url, clock) as app,
            served(app) as door,
        ):
            try:
                run(door, clock, runs=asked.runs, steps=asked.steps, is_long=True)
            except AssertionError as difference:
                print(f"{kind}: {difference}")
                print(*getattr(difference, "__notes__", ()), sep="\n")
                differed += 1
                continue
        seconds = time.monotonic() - began
        print(f"{kind}: {asked.runs} runs of {asked.steps} steps, 0 differences, {seconds:.0f} s")
    return 1 if differed else 0


if __name__ == "__main__":
    sys.exit(main())
