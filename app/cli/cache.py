"""Commands on the cache."""

import click
from flask.cli import AppGroup

from app.services.cache_warming import BUSIEST_MAX
from app.web.services import services

cache = AppGroup("cache", help="Kept public answers.")


@cache.command("warm")
@click.option("--count", default=50, type=click.IntRange(1, BUSIEST_MAX), show_default=True)
def warm(count: int) -> None:
    """Make the answers about the busiest instructors ready, in the cache that all share."""
    if not services().caching.cache.is_shared:
        raise click.ClickException(
            "Without REDIS_URL every process keeps its own answers, so there is nothing to warm."
        )
    click.echo(f"Warmed {services().cache_warming.busiest(count)} instructors.")
