"""Random lives of people, compared with a simple model after each step.

The short form; ``make machine`` goes on for longer.
"""

import pytest
from flask import Flask

from app.infra.clock import StoppedClock
from tests.doors import ClientDoor
from tests.machine.run import run


@pytest.mark.slow
def test_it_behaves_as_its_model_says(app: Flask, clock: StoppedClock) -> None:
    run(ClientDoor(app), clock, runs=20, steps=20)
