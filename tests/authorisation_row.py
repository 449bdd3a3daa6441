"""A row of the authorisation table, and the answers that many rows share."""

from dataclasses import dataclass, field

from tests.authorisation_world import ROLES, Sending, nothing

_TO_SIGN_IN = (302, 303)
_FOR_STRANGERS = ("auth.", "links.", "bookings.keep_")
"""Endpoints that lead strangers on without asking who they are."""


@dataclass(frozen=True)
class Row:
    """A route with the status for everybody, in the order of ROLES."""

    endpoint: str
    method: str
    path: str
    answers: tuple[int, int, int, int, int]
    sends: Sending = field(default=nothing)

    @property
    def is_api(self) -> bool:
        return self.path.startswith(("/api/", "/health", "/metrics"))

    @property
    def is_open(self) -> bool:
        """Whether a stranger gets the same as others do."""
        return self.answers[0] not in (401, *_TO_SIGN_IN) or self.endpoint.startswith(
            _FOR_STRANGERS
        )

    def expected(self, role: str) -> int:
        return self.answers[ROLES.index(role)]


ANYBODY = (200, 200, 200, 200, 200)
STAFF = (302, 403, 403, 200, 200)
SIGNED_IN = (303, 200, 200, 200, 200)
PARTIES = (303, 200, 200, 404, 404)
TEACHING = (303, 403, 200, 403, 403)
API_SIGNED_IN = (401, 200, 200, 200, 200)
API_PARTIES = (401, 200, 200, 404, 404)
API_TEACHING = (401, 403, 200, 403, 403)
API_ANSWERS = (401, 403, 409, 409, 409)  # the lesson is confirmed already
API_AHEAD = (401, 403, 409, 409, 409)  # the lesson has not started yet
GOES_ON = (303, 303, 303, 303, 303)
