"""Who wants which lesson when: a fixed plan for every connection, made from a seed.

Every second wish of a connection is hot: all connections wait for one another, then want the
same or overlapping times at once, on days that nothing else touches. The wish after it is a
loose one, anywhere on the remaining days. All would succeed but for the overlap.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, cycle, islice

OPENS, CLOSES = 8 * 60, 20 * 60  # minutes of the day
LENGTHS = (30, 45, 60, 90)
GRID = 15
HORIZON_DAYS = 60
_FIRST_LOOSE_DAY = 41  # counted from today; the days before are for hot wishes
_BLOCK = 150  # a hot start, moved by up to 45 minutes, and the longest lesson and buffer fit in
_TOGETHER = 4  # instructors that one student wants at once


@dataclass(frozen=True)
class Teacher:
    """An instructor to be booked."""

    id: int
    service_id: int


@dataclass(frozen=True)
class Wish:
    """One request. ``is_hot``: to be sent when all connections are ready."""

    student: int
    body: bytes
    is_hot: bool


@dataclass(frozen=True)
class Planner:
    """Makes the plans. ``today`` is the instructors' day."""

    today: date
    teachers: Sequence[Teacher]
    students: int
    connections: int
    seed: int = 1

    def plans(self, attempts: int) -> list[list[Wish]]:
        """One list of wishes a connection, of equal lengths; ``attempts`` in all, rounded up."""
        chance = random.Random(self.seed)
        rounds = -(-attempts // (2 * self.connections))
        waves = list(islice(self._waves(chance), rounds))
        return [
            list(chain.from_iterable((wave[each], self._loose(chance)) for wave in waves))
            for each in range(self.connections)
        ]

    def _waves(self, chance: random.Random) -> Iterator[list[Wish]]:
        """Hot wishes, one a connection; whoever needs more time than there is begins anew."""
        moments = [
            (day, start, group)
            for day in range(1, _FIRST_LOOSE_DAY)
            for start in range(OPENS, CLOSES - _BLOCK + 1, _BLOCK)
            for group in range(0, len(self.teachers), _TOGETHER)
        ]
        chance.shuffle(moments)
        for number, (day, start, group) in enumerate(cycle(moments)):
            together = self.teachers[group : group + _TOGETHER]
            if number % 2:
                yield self._one_student_at_all(chance, together, day, start)
                continue
            for teacher, shifts in zip(
                together, ((0,), (0, 15, 30, 45), (0, 15), (0,)), strict=True
            ):
                yield self._all_at_one_teacher(chance, teacher, day, start, shifts)

    def _all_at_one_teacher(
        self, chance: random.Random, teacher: Teacher, day: int, start: int, shifts: Sequence[int]
    ) -> list[Wish]:
        """Different students; the same or partly overlapping times."""
        lengths = LENGTHS if len(shifts) > 1 else (chance.choice(LENGTHS),)
        return [
            self._wish(student, teacher, day, start + chance.choice(shifts), chance.choice(lengths))
            for student in chance.sample(range(self.students), self.connections)
        ]

    def _one_student_at_all(
        self, chance: random.Random, teachers: Sequence[Teacher], day: int, start: int
    ) -> list[Wish]:
        """A few students, each wanting several instructors who are wanted by the others too."""
        students = chance.sample(range(self.students), -(-self.connections // len(teachers)))
        pairs = [(student, teacher) for student in students for teacher in teachers]
        return [
            self._wish(
                student, teacher, day, start + chance.choice((0, 15)), chance.choice((45, 60))
            )
            for student, teacher in pairs[: self.connections]
        ]

    def _loose(self, chance: random.Random) -> Wish:
        minutes = chance.choice(LENGTHS)
        return self._wish(
            chance.randrange(self.students),
            chance.choice(self.teachers),
            chance.randrange(_FIRST_LOOSE_DAY, HORIZON_DAYS),
            chance.randrange(OPENS, CLOSES - minutes + 1, GRID),
            minutes,
            is_hot=False,
        )

    def _wish(
        self,
        student: int,
        teacher: Teacher,
        day: int,
        start: int,
        minutes: int,
        *,
        is_hot: bool = True,
    ) -> Wish:
        sent = {
            "instructor_id": teacher.id,
            "service_id": teacher.service_id,
            "booking_date": (self.today + timedelta(days=day)).isoformat(),
            "start_time": f"{start // 60:02d}:{start % 60:02d}:00",
            "duration_minutes": minutes,
        }
        return Wish(student, json.dumps(sent).encode(), is_hot)
