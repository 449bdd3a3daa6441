"""The racing clients: a few processes, each with a few connections that stay open.

Imports only the standard library and plain data, so that the processes start quickly.
"""

import http.client
import json
import multiprocessing
import queue
import re
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.synchronize import Barrier
from typing import Any

from tests.race.wishes import Wish

PROCESSES, CONNECTIONS = 4, 4  # connections of each process
ALL = PROCESSES * CONNECTIONS
ANSWER_SECONDS = 30
WAIT_SECONDS = 120  # for the slowest of a wave
NO_ANSWER = 0  # instead of a status
COMPLAINTS = re.compile(rb"\b(deadlock\w*|locked)\b", re.IGNORECASE)
_EXAMPLE_CHARS = 200


@dataclass
class Answers:
    """What came back. ``statuses`` and ``seconds`` belong together."""

    statuses: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    booked: list[int] = field(default_factory=list)
    examples: dict[int, str] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    began: float = float("inf")
    ended: float = 0.0

    def take(self, status: int, seconds: float, body: bytes) -> None:
        self.statuses.append(status)
        self.seconds.append(seconds)
        if status == 201:
            self.booked.append(json.loads(body)["id"])
            return
        self.examples.setdefault(status, body.decode(errors="replace")[:_EXAMPLE_CHARS])
        if COMPLAINTS.search(body):
            self.complaints.append(body.decode(errors="replace")[:_EXAMPLE_CHARS])

    def add(self, other: "Answers") -> None:
        self.statuses += other.statuses
        self.seconds += other.seconds
        self.booked += other.booked
        self.examples = other.examples | self.examples
        self.complaints += other.complaints
        self.began = min(self.began, other.began)
        self.ended = max(self.ended, other.ended)


def send_all(port: int, tokens: Sequence[str], plans: Sequence[Sequence[Wish]]) -> Answers:
    """Send every plan over a connection of its own. Raises RuntimeError when a client breaks."""
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(ALL)
    results: Any = context.Queue()
    processes = [
        context.Process(
            target=_process, args=(port, tokens, plans[number::PROCESSES], barrier, results)
        )
        for number in range(PROCESSES)
    ]
    for each in processes:
        each.start()
    try:
        return _collected(results, processes)
    finally:
        for each in processes:
            each.join(5)
            if each.exitcode is None:
                each.kill()
                each.join()


def _collected(results: Any, processes: Sequence[Any]) -> Answers:
    total, missing = Answers(), len(processes)
    while missing:
        try:
            total.add(results.get(timeout=1))
            missing -= 1
        except queue.Empty:
            if any(each.exitcode for each in processes):
                raise RuntimeError("a racing client broke off") from None
    return total


def _process(
    port: int,
    tokens: Sequence[str],
    plans: Sequence[Sequence[Wish]],
    barrier: Barrier,
    results: Any,
) -> None:
    total = Answers()
    with ThreadPoolExecutor(len(plans)) as pool:
        for answers in pool.map(lambda plan: _connection(port, tokens, plan, barrier), plans):
            total.add(answers)
    results.put(total)


def _connection(
    port: int, tokens: Sequence[str], plan: Sequence[Wish], barrier: Barrier
) -> Answers:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
    answers = Answers()
    try:
        for wish in plan:
            if wish.is_hot:
                barrier.wait(WAIT_SECONDS)
            began = time.monotonic()
            status, body = _ask(connection, tokens[wish.student], wish.body)
            answers.ended = time.monotonic()
            answers.began = min(answers.began, began)
            answers.take(status, answers.ended - began, body)
    except threading.BrokenBarrierError:
        raise
    except BaseException:
        barrier.abort()
        raise
    finally:
        connection.close()
    return answers


def _ask(connection: http.client.HTTPConnection, token: str, body: bytes) -> tuple[int, bytes]:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    try:
        connection.request("POST", "/api/bookings/", body, headers)
        response = connection.getresponse()
        return response.status, response.read()
    except (http.client.HTTPException, OSError) as fault:
        connection.close()
        return NO_ANSWER, repr(fault).encode()
