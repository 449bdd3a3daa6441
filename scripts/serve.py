"""Run the server and one worker side by side; when one ends, or on Ctrl-C, end both."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

BIN = Path(sys.executable).parent
STOP_SECONDS = 35


def main() -> int:
    """Returns the exit code of whichever ended first; 0 when asked to stop."""
    port = int(os.environ.get("PORT") or 8000)
    if not _is_free(port):
        sys.stderr.write(f"Port {port} is in use. Choose another: PORT=8001 make run\n")
        return 1
    asked: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    parts = [
        subprocess.Popen([BIN / "flask", "--app", "wsgi:app", "worker"], start_new_session=True),
        subprocess.Popen([BIN / "gunicorn", "wsgi:app"], start_new_session=True),
    ]
    print(f"Serving on http://127.0.0.1:{port} (Ctrl-C stops)", flush=True)
    while not asked and all(part.poll() is None for part in parts):
        time.sleep(0.2)
    ended = [part.returncode for part in parts if part.returncode is not None]
    for part in parts:
        part.terminate()
    for part in parts:
        part.wait(STOP_SECONDS)
    return 0 if asked else max(ended, default=0)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
