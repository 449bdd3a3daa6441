"""May this process be sent requests?"""

from app.repositories.health import HealthRepository
from app.services.base import BaseService, Context, measure_operation


class HealthService(BaseService):
    """Asks what the application cannot do without."""

    def __init__(self, context: Context, health: HealthRepository) -> None:
        super().__init__(context)
        self._health = health

    @measure_operation
    def check_database(self) -> None:
        """Raises when the database does not answer."""
        self._health.ping()
