"""The trail of changes: sealing and checking it."""

import click
from flask.cli import AppGroup

from app.cli.worker import SEALING, do_alone
from app.web.services import services

audit = AppGroup("audit", help="The trail of changes.")


@audit.command("seal")
def seal() -> None:
    """Chain every entry that is not sealed yet. The worker does this by itself."""
    if not do_alone(SEALING, lambda each: click.echo(f"Sealed {each.audit.seal()} entries.")):
        click.echo("The trail is being sealed already.")


@audit.command("verify")
@click.option("--known", default=None, help="A seal noted earlier, elsewhere, that must be there.")
def verify(known: str | None) -> None:
    """Check the trail; ends with status 1 when a row was altered or is gone.

    Prints the newest seal: note it where whoever writes to the database cannot, and give it as
    --known later.
    """
    found = services().audit.verify(known)
    for fault in found.faults:
        click.echo(fault, err=True)
    click.echo(f"{found.sealed} sealed entries, {found.unsealed} not sealed yet.")
    if found.last_seal:
        click.echo(f"Newest seal: {found.last_seal}")
    if found.faults:
        raise click.exceptions.Exit(1)
