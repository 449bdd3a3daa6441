"""So many runs of so many steps."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from app.infra.clock import StoppedClock
from tests.doors import Door
from tests.machine.machine import Machine


def run(door: Door, clock: StoppedClock, *, runs: int, steps: int, is_long: bool = False) -> None:
    """Raises at the first difference.

    The short form is the same each time; the long one tries others each time, and looks for
    the shortest way to a difference.
    """
    phases = [Phase.generate, Phase.shrink] if is_long else [Phase.generate]
    wanted = settings(
        max_examples=runs,
        stateful_step_count=steps,
        derandomize=not is_long,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=is_long,
        phases=phases,
    )
    run_state_machine_as_test(lambda: Machine(door, clock, is_short=not is_long), settings=wanted)
