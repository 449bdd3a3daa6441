"""Who may do what: a row for every route, and in it the answer for every kind of person.

A route without a row fails the build, so that nobody adds one without deciding this.
"""

from tests.authorisation_accounts import ACCOUNTS
from tests.authorisation_hours import OF_HOURS
from tests.authorisation_lessons import OF_LESSONS
from tests.authorisation_links import OF_LINKS
from tests.authorisation_own import OWN_ACCOUNT
from tests.authorisation_row import (
    ANYBODY,
    API_AHEAD,
    API_ANSWERS,
    API_PARTIES,
    API_SIGNED_IN,
    API_TEACHING,
    STAFF,
    TEACHING,
    Row,
)
from tests.authorisation_teaching import OF_TEACHING
from tests.authorisation_waiting import OF_WAITING
from tests.authorisation_watching import OF_WATCHING
from tests.authorisation_world import (
    REASON,
    ROLES,
    WEEK,
    World,
    as_form,
    as_json,
    as_sent,
    lesson,
    move,
    profile,
    profile_form,
    week_form,
    why,
)

__all__ = ["ROLES", "TABLE", "Row", "World"]

_WHY = "/instructors/{instructor}/why?service={service}&minutes=60&start=2026-12-02T19:00:00Z"
_WINDOWS = "/api/instructors/availability-windows"
_SCHEDULE = {"schedule": [{"date": f"{WEEK}", "start_time": "09:00", "end_time": "12:00"}]}

TABLE = (
    *(
        Row(f"availability_{endpoint}", method, _WINDOWS + path, API_TEACHING, as_sent(sent))
        for endpoint, method, path, sent in OF_HOURS
    ),
    *ACCOUNTS,
    *OF_LINKS,
    *OF_WAITING,
    *OWN_ACCOUNT,
    Row("static", "GET", "/static/favicon.svg", ANYBODY),
    *(
        Row(endpoint, method, path, answers, as_sent(sent))
        for endpoint, method, path, answers, sent in OF_WATCHING
    ),
    Row("reference.openapi", "GET", "/api/openapi.json", ANYBODY),
    Row("reference.docs", "GET", "/api/docs", ANYBODY),
    Row("admin.index", "GET", "/admin/", STAFF),
    Row("admin_bookings.index_view", "GET", "/admin/bookings/", STAFF),
    Row("admin_bookings.details_view", "GET", "/admin/bookings/details/?id={lesson}", STAFF),
    Row("admin_users.index_view", "GET", "/admin/users/", STAFF),
    Row("admin_users.details_view", "GET", "/admin/users/details/?id={instructor}", STAFF),
    Row("finding.home", "GET", "/", ANYBODY),
    Row("finding.instructors", "GET", "/instructors", ANYBODY),
    Row("finding.suggestions", "GET", "/instructors/suggestions?q=pia", ANYBODY),
    Row("public.instructor", "GET", "/instructors/{instructor}", ANYBODY),
    Row("public.called", "GET", "/@marta", ANYBODY),
    Row("why.why", "GET", _WHY, ANYBODY),
    *OF_LESSONS,
    Row("teach.start", "GET", "/teach/", (303, 403, 303, 403, 403)),
    Row("teach.schedule", "GET", "/teach/schedule", TEACHING),
    Row(
        "teach.save_schedule",
        "POST",
        "/teach/schedule?week={week}",
        (303, 403, 303, 403, 403),
        as_form(week_form),
    ),
    Row("teach.lessons", "GET", "/teach/lessons", TEACHING),
    Row("profile.show", "GET", "/teach/profile", TEACHING),
    Row("profile.save", "POST", "/teach/profile", (303, 403, 303, 403, 403), as_form(profile_form)),
    Row("instructors_api.listed", "GET", "/api/instructors/", ANYBODY),
    Row("instructors_api.show", "GET", "/api/instructors/{instructor}", ANYBODY),
    Row("instructors_api.own", "GET", "/api/instructors/profile", API_TEACHING),
    Row(
        "instructors_api.create",
        "POST",
        "/api/instructors/profile",
        (401, 201, 409, 403, 403),
        as_json(profile),
    ),
    Row(
        "instructors_api.update",
        "PUT",
        "/api/instructors/profile",
        API_TEACHING,
        lambda _world, _role: {"json": {"bio": "Another ten letters."}},
    ),
    *(Row(*route, as_sent(sent)) for *route, sent in OF_TEACHING),
    Row("availability_api.week", "GET", _WINDOWS + "/week?start_date={week}", API_TEACHING),
    Row(
        "availability_api.save_week",
        "POST",
        _WINDOWS + "/week",
        API_TEACHING,
        lambda _world, _role: {"json": _SCHEDULE},
    ),
    Row(
        "availability_api.booked",
        "GET",
        _WINDOWS + "/week/booked-slots?start_date={week}",
        API_TEACHING,
    ),
    Row("bookings_api.listed", "GET", "/api/bookings/", API_SIGNED_IN),
    Row("bookings_api.book", "POST", "/api/bookings/", (401, 201, 403, 403, 403), as_json(lesson)),
    Row(
        "bookings_api.check",
        "POST",
        "/api/bookings/check-availability",
        API_SIGNED_IN,
        as_json(lesson),
    ),
    Row("bookings_reading_api.timeline", "GET", "/api/bookings/{lesson}/timeline", API_PARTIES),
    Row("bookings_reading_api.upcoming", "GET", "/api/bookings/upcoming", API_SIGNED_IN),
    Row("bookings_reading_api.stats", "GET", "/api/bookings/stats", API_TEACHING),
    Row(
        "bookings_reading_api.explain",
        "GET",
        "/api/bookings/explain?instructor_id={instructor}&service_id={service}"
        "&starts_at=2026-12-02T19:00:00Z",
        API_SIGNED_IN,
    ),
    Row(
        "bookings_reading_api.opportunities",
        "GET",
        "/api/bookings/opportunities?instructor_id={instructor}&date={day}",
        API_SIGNED_IN,
    ),
    Row(
        "bookings_api.send_reminders",
        "POST",
        "/api/bookings/send-reminders",
        (401, 403, 403, 200, 200),
    ),
    Row("bookings_reading_api.preview", "GET", "/api/bookings/{lesson}/preview", API_SIGNED_IN),
    Row(
        "bookings_reading_api.calendar_file",
        "GET",
        "/api/bookings/{lesson}/calendar.ics",
        API_PARTIES,
    ),
    Row("calendar.feed", "GET", "/calendar/{instructor}-none.ics", (404,) * 5),
    Row("calendar_api.addresses", "GET", "/api/auth/me/calendar", API_SIGNED_IN),
    Row("calendar_api.renew", "POST", "/api/auth/me/calendar", API_SIGNED_IN),
    Row("bookings_api.show", "GET", "/api/bookings/{lesson}", API_SIGNED_IN),
    Row(
        "bookings_api.cancel",
        "POST",
        "/api/bookings/{lesson}/cancel",
        API_SIGNED_IN,
        lambda _world, _role: {"json": dict(REASON)},
    ),
    Row(
        "bookings_api.reschedule",
        "POST",
        "/api/bookings/{lesson}/reschedule",
        (401, 200, 200, 200, 200),
        as_json(move),
    ),
    Row("bookings_api.approve", "POST", "/api/bookings/{lesson}/approve", API_ANSWERS, why),
    Row("bookings_api.decline", "POST", "/api/bookings/{lesson}/decline", API_ANSWERS, why),
    Row("bookings_api.complete", "POST", "/api/bookings/{lesson}/complete", API_AHEAD, why),
    Row("bookings_api.no_show", "POST", "/api/bookings/{lesson}/no-show", API_AHEAD, why),
    Row(
        "bookings_api.details",
        "PATCH",
        "/api/bookings/{lesson}",
        (401, 403, 200, 403, 403),
        lambda _world, _role: {"json": {"instructor_note": "Bring the blue book."}},
    ),
    Row(
        "public_api.availability",
        "GET",
        "/api/public/instructors/{instructor}/availability?start_date={day}",
        ANYBODY,
    ),
    Row(
        "public_api.next_available",
        "GET",
        "/api/public/instructors/{instructor}/next-available",
        ANYBODY,
    ),
    Row(
        "public_api.starts",
        "GET",
        "/api/public/instructors/{instructor}/starts?service_id={service}&start_date={day}",
        ANYBODY,
    ),
)
