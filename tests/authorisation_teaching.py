"""Routes of what somebody teaches: endpoint, method, path, answers and what is sent."""

from typing import Any

_OWN = "/api/instructors/profile"
_SERVICES = f"{_OWN}/services"
_SERVICE = {"skill": "Banjo", "hourly_rate": 40}
_TEACHING = (401, 403, 200, 403, 403)

Answers = tuple[int, int, int, int, int]

OF_TEACHING: tuple[tuple[str, str, str, Answers, dict[str, Any] | None], ...] = (
    ("instructors_api.delete", "DELETE", _OWN, (401, 403, 409, 403, 403), None),  # lessons ahead
    ("taught_services_api.listed", "GET", _SERVICES, _TEACHING, None),
    ("taught_services_api.add", "POST", _SERVICES, (401, 403, 201, 403, 403), _SERVICE),
    ("taught_services_api.change", "PUT", _SERVICES + "/{service}", _TEACHING, _SERVICE),
    (
        "taught_services_api.take_away",
        "DELETE",
        _SERVICES + "/{service}",
        (401, 403, 204, 403, 403),
        None,
    ),
    (
        "taught_services_api.reactivate",
        "POST",
        _SERVICES + "/{service}/reactivate",
        _TEACHING,
        None,
    ),
)
