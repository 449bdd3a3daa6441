"""Home, the list of instructors, and what the search field suggests."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.blueprints.finding.asked import Asked, address_of, read, said_in
from app.blueprints.finding.chips import Chips
from app.domain.errors import InvalidCursor
from app.domain.limits import ASKED_MAX_CHARS, CURSOR_MAX_CHARS, NOW_HOURS
from app.domain.suggesting import alike
from app.services.finding import FoundPage
from app.web import queries
from app.web.access import public
from app.web.auth import reading_zone, student
from app.web.render import page_or_piece
from app.web.services import services
from app.web.starts import linked

bp = Blueprint("finding", __name__)

PER_PAGE = 12
SHOWN_AT_HOME = 6
SUBJECTS_AT_HOME = 8
_MOVED = "The list has changed since, so this is its beginning."


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """One field, and who is free today. Addresses that once filtered here lead to the list."""
    said = said_in(request.args)
    if said or "page" in request.args:
        return redirect(address_of(said))
    finding, person, today = services().finding, student(), _today()
    known, found = finding.known(), finding.free_on(today, limit=SHOWN_AT_HOME)
    return render_template(
        "finding/home.html",
        known=known,
        subjects_shown=SUBJECTS_AT_HOME,
        today=found,
        is_today=any(start.day == today for card in found.cards for start in card.starts),
        again=finding.again(person) if person else [],
        text="",
        example=_example(known.skills),
        **_times(),
    )


@bp.get("/instructors")
@public
def instructors() -> ResponseReturnValue:
    """Who can be found, with times to press. A wrong filter is 422, and the rest still works."""
    known = services().finding.known()
    asked = read(request.args, today=_today(), skills=known.skills, areas=known.areas)
    found, number, notices = _page(asked)
    chips = Chips(asked, services().presentation)
    is_nothing = not found.total
    return page_or_piece(
        "finding/results.html",
        "finding/_results.html",
        422 if asked.form.errors else 200,
        asked=asked,
        known=known,
        chips=chips,
        found=found,
        number=number,
        pages=-(-found.total // PER_PAGE),
        notices=[*asked.notices, *notices],
        nearby=services().finding.nearby(asked.wanted) if is_nothing else [],
        alike=alike(asked.understood.words, known.skills) if is_nothing else None,
        **_times(),
    )


@bp.get("/instructors/suggestions")
@public
def suggestions() -> ResponseReturnValue:
    """How what is being typed may go on."""
    text = request.args.get("q", "")[:ASKED_MAX_CHARS]
    found = services().finding.suggestions(text)
    return render_template("finding/_suggestions.html", suggested=found)


def _page(asked: Asked) -> tuple[FoundPage, int, list[str]]:
    """The page of a cursor, or the first one where that leads nowhere any more."""
    finding = services().finding
    cursor = request.args.get("cursor", "")
    if not cursor:
        return finding.page(asked.wanted, limit=PER_PAGE), 1, []
    try:
        if len(cursor) > CURSOR_MAX_CHARS:
            raise InvalidCursor
        found = finding.page(asked.wanted, limit=PER_PAGE, cursor=cursor)
    except InvalidCursor:
        return finding.page(asked.wanted, limit=PER_PAGE), 1, [_MOVED]
    return found, queries.whole("page", 2, low=2, high=100_000), []


def _example(skills: Sequence[str]) -> str:
    """A sentence that the field understands, of what is taught here."""
    return f"{skills[0].lower() if skills else 'piano'} under $80 tomorrow evening"


def _times() -> dict[str, Any]:
    """What cards need to show times."""
    soon = services().clock.now() + timedelta(hours=NOW_HOURS)
    return {"linked": linked, "soon": soon}


def _today() -> date:
    """The reader's."""
    return services().clock.today(reading_zone())
