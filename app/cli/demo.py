"""The demo from the command line."""

import click
from flask import current_app
from flask.cli import AppGroup

from app.demo.people import (
    ADMIN_EMAIL,
    DEMO_PASSWORD,
    INSTRUCTOR_EMAIL,
    STUDENT_EMAIL,
    SUPPORT_EMAIL,
)
from app.domain.errors import DomainError, RuleBroken
from app.services.demo import DemoSummary
from app.web.services import runtime, services

demo = AppGroup("demo", help="Believable data to look at.")

SIGN_INS = (
    ("student", STUDENT_EMAIL),
    ("instructor", INSTRUCTOR_EMAIL),
    ("support", SUPPORT_EMAIL),
    ("admin", ADMIN_EMAIL),
)


@demo.command("seed")
@click.option("--if-empty", is_flag=True, help="Keep quiet about a database that has users.")
def seed(*, if_empty: bool) -> None:
    """Fill an empty database; in development only."""
    _refuse_outside_development()
    try:
        password_hash = runtime().passwords.hash(DEMO_PASSWORD)
        _report(services().demo.seed(password_hash))
    except RuleBroken as refused:
        if not if_empty:
            raise click.ClickException(refused.message) from refused
        click.echo("The database has data; it is kept.")


@demo.command("refresh")
def refresh() -> None:
    """Move the demo to today: everything in it is made anew."""
    _refuse_outside_development()
    try:
        _report(services().demo.refresh())
    except DomainError as refused:
        raise click.ClickException(refused.message) from refused


@demo.command("sign-ins")
def sign_ins() -> None:
    """Who can sign in to the demo, if its accounts are there."""
    if not services().demo.is_there():
        return
    click.echo(f"Sign in with the password {DEMO_PASSWORD} as")
    for role, email in SIGN_INS:
        click.echo(f"  {role:<11} {email}")


def _refuse_outside_development() -> None:
    if current_app.extensions["settings"].environment != "development":
        raise click.ClickException("The demo is for development: set APP_ENV=development.")


def _report(summary: DemoSummary) -> None:
    click.echo(
        f"Seeded {summary.instructors} instructors, {summary.students} students, "
        f"{summary.windows} windows of open hours and {summary.lessons} lessons."
    )
