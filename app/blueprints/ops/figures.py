"""What a process has counted, in the words of Prometheus."""

from app.infra.exposition import Exposition
from app.services.runtime import Runtime


def exposition(runtime: Runtime) -> str:
    """All families. Labels are route templates, names of operations and classes of status."""
    out = Exposition()
    _requests(out, runtime)
    _operations(out, runtime)
    _cache(out, runtime)
    out.counter(
        "slow_statements_total",
        "SQL statements over the threshold.",
        [({}, runtime.slow_statements.count)],
    )
    return out.text()


def _requests(out: Exposition, runtime: Runtime) -> None:
    metrics = runtime.metrics
    out.counter(
        "http_requests_total",
        "Requests by route and class of status.",
        [
            ({"method": kind.method, "route": kind.route, "status": status}, number)
            for (kind, status), number in sorted(metrics.statuses().items())
        ],
    )
    out.durations(
        "http_request_duration_seconds",
        "How long requests took.",
        [
            ({"method": kind.method, "route": kind.route}, figures)
            for kind, figures in sorted(metrics.requests().items())
        ],
    )
    out.counter(
        "rate_limit_refusals_total",
        "Requests refused by a limit.",
        [({"limit": limit}, number) for limit, number in sorted(metrics.refusals().items())],
    )


def _operations(out: Exposition, runtime: Runtime) -> None:
    found = sorted(runtime.metrics.snapshot().items())
    out.durations(
        "operation_duration_seconds",
        "How long operations of services took.",
        [({"operation": name}, figures) for name, figures in found],
    )
    out.counter(
        "operation_failures_total",
        "Operations that ended in a fault; refusals are none.",
        [({"operation": name}, figures.failures) for name, figures in found],
    )


def _cache(out: Exposition, runtime: Runtime) -> None:
    if runtime.caching is None:
        return
    cache, changed = runtime.caching.cache, runtime.caching.changed
    figures = cache.statistics()
    reads = (("hit", figures.hits), ("miss", figures.misses))
    out.counter(
        "cache_reads_total", "Reads of the cache.", [({"result": word}, n) for word, n in reads]
    )
    out.counter("cache_sets_total", "Values kept.", [({}, figures.sets)])
    out.counter("cache_errors_total", "Calls that failed.", [({}, figures.errors)])
    out.counter("cache_breaker_opens_total", "Outages.", [({}, figures.breaker_opens)])
    out.gauge("cache_breaker_open", "1 while the cache is left alone.", int(cache.breaker.is_open))
    out.counter("cache_warmed_total", "Answers made ready.", [({}, changed.warmed)])
