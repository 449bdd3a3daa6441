"""Accounts from the command line."""

import sys
from collections.abc import Callable

import click
from flask.cli import AppGroup

from app.domain.errors import DomainError
from app.domain.vocabulary import Role
from app.models.user import User
from app.services.people import PeopleService
from app.web.emails import email_address
from app.web.services import services

users = AppGroup("users", help="Create accounts and give roles.")
ROLES = click.Choice([role.value for role in Role])


@users.command("create")
@click.option("--email", required=True)
@click.option("--role", type=ROLES, required=True)
@click.option("--name", default=None, help="The person's name; else the address before the @.")
def create(email: str, role: str, name: str | None) -> None:
    """Create an account. The password comes from a prompt, or from standard input."""
    if sys.stdin.isatty():
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\n")
    try:
        address = email_address(email)
        user = services().auth.create_account(
            address, password, name or address.split("@")[0], Role(role)
        )
    except (DomainError, ValueError) as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(f"Created {user.role} account {user.id}.")


@users.command("set-role")
@click.option("--email", required=True)
@click.option("--role", type=ROLES, required=True)
def set_role(email: str, role: str) -> None:
    """Give an account another role; its sessions end."""
    user = _decided(email, lambda people, key: people.set_role(None, key, Role(role)))
    click.echo(f"Account {user.id} is {user.role} now.")


@users.command("deactivate")
@click.option("--email", required=True)
@click.option("--reason", default=None, help="Kept with the change.")
def deactivate(email: str, reason: str | None) -> None:
    """Shut somebody out at once; bookings stay."""
    user = _decided(email, lambda people, key: people.deactivate(None, key, reason))
    click.echo(f"Account {user.id} is inactive now.")


@users.command("reactivate")
@click.option("--email", required=True)
@click.option("--reason", default=None, help="Kept with the change.")
def reactivate(email: str, reason: str | None) -> None:
    """Let somebody in again."""
    user = _decided(email, lambda people, key: people.reactivate(None, key, reason))
    click.echo(f"Account {user.id} is active now.")


def _decided(email: str, decide: Callable[[PeopleService, int], User]) -> User:
    """The account of an address, after a decision about it by its id."""
    try:
        people = services().people
        return decide(people, people.with_email(email).id)
    except DomainError as refused:
        raise click.ClickException(refused.message) from refused
