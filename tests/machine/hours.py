"""The half of the random lives that is about people and their hours."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from app.infra.clock import StoppedClock
from tests.doors import Door
from tests.machine.comparison import Comparison
from tests.machine.model import (
    OFFERED,
    PER_HOUR,
    Model,
    Teacher,
    days_of,
    monday_of,
)
from tests.machine.people import Speaker

BEGINS = datetime(2026, 10, 28, 13, 7, tzinfo=ZoneInfo("UTC"))
"""A Wednesday; four days later the clocks of New York go back."""
ZONES = ("America/New_York", "Europe/London")
WINDOWS = "/instructors/availability-windows"
OPENS, CLOSES = 8 * PER_HOUR, 20 * PER_HOUR
REFUSED = (409, 422)
PROFILE = {
    "bio": "Teaches whoever comes first.",
    "areas_of_service": ["Harlem"],
    "years_experience": 3,
    "min_advance_booking_hours": 0,
    "services": [{"skill": "Piano", "hourly_rate": 60, "durations": list(OFFERED)}],
}

teachers = st.integers(0, 1)
weeks = st.integers(0, 2)
days_ahead = st.integers(-2, 16)
window = st.tuples(st.integers(OPENS, CLOSES - 2), st.integers(2, 24)).map(
    lambda each: (each[0], min(each[0] + each[1], CLOSES))
)
"""First and last quarter of a day's wall clock; half an hour at least."""
OPEN_DAY = [(OPENS + 4, OPENS + 20), (OPENS + 24, CLOSES - 4)]
a_day = st.lists(window, max_size=3)
a_week = st.lists(a_day, min_size=7, max_size=7)
chance = st.randoms(use_true_random=False)


def clock_text(quarter: int) -> str:
    return f"{time(quarter // PER_HOUR, quarter % PER_HOUR * 15):%H:%M}"


class HoursRules(RuleBasedStateMachine):
    """One run. ``door`` and ``clock`` are the application's."""

    def __init__(self, door: Door, clock: StoppedClock, *, is_short: bool) -> None:
        super().__init__()
        self.is_short = is_short
        self.door, self.clock = door, clock
        self.clock.move_to(BEGINS)
        self.model = Model(now=BEGINS)
        self.taught: list[Speaker] = []
        self.learning: list[Speaker] = []

    @initialize(buffers=st.tuples(*[st.sampled_from([0, 0, 1, 2])] * 2), days=a_week)
    def register(self, buffers: tuple[int, int], days: list[Any]) -> None:
        for zone_name in ZONES:
            speaker = Speaker.registered(self.door, "instructor", zone_name)
            made = speaker.ask("PUT", "/instructors/profile", PROFILE | {"time_zone": zone_name})
            service_id = made.must(200).json["services"][0]["id"]
            self.taught.append(speaker)
            self.model.teachers.append(Teacher(speaker.id, service_id, ZoneInfo(zone_name)))
        for zone_name in reversed(ZONES):
            self.learning.append(Speaker.registered(self.door, "student", zone_name))
        self.comparison = Comparison(
            self.model, self.door, self.taught, self.learning, is_short=self.is_short
        )
        for number, buffer in enumerate(buffers):
            self.set_rules(number, 0, buffer)
            self.save_week(number, 1, [OPEN_DAY] * 5 + days[:2])
        self.comparison.everything()

    @rule(number=teachers, ahead=weeks, days=a_week)
    def save_week(self, number: int, ahead: int, days: list[Any]) -> None:
        teacher, monday = self._week(number, ahead)
        wanted = list(zip(days_of(monday), days, strict=True))
        schedule = [
            {"date": f"{day}", "start_time": clock_text(start), "end_time": clock_text(end)}
            for day, windows in wanted
            for start, end in windows
        ]
        sent = {"schedule": schedule, "week_start": f"{monday}", "clear_existing": True}
        today = teacher.today(self.model.now)
        new = {(day, each) for day, windows in wanted for w in windows for each in range(*w)}
        old = {each for each in teacher.hours if each[0] in days_of(monday)}
        touches_past = any(
            windows and _on(new, day) != _on(old, day) for day, windows in wanted if day < today
        )
        answer = self.taught[number].ask("POST", f"{WINDOWS}/week", sent)
        if touches_past:
            answer.must(*REFUSED)
        else:
            answer.must(200)
            teacher.hours -= {each for each in old if each[0] >= today}
            teacher.hours |= {each for each in new if each[0] >= today}
        self.comparison.of_teacher(number)

    @rule(number=teachers, ahead=weeks)
    def save_the_same_week_again(self, number: int, ahead: int) -> None:
        _, monday = self._week(number, ahead)
        speaker = self.taught[number]
        shown = speaker.ask("GET", f"{WINDOWS}/week?start_date={monday}").must(200).json
        schedule = [{"date": day, **each} for day, windows in shown.items() for each in windows]
        sent = {"schedule": schedule, "week_start": f"{monday}"}
        assert speaker.ask("POST", f"{WINDOWS}/week", sent).must(200).json == shown
        self.comparison.of_teacher(number)

    @rule(number=teachers, pair=st.permutations([0, 1, 2]))
    def copy_week(self, number: int, pair: list[int]) -> None:
        teacher, source = self._week(number, pair[0])
        _, target = self._week(number, pair[1])
        sent = {"from_week_start": f"{source}", "to_week_start": f"{target}"}
        answer = self.taught[number].ask("POST", f"{WINDOWS}/copy-week", sent)
        answer.must(200)
        today = teacher.today(self.model.now)
        copied = {
            (day + (target - source), quarter)
            for day, quarter in teacher.hours
            if day in days_of(source)
        }
        teacher.hours -= {e for e in teacher.hours if e[0] in days_of(target) and e[0] >= today}
        teacher.hours |= {each for each in copied if each[0] >= today}
        self.comparison.of_teacher(number)

    @rule(number=teachers, ahead=days_ahead)
    def take_a_day_off(self, number: int, ahead: int) -> None:
        teacher = self.model.teachers[number]
        day = teacher.today(self.model.now) + timedelta(days=ahead)
        sent = {"date": f"{day}", "reason": "Away"}
        answer = self.taught[number].ask("POST", f"{WINDOWS}/blackout-dates", sent)
        if ahead < 0:
            answer.must(422)
        elif day in teacher.days_off:
            answer.must(409)
        else:
            answer.must(200, 201)
            teacher.days_off.add(day)
        self.comparison.of_teacher(number)

    @precondition(lambda self: any(each.days_off for each in self.model.teachers))
    @rule(number=teachers, random=chance)
    def work_after_all(self, number: int, random: Any) -> None:
        speaker, teacher = self.taught[number], self.model.teachers[number]
        listed = speaker.ask("GET", f"{WINDOWS}/blackout-dates").must(200).json
        today = teacher.today(self.model.now)
        assert [each["date"] for each in listed] == sorted(
            f"{day}" for day in teacher.days_off if day >= today
        )
        if not listed:
            return
        chosen = random.choice(listed)
        speaker.ask("DELETE", f"{WINDOWS}/blackout-dates/{chosen['id']}").must(200, 204)
        teacher.days_off -= {each for each in teacher.days_off if f"{each}" == chosen["date"]}
        self.comparison.of_teacher(number)

    @rule(number=teachers, notice=st.sampled_from([0, 1, 2, 30]), buffer=st.sampled_from([0, 1, 2]))
    def set_rules(self, number: int, notice: int, buffer: int) -> None:
        teacher = self.model.teachers[number]
        sent = {"min_advance_booking_hours": notice, "buffer_time_minutes": buffer * 15}
        self.taught[number].ask("PUT", "/instructors/profile", sent).must(200)
        teacher.notice_hours, teacher.buffer = notice, buffer
        self.comparison.of_teacher(number)

    def _week(self, number: int, ahead: int) -> tuple[Teacher, Any]:
        teacher = self.model.teachers[number]
        this = monday_of(teacher.today(self.model.now))
        return teacher, this + timedelta(weeks=ahead)


def _on(hours: set[Any], day: Any) -> set[Any]:
    return {each for each in hours if each[0] == day}
