"""Many instructors with hours and lessons, as the folder of CSV files that ``bench load`` reads."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

from app.demo.dataset import COLUMNS
from tests.dataset import PASSWORD

SKILLS = (
    *("Piano", "Guitar", "Violin", "Drums", "Singing", "Yoga", "Boxing", "Tennis", "Swimming"),
    *("Spanish", "French", "Mandarin", "English", "Math", "Physics", "Chemistry", "Python"),
    *("Drawing", "Painting", "Dance", "Chess", "Cooking", "Photography", "Pilates"),
)
AREAS = (
    *("Brooklyn Heights", "Park Slope", "Williamsburg", "Astoria", "Long Island City", "Harlem"),
    *("Upper East Side", "Upper West Side", "Midtown", "Riverdale"),
)
FIRST = ("Sarah", "Omar", "Priya", "Ivan", "Yuki", "Nora", "Lena", "Tom", "Ana", "Daniel")
LAST = ("Chen", "Patel", "Kim", "Garcia", "Novak", "Rossi", "Silva", "Tanaka", "Haas", "Lund")
STUDENTS_PER_INSTRUCTOR = 2
DAYS_AHEAD = 56
DAYS_BACK = 700
AHEAD_SHARE = 0.15
"""Of all lessons; at most this much of the open hours is booked."""


@dataclass
class Crowd:
    """All of it follows from the numbers and the day."""

    instructors: int
    lessons: int
    today: date
    chance: Random = field(default_factory=lambda: Random(20))
    _taught: dict[int, tuple[int, str, int]] = field(default_factory=dict)
    _open: list[tuple[int, date, int]] = field(default_factory=list)

    def write(self, folder: Path) -> Path:
        files = {
            "instructors": self._instructors(),
            "students": self._students(),
            "services": self._services(),
            "slots": self._slots(),
            "blackouts": iter(()),
            "bookings": self._bookings(),
        }
        for name, rows in files.items():
            with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file)
                writer.writerow(COLUMNS[name].split(","))
                writer.writerows(rows)
        (folder / "manifest.json").write_text(json.dumps({"password": PASSWORD}))
        return folder

    def _name(self) -> str:
        return f"{self.chance.choice(FIRST)} {self.chance.choice(LAST)}"

    def _instructors(self) -> Iterator[list[object]]:
        for key in range(1, self.instructors + 1):
            name = self._name()
            bio = f"{name} teaches children and adults of all levels, patiently, with clear goals."
            areas = ", ".join(self.chance.sample(AREAS, self.chance.randint(1, 3)))
            buffer = self.chance.choice((0, 0, 15))
            yield [key, f"teacher{key}@perf.example", name, bio, 5, areas, 2, buffer]

    def _students(self) -> Iterator[list[object]]:
        for key in self._student_ids:
            yield [key, f"student{key}@perf.example", self._name()]

    def _services(self) -> Iterator[list[object]]:
        number = 0
        for key in range(1, self.instructors + 1):
            for skill in self.chance.sample(SKILLS, self.chance.randint(1, 4)):
                number, rate = number + 1, 5 * self.chance.randint(7, 36)
                self._taught.setdefault(key, (number, skill, rate))
                yield [number, key, skill, f"{rate}.00", "One to one", ""]

    def _slots(self) -> Iterator[list[object]]:
        number = 0
        for key in range(1, self.instructors + 1):
            week = self.chance.sample(range(7), self.chance.randint(4, 6))
            hours = self.chance.sample(range(8, 20), self.chance.randint(3, 8))
            for ahead in range(DAYS_AHEAD):
                day = self.today + timedelta(days=ahead)
                for hour in hours if day.weekday() in week else ():
                    number += 1
                    self._open.append((key, day, hour))
                    yield [number, key, day, f"{hour:02}:00", f"{hour + 1:02}:00"]

    def _bookings(self) -> Iterator[list[object]]:
        ahead = min(int(self.lessons * AHEAD_SHARE), len(self._open) // 2)
        future = [each for each in self._open if each[1] > self.today]
        times = [(*each, "CONFIRMED") for each in self.chance.sample(future, ahead)]
        for _ in range(self.lessons - ahead):
            day = self.today - timedelta(days=self.chance.randint(1, DAYS_BACK))
            key, hour = self.chance.randint(1, self.instructors), self.chance.randint(8, 19)
            times.append((key, day, hour, "COMPLETED"))
        for number, (key, day, hour, status) in enumerate(times, 1):
            service_id, skill, rate = self._taught[key]
            student = self.chance.choice(self._student_ids)
            lesson = [student, key, service_id, day, f"{hour:02}:00", f"{hour + 1:02}:00"]
            paid = [skill, f"{rate}.00", f"{rate}.00", 60, status, f"{self.today}T06:00:00"]
            yield [number, *lesson, *paid]

    @property
    def _student_ids(self) -> range:
        first = self.instructors + 1
        return range(first, first + self.instructors * STUDENTS_PER_INSTRUCTOR)
