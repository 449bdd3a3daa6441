"""Which worker does a job now."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from app.models.outbox import JobLease
from app.repositories.base import BaseRepository


class LeaseRepository(BaseRepository[JobLease]):
    """One row per job."""

    model = JobLease

    def take(self, name: str, owner: str, now: datetime, until: datetime) -> bool:
        """Take a job that nobody holds, or whose holder let it run out; false if held."""
        is_postgresql = self._session.get_bind().dialect.name == "postgresql"
        insert = postgresql.insert if is_postgresql else sqlite.insert
        taken = self._session.execute(
            insert(JobLease)
            .values(name=name, owner=owner, until=until)
            .on_conflict_do_update(
                index_elements=["name"],
                set_={"owner": owner, "until": until},
                where=JobLease.until <= now,
            )
            .returning(JobLease.name)
        )
        return taken.scalar_one_or_none() is not None

    def give_back(self, name: str, owner: str, now: datetime) -> None:
        """Let others have a job again, unless somebody has it already."""
        held = (JobLease.name == name) & (JobLease.owner == owner)
        self._session.execute(update(JobLease).where(held).values(until=now))
