"""Figures and their text: true, bounded, and readable by programs."""

import re
from concurrent.futures import ThreadPoolExecutor

from app.infra.exposition import Exposition
from app.infra.metrics import BOUNDS, Metrics, OperationFigures, RequestKind
from app.infra.slow_statements import KEPT, SlowStatements

SAMPLE = re.compile(r'[a-z_]+(\{[a-z_]+="[^"\n]*"(,[a-z_]+="[^"\n]*")*\})? [0-9.e+-]+')


def figures(*seconds: float) -> OperationFigures:
    found = OperationFigures()
    for each in seconds:
        found = found.with_one(each, failed=False)
    return found


def test_durations_are_counted_in_classes_and_with_their_bounds():
    found = figures(0.001, 0.005, 0.0051, 0.3, 99)

    assert found.classes == (2, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1)
    assert (found.count, found.shortest_seconds, found.longest_seconds) == (5, 0.001, 99)
    assert len(found.classes) == len(BOUNDS) + 1


def test_a_histogram_adds_its_classes_up_to_the_count():
    out = Exposition()
    out.durations("work_seconds", "Work.", [({"operation": "Kitchen.cook"}, figures(0.01, 0.2))])

    lines = out.text().splitlines()

    assert lines[:2] == [
        "# HELP instainstru_work_seconds Work.",
        "# TYPE instainstru_work_seconds histogram",
    ]
    buckets = [line for line in lines if "_bucket" in line]
    assert [int(line.rsplit(" ", 1)[1]) for line in buckets] == [0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]
    assert buckets[-1].startswith('instainstru_work_seconds_bucket{operation="Kitchen.cook",le="+I')
    assert lines[-1] == 'instainstru_work_seconds_count{operation="Kitchen.cook"} 2'
    assert all(SAMPLE.fullmatch(line) for line in lines[2:])


def test_no_label_breaks_out_of_its_quotes():
    out = Exposition()
    out.counter("asked_total", "Asked.", [({"route": 'a"b\\c\nd'}, 1)])

    assert out.text().splitlines()[2] == r'instainstru_asked_total{route="a\"b\\c\nd"} 1'


def test_nothing_is_lost_when_many_count_at_once():
    """The original's figures were wrong where calls overlapped."""
    metrics = Metrics()
    kind = RequestKind("GET", "/")

    def count(_number: int) -> None:
        metrics.record("Kitchen.cook", 0.01, failed=True)
        metrics.record_request(kind, 204, 0.01)
        metrics.record_refusal("login")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count, range(2000)))

    found = metrics.snapshot()["Kitchen.cook"]
    assert (found.count, found.failures, sum(found.classes)) == (2000, 2000, 2000)
    assert metrics.requests()[kind].count == 2000
    assert metrics.statuses() == {(kind, "2xx"): 2000}
    assert metrics.refusals() == {"login": 2000}


def test_slow_statements_are_kept_in_a_ring_and_told_together():
    slow = SlowStatements(0.1)
    slow.saw("SELECT quick", 0.09)
    for number in range(KEPT + 50):
        slow.saw("SELECT  a\n FROM b", 0.1 if number % 2 else 0.3)
    slow.saw("SELECT " + "x" * 5000, 0.2)

    first, second = slow.grouped()

    assert (first.text, first.calls) == ("SELECT a FROM b", KEPT - 1)
    assert len(second.text) <= 1000
    assert slow.count == KEPT + 51
