"""The command line: views for the terminal."""

from flask import Flask

from app.cli.audit import audit
from app.cli.bench import bench
from app.cli.cache import cache
from app.cli.demo import demo
from app.cli.users import users
from app.cli.worker import bookings, mail, reminders, worker


def init_app(app: Flask) -> None:
    for command in (users, demo, bench, audit, cache, bookings, mail, reminders, worker):
        app.cli.add_command(command)
