"""What both lists of lessons show, the student's and the instructor's."""

from typing import Any

from flask import request

from app.domain.errors import InvalidCursor, InvalidInput
from app.domain.lists import LessonView
from app.services.lesson_views import LessonList
from app.web.auth import actor
from app.web.services import services


def listed(path: str, *, as_instructor: bool) -> dict[str, Any]:
    """Lessons of the view that the address names, from a place in it on. Raises InvalidInput."""
    named = request.args.get("view", "")
    view = LessonView(named) if named in set(LessonView) else LessonView.UPCOMING
    cursor = request.args.get("after") or None
    found = _found(view, cursor, as_instructor=as_instructor)
    is_first = view is LessonView.UPCOMING and cursor is None
    return {
        "view": view.value,
        "lessons": found.lessons[1:] if is_first else found.lessons,
        "next_lesson": found.lessons[0] if is_first and found.lessons else None,
        "more": found.next_cursor,
        "is_further": cursor is not None,
        "waiting": services().lesson_views.waiting(actor(), as_instructor=as_instructor),
        "as_instructor": as_instructor,
        "path": path,
    }


def _found(view: LessonView, cursor: str | None, *, as_instructor: bool) -> LessonList:
    try:
        return services().lesson_views.show(
            actor(), view, as_instructor=as_instructor, cursor=cursor
        )
    except InvalidCursor as refused:
        said = "This part of the list is no longer there. Please start from its top."
        raise InvalidInput(said, field="after") from refused
