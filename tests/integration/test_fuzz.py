"""Generated requests, good and bad, as everybody: nothing breaks, every answer is documented.

The short form; ``python -m tests.fuzz`` sends as many as one likes to a running server.
"""

import pytest
from flask import Flask

from tests.factories import Make
from tests.fuzz import ROLES, fuzz


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_generated_requests_get_documented_answers(app: Flask, make: Make, role: str) -> None:
    found = fuzz(app, make, role, examples=6)

    assert found.requests >= 100
    assert found.failures == []
