"""Measured operations: what is counted, and as what."""

import logging

import pytest

from app.domain.errors import RuleBroken
from app.infra.metrics import Metrics
from app.services.base import BaseService, Context, measure_operation


class Kitchen(BaseService):
    """A service to measure."""

    @measure_operation
    def cook(self, *, fault: Exception | None = None) -> str:
        if fault:
            raise fault
        return "soup"


@pytest.fixture
def metrics():
    return Metrics()


@pytest.fixture
def kitchen(metrics):
    return Kitchen(Context(None, None, metrics, "America/New_York"))


def test_an_operation_is_counted_under_class_and_method(kitchen, metrics):
    assert kitchen.cook() == "soup"

    figures = metrics.snapshot()["Kitchen.cook"]
    assert (figures.count, figures.failures) == (1, 0)
    assert figures.longest_seconds <= figures.total_seconds


def test_a_refusal_is_no_failure(kitchen, metrics):
    with pytest.raises(RuleBroken):
        kitchen.cook(fault=RuleBroken())

    assert metrics.snapshot()["Kitchen.cook"].failures == 0


def test_a_fault_is_a_failure(kitchen, metrics):
    with pytest.raises(ZeroDivisionError):
        kitchen.cook(fault=ZeroDivisionError())

    assert metrics.snapshot()["Kitchen.cook"].failures == 1


def test_a_slow_operation_is_reported(kitchen, monkeypatch, caplog):
    monkeypatch.setattr(Kitchen, "slow_seconds", 0.0)
    monkeypatch.setattr(logging.getLogger("app"), "propagate", True)

    kitchen.cook()

    assert "slow operation Kitchen.cook" in caplog.text
