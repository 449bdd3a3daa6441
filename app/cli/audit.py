"""The trail of changes: sealing and checking it."""

import click
from flask.cli import AppGroup

from app.web.services import services

audit = AppGroup("audit", help="The trail of changes.")


@audit.command("seal")
def seal() -> None:
    """Chain every entry that is not sealed yet. The worker does this by itself."""
    click.echo(f"Sealed {services().audit.seal()} entries.")


@audit.command("verify")
def verify() -> None:
    """Check the trail; ends with status 1 when a row was altered or is gone."""
    found = services().audit.verify()
    for fault in found.faults:
        click.echo(fault, err=True)
    click.echo(f"{found.sealed} sealed entries, {found.unsealed} not sealed yet.")
    if found.faults:
        raise click.exceptions.Exit(1)
