"""Times that are kept for one person while he makes up his mind."""

from datetime import timedelta

from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.domain.limits import HOLD_MAX_HOURS
from app.domain.offers import LessonRequest
from app.domain.vocabulary import Role
from app.models.hold import TimeHold
from app.models.user import User
from app.repositories.holds import HoldRepository
from app.repositories.instructors import InstructorProfileRepository
from app.repositories.users import UserRepository
from app.services.audit import AuditService
from app.services.base import BaseService, Context, measure_operation
from app.services.bookings import refusal
from app.services.conflict_checker import ConflictChecker

LONGEST = timedelta(hours=HOLD_MAX_HOURS)


class HoldService(BaseService):
    """Holds are made under the locks and by the rules of bookings: what can be held could have
    been booked instead. The holder's booking uses his hold up; an expired one is as if absent.
    """

    def __init__(
        self,
        context: Context,
        holds: HoldRepository,
        profiles: InstructorProfileRepository,
        users: UserRepository,
        checker: ConflictChecker,
        audit: AuditService,
    ) -> None:
        super().__init__(context)
        self._holds = holds
        self._profiles = profiles
        self._users = users
        self._checker = checker
        self._audit = audit

    @measure_operation
    def place(
        self, holder: User, request: LessonRequest, lasting: timedelta, *, by_holder: bool = True
    ) -> TimeHold:
        """Keep a time for a student, never longer than until it starts.

        What he holds of it already is replaced, so that placing it again prolongs it. Unless
        it is he himself who asks for it, the trail names nobody.
        Raises NotAllowed, NotFound, InvalidInput, NotBookable (every reason he may learn),
        InvalidToken.
        """
        if holder.kind is not Role.STUDENT:
            raise NotAllowed("Times are held for students only")
        if not timedelta(0) < lasting <= LONGEST:
            raise InvalidInput(f"A time is held for at most {HOLD_MAX_HOURS} hours.")
        with self.transaction():
            self._holds.lock_calendars(request.instructor_id, holder.id)
            self._users.still_open(holder.id)
            judgement = self._checker.judge(request, holder, fresh=True)
            if judgement.reasons:
                raise refusal(judgement)
            now = self.clock.now()
            hold = self._holds.replace_own(
                TimeHold(
                    instructor_id=request.instructor_id,
                    holder_id=holder.id,
                    starts_at=judgement.start,
                    ends_at=judgement.ends_at,
                    expires_at=min(now + lasting, judgement.start),
                    created_at=now,
                )
            )
            self._changed(holder if by_holder else None, "hold.place", hold)
        return hold

    @measure_operation
    def release(self, holder: User, hold_id: int) -> None:
        """Give a time back before its hold expires. Raises NotFound, also for others' holds.

        Looked at again under the locks: a booking may have used it up while this waited for them.
        """
        with self.transaction():
            instructor_id = self._own(holder, hold_id).instructor_id
            self._holds.lock_calendars(instructor_id, holder.id)
            hold = self._own(holder, hold_id)
            self._holds.remove(hold)
            self._changed(holder, "hold.release", hold)

    @measure_operation
    def drop_expired(self) -> int:
        """Tidy up; returns how many. Nothing depends on it."""
        with self.transaction():
            return self._holds.drop_expired(self.clock.now())

    def _own(self, holder: User, hold_id: int) -> TimeHold:
        hold = self._holds.of_holder(hold_id, holder.id)
        if hold is None:
            raise NotFound("Hold not found")
        return hold

    def _changed(self, holder: User | None, action: str, hold: TimeHold) -> None:
        self._profiles.raise_generation(hold.instructor_id)
        told = {
            name: getattr(hold, name)
            for name in ("instructor_id", "starts_at", "ends_at", "expires_at")
        }
        is_placed = action == "hold.place"
        self._audit.note(
            holder,
            action,
            "hold",
            hold.id,
            before=None if is_placed else told,
            after=told if is_placed else None,
        )
