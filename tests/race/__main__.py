"""Race on both databases, with and without the guards, and print the figures."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests import servers
from tests.race.contest import race
from tests.race.verdict import Verdict, table

LEAST_BOOKED = 100
DATABASES = ("sqlite", "postgresql")


def main() -> int:
    """Returns 1 when a promise is broken or a database cannot be had."""
    asked = _arguments()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="race-")))
        try:
            verdicts = list(_races(asked, folder, stack))
        except servers.ServerMissing as fault:
            print(f"MISSING {fault}", file=sys.stderr)
            return 1
    print(table([each.row() for each in verdicts]))
    for each in verdicts:
        for line in each.oddities():
            print(line)
    faults = [
        f"{each.database}, guards {'on' if each.is_guarded else 'off'}: {broken}"
        for each in verdicts
        for broken in each.broken(least_booked=LEAST_BOOKED, is_timed=True)
    ]
    print("\n".join(f"BROKEN {fault}" for fault in faults) or "All promises kept.")
    return 1 if faults else 0


def _races(asked: argparse.Namespace, folder: Path, stack: ExitStack) -> Iterator[Verdict]:
    server = None
    if "postgresql" in asked.databases:
        server = stack.enter_context(servers.postgresql_server())
    for kind in asked.databases:
        for is_guarded, attempts in ((True, asked.attempts), (False, asked.control)):
            if not attempts:
                continue
            name = f"race_{'on' if is_guarded else 'off'}"
            if kind == "postgresql" and server is not None:
                url = servers.create_database(server, name)
            else:
                url = f"sqlite:///{folder}/{name}.db"
            note = f"{kind}, guards {'on' if is_guarded else 'off'}: {attempts} attempts ..."
            print(note, file=sys.stderr, flush=True)
            yield race(url, folder, attempts, is_guarded=is_guarded)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.race", description=__doc__)
    parser.add_argument("--attempts", type=int, default=10_000, help="with guards, per database")
    parser.add_argument("--control", type=int, default=2_000, help="without guards, 0 for none")
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=list(DATABASES))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
