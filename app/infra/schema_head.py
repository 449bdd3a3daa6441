"""The newest migration that this program brings along."""

from functools import cache

from alembic.script import ScriptDirectory

from config import ROOT


@cache
def schema_head() -> str | None:
    """Its revision; null when there is none."""
    return ScriptDirectory(str(ROOT / "migrations")).get_current_head()
