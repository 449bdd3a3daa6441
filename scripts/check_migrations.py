"""Migrate up, down, up on both databases, and compare the result with the models."""

import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import databases, servers  # noqa: E402 the path comes first


def main() -> int:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        urls = [f"sqlite:///{folder}/check.db"]
        try:
            server = stack.enter_context(servers.postgresql_server())
            urls.append(servers.create_database(server, "check_migrations"))
        except servers.ServerMissing as fault:
            sys.stderr.write(f"MISSING {fault}\n")
            return 1
        for url in urls:
            databases.upgrade(url)
            databases.downgrade(url, "base")
            databases.upgrade(url)
            databases.check(url)
            print(f"up, down, up: {url.partition(':')[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
