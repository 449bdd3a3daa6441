"""Background work: one job after the other, again and again, until told to stop."""

import logging
import secrets
import signal
import time
from collections.abc import Callable, Mapping
from threading import Event

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from app.services.factory import Services
from app.services.unit_of_work import DATABASE_AWAY
from app.web.services import services

log = logging.getLogger(__name__)
EVERY_SECONDS = 60.0
OFTEN_EVERY_SECONDS = 2.0
SEALING = "seal the trail"

JOBS: dict[str, Callable[[Services], object]] = {
    "complete past lessons": lambda each: each.booking_jobs.complete_past(),
    "expire requests": lambda each: each.booking_jobs.expire_requests(),
    "forget repeated requests": lambda each: each.booking_jobs.forget_keys(),
    "drop expired holds": lambda each: each.holds.drop_expired(),
    "forget old mails": lambda each: each.mail_delivery.forget_old(),
    "queue reminders": lambda each: each.reminders.queue(),
    SEALING: lambda each: each.audit.seal(),
    "forget changes of addresses": lambda each: each.email_changes.forget_old(),
    "drop ended sessions": lambda each: each.auth.drop_ended_sessions(),
}

OFTEN_JOBS: dict[str, Callable[[Services], object]] = {
    "offer freed times": lambda each: each.waiting_offers.make_due(),
    "deliver mails": lambda each: each.mail_delivery.deliver_due(),
    "warm answers": lambda each: each.cache_warming.after_writes(),
}

mail = AppGroup("mail", help="Mails in the outbox.")
reminders = AppGroup("reminders", help="Reminders of lessons.")
bookings = AppGroup("bookings", help="Jobs on bookings.")


@bookings.command("complete-past")
def complete_past() -> None:
    """Complete lessons left open a day after their end."""
    click.echo(f"Completed {services().booking_jobs.complete_past()} lessons.")


@mail.command("deliver")
def deliver() -> None:
    """Deliver every mail that is due. The worker does this by itself."""
    click.echo(f"Delivered {services().mail_delivery.deliver_due()} mails.")


@reminders.command("queue")
def queue() -> None:
    """Write the reminders that are due to the outbox. The worker does this by itself."""
    click.echo(f"Queued {services().reminders.queue()} reminders.")


@click.command("worker")
@click.option("--once", is_flag=True, help="Do every job one time and stop.")
@click.option("--every", default=EVERY_SECONDS, type=click.FloatRange(0.1, 3600), show_default=True)
@with_appcontext
def worker(*, once: bool, every: float) -> None:
    """Do the background work. Several may run: each job is done by one of them."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    log.info("worker started")
    next_round = 0.0
    while not stop.is_set():
        if time.monotonic() >= next_round:
            next_round = time.monotonic() + every
            _round(JOBS)
        _round(OFTEN_JOBS, alone=False)
        if once:
            return
        stop.wait(min(every, OFTEN_EVERY_SECONDS))
    log.info("worker stopped")


def _round(jobs: Mapping[str, Callable[[Services], object]], *, alone: bool = True) -> None:
    """Every job once, on a session of its own; a fault is reported and tried again next time.

    ``alone``: a job that another worker does just now is left to it.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    for name, job in jobs.items():
        with app.app_context():
            try:
                do_alone(name, job) if alone else job(services())
            except DATABASE_AWAY as fault:
                log.error("%s: database away: %s", name, type(fault).__name__)
            except Exception:  # the other jobs go on, and this one next time
                log.exception("%s: failed", name)


def do_alone(name: str, job: Callable[[Services], object]) -> bool:
    """Do a job under its lease, or not at all, which is false."""
    owner = secrets.token_hex(8)
    if not services().leases.take(name, owner):
        return False
    try:
        job(services())
    finally:
        services().leases.give_back(name, owner)
    return True
