"""The desk's first page: the state of the day and a field that finds a lesson."""

from typing import NamedTuple

from flask import url_for
from flask_admin import AdminIndexView, expose

from app.blueprints.admin.access import StaffGate
from app.domain.vocabulary import BookingStatus
from app.services.desk import DeskOverview
from app.web.services import services


class Count(NamedTuple):
    """A number that leads to the list of what it counts."""

    number: int
    label: str
    url: str


class OverviewView(StaffGate, AdminIndexView):
    """Needs nothing of Flask-Admin's own scripts and styles, so they are not served at all."""

    def __init__(self) -> None:
        super().__init__(name="Overview", template="admin/index.html")
        self.static_folder = None

    @expose()
    def index(self) -> str:
        overview = services().desk.overview()
        return str(self.render(self._template, overview=overview, counts=linked(overview)))


def linked(overview: DeskOverview) -> list[Count]:
    """The numbers, each with the address of the list that has exactly these rows."""
    counts, day, week = overview.counts, overview.day, overview.week
    lessons, people = "admin_bookings.index_view", "admin_users.index_view"
    return [
        Count(
            counts.today,
            "lessons today",
            url_for(lessons, flt_status_is="standing", flt_day_from=day, flt_day_until=day),
        ),
        Count(
            counts.ahead,
            "confirmed from today on",
            url_for(lessons, flt_status_is=BookingStatus.CONFIRMED.value, flt_day_from=day),
        ),
        Count(
            counts.cancelled,
            "of this week's lessons cancelled",
            url_for(
                lessons,
                flt_status_is=BookingStatus.CANCELLED.value,
                flt_day_from=week.monday,
                flt_day_until=week.last,
            ),
        ),
        Count(counts.people, "people with an open account", url_for(people, flt_account_is="open")),
    ]
