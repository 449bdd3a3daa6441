"""Why somebody cannot wait for a time."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.domain.errors import Conflict, RuleBroken
from app.domain.limits import WISHES_MAX
from app.domain.zones import utc_text


class TimesAreFree(Conflict):
    """Nobody waits for what can be had at once; ``starts`` are the first of them, in UTC."""

    code = "times_are_free"
    default = "You need not wait: a time like that is free now."

    def __init__(self, starts: Sequence[datetime]) -> None:
        super().__init__()
        self.starts = tuple(starts)

    @property
    def facts(self) -> Mapping[str, object]:
        return {"starts": [utc_text(each) for each in self.starts]}


class TooManyWishes(RuleBroken):
    code = "too_many_wishes"
    default = f"You wait for {WISHES_MAX} times already. Leave one of them first."


class LineFull(RuleBroken):
    code = "waiting_list_full"
    default = "Too many people wait for this instructor already. Please look at others."
