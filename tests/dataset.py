"""A small data set of the kind that speed is measured with, written as a folder of CSV files."""

import csv
import json
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from app.demo.dataset import COLUMNS

INSTRUCTORS, STUDENTS = 4, 3
PASSWORD = "lantern-orchard-42"
HOURS = range(9, 13)
ABOUT = ("Teaches with patience.", 3, "SoHo, Harlem", 2)


def write(folder: Path, today: date) -> Path:
    """Two weeks of hours, lessons past and to come; some of the past ones overlap."""
    students = range(INSTRUCTORS + 1, INSTRUCTORS + STUDENTS + 1)
    days = [today + timedelta(days=n) for n in range(14)]
    rows: dict[str, Iterable[list[object]]] = {
        "instructors": [
            [n, f"Teacher{n}@perf.example", f"Ada Number{n}", *ABOUT, 15 * (n % 2)]
            for n in range(1, INSTRUCTORS + 1)
        ],
        "students": [[n, f"student{n}@perf.example", f"Sam Number{n}"] for n in students],
        "services": [
            [n, n, "Piano", 50.0, "One to one", "" if n % 2 else 90]
            for n in range(1, INSTRUCTORS + 1)
        ],
        "slots": [
            [number, *slot]
            for number, slot in enumerate(
                (
                    (n, day, f"{hour:02}:00", f"{hour + 1:02}:00")
                    for n in range(1, INSTRUCTORS + 1)
                    for day in days
                    for hour in HOURS
                ),
                start=1,
            )
        ],
        "blackouts": [[1, 2, days[9], "Vacation"]],
        "bookings": [
            [number, *lesson, "Piano", 50.0, 50.0, 60, status, f"{today}T07:30:00"]
            for number, (*lesson, status) in enumerate(_lessons(today), start=1)
        ],
    }
    for name, lines in rows.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS[name].split(","))
            writer.writerows(lines)
    (folder / "manifest.json").write_text(json.dumps({"password": PASSWORD}))
    return folder


def _lessons(today: date) -> Iterable[tuple[object, ...]]:
    past, ahead = today - timedelta(days=8), today + timedelta(days=3)
    yield 5, 1, 1, past, "09:00", "10:00", "COMPLETED"
    yield 6, 1, 1, past, "09:00", "10:00", "NO_SHOW"  # overlaps with the instructor's first
    yield 5, 2, 2, past, "09:00", "10:00", "COMPLETED"  # and here with the student's
    yield 7, 1, 1, past, "09:00", "10:00", "CANCELLED"
    yield 5, 1, 1, ahead, "09:00", "10:00", "CONFIRMED"
    yield 6, 1, 1, ahead, "10:00", "11:00", "CONFIRMED"  # within the first one's buffer
