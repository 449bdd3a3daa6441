"""The parts of the site."""

from flask import Flask

from app.blueprints.account import api as account_api
from app.blueprints.account import email_pages, leaving_pages, session_pages
from app.blueprints.account import pages as account_pages
from app.blueprints.admin import install_admin
from app.blueprints.auth import api as auth_api
from app.blueprints.auth import pages as auth_pages
from app.blueprints.auth import (
    password_pages,
    passwords_api,
    verification_api,
    verification_pages,
)
from app.blueprints.availability import api as availability_api
from app.blueprints.availability import bulk_api, days_off_api, operations_api, windows_api
from app.blueprints.bookings import api as bookings_api
from app.blueprints.bookings import lesson_pages, move_pages
from app.blueprints.bookings import pages as bookings_pages
from app.blueprints.bookings import reading as bookings_reading
from app.blueprints.calendar import api as calendar_api
from app.blueprints.calendar import feeds as calendar_feeds
from app.blueprints.calendar import pages as calendar_pages
from app.blueprints.devmail import pages as devmail
from app.blueprints.finding import pages as finding_pages
from app.blueprints.instructors import api as instructors_api
from app.blueprints.instructors import services_api as taught_services_api
from app.blueprints.links import pages as link_pages
from app.blueprints.ops import api as ops_api
from app.blueprints.ops import metrics as ops_metrics
from app.blueprints.ops.statements import install_counter
from app.blueprints.public import api as public_api
from app.blueprints.public import pages as public_pages
from app.blueprints.public import why as public_why
from app.blueprints.reference import pages as reference_pages
from app.blueprints.teach import pages as teach_pages
from app.blueprints.teach import profile as teach_profile
from app.blueprints.waiting import api as waiting_api
from app.blueprints.waiting import pages as waiting_pages

PARTS = (
    account_api,
    account_pages,
    auth_api,
    auth_pages,
    availability_api,
    bookings_api,
    bookings_pages,
    bookings_reading,
    bulk_api,
    calendar_api,
    calendar_feeds,
    calendar_pages,
    days_off_api,
    email_pages,
    finding_pages,
    instructors_api,
    lesson_pages,
    link_pages,
    move_pages,
    leaving_pages,
    operations_api,
    ops_api,
    ops_metrics,
    password_pages,
    passwords_api,
    public_api,
    public_pages,
    public_why,
    reference_pages,
    session_pages,
    taught_services_api,
    teach_pages,
    teach_profile,
    waiting_api,
    waiting_pages,
    windows_api,
    verification_api,
    verification_pages,
)


def init_app(app: Flask, *, is_development: bool, is_measured: bool) -> None:
    """Register every part, and the staff's desk."""
    for part in PARTS:
        app.register_blueprint(part.bp)
    if is_development:
        app.register_blueprint(devmail.bp)
    if is_measured:
        install_counter(app)
    install_admin(app)
