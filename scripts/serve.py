"""Run the server and one worker side by side; when one ends, or on Ctrl-C, end both."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

BIN = Path(sys.executable).parent
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from config import BadSetting, Settings  # noqa: E402 the path comes first

STOP_SECONDS = 35


def main() -> int:
    """Returns the exit code of whichever ended first; 0 when asked to stop."""
    try:
        port = Settings.from_env().port
    except BadSetting as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    if not _is_free(port):
        sys.stderr.write(f"Port {port} is in use. Choose another: PORT=8001 make run\n")
        return 1
    asked: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
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
        _end(part)
    return 0 if asked else max(ended, default=0)


def _end(part: "subprocess.Popen[bytes]") -> None:
    try:
        part.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        part.kill()
        part.wait()


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
