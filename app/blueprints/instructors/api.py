"""JSON of instructors: the public list, one of them, and one's own profile."""

from typing import Any

from flask.typing import ResponseReturnValue

from app.blueprints.instructors.list_schemas import DirectoryOut, ListedOut, ListIn
from app.blueprints.instructors.schemas import ProfileChangesIn, ProfileIn, ProfileOut
from app.domain.vocabulary import Role
from app.models.instructor import InstructorProfile
from app.web.access import bearer, public
from app.web.api import ApiBlueprint, body, query
from app.web.auth import bearer_actor
from app.web.documented import documented
from app.web.services import services

bp = ApiBlueprint("instructors_api", __name__, "/instructors")
TEACHING = (Role.INSTRUCTOR,)
MAY_TEACH = (Role.STUDENT, Role.INSTRUCTOR)
"""An instructor may have no profile yet."""


@bp.get("/")
@public
@documented(query=ListIn, answer=DirectoryOut)
def listed() -> ResponseReturnValue:
    """Instructors who can be booked, with the true total."""
    wanted = query(ListIn)
    found = services().search.page(
        wanted.to_wanted(), offset=wanted.skip, limit=wanted.limit, cursor=wanted.cursor
    )
    zone_name = services().platform_zone
    shown = [ListedOut.listed(each, zone_name).model_dump(mode="json") for each in found.listed]
    paging = {"skip": wanted.skip, "limit": wanted.limit, "count": len(shown)}
    metadata = {
        "filters_applied": wanted.filters,
        "sort": wanted.sort.value,
        "pagination": paging | {"next_cursor": found.next_cursor},
        "total_matches": found.total,
        "total_is_capped": found.total_is_capped,
        "active_instructors": found.total,
    }
    return {"instructors": shown, "metadata": metadata}


@bp.get("/<id:instructor_id>")
@public
@documented(answer=ProfileOut, errors=(404,))
def show(instructor_id: int) -> ResponseReturnValue:
    """One instructor, by the id of his account."""
    return _shown(services().instructors.profile(instructor_id))


@bp.get("/profile")
@bearer()
@documented(answer=ProfileOut, errors=(404,), roles=TEACHING)
def own() -> ResponseReturnValue:
    """My own profile."""
    return _shown(services().instructors.own_profile(bearer_actor()))


@bp.post("/profile")
@bearer()
@documented(body=ProfileIn, answer=ProfileOut, status=201, errors=(409,), roles=MAY_TEACH)
def create() -> ResponseReturnValue:
    """Begin to teach."""
    draft = body(ProfileIn).to_draft()
    return _shown(services().instructors.create_profile(bearer_actor(), draft)), 201


@bp.put("/profile")
@bearer()
@documented(body=ProfileChangesIn, answer=ProfileOut, errors=(404, 409), roles=TEACHING)
def update() -> ResponseReturnValue:
    """Change my profile; services, where given, as a whole."""
    draft = body(ProfileChangesIn).to_draft()
    return _shown(services().instructors.update_profile(bearer_actor(), draft))


@bp.delete("/profile")
@bearer()
@documented(status=204, errors=(404, 409), roles=TEACHING)
def delete() -> ResponseReturnValue:
    """Stop to teach: I become a student, and my bookings stay."""
    services().instructors.delete_profile(bearer_actor())
    return "", 204


def _shown(profile: InstructorProfile) -> dict[str, Any]:
    return ProfileOut.of(profile, services().platform_zone).model_dump(mode="json")
