"""The production server, started as people start it, over a database that a test names."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
SECRET = "a key for tests, long enough for every rule"
START_SECONDS = 30


@dataclass(frozen=True)
class WebServer:
    """A server that answers, and what it wrote."""

    address: str
    log: Path

    def faults(self) -> list[str]:
        """Tracebacks and errors in its log."""
        marks = ("Traceback", "[ERROR]", "[error", "CRITICAL")
        lines = self.log.read_text(errors="replace").splitlines()
        return [line for line in lines if any(mark in line for mark in marks)]


@contextmanager
def serving(
    database_url: str,
    folder: Path,
    *,
    environment: str = "testing",
    application: str = "wsgi:app",
    variables: Mapping[str, str] | None = None,
) -> Iterator[WebServer]:
    """Gunicorn on a free port, its log in ``folder``; the database must be migrated.

    ``variables`` are further ones of its environment.
    """
    port = free_port()
    server = WebServer(f"http://127.0.0.1:{port}", folder / f"server-{port}.log")
    env = environ(database_url, port, environment) | dict(variables or {})
    command = [sys.executable, "-m", "gunicorn", application]
    with server.log.open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
    try:
        _wait_until_ready(server, process)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def environ(database_url: str, port: int, environment: str = "testing") -> dict[str, str]:
    """Cheap passwords, no limits; the rest as it comes."""
    kept = {name: value for name, value in os.environ.items() if name != "REDIS_URL"}
    return kept | {
        "APP_ENV": environment,
        "SECRET_KEY": SECRET,
        "DATABASE_URL": database_url,
        "PORT": str(port),
        "RATE_LIMIT_ENABLED": "false",
        "BCRYPT_ROUNDS": "4",
        "FLASK_APP": "wsgi:app",
    }


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(server: WebServer, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urlopen(f"{server.address}/health/ready", timeout=2).close()
            return
        except (URLError, OSError) as fault:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(
                    f"the server does not start: {server.log.read_text()}"
                ) from fault
            time.sleep(0.1)
