"""Routes of the waiting list."""

from tests.authorisation_row import Row
from tests.authorisation_world import as_form, as_json, waiting_for, waiting_form

_OFFER, _API = "/waiting/offers/{offer}", "/api/waiting"
_WAIT = "/instructors/{instructor}/wait"
_API_STUDENTS = (401, 200, 403, 403, 403)
_STUDENTS = (303, 200, 403, 403, 403)
_GO_ON = (303, 303, 403, 403, 403)

OF_WAITING = (
    Row("waiting_api.listed", "GET", f"{_API}/", _API_STUDENTS),
    Row("waiting_api.join", "POST", f"{_API}/", (401, 201, 403, 403, 403), as_json(waiting_for)),
    Row("waiting_api.show", "GET", _API + "/{wish}", _API_STUDENTS),
    Row("waiting_api.leave", "DELETE", _API + "/{wish}", (401, 204, 403, 403, 403)),
    Row(
        "waiting_api.take",
        "POST",
        f"/api{_OFFER}/take",
        (401, 201, 403, 403, 403),
        as_json(lambda _world, _role: {"student_note": "I have waited for this."}),
    ),
    Row("waiting_api.decline", "POST", f"/api{_OFFER}/decline", _API_STUDENTS),
    Row(
        "waiting_api.days",
        "GET",
        _API + "/days?start_date={day}&end_date={week}",
        (401, 403, 200, 200, 200),
    ),
    Row("waiting.listed", "GET", "/waiting", _STUDENTS),
    Row("waiting.ask", "GET", _WAIT, _STUDENTS),
    Row("waiting.join", "POST", _WAIT, _GO_ON, as_form(waiting_form)),
    Row("waiting.leave", "POST", "/waiting/{wish}/leave", _GO_ON),
    Row("waiting.offer", "GET", _OFFER, _STUDENTS),
    Row("waiting.decline", "POST", f"{_OFFER}/decline", _GO_ON),
)
