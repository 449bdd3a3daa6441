"""Home and the list of instructors."""

from dataclasses import dataclass

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.models.instructor import InstructorProfile
from app.web import queries
from app.web.access import public
from app.web.render import page_or_piece
from app.web.services import services
from app.web.starts import linked

bp = Blueprint("finding", __name__)

PER_PAGE = 12


@dataclass(frozen=True, slots=True)
class ListPage:
    """Where in the list of instructors somebody is."""

    profiles: list[InstructorProfile]
    total: int
    number: int

    @property
    def pages(self) -> int:
        return -(-self.total // PER_PAGE)


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """Instructors with their next times, perhaps of one skill."""
    skill, number = queries.word("skill"), queries.whole("page", 1, high=100_000)
    found = services().instructors.directory(
        skill=skill, offset=(number - 1) * PER_PAGE, limit=PER_PAGE
    )
    starts = services().public_availability.next_starts(found.profiles, skill=skill)
    return page_or_piece(
        "finding/home.html",
        "finding/_cards.html",
        page=ListPage(list(found.profiles), found.total, number),
        skills=services().instructors.skills(),
        skill=skill,
        next_starts={key: linked(each, key) for key, each in starts.items()},
    )


@bp.get("/instructors")
@public
def instructors() -> ResponseReturnValue:
    """The same list under the name people guess."""
    return home()
