"""Every lesson that was ever booked, as staff see it."""

from typing import Any, ClassVar

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import defer, joinedload

from app.blueprints.admin import formatting as show
from app.blueprints.admin.filters import FromDayFilter, StatusFilter, UntilDayFilter
from app.blueprints.admin.views import StaffModelView
from app.models.booking import Booking
from app.models.user import User


class BookingView(StaffModelView):
    """Lessons. A whole reference in the search brings its lesson to the top."""

    singular = "Lesson"
    details_title = "reference"
    search_hint = "Reference, name, e-mail address or subject"
    column_list = (
        "reference",
        "starts_at",
        "service_name",
        "student",
        "instructor",
        "status",
        "total_price",
    )
    column_details_list = (
        "reference",
        "status",
        "starts_at",
        "duration_minutes",
        "service_name",
        "student",
        "instructor",
        "hourly_rate",
        "total_price",
        "location_type",
        "meeting_location",
        "service_area",
        "student_note",
        "instructor_note",
        "created_at",
        "confirmed_at",
        "completed_at",
        "free_cancel_until",
        "cancelled_at",
        "cancelled_by_id",
        "cancellation_reason",
        "blocked_until",
        "updated_at",
        "id",
    )
    column_sortable_list = (
        "reference",
        "starts_at",
        "service_name",
        ("student", "student.full_name"),
        ("instructor", "instructor.full_name"),
        "status",
        "total_price",
    )
    column_default_sort: ClassVar[list[tuple[str, bool]]] = [("starts_at", True), ("id", True)]
    column_labels: ClassVar[dict[str, str]] = {
        "id": "Number",
        "starts_at": "When",
        "service_name": "Subject",
        "hourly_rate": "Rate per hour",
        "total_price": "Price",
        "duration_minutes": "Length",
        "location_type": "Place",
        "meeting_location": "Meeting point",
        "service_area": "Area",
        "student_note": "Student's note",
        "instructor_note": "Instructor's note",
        "created_at": "Booked",
        "confirmed_at": "Confirmed",
        "completed_at": "Completed",
        "free_cancel_until": "Free to cancel until",
        "cancelled_at": "Cancelled",
        "cancelled_by_id": "Cancelled by",
        "cancellation_reason": "Reason given",
        "blocked_until": "Instructor free again",
        "updated_at": "Changed",
    }
    column_formatters: ClassVar[dict[str, show.Formatter]] = {
        **dict.fromkeys(("reference", "service_area"), show.text),
        **dict.fromkeys(("student", "instructor"), show.party),
        **dict.fromkeys(("total_price", "hourly_rate"), show.money),
        **dict.fromkeys(
            ("student_note", "instructor_note", "cancellation_reason", "meeting_location"),
            show.prose,
        ),
        **dict.fromkeys(
            (
                "created_at",
                "confirmed_at",
                "completed_at",
                "free_cancel_until",
                "cancelled_at",
                "blocked_until",
                "updated_at",
            ),
            show.lesson_moment,
        ),
        "starts_at": show.lesson_time,
        "status": show.status,
        "duration_minutes": show.minutes,
        "location_type": show.place,
        "cancelled_by_id": show.party_by_id,
    }

    def __init__(self) -> None:
        self.column_filters = (
            StatusFilter(Booking.status, "Status"),
            FromDayFilter(Booking.booking_date, "Day"),
            UntilDayFilter(Booking.booking_date, "Day"),
        )
        super().__init__(Booking, name="Lessons", url="bookings")

    def matches(self, term: str) -> ColumnElement[bool]:
        people = select(User.id).where(
            or_(
                User.full_name.icontains(term, autoescape=True),
                User.email.icontains(term, autoescape=True),
            )
        )
        return or_(
            Booking.reference.icontains(term, autoescape=True),
            Booking.service_name.icontains(term, autoescape=True),
            Booking.student_id.in_(people),
            Booking.instructor_id.in_(people),
        )

    def leading(self, search: str) -> ColumnElement[Any]:
        return case((func.upper(Booking.reference) == search.upper(), 0), else_=1)

    def loads(self) -> tuple[Any, ...]:
        people = (Booking.student, Booking.instructor)
        hidden = defer(User.hashed_password, raiseload=True)
        return tuple(joinedload(person, innerjoin=True).options(hidden) for person in people)
