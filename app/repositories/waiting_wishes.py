"""Who waits for a time to free, in line."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import contains_eager, joinedload
from sqlalchemy.sql.base import ExecutableOption

from app.domain.vocabulary import OCCUPYING
from app.domain.waiting import EndReason, WishState
from app.models.booking import Booking
from app.models.instructor import InstructorProfile, Service
from app.models.waiting import WaitingWish
from app.repositories.base import BaseRepository
from app.repositories.locks import lock_both, lock_instructor

_IN_LINE = WaitingWish.state == WishState.OPEN


@dataclass(frozen=True, slots=True)
class OwnLesson:
    """A lesson that somebody in line takes, from whomever."""

    starts_at: datetime
    ends_at: datetime
    instructor_id: int
    service_id: int
    created_at: datetime


class WaitingWishRepository(BaseRepository[WaitingWish]):
    """Wishes. Of one instructor the line is in order of joining."""

    model = WaitingWish

    def lock_line(self, instructor_id: int) -> None:
        """Let bookings, holds and offers of this instructor wait until the transaction ends."""
        lock_instructor(self._session, instructor_id)

    def lock_calendars(self, instructor_id: int, student_id: int) -> None:
        """The same, and what books for this student."""
        lock_both(self._session, instructor_id, student_id)

    def of_student(self, student_id: int, limit: int) -> Sequence[WaitingWish]:
        """A student's wishes with all that they are about, open ones first, then the latest."""
        wanted = (
            select(WaitingWish)
            .where(WaitingWish.student_id == student_id)
            .options(*_about())
            .order_by(_IN_LINE.desc(), WaitingWish.id.desc())
            .limit(limit)
        )
        return self._session.scalars(wanted, execution_options={"populate_existing": True}).all()

    def of_person(self, wish_id: int, student_id: int) -> WaitingWish | None:
        """A wish as it is now, for whose it is only."""
        wanted = select(WaitingWish).where(
            WaitingWish.id == wish_id, WaitingWish.student_id == student_id
        )
        return self._session.scalars(
            wanted.options(*_about()), execution_options={"populate_existing": True}
        ).one_or_none()

    def line(self, instructor_id: int, limit: int) -> Sequence[WaitingWish]:
        """Whoever waits for an instructor, first come first, with the student and the service."""
        wanted = (
            select(WaitingWish)
            .where(WaitingWish.instructor_id == instructor_id, _IN_LINE)
            .join(WaitingWish.student)
            .join(WaitingWish.service)
            .options(contains_eager(WaitingWish.student), contains_eager(WaitingWish.service))
            .order_by(WaitingWish.created_at, WaitingWish.id)
            .limit(limit)
        )
        return self._session.scalars(wanted, execution_options={"populate_existing": True}).all()

    def length(self, instructor_id: int) -> int:
        """How many wishes are in line."""
        mine = select(func.count(WaitingWish.id)).where(WaitingWish.instructor_id == instructor_id)
        return self._session.scalar(mine.where(_IN_LINE)) or 0

    def lines(
        self, instructor_ids: Collection[int], days: tuple[date, date] | None = None
    ) -> Sequence[WaitingWish]:
        """The bare wishes in the lines of several, in order; perhaps only those of some days."""
        wanted = select(WaitingWish).where(WaitingWish.instructor_id.in_(instructor_ids), _IN_LINE)
        if days is not None:
            first, last = days
            wanted = wanted.where(WaitingWish.first_day <= last, WaitingWish.last_day >= first)
        ordered = wanted.order_by(WaitingWish.created_at, WaitingWish.id)
        return self._session.scalars(ordered).all()

    def due(self, now: datetime, limit: int) -> Sequence[int]:
        """Instructors of whose line something may have become possible since it was judged."""
        has_changed = InstructorProfile.generation != WaitingWish.judged_generation
        wanted = (
            select(WaitingWish.instructor_id)
            .join(InstructorProfile, InstructorProfile.user_id == WaitingWish.instructor_id)
            .where(_IN_LINE, or_(has_changed, WaitingWish.judge_at <= now))
            .group_by(WaitingWish.instructor_id)
            .order_by(func.min(WaitingWish.judge_at), WaitingWish.instructor_id)
            .limit(limit)
        )
        return self._session.scalars(wanted).all()

    def note_judged(self, instructor_id: int, generation: int, again_at: datetime) -> None:
        """Say that the line was judged as things were at a generation, and when to look again."""
        self._session.execute(
            update(WaitingWish)
            .where(WaitingWish.instructor_id == instructor_id, _IN_LINE)
            .values(judged_generation=generation, judge_at=again_at)
            .execution_options(synchronize_session=False)
        )

    def close(
        self, wish: WaitingWish, state: WishState, now: datetime, reason: EndReason | None = None
    ) -> bool:
        """Take a wish out of the line; false where somebody has done so meanwhile."""
        values = {"state": state.value, "closed_at": now, "reason": reason and reason.value}
        closed = self._session.execute(
            update(WaitingWish)
            .where(WaitingWish.id == wish.id, _IN_LINE)
            .values(values)
            .returning(WaitingWish.id)
            .execution_options(synchronize_session=False)
        ).one_or_none()
        self._session.refresh(wish, list(values))
        return closed is not None

    def lessons(
        self, student_ids: Collection[int], since: datetime, until: datetime
    ) -> dict[int, list[OwnLesson]]:
        """When people in line are busy themselves, by person."""
        wanted = select(
            Booking.student_id,
            Booking.starts_at,
            Booking.ends_at,
            Booking.instructor_id,
            Booking.service_id,
            Booking.created_at,
        ).where(
            Booking.student_id.in_(student_ids),
            Booking.status.in_(OCCUPYING),
            Booking.starts_at.between(since, until),
        )
        found: dict[int, list[OwnLesson]] = {}
        for student_id, *told in self._session.execute(wanted):
            found.setdefault(student_id, []).append(OwnLesson(*told))  # type: ignore[arg-type]
        return found


def _about() -> tuple[ExecutableOption, ...]:
    service = joinedload(WaitingWish.service, innerjoin=True)
    return joinedload(WaitingWish.instructor, innerjoin=True), service.joinedload(Service.profile)
