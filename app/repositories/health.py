"""Is the database there?"""

from sqlalchemy import text
from sqlalchemy.orm import Session


class HealthRepository:
    """Asks the database for a sign of life."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def ping(self) -> None:
        """Raises whatever the driver raises when the database does not answer."""
        self._session.execute(text("SELECT 1"))
