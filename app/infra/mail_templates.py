"""Renders mails. The only user of the template engine outside the web."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

FOLDER = Path(__file__).resolve().parent.parent / "templates" / "email"


class MailTemplates:
    """The two layouts: HTML, where everything is escaped, and plain text."""

    def __init__(self) -> None:
        self._engine = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def render(self, name: str, **context: Any) -> str:
        """A layout with its context; a missing value is an error."""
        return self._engine.get_template(name).render(context)
