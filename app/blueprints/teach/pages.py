"""The instructor's week and lessons."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.domain.errors import DomainError, WeekChanged
from app.domain.vocabulary import Role
from app.domain.week import Week
from app.services.availability import WeekHours
from app.web import queries
from app.web.access import signed_in
from app.web.auth import actor
from app.web.lesson_lists import listed
from app.web.render import page_or_piece, wants_partial
from app.web.services import services
from app.web.week_form import WeekForm
from app.web.week_grid import saved_notice, week_grid

bp = Blueprint("teach", __name__, url_prefix="/teach")


@bp.get("/")
@signed_in(Role.INSTRUCTOR)
def start() -> ResponseReturnValue:
    """The workspace begins with the week."""
    return redirect("/teach/schedule", 303)


@bp.get("/schedule")
@signed_in(Role.INSTRUCTOR)
def schedule() -> ResponseReturnValue:
    """A week: open hours with the lessons on them."""
    return _shown(services().availability.week(actor(), _week()))


@bp.post("/schedule")
@signed_in(Role.INSTRUCTOR)
def save_schedule() -> ResponseReturnValue:
    """Save the week's hours; on a refusal nothing typed is lost."""
    week = _week()
    today = services().availability.week(actor(), week).today
    form = WeekForm.read(request.form, week=week, today=today)
    if form.notice:
        return _refused(week, form, form.notice)
    try:
        saved = services().availability.save_week(actor(), week, form.ranges, version=form.version)
    except DomainError as refused:
        kind = "stale" if isinstance(refused, WeekChanged) else "error"
        return _refused(week, form, {"kind": kind, "text": f"Not saved. {refused.message}"})
    return _saved(saved)


@bp.get("/lessons")
@signed_in(Role.INSTRUCTOR)
def lessons() -> ResponseReturnValue:
    """The lessons I teach: upcoming, past or cancelled."""
    return render_template("teach/lessons.html", **listed("/teach/lessons", as_instructor=True))


def _week() -> Week:
    day = queries.day("week")
    if day is not None:
        return Week.containing(day)
    return services().availability.current_week(actor())


def _saved(hours: WeekHours) -> ResponseReturnValue:
    if wants_partial():
        return _shown(hours, say_saved=True)
    flash("The week is saved.")
    return redirect(f"/teach/schedule?week={hours.week.monday}", 303)


def _refused(week: Week, form: WeekForm, notice: Mapping[str, Any]) -> Response:
    hours = services().availability.week(actor(), week)
    status = 409 if notice["kind"] == "stale" else 422
    return _shown(hours, notice=notice, typed=form.typed, status=status)


def _shown(
    hours: WeekHours,
    *,
    notice: Mapping[str, Any] | None = None,
    typed: Mapping[Any, str] | None = None,
    status: int = 200,
    say_saved: bool = False,
) -> Response:
    lessons = services().booking_lists.week_lessons(actor(), hours.week, hours.zone_name)
    show_all = "1" in (request.args.get("all"), request.form.get("all"))
    grid = week_grid(
        hours, lessons, services().presentation, now=services().clock.now(), show_all=show_all
    )
    return page_or_piece(
        "teach/schedule.html",
        "teach/_week.html",
        status,
        week=hours.week,
        grid=grid,
        notice=saved_notice(grid) if say_saved else notice,
        typed=typed,
    )
