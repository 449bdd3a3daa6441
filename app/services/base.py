"""What every service has: the shared transaction, the clock, and measured operations."""

import functools
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeVar

from app.domain.errors import DomainError
from app.infra.clock import Clock
from app.infra.metrics import Metrics
from app.services.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Context:
    """What all services of one request share."""

    unit_of_work: UnitOfWork
    clock: Clock
    metrics: Metrics
    platform_zone: str
    request_id: str | None = None


class BaseService:
    """Base of all services. What takes longer than ``slow_seconds`` is reported."""

    slow_seconds = 1.0

    def __init__(self, context: Context) -> None:
        self._context = context

    @property
    def clock(self) -> Clock:
        return self._context.clock

    @property
    def platform_zone(self) -> str:
        """The zone of whoever has not said his own."""
        return self._context.platform_zone

    @property
    def request_id(self) -> str | None:
        """The id of the request this is done for; null in a command or job."""
        return self._context.request_id

    def transaction(self) -> UnitOfWork:
        """Opens the write transaction of this request, or joins it."""
        return self._context.unit_of_work

    def record(self, operation: str, seconds: float, *, failed: bool) -> None:
        self._context.metrics.record(operation, seconds, failed=failed)


S = TypeVar("S", bound=BaseService)


def measure_operation(
    method: Callable[Concatenate[S, P], R],
) -> Callable[Concatenate[S, P], R]:
    """Count and time a service method as ``Class.method``. A refusal is not a failure."""

    @functools.wraps(method)
    def measured(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        started = time.perf_counter()
        failed = True
        try:
            result = method(self, *args, **kwargs)
            failed = False
            return result
        except DomainError:
            failed = False
            raise
        finally:
            seconds = time.perf_counter() - started
            operation = f"{type(self).__name__}.{method.__name__}"
            self.record(operation, seconds, failed=failed)
            if seconds > self.slow_seconds:
                log.warning("slow operation %s took %.3f s", operation, seconds)

    measured.is_measured = True  # type: ignore[attr-defined]
    return measured
