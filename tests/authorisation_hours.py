"""Routes of an instructor's hours: endpoint, method, path and what is sent."""

from typing import Any

from tests.authorisation_world import WEEK

OF_HOURS: tuple[tuple[str, str, str, dict[str, Any] | None], ...] = (
    ("windows_api.listed", "GET", "/", None),
    (
        "windows_api.add",
        "POST",
        "/specific-date",
        {"specific_date": f"{WEEK}", "start_time": "09:00", "end_time": "10:00"},
    ),
    ("windows_api.gaps", "GET", "/gaps?date={week}", None),
    ("windows_api.merge", "POST", "/merge", {"date": f"{WEEK}"}),
    (
        "windows_api.change",
        "PATCH",
        "/{window}",
        {"start_time": "09:30", "end_time": "11:00"},
    ),
    ("windows_api.split", "POST", "/{window}/split", {"split_time": "10:00"}),
    ("windows_api.remove", "DELETE", "/{window}", None),
    ("days_off_api.listed", "GET", "/blackout-dates", None),
    (
        "days_off_api.add",
        "POST",
        "/blackout-dates",
        {"date": f"{WEEK}", "reason": "Out of town."},
    ),
    ("days_off_api.remove", "DELETE", "/blackout-dates/{day_off}", None),
    (
        "operations_api.copy_week",
        "POST",
        "/copy-week",
        {"from_week_start": "2026-12-21", "to_week_start": f"{WEEK}"},
    ),
    (
        "operations_api.apply_to_range",
        "POST",
        "/apply-to-date-range",
        {
            "from_week_start": "2026-12-21",
            "start_date": "2026-12-28",
            "end_date": "2027-01-31",
        },
    ),
    (
        "bulk_api.update",
        "PATCH",
        "/bulk-update",
        {
            "operations": [
                {"action": "add", "date": f"{WEEK}", "start_time": "09:00", "end_time": "10:00"}
            ],
            "validate_only": False,
            "atomic": False,
        },
    ),
    (
        "bulk_api.validate_changes",
        "POST",
        "/week/validate-changes",
        {
            "week_start": f"{WEEK}",
            "saved_week": {},
            "current_week": {f"{WEEK}": [{"start_time": "09:00", "end_time": "10:00"}]},
        },
    ),
)
