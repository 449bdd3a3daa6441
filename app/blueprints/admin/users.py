"""Everybody with an account, as staff see them."""

from typing import Any, ClassVar

from flask import url_for
from markupsafe import Markup
from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import defer

from app.blueprints.admin import formatting as show
from app.blueprints.admin.filters import ActiveFilter, ChoiceFilter
from app.blueprints.admin.views import StaffModelView
from app.domain.vocabulary import Role
from app.models.user import User


def _lessons_link(view: Any, context: Any, user: Any, name: str) -> Markup:
    return Markup('<a href="{}">Find lessons</a>').format(
        url_for("admin_bookings.index_view", search=user.email)
    )


class UserView(StaffModelView):
    """People. Nothing that opens an account is ever among the columns."""

    singular = "Person"
    details_title = "full_name"
    search_hint = "Name or e-mail address"
    column_list = ("full_name", "email", "role", "is_active", "created_at")
    column_details_list = (
        "id",
        "full_name",
        "email",
        "role",
        "is_active",
        "time_zone",
        "created_at",
        "updated_at",
        "lessons",
    )
    column_sortable_list = ("full_name", "email", "role", "is_active", "created_at")
    column_default_sort: ClassVar[list[tuple[str, bool]]] = [("full_name", False), ("id", False)]
    column_labels: ClassVar[dict[str, str]] = {
        "id": "Number",
        "full_name": "Name",
        "email": "E-mail",
        "is_active": "Account",
        "time_zone": "Reads times in",
        "created_at": "Since",
        "updated_at": "Changed",
    }
    column_formatters: ClassVar[dict[str, show.Formatter]] = {
        "role": show.words,
        "is_active": show.active,
        "time_zone": show.text,
        "created_at": show.reader_moment,
        "updated_at": show.reader_moment,
        "lessons": _lessons_link,
    }

    def __init__(self) -> None:
        self.column_filters = (
            ChoiceFilter(User.role, "Role", {role.value: role.capitalize() for role in Role}),
            ActiveFilter(User.is_active, "Account"),
        )
        super().__init__(User, name="People", url="users")

    def loads(self) -> tuple[Any, ...]:
        return (defer(User.hashed_password, raiseload=True),)

    def matches(self, term: str) -> ColumnElement[bool]:
        return or_(
            User.full_name.icontains(term, autoescape=True),
            User.email.icontains(term, autoescape=True),
        )
