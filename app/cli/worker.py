"""Background work: one job after the other, again and again, until told to stop."""

import logging
import signal
from collections.abc import Callable
from threading import Event

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from app.services.factory import Services
from app.services.unit_of_work import DATABASE_AWAY
from app.web.services import services

log = logging.getLogger(__name__)
EVERY_SECONDS = 60.0
JOBS: dict[str, Callable[[Services], object]] = {
    "complete past lessons": lambda each: each.booking_jobs.complete_past(),
    "expire requests": lambda each: each.booking_jobs.expire_requests(),
    "forget repeated requests": lambda each: each.booking_jobs.forget_keys(),
    "seal the trail": lambda each: each.audit.seal(),
    "drop ended sessions": lambda each: each.auth.drop_ended_sessions(),
}

bookings = AppGroup("bookings", help="Jobs on bookings.")


@bookings.command("complete-past")
def complete_past() -> None:
    """Complete lessons left open a day after their end."""
    click.echo(f"Completed {services().booking_jobs.complete_past()} lessons.")


@click.command("worker")
@click.option("--once", is_flag=True, help="Do every job one time and stop.")
@click.option("--every", default=EVERY_SECONDS, type=click.FloatRange(0.1, 3600), show_default=True)
@with_appcontext
def worker(*, once: bool, every: float) -> None:
    """Do the background work. Several may run: each job is one guarded update."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    log.info("worker started")
    while not stop.is_set():
        _round()
        if once:
            return
        stop.wait(every)
    log.info("worker stopped")


def _round() -> None:
    """Every job once, on a session of its own; a fault is reported and tried again next time."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    for name, job in JOBS.items():
        with app.app_context():
            try:
                job(services())
            except DATABASE_AWAY as fault:
                log.error("%s: database away: %s", name, type(fault).__name__)
            except Exception:  # the other jobs go on, and this one next time
                log.exception("%s: failed", name)
