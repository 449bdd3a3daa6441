"""Random lives of two instructors and two students; after each step both sides must agree."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.machine.hours import (
    CLOSES,
    OPENS,
    REFUSED,
    HoursRules,
    chance,
    clock_text,
    days_ahead,
    teachers,
)
from tests.machine.model import OFFERED, PER_HOUR, QUARTER, Lesson, Teacher, free_until
from tests.machine.people import Speaker

CONCLUSIONS = [("complete", "COMPLETED"), ("no-show", "NO_SHOW")]
students = st.integers(0, 1)


class Machine(HoursRules):
    """Adds what happens to lessons, and the passing of time."""

    @rule(
        number=teachers,
        by=students,
        ahead=days_ahead,
        quarter=st.integers(OPENS - 4, CLOSES),
        minutes=st.sampled_from([30, 60, 60, 90, 120]),
    )
    def book_any_time(self, number: int, by: int, ahead: int, quarter: int, minutes: int) -> None:
        teacher = self.model.teachers[number]
        day = teacher.today(self.model.now) + timedelta(days=ahead)
        self._book(teacher, number, by, teacher.instant(day, quarter), minutes)

    @precondition(lambda self: self.model.lessons)
    @rule(by=students, random=chance, minutes=st.sampled_from(OFFERED))
    def book_beside_a_lesson(self, by: int, random: Any, minutes: int) -> None:
        lesson = random.choice(list(self.model.lessons.values()))
        number = random.randrange(len(self.model.teachers))
        teacher = self.model.teachers[number]
        before = range(lesson.start - minutes // 15 - 3, lesson.start - minutes // 15 + 2)
        start = random.choice([*before, *range(lesson.end - 1, lesson.end + 4), lesson.start])
        self._book(teacher, number, by, start, minutes)

    @precondition(lambda self: any(each.hours for each in self.model.teachers))
    @rule(by=students, minutes=st.sampled_from(OFFERED), random=chance)
    def book_what_is_offered(self, by: int, minutes: int, random: Any) -> None:
        number = random.choice([n for n, e in enumerate(self.model.teachers) if e.hours])
        teacher = self.model.teachers[number]
        if starts := self.model.starts(teacher, minutes):
            self._book(teacher, number, by, random.choice(starts[:200]), minutes)

    @precondition(lambda self: self.model.lessons)
    @rule(random=chance, is_taught=st.booleans(), minutes=st.sampled_from([None, *OFFERED]))
    def move(self, random: Any, is_taught: bool, minutes: int | None) -> None:
        lesson = random.choice(list(self.model.lessons.values()))
        teacher, length = lesson.teacher, minutes or lesson.minutes
        near = [lesson.start + n for n in (-4, -2, -1, 1, 2, 4)]
        start = random.choice(self.model.starts(teacher, length)[:100] + near)
        day, quarter = teacher.wall(start)
        sent = {"booking_date": f"{day}", "start_time": clock_text(quarter)}
        sent |= {"duration_minutes": minutes} if minutes else {}
        answer = self._party(lesson, is_taught).ask(
            "POST", f"/bookings/{lesson.id}/reschedule", sent
        )
        if (
            self._may_move(lesson, is_taught)
            and (not is_taught or length == lesson.minutes)
            and self.model.may_start(teacher, lesson.student, start, length, moving=lesson)
            and (start, length) != (lesson.start, lesson.minutes)
        ):
            answer.must(200)
            lesson.move(start, length, by_student=not is_taught)
        else:
            answer.must(*REFUSED)
        self._compare(lesson)

    @precondition(lambda self: self.model.lessons)
    @rule(random=chance, is_taught=st.booleans())
    def cancel(self, random: Any, is_taught: bool) -> None:
        self._cancel(random.choice(list(self.model.lessons.values())), is_taught)

    @precondition(lambda self: self.model.lessons)
    @rule(random=chance, step=st.sampled_from(CONCLUSIONS))
    def conclude(self, random: Any, step: tuple[str, str]) -> None:
        self._conclude(random.choice(list(self.model.lessons.values())), step)

    @rule(minutes=st.sampled_from([20, 45, 5 * 60, 26 * 60, 3 * 24 * 60]))
    def wait(self, minutes: int) -> None:
        self._wait_until(self.clock.now() + timedelta(minutes=minutes))

    @precondition(lambda self: self.model.lessons)
    @rule(random=chance, off=st.sampled_from([-1, 0, 1]), hours=st.sampled_from([0, 0, 2, 24]))
    def wait_for_a_lesson(self, random: Any, off: int, hours: int) -> None:
        """Until a second before, at, or after a moment on which something depends."""
        ahead = [each for each in self.model.lessons.values() if each.status == "CONFIRMED"]
        lesson = random.choice(ahead or list(self.model.lessons.values()))
        moment = datetime.fromtimestamp((lesson.start - hours * PER_HOUR) * QUARTER, UTC)
        self._wait_until(moment + timedelta(seconds=off))
        if random.random() < 0.3:
            self._cancel(lesson, random.random() < 0.5)
        if random.random() < 0.3:
            self._conclude(lesson, random.choice(CONCLUSIONS))

    def _wait_until(self, moment: datetime) -> None:
        if moment < self.clock.now():
            return
        self.clock.move_to(moment)
        self.model.now = moment
        for speaker in (*self.taught, *self.learning):
            speaker.forget_token()
        self.comparison.of_teacher(0)
        self.comparison.of_teacher(1)

    def teardown(self) -> None:
        if self.taught:
            self.comparison.everything()

    def _book(self, teacher: Teacher, number: int, by: int, start: int, minutes: int) -> None:
        student = self.learning[by]
        day, quarter = teacher.wall(start)
        sent = {"instructor_id": teacher.id, "service_id": teacher.service_id}
        sent |= {"booking_date": f"{day}", "start_time": clock_text(quarter)}
        answer = student.ask("POST", "/bookings/", sent | {"duration_minutes": minutes})
        if self.model.may_start(teacher, student.id, start, minutes):
            key = answer.must(201).json["id"]
            until = start + minutes // 15 + teacher.buffer
            self.model.lessons[key] = Lesson(
                key, teacher, student.id, start, minutes, until, free_until(start)
            )
        else:
            answer.must(*REFUSED)
        self.comparison.of_teacher(number)
        self.comparison.of_student(by)

    def _cancel(self, lesson: Lesson, is_taught: bool) -> None:
        is_ahead = self.model.instant < lesson.start
        answer = self._party(lesson, is_taught).ask(
            "POST", f"/bookings/{lesson.id}/cancel", {"reason": "Something came up."}
        )
        if lesson.status == "CONFIRMED" and is_ahead:
            is_late = answer.must(200).json["cancelled_late"]
            assert is_late == (not is_taught and self.model.instant > lesson.free_until)
            lesson.status = "CANCELLED"
        else:
            answer.must(409)
        self._compare(lesson)

    def _conclude(self, lesson: Lesson, step: tuple[str, str]) -> None:
        path, status = step
        answer = self._party(lesson, is_taught=True).ask("POST", f"/bookings/{lesson.id}/{path}")
        if lesson.status == "CONFIRMED" and self.model.instant >= lesson.start:
            answer.must(200)
            lesson.status = status
        else:
            answer.must(409)
        self._compare(lesson)

    def _may_move(self, lesson: Lesson, is_taught: bool) -> bool:
        if lesson.status != "CONFIRMED" or lesson.start <= self.model.instant:
            return False
        return is_taught or self.model.instant <= lesson.free_until

    def _party(self, lesson: Lesson, is_taught: bool) -> Speaker:
        people = self.taught if is_taught else self.learning
        wanted = lesson.teacher.id if is_taught else lesson.student
        return next(each for each in people if each.id == wanted)

    def _compare(self, lesson: Lesson) -> None:
        self.comparison.of_teacher(self.model.teachers.index(lesson.teacher))
        for by, student in enumerate(self.learning):
            if student.id == lesson.student:
                self.comparison.of_student(by)
