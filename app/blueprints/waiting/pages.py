"""Pages of the waiting list: join a line, what I wait for, and a time that is kept for me."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from app.blueprints.waiting.forms import WaitForm
from app.blueprints.waiting.showing import Shown, price_of, start_of
from app.domain.errors import DomainError, InvalidInput, WrongState
from app.domain.offers import OfferedStart
from app.domain.vocabulary import Role
from app.domain.waiting_errors import LineFull, TimesAreFree, TooManyWishes
from app.domain.week import days_between
from app.models.instructor import InstructorProfile
from app.services.waiting_steps import WaitingFor
from app.web import queries
from app.web.access import signed_in
from app.web.auth import actor
from app.web.errors import status_of
from app.web.limits import waiting_limit
from app.web.services import services
from app.web.starts import LinkedStart, linked

bp = Blueprint("waiting", __name__)
ONLY_STUDENTS = "Students wait for lessons. This account is not a student's."


@bp.get("/waiting")
@signed_in(Role.STUDENT, refusal=ONLY_STUDENTS)
def listed() -> ResponseReturnValue:
    """What I wait for, and what became of what I waited for before."""
    found = [Shown(each) for each in services().waiting_list.mine(actor())]
    found.sort(key=lambda each: each.waiting.offer is None)  # what is kept cannot wait
    return render_template("waiting/list.html", shown=found)


@bp.get("/instructors/<id:instructor_id>/wait")
@signed_in(Role.STUDENT, refusal=ONLY_STUDENTS)
def ask(instructor_id: int) -> ResponseReturnValue:
    """What somebody would wait for, to be confirmed."""
    profile = services().instructors.profile(instructor_id)
    return _form_page(profile, _form(profile))


@bp.post("/instructors/<id:instructor_id>/wait")
@signed_in(Role.STUDENT, refusal=ONLY_STUDENTS)
@waiting_limit
def join(instructor_id: int) -> ResponseReturnValue:
    """Get in line, or see what is free already."""
    profile = services().instructors.profile(instructor_id)
    form = _form(profile)
    if not form.validate_on_submit():
        return _form_page(profile, form), 422
    wish = form.to_wish(instructor_id)
    try:
        services().waiting_joining.join(actor(), wish)
    except (TimesAreFree, InvalidInput, TooManyWishes, LineFull) as refused:
        return _refused(form, wish, refused)
    flash("You are in line. We send you a mail when a time frees.")
    return redirect("/waiting", 303)


@bp.post("/waiting/<id:wish_id>/leave")
@signed_in(Role.STUDENT, refusal=ONLY_STUDENTS)
@waiting_limit
def leave(wish_id: int) -> ResponseReturnValue:
    """Wait no longer."""
    try:
        services().waiting_joining.leave(actor(), wish_id)
        flash("You left the list.")
    except WrongState as refused:
        flash(refused.message)
    return redirect("/waiting", 303)


@bp.get("/waiting/offers/<id:offer_id>")
@signed_in(Role.STUDENT, refusal=ONLY_STUDENTS)
def offer(offer_id: int) -> ResponseReturnValue:
    """A time that is kept for me; or what became of it."""
    found = services().waiting_answers.offer(actor(), offer_id)
    return render_template(
        "waiting/offer.html",
        offer=found,
        is_kept=found.is_open_at(services().clock.now()),
        start=start_of(found, services().platform_zone),
        price=price_of(found),
    )


@bp.post("/waiting/offers/<id:offer_id>/decline")
@signed_in(Role.STUDENT, refusal=ONLY_STUDENTS)
@waiting_limit
def decline(offer_id: int) -> ResponseReturnValue:
    """Let a time go to the next in line."""
    try:
        services().waiting_answers.decline(actor(), offer_id)
    except WrongState:
        return redirect(f"/waiting/offers/{offer_id}", 303)
    flash("The time goes to the next person. You stay in line for others.")
    return redirect("/waiting", 303)


def _form(profile: InstructorProfile) -> WaitForm:
    """With what the address names, where it can be."""
    today = services().clock.today(profile.time_zone or services().platform_zone)
    days = days_between(today, today + timedelta(days=profile.booking_horizon_days))
    first = queries.day("from")
    first = first if first in days else days[0]
    last = queries.day("to")
    form = WaitForm()
    form.offer(
        profile,
        days,
        lesson=f"{queries.whole('service', 0)}-{queries.whole('minutes', 0)}",
        first_day=first,
        last_day=last if last in days and last >= first else first,
    )
    return form


def _refused(form: WaitForm, wish: WaitingFor, refused: DomainError) -> ResponseReturnValue:
    """The form again with what stands against it, or what need not be waited for."""
    profile = services().instructors.profile(wish.instructor_id)  # the refusal undid the first one
    free = []
    if isinstance(refused, TimesAreFree):
        free = _starts(profile, wish, refused)
    elif isinstance(refused, InvalidInput):
        form[refused.field if refused.field in form else "lesson"].errors = [refused.message]
    else:
        form.form_errors.append(refused.message)
    return _form_page(profile, form, free=free), status_of(refused)


def _starts(
    profile: InstructorProfile, wish: WaitingFor, refused: TimesAreFree
) -> list[LinkedStart]:
    zone_name = profile.time_zone or services().platform_zone
    starts = [
        OfferedStart(each, wish.minutes, zone_name, wish.service_id) for each in refused.starts
    ]
    return linked(starts, profile.user_id)


def _form_page(
    profile: InstructorProfile, form: WaitForm, *, free: list[LinkedStart] | None = None
) -> str:
    return render_template("waiting/join.html", profile=profile, form=form, free=free or [])
