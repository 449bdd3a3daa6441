"""The race in short: nobody is booked twice, and without the guards somebody would be."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.race.contest import race

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("race")]  # one race at a time


def test_nobody_is_booked_twice(new_database: Callable[[], str], tmp_path: Path) -> None:
    verdict = race(new_database(), tmp_path, 1000, is_guarded=True)

    assert list(verdict.broken(least_booked=20, is_timed=False)) == []
    assert verdict.others == {}, verdict.answers.examples
    assert not verdict.pairs.any


def test_without_the_guards_somebody_is(new_database: Callable[[], str], tmp_path: Path) -> None:
    verdict = race(new_database(), tmp_path, 600, is_guarded=False)

    assert list(verdict.broken(least_booked=20, is_timed=False)) == []
    assert verdict.pairs.per_instructor > 0
