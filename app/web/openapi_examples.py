"""Whole examples of bodies and answers, put together from what the schemas of their fields say."""

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]

_BY_NAME: Mapping[str, Any] = {
    "access_token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI5In0.c2lnbmF0dXJl",
    "areas_of_service": ["Upper West Side", "Harlem"],
    "bio": "I have taught the piano for twelve years, to beginners and to people who come back.",
    "busy": "https://example.com/calendar/4-busy-Vb1x.ics",
    "cancellation_reason": None,
    "cancelled_at": None,
    "cancelled_by_id": None,
    "cancelled_late": False,
    "completed_at": None,
    "confirmed_at": "2026-11-28T16:20:00Z",
    "created_at": "2026-11-28T16:20:00Z",
    "current_password": "a long password of mine",
    "description": "For beginners of every age",
    "device": "Firefox on Windows",
    "duration": 60,
    "duration_minutes": 60,
    "duration_override": None,
    "durations": [30, 60],
    "email": "ann@example.com",
    "end_time": "10:30:00",
    "ends_at": "2026-12-02T15:30:00Z",
    "expires_at": None,
    "free_cancel_until": "2026-12-01T14:30:00Z",
    "full": "https://example.com/calendar/4-full-Kq7d.ics",
    "full_name": "Ann Lee",
    "handle": "chen-wu",
    "has_conflicts": False,
    "hourly_rate": 60,
    "instructor_name": "Chen Wu",
    "instructor_note": "Bring the blue book.",
    "is_blackout": False,
    "location_type": "neutral",
    "location_type_display": "Neutral Location",
    "meeting_location": "Room 4, Community Center",
    "name": "Ann Lee",
    "new_email": "ann.lee@example.com",
    "new_password": "a longer password of mine",
    "next_cursor": None,
    "no_show_at": None,
    "password": "a long password of mine",
    "reference": "K7M2QX",
    "requires_approval": False,
    "role": "student",
    "service_area": "Upper West Side",
    "service_area_short": "Upper West Side",
    "service_name": "Piano",
    "skill": "Piano",
    "start_time": "09:30:00",
    "start_utc_offset": "-05:00",
    "starts_at": "2026-12-02T14:30:00Z",
    "status": "CONFIRMED",
    "student_first_name": "Ann",
    "student_last_initial": "L",
    "student_name": "Ann Lee",
    "student_note": "I have played for a year.",
    "time_zone": "America/New_York",
    "timezone": "America/New_York",
    "token": "Jx0uWlq3bGk9",
    "total_is_capped": False,
    "total_price": 60,
    "updated_at": "2026-11-28T16:20:00Z",
    "username": "ann@example.com",
    "warnings": [],
}
"""What a field of that name says in every example, so that all of them tell one story."""
_BY_NUMBER: Mapping[str, float] = {
    "booking_horizon_days": 90,
    "booking_id": 41,
    "buffer_time_minutes": 15,
    "cancellation_notice_hours": 24,
    "cancellation_rate": 0.05,
    "cancelled_bookings": 2,
    "completed_bookings": 36,
    "completion_rate": 0.9,
    "conflicts": 0,
    "failed": 0,
    "id": 41,
    "instructor_id": 4,
    "invalid_operations": 0,
    "min_advance_booking_hours": 2,
    "no_shows": 2,
    "operation_index": 0,
    "remove": 0,
    "service_id": 12,
    "skipped": 0,
    "slot_id": 34,
    "slots_removed": 0,
    "student_id": 9,
    "this_month_earnings": 240,
    "total_bookings": 43,
    "total_earnings": 2160,
    "upcoming_bookings": 3,
    "update": 0,
    "user_id": 4,
    "years_experience": 12,
}
_BY_FORMAT: Mapping[str, Any] = {"date": "2026-12-02", "date-time": "2026-12-02T14:30:00Z"}
_BY_TYPE: Mapping[str, Any] = {"string": "text", "boolean": True, "null": None}


class Examples:
    """Reads schemas whose references lead into ``found``."""

    def __init__(self, found: Mapping[str, Schema]) -> None:
        self._found = found

    def body(self, schema: Schema) -> Any:
        """What somebody sends: what is required, or else everything that may be sent."""
        return self._of(self._resolved(schema), required_only=True)

    def answers(self, schema: Schema) -> dict[str, Any]:
        """What may come back, by the names of the models; one under no name where there is one."""
        kinds = [each for each in schema.get("anyOf", ()) if "$ref" in each]
        if not kinds:
            return {"": self._of(self._resolved(schema))}
        return {each["$ref"].rpartition("/")[2]: self._of(self._resolved(each)) for each in kinds}

    def _of(self, schema: Schema, name: str = "", *, required_only: bool = False) -> Any:
        if name in _BY_NAME and self._allows(schema, _BY_NAME[name]):
            return _BY_NAME[name]
        for each in ("const", "default"):
            if schema.get(each) is not None:
                return schema[each]
        if schema.get("examples"):
            return schema["examples"][0]
        kinds = [self._resolved(each) for each in schema.get("anyOf", ())]
        kind = next((each for each in kinds if each.get("type") != "null"), None)
        if kind is not None:
            return self._of(kind, name, required_only=required_only)
        return self._of_type(schema, name, required_only=required_only)

    def _of_type(self, schema: Schema, name: str, *, required_only: bool) -> Any:
        if "enum" in schema:
            return schema["enum"][0]
        match schema.get("type"):
            case "object":
                return self._object(schema, required_only=required_only)
            case "array":
                return [self._of(self._resolved(schema["items"]), required_only=required_only)]
            case "integer" | "number":
                return _BY_NUMBER.get(name, schema.get("minimum", 1))
            case kind:
                return _BY_FORMAT.get(schema.get("format", ""), _BY_TYPE.get(kind or "null"))

    def _object(self, schema: Schema, *, required_only: bool) -> dict[str, Any]:
        fields = schema.get("properties", {})
        names = (required_only and schema.get("required")) or fields
        shown = {
            name: self._of(self._resolved(fields[name]), name, required_only=required_only)
            for name in fields
            if name in names
        }
        values = schema.get("additionalProperties")
        if isinstance(values, dict):  # every such map of ours is by day
            shown[_BY_FORMAT["date"]] = self._of(
                self._resolved(values), required_only=required_only
            )
        return shown

    def _resolved(self, schema: Schema) -> Schema:
        if "$ref" not in schema:
            return schema
        return self._found[schema["$ref"].rpartition("/")[2]]

    def _allows(self, schema: Schema, value: Any) -> bool:
        kinds = [self._resolved(each) for each in schema.get("anyOf", (schema,))]
        wanted = {
            bool: ("boolean",),
            str: ("string",),
            type(None): ("null",),
            int: ("integer", "number"),
            list: ("array",),
        }[type(value)]
        return any(
            each.get("type") in wanted and value in each.get("enum", (value,)) for each in kinds
        )
