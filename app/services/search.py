"""The list of instructors as anybody may search it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.limits import TOTAL_MAX
from app.domain.searching import Wanted, checked
from app.models.instructor import InstructorProfile
from app.repositories.instructor_search import InstructorSearchRepository
from app.services.base import BaseService, Context, measure_operation


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Some of the instructors that fit. ``total`` stops at ``TOTAL_MAX``, and then says so."""

    profiles: Sequence[InstructorProfile]
    total: int
    total_is_capped: bool


class SearchService(BaseService):
    """Finds who can be booked, by what is said, taught, charged, and free."""

    def __init__(self, context: Context, instructors: InstructorSearchRepository) -> None:
        super().__init__(context)
        self._instructors = instructors

    @measure_operation
    def page(self, wanted: Wanted, *, offset: int = 0, limit: int = 100) -> SearchPage:
        """Instructors in the order that is wanted. Raises InvalidInput."""
        found = self._instructors.page(checked(wanted), None, offset, limit)
        return SearchPage(found.profiles, min(found.total, TOTAL_MAX), found.total > TOTAL_MAX)
