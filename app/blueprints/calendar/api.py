"""JSON of calendar feeds: where one's own is, and how to close its address."""

from flask.typing import ResponseReturnValue

from app.web.access import bearer
from app.web.api import ApiBlueprint, ApiOut
from app.web.auth import bearer_actor
from app.web.documented import documented
from app.web.services import services

bp = ApiBlueprint("calendar_api", __name__, "/auth/me/calendar")


class FeedsOut(ApiOut):
    """Secret addresses for calendar programs: all of my lessons, or only that I am busy."""

    full: str
    busy: str


@bp.get("")
@bearer()
@documented(answer=FeedsOut)
def addresses() -> ResponseReturnValue:
    """Where calendar programs find my lessons."""
    return FeedsOut.model_validate(services().calendar_feeds.addresses(bearer_actor())).model_dump()


@bp.post("")
@bearer()
@documented(answer=FeedsOut)
def renew() -> ResponseReturnValue:
    """Make new addresses; the older ones are dead at once."""
    return FeedsOut.model_validate(services().calendar_feeds.renew(bearer_actor())).model_dump()
