"""The instructor's own profile, as a page."""

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from app.blueprints.teach.forms import ProfileForm
from app.domain.errors import InvalidInput
from app.domain.handles import HandleTaken
from app.domain.vocabulary import Role
from app.web.access import signed_in
from app.web.auth import actor
from app.web.services import services

bp = Blueprint("profile", __name__, url_prefix="/teach/profile")


@bp.get("/")
@signed_in(Role.INSTRUCTOR)
def show() -> ResponseReturnValue:
    """What is stored, ready to be changed."""
    profile = services().instructors.own_profile(actor())
    zone_name = profile.time_zone or services().platform_zone
    return _page(ProfileForm.of(profile, zone_name), is_new=not profile.bio), 200


@bp.post("/")
@signed_in(Role.INSTRUCTOR)
def save() -> ResponseReturnValue:
    """Save it, or say what is wrong with it."""
    profile = services().instructors.own_profile(actor())
    is_new = not profile.bio
    form = ProfileForm(profile.time_zone or services().platform_zone)
    if not form.validate_on_submit():
        return _page(form, is_new=is_new), 422
    try:
        services().instructors.update_profile(actor(), form.to_draft())
    except HandleTaken as refused:
        form.handle.errors = [refused.message]
        return _page(form, is_new=is_new), 409
    except InvalidInput as refused:
        form.form_errors.append(refused.message)
        return _page(form, is_new=is_new), 422
    flash("Your profile is saved.")
    if not is_new:
        return redirect("/teach/profile", 303)
    following = services().availability.current_week(actor()).next.monday
    return redirect(f"/teach/schedule?week={following}", 303)


def _page(form: ProfileForm, *, is_new: bool) -> str:
    return render_template("teach/profile.html", form=form, is_new=is_new)
