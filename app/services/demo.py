"""The believable demo: put into an empty database, or moved to today."""

from dataclasses import dataclass

from app.demo.people import FIXED_EMAILS, INSTRUCTOR_EMAIL
from app.demo.plan import DemoPlan, plan
from app.demo.shapes import NEW_YORK
from app.domain.errors import RuleBroken
from app.domain.vocabulary import Role
from app.repositories.demo import DemoRepository
from app.services.base import BaseService, Context, measure_operation


@dataclass(frozen=True, kw_only=True)
class DemoSummary:
    """How much of what was put in."""

    instructors: int
    students: int
    windows: int
    lessons: int


NOT_THE_DEMO = (
    "This database holds more than the demo, so it was left alone: any account that was added"
    " stops this. For a fresh demo use another DATABASE_URL, or delete the embedded database"
    " (instance/instainstru.db) and seed again."
)


class DemoService(BaseService):
    """Seeds and refreshes the demo. Where real people have accounts it refuses."""

    slow_seconds = 20.0

    def __init__(self, context: Context, demo: DemoRepository) -> None:
        super().__init__(context)
        self._demo = demo

    @measure_operation
    def seed(self, password_hash: str) -> DemoSummary:
        """Fill a database without users; everybody gets the same password. Raises RuleBroken."""
        with self.transaction():
            if not self._demo.is_empty():
                raise RuleBroken("The database already has users, so the demo was not put in.")
            return self._load(password_hash)

    @measure_operation
    def is_there(self) -> bool:
        """Whether this database holds the demo's accounts, whoever else there is."""
        return self._demo.has_all(FIXED_EMAILS)

    @measure_operation
    def refresh(self) -> DemoSummary:
        """Make the demo anew around today, with the passwords it has. Raises RuleBroken.

        Everything is deleted first, so it takes a database that holds all of the demo's
        fixed accounts and nobody but people of the demo.
        """
        with self.transaction():
            password_hash = self._demo.hash_of(INSTRUCTOR_EMAIL)
            if password_hash is None or not self._demo.is_demo(FIXED_EMAILS):
                raise RuleBroken(NOT_THE_DEMO)
            self._demo.clear()
            return self._load(password_hash)

    def _load(self, password_hash: str) -> DemoSummary:
        made = plan(self.clock.today(NEW_YORK), self.clock.now(), password_hash=password_hash)
        self._demo.load(made)
        return _summary(made)


def _summary(made: DemoPlan) -> DemoSummary:
    return DemoSummary(
        instructors=len(made.instructor_profiles),
        students=sum(1 for row in made.users if row["role"] == Role.STUDENT),
        windows=len(made.availability_slots),
        lessons=len(made.bookings),
    )
