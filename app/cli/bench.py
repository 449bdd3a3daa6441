"""The large data set from the command line."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.demo.dataset import dataset_in
from app.domain.errors import RuleBroken
from app.web.services import runtime, services

bench = AppGroup("bench", help="What speed is measured with.")


@bench.command("load")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def load(folder: Path) -> None:
    """Load a folder of CSV files into an empty database, ids and all; not in production."""
    if current_app.extensions["settings"].is_production:
        raise click.ClickException("Made-up people have no place in production.")
    try:
        data = dataset_in(folder)
        done = services().bench.load(data, runtime().passwords.hash(data.password))
    except RuleBroken as refused:
        raise click.ClickException(refused.message) from refused
    click.echo(
        f"Loaded {done.people} people, {done.windows} windows of open hours and {done.lessons} "
        f"lessons, {done.overlapping} of which overlap others and are marked so."
    )
