"""Whether what the application tells is what the model says."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from tests.doors import Door
from tests.machine.model import PER_HOUR, Model, Teacher, monday_of, quarter_of
from tests.machine.people import Speaker

DAYS_SHOWN = 30
START_DAYS = 7
SHORT_EVERY = 5


class Comparison:
    """Asks in everybody's name. Raises AssertionError at the first difference.

    A short one asks what costs most only every few times, and at the end.
    """

    def __init__(
        self,
        model: Model,
        door: Door,
        taught: Sequence[Speaker],
        learning: Sequence[Speaker],
        *,
        is_short: bool,
    ) -> None:
        self._model, self._door = model, door
        self._taught, self._learning = taught, learning
        self._every = SHORT_EVERY if is_short else 1
        self._count = 0

    def everything(self) -> None:
        for number in range(len(self._taught)):
            self._count = -1
            self.of_teacher(number)
        for number in range(len(self._learning)):
            self.of_student(number)

    def of_teacher(self, number: int) -> None:
        """Everything anybody may see of an instructor, and his own week and lessons."""
        teacher, speaker = self._model.teachers[number], self._taught[number]
        self._count += 1
        self._availability(teacher)
        self._lessons(speaker, lambda lesson: lesson.teacher.id)
        if self._count % self._every:
            return
        self._next_available(teacher)
        self._starts(teacher)
        this = monday_of(teacher.today(self._model.now))
        for ahead in range(-1, 3):
            monday = this + timedelta(weeks=ahead)
            path = f"/instructors/availability-windows/week?start_date={monday}"
            shown = speaker.ask("GET", path).must(200).json
            found = {
                day: [(_quarter(each["start_time"]), _quarter(each["end_time"])) for each in own]
                for day, own in shown.items()
            }
            agree(found, self._model.week(teacher, monday))

    def of_student(self, number: int) -> None:
        self._lessons(self._learning[number], lambda lesson: lesson.student)

    def _availability(self, teacher: Teacher) -> None:
        today = teacher.today(self._model.now)
        last = today + timedelta(days=DAYS_SHOWN)
        path = f"/api/public/instructors/{teacher.id}/availability"
        shown = self._door.ask("GET", f"{path}?start_date={today}&end_date={last}").must(200).json
        found = [
            (quarter_of(each["starts_at"]), quarter_of(each["ends_at"]))
            for _, day in sorted(shown["availability_by_date"].items())
            for each in day["available_slots"]
        ]
        spans = self._model.spans(teacher)
        agree(found, [each for each in spans if teacher.wall(each[0])[0] <= last])

    def _next_available(self, teacher: Teacher) -> None:
        path = f"/api/public/instructors/{teacher.id}/next-available?duration_minutes=60"
        shown = self._door.ask("GET", path).must(200).json
        starts = self._model.starts(teacher, 60)
        agree(quarter_of(shown["starts_at"]) if shown["found"] else None, next(iter(starts), None))

    def _starts(self, teacher: Teacher) -> None:
        today = teacher.today(self._model.now)
        last = today + timedelta(days=START_DAYS)
        path = f"/api/public/instructors/{teacher.id}/starts?service_id={teacher.service_id}"
        path += f"&duration_minutes=90&start_date={today}&end_date={last}"
        shown = self._door.ask("GET", path).must(200).json
        wanted = [e for e in self._model.starts(teacher, 90) if teacher.wall(e)[0] <= last]
        agree([quarter_of(each["starts_at"]) for each in shown["starts"]], wanted)

    def _lessons(self, speaker: Speaker, whose: Any) -> None:
        shown = speaker.ask("GET", "/bookings/?per_page=100").must(200).json
        found = {
            each["id"]: (
                each["status"],
                each["instructor_id"],
                each["student_id"],
                quarter_of(each["starts_at"]),
                quarter_of(each["ends_at"]),
            )
            for each in shown["bookings"]
        }
        own = [each for each in self._model.lessons.values() if whose(each) == speaker.id]
        agree(found, {each.id: each.as_told() for each in own})
        agree(shown["total"], len(own))


def agree(found: object, wanted: object) -> None:
    assert found == wanted, f"the application says {found}, the model says {wanted}"


def _quarter(text: str) -> int:
    hour, minute, _ = text.split(":")
    return int(hour) * PER_HOUR + int(minute) // 15
