"""What all repositories share."""

from typing import ClassVar, Generic, TypeVar

from sqlalchemy.orm import Session

from app.models.base import Base

Model = TypeVar("Model", bound=Base)


class BaseRepository(Generic[Model]):
    """One table's rows by key. Flushes, never commits."""

    model: ClassVar[type[Base]]

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, key: int, *, fresh: bool = False) -> Model | None:
        """``fresh`` overwrites what the session read before its transaction began."""
        return self._session.get(  # type: ignore[return-value]
            self.model, key, populate_existing=fresh
        )

    def add(self, row: Model) -> Model:
        self._session.add(row)
        self._session.flush()
        return row
