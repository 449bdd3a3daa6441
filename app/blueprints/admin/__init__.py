"""The staff's desk at /admin: who has an account and what was booked, to read and to search."""

from flask import Flask
from flask_admin import Admin

from app.blueprints.admin.bookings import BookingView
from app.blueprints.admin.overview import OverviewView
from app.blueprints.admin.users import UserView


def install_admin(app: Flask) -> None:
    """Attach the desk. Flask-Admin's object belongs to one application, so it is made here."""
    admin = Admin(name="Staff desk", index_view=OverviewView())
    admin.add_view(BookingView())
    admin.add_view(UserView())
    admin.init_app(app)
