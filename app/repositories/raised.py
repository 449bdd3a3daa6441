"""Generations that the transaction under way has raised, so that its commit can tell others."""

from sqlalchemy.orm import Session

_RAISED = "raised generations"


def note_raised(session: Session, instructor_id: int, generation: int) -> None:
    """Of the same instructor the last counts."""
    session.info.setdefault(_RAISED, {})[instructor_id] = generation


def take_raised(session: Session) -> dict[int, int]:
    """Generations by instructor, and forget them."""
    raised: dict[int, int] = session.info.pop(_RAISED, {})
    return raised
