"""Ways to an application's API: by its test client, or over a socket as everybody comes."""

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

WAIT_SECONDS = 20


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    def must(self, *statuses: int) -> "Answer":
        assert self.status in statuses, (self.status, self.text[:600])
        return self


class Door(Protocol):
    """Takes one request."""

    def ask(
        self, method: str, path: str, sent: Any = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """``sent`` goes as JSON; None sends no body."""
        ...


class ClientDoor:
    """Without a network."""

    def __init__(self, app: Flask) -> None:
        self._client = app.test_client(use_cookies=False)

    def ask(
        self, method: str, path: str, sent: Any = None, headers: dict[str, str] | None = None
    ) -> Answer:
        body = {} if sent is None else {"json": sent}
        answer = self._client.open(path, method=method, headers=headers, **body)
        return Answer(answer.status_code, answer.get_data(as_text=True))


class SocketDoor:
    """Over one connection that is kept."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection(
            str(parts.hostname), parts.port, timeout=WAIT_SECONDS
        )

    def ask(
        self, method: str, path: str, sent: Any = None, headers: dict[str, str] | None = None
    ) -> Answer:
        all_headers = dict(headers or {})
        body = None
        if sent is not None:
            body = json.dumps(sent)
            all_headers["Content-Type"] = "application/json"
        self._connection.request(method, path, body=body, headers=all_headers)
        answer = self._connection.getresponse()
        return Answer(answer.status, answer.read().decode())

    def close(self) -> None:
        self._connection.close()


class _Quiet(WSGIRequestHandler):
    """Keeps connections, and the terminal clean."""

    protocol_version = "HTTP/1.1"

    def log(self, *_: Any) -> None:
        """Says nothing."""


@contextmanager
def served(app: Flask) -> Iterator[SocketDoor]:
    """The application behind a socket of this machine, in a thread that sees the same clock."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    door = SocketDoor(f"http://127.0.0.1:{server.server_port}")
    try:
        yield door
    finally:
        door.close()
        server.shutdown()
        thread.join()
        server.server_close()
