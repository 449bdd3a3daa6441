"""A person's lessons as he looks at them, and what earlier ones say of the next."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.lists import LessonView, Position
from app.domain.offers import LessonRequest, MeetingPlace
from app.domain.vocabulary import LocationType
from app.infra.cursors import Cursors
from app.models.booking import Booking
from app.models.user import User
from app.repositories.lesson_views import LessonViewRepository
from app.services.base import BaseService, Context, measure_operation

PER_PAGE = 20
WAITING_COUNTED = 100


@dataclass(frozen=True, slots=True)
class LessonList:
    """Some lessons of a view, and the cursor of those that follow; null at the end."""

    view: LessonView
    lessons: Sequence[Booking]
    next_cursor: str | None


class LessonViewService(BaseService):
    """Queries; nothing here changes anything."""

    def __init__(self, context: Context, lessons: LessonViewRepository, cursors: Cursors) -> None:
        super().__init__(context)
        self._lessons = lessons
        self._cursors = cursors

    @measure_operation
    def show(
        self,
        person: User,
        view: LessonView,
        *,
        as_instructor: bool = False,
        cursor: str | None = None,
    ) -> LessonList:
        """A view's lessons: those he takes, or those he gives. Raises InvalidCursor."""
        side = "given" if as_instructor else "taken"
        question = f"lessons:{person.id}:{side}:{view}"
        rows = self._lessons.rows(
            person.id,
            view,
            self.clock.now(),
            as_instructor=as_instructor,
            after=None if cursor is None else Position.of(self._cursors.read(question, cursor)),
            limit=PER_PAGE + 1,
        )
        shown = rows[:PER_PAGE]
        more = self._cursor(question, shown[-1]) if len(rows) > PER_PAGE else None
        return LessonList(view, shown, more)

    @measure_operation
    def waiting(self, person: User, *, as_instructor: bool = False) -> int:
        """How many requests wait for an answer, at most ``WAITING_COUNTED``."""
        return self._lessons.count(
            person.id,
            LessonView.WAITING,
            self.clock.now(),
            WAITING_COUNTED,
            as_instructor=as_instructor,
        )

    @measure_operation
    def usual_place(self, student: User, instructor_id: int) -> MeetingPlace:
        """Where this student would be taught by this instructor, as his lessons so far tell."""
        last = self._lessons.last_place(student.id, instructor_id)
        if last is None or last.location_type is None:
            return MeetingPlace()
        return MeetingPlace(LocationType(last.location_type), last.meeting_location)

    @measure_operation
    def open_like(self, student: User, wish: LessonRequest) -> int | None:
        """The id of the student's open lesson that is just what a wish asks for, if he has it."""
        return self._lessons.open_like(student.id, wish)

    def _cursor(self, question: str, last: Booking) -> str:
        return self._cursors.write(question, Position(last.start, last.id).values)
