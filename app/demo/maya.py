"""The lessons of the demo's student, so that each of her lists has something to show."""

from collections.abc import Iterable
from datetime import date, timedelta

from app.demo.lessons import Fate, Lesson, Seat, lesson_on
from app.demo.people import Cast
from app.domain.time_range import TimeRange

TUESDAY, THURSDAY, SUNDAY = 1, 3, 6
_PIANO = TimeRange(17 * 60, 18 * 60)
_SPANISH = TimeRange(18 * 60 + 30, 19 * 60 + 30)
_SPANISH_SUNDAY = TimeRange(11 * 60, 12 * 60)
_FIRST_PIANO_NOTE = (
    "I learned as a child and stopped at fourteen. I would like to get back to it, and to play "
    "one whole piece by the holidays."
)


def lessons_of_maya(people: Cast, today: date) -> Iterable[Lesson]:
    """Piano on Tuesdays, Spanish on some Thursdays, three cancellations; two or three to come."""
    piano = _next(today, TUESDAY)
    spanish = _next(today, THURSDAY)
    plan = [("Sarah Chen", "Piano", piano + timedelta(weeks=n), _PIANO) for n in range(-9, 2)]
    thursdays = [spanish + timedelta(weeks=n) for n in (-5, -4, -2, 0)]
    plan += [("Elena Vasquez", "Spanish", day, _SPANISH) for day in thursdays]
    sunday = _next(today + timedelta(days=2), SUNDAY)
    plan.append(("Elena Vasquez", "Spanish", sunday, _SPANISH_SUNDAY))
    fates = {
        piano - timedelta(weeks=3): Fate.CANCELLED_BY_STUDENT,
        piano - timedelta(weeks=6): Fate.CANCELLED_BY_INSTRUCTOR,
        sunday: Fate.CANCELLED_BY_STUDENT,
    }
    notes = {
        piano - timedelta(weeks=9): _FIRST_PIANO_NOTE,
        thursdays[0]: "My partner's parents speak only Spanish. I have until New Year.",
        thursdays[-1]: "I finished unit six. The past tenses are still a mess.",
        piano - timedelta(weeks=2): "I recorded myself as you suggested. Painful and useful.",
        piano: "Could we start with the left hand of the Schumann? I got stuck at bar 17.",
    }
    for name, skill, day, slot in plan:
        instructor = people.by_name[name]
        service = instructor.service(skill)
        seat = Seat(range=slot, student=people.maya, service=service, note=notes.get(day, ""))
        lesson = lesson_on(day, instructor, seat, fates.get(day, Fate.HELD))
        if lesson is not None:
            yield lesson


def _next(today: date, weekday: int) -> date:
    """Today if it is that weekday, else the next one."""
    return today + timedelta(days=(weekday - today.weekday()) % 7)
