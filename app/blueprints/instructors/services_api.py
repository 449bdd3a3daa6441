"""JSON of one's own services, one at a time."""

from typing import Any

from flask.typing import ResponseReturnValue

from app.blueprints.instructors.schemas import OwnServiceOut, ServiceIn
from app.domain.vocabulary import Role
from app.models.instructor import Service
from app.web.access import bearer
from app.web.api import ApiBlueprint, body
from app.web.auth import bearer_actor
from app.web.documented import documented
from app.web.services import services

bp = ApiBlueprint("taught_services_api", __name__, "/instructors/profile/services")
TEACHING = (Role.INSTRUCTOR,)


@bp.get("/")
@bearer()
@documented(answer=list[OwnServiceOut], errors=(404,), roles=TEACHING)
def listed() -> ResponseReturnValue:
    """My services, also those that are switched off."""
    found = services().taught_services.listed(bearer_actor())
    return [_shown(each) for each in sorted(found, key=lambda each: (each.skill, each.id))]


@bp.post("/")
@bearer()
@documented(body=ServiceIn, answer=OwnServiceOut, status=201, errors=(404, 409), roles=TEACHING)
def add() -> ResponseReturnValue:
    """Teach something more; a skill that was switched off comes back under its id."""
    draft = body(ServiceIn).to_draft()
    return _shown(services().taught_services.add(bearer_actor(), draft)), 201


@bp.put("/<id:service_id>")
@bearer()
@documented(body=ServiceIn, answer=OwnServiceOut, errors=(404, 409), roles=TEACHING)
def change(service_id: int) -> ResponseReturnValue:
    """Replace what a service says; bookings keep what they were made under."""
    draft = body(ServiceIn).to_draft()
    return _shown(services().taught_services.change(bearer_actor(), service_id, draft))


@bp.delete("/<id:service_id>")
@bearer()
@documented(status=204, errors=(404,), roles=TEACHING)
def take_away(service_id: int) -> ResponseReturnValue:
    """Take a service away; where bookings refer to it, it is only switched off."""
    services().taught_services.take_away(bearer_actor(), service_id)
    return "", 204


@bp.post("/<id:service_id>/reactivate")
@bearer()
@documented(answer=OwnServiceOut, errors=(404, 409), roles=TEACHING)
def reactivate(service_id: int) -> ResponseReturnValue:
    """Offer a service again that was switched off."""
    return _shown(services().taught_services.reactivate(bearer_actor(), service_id))


def _shown(service: Service) -> dict[str, Any]:
    return OwnServiceOut.own(service).model_dump(mode="json")
