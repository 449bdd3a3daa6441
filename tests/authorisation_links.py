"""Who may do what by links in mails: rows of the authorisation table.

The links are the student's. Whoever is signed in as somebody else is refused; the student
himself is led to the lesson's own page.
"""

from tests.authorisation_row import Row
from tests.authorisation_world import REASON, World, as_form
from tests.factories import WEDNESDAY

_OPENED = (200, 200, 403, 403, 403)
_DONE = (303, 303, 403, 403, 403)


def _cancelling(world: World, role: str) -> dict[str, str]:
    return {"token": world.link("cancel", role), **REASON}


def _moving(world: World, role: str) -> dict[str, str]:
    hour = 15 + list(world.lessons).index(role) if role in world.lessons else 15
    return {"token": world.link("move", role), "start": f"{WEDNESDAY}T{hour}:00:00Z"}


def _sending(world: World, role: str) -> dict[str, str]:
    return {"token": world.link("view", role)}


OF_LINKS = (
    Row("links.view", "GET", "/links/view?token={view_link}", (200, 303, 403, 403, 403)),
    Row("links.cancel", "GET", "/links/cancel?token={cancel_link}", _OPENED),
    Row("links.confirm_cancel", "POST", "/links/cancel", _DONE, as_form(_cancelling)),
    Row("links.move", "GET", "/links/move?token={move_link}", _OPENED),
    Row("links.confirm_move", "POST", "/links/move", _DONE, as_form(_moving)),
    Row("links.send", "POST", "/links/send", (200,) * 5, as_form(_sending)),
)
