"""What somebody may learn about a time he would like."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.audience import CONFLICTS
from app.domain.evaluation import Code
from app.services.conflict_checker import Judgement


@dataclass(frozen=True, slots=True)
class Checked:
    """A wished lesson with what the asker may be told against it: codes and sentences.

    ``knows_lessons``: the lessons in its way may be named.
    """

    judgement: Judgement
    reasons: tuple[tuple[str, str], ...]
    knows_lessons: bool = False

    @property
    def is_gone(self) -> bool:
        """Whether the time is taken or closed, rather than one that was never possible."""
        return bool(self.reasons) and self.reasons[0][0] in CONFLICTS

    @property
    def min_advance_hours(self) -> int | None:
        """The instructor's notice, where it is not kept."""
        is_short = any(code == Code.NOTICE for code, _ in self.reasons)
        return self.judgement.offer.profile.min_advance_booking_hours if is_short else None

    @property
    def conflicts(self) -> list[Mapping[str, object]] | None:
        """The lessons in its way; null where they may not be named, or there are none."""
        found = [
            reason.facts
            for reason in self.judgement.reasons
            if reason.code in (Code.TAKEN, Code.BUFFER)
        ]
        return found if found and self.knows_lessons else None
