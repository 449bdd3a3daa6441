"""A mail server for tests: takes what SMTP clients bring, on a free port of the loopback."""

import socketserver
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from threading import Thread

REPLIES = {"EHLO": "250 ready", "HELO": "250 ready", "QUIT": "221 bye"}


class Mailbox(socketserver.ThreadingTCPServer):
    """Keeps every mail it was given."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Talk)
        self.mails: list[Message] = []
        self.pause = 0.0

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        self._say("220 tests")
        for line in iter(self.rfile.readline, b""):
            word = line.decode("ascii", "replace").split(" ")[0].strip().upper()
            if word == "DATA":
                self._say("354 go on")
                self.server.mails.append(message_from_bytes(self._data()))
                time.sleep(self.server.pause)
                self._say("250 taken")
                continue
            self._say(REPLIES.get(word, "250 ok"))
            if word == "QUIT":
                return

    def _data(self) -> bytes:
        lines = []
        for line in iter(self.rfile.readline, b".\r\n"):
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def mailbox(port: int = 0) -> Iterator[Mailbox]:
    """A running server."""
    with Mailbox(port) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
