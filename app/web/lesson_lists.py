"""What both lists of lessons show, the student's and the instructor's."""

from typing import Any

from flask import request

from app.web.auth import actor
from app.web.services import services


def listed(path: str, *, as_instructor: bool) -> dict[str, Any]:
    """The lessons of the view that the address names: upcoming, past or cancelled."""
    lists = services().booking_lists
    views = {"upcoming": lists.upcoming, "past": lists.past, "cancelled": lists.cancelled}
    view = request.args.get("view", "upcoming")
    view = view if view in views else "upcoming"
    found = views[view](actor(), as_instructor=as_instructor)
    return {
        "view": view,
        "lessons": found,
        "next_lesson": found[0] if view == "upcoming" and found else None,
        "as_instructor": as_instructor,
        "path": path,
    }
