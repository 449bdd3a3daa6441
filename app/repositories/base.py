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

    def get(self, key: int) -> Model | None:
        return self._session.get(self.model, key)  # type: ignore[return-value]

    def add(self, row: Model) -> Model:
        self._session.add(row)
        self._session.flush()
        return row

    def remove(self, row: Model) -> None:
        self._session.delete(row)
        self._session.flush()
