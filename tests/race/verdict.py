"""What the database and the answers say after a race, and whether that keeps the promises."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from app.domain.vocabulary import OCCUPYING
from app.models.booking import Booking
from tests import databases
from tests.race.clients import Answers

SHARE_MIN = 0.99
P99_MAX = {"postgresql": 0.250, "sqlite": 2.0}
HEADINGS = (
    *("database", "guards", "attempts", "201", "409", "other", "201 or 409"),
    *("pairs: instructor", "with buffer", "student", "p50 ms", "p99 ms", "max ms", "attempts/s"),
)


@dataclass(frozen=True)
class Pairs:
    """Overlapping pairs of bookings that occupy time."""

    per_instructor: int
    with_buffer: int
    per_student: int

    @property
    def any(self) -> bool:
        return bool(self.per_instructor or self.with_buffer or self.per_student)


@dataclass(frozen=True)
class Verdict:
    """One race on one database."""

    database: str
    is_guarded: bool
    answers: Answers
    pairs: Pairs
    stored: frozenset[int]
    log_faults: Sequence[str]

    @property
    def counts(self) -> Counter[int]:
        return Counter(self.answers.statuses)

    @property
    def others(self) -> dict[int, int]:
        """Answers that are neither 201 nor 409; 0 stands for none at all."""
        return {key: n for key, n in sorted(self.counts.items()) if key not in (201, 409)}

    @property
    def share(self) -> float:
        return (self.counts[201] + self.counts[409]) / max(1, self.counts.total())

    def seconds_of(self, quantile: float) -> float:
        ordered = sorted(self.answers.seconds)
        return ordered[max(0, math.ceil(quantile * len(ordered)) - 1)]

    def broken(self, *, least_booked: int, is_timed: bool) -> Iterator[str]:
        """The promises that were not kept."""
        if not self.is_guarded:
            if not self.pairs.any:
                yield "without guards nothing overlapped, so this check proves nothing"
            return
        if self.pairs.any:
            yield f"bookings overlap: {self.pairs}"
        if self.share < SHARE_MIN:
            yield f"only {self.share:.2%} of the answers are 201 or 409"
        if self.counts[201] < least_booked:
            yield f"only {self.counts[201]} answers are 201"
        if any(status >= 500 or status == 0 for status in self.others):
            yield f"failures: {self.answers.examples}"
        if sorted(self.answers.booked) != sorted(self.stored):
            yield f"{len(self.answers.booked)} were told 201, {len(self.stored)} are stored"
        for complaint in (*self.answers.complaints, *self.log_faults)[:3]:
            yield f"complaint: {complaint}"
        p99 = self.seconds_of(0.99)
        if is_timed and p99 > P99_MAX[self.database]:
            yield f"p99 is {p99:.3f} s, more than {P99_MAX[self.database]} s"

    def row(self) -> tuple[str, ...]:
        """One line of the table, in the order of HEADINGS."""
        wall = self.answers.ended - self.answers.began
        others = ", ".join(f"{n} × {key or 'none'}" for key, n in self.others.items()) or "0"
        return (
            self.database,
            "on" if self.is_guarded else "off",
            str(self.counts.total()),
            str(self.counts[201]),
            str(self.counts[409]),
            others,
            f"{self.share:.2%}",
            str(self.pairs.per_instructor),
            str(self.pairs.with_buffer),
            str(self.pairs.per_student),
            *(f"{1000 * self.seconds_of(each):.0f}" for each in (0.5, 0.99, 1.0)),
            f"{self.counts.total() / wall:.0f}",
        )

    def oddities(self) -> Iterator[str]:
        """An example of every answer that is neither 201 nor 409."""
        for status in self.others:
            yield f"{self.database}: {status or 'no answer'}: {self.answers.examples[status]}"


def pairs_in(url: str) -> Pairs:
    """Count the pairs by SQL."""
    one, other = aliased(Booking), aliased(Booking)
    kept_one = func.coalesce(one.blocked_until, one.ends_at)
    kept_other = func.coalesce(other.blocked_until, other.ends_at)
    same_instructor = one.instructor_id == other.instructor_id
    lessons_meet = (one.starts_at < other.ends_at) & (other.starts_at < one.ends_at)
    kept_meet = (one.starts_at < kept_other) & (other.starts_at < kept_one)

    def count(*conditions: ColumnElement[bool]) -> int:
        both = select(func.count()).select_from(one).join(other, one.id < other.id)
        occupying = one.status.in_(OCCUPYING), other.status.in_(OCCUPYING)
        return connection.scalar(both.where(*occupying, *conditions)) or 0

    with databases.opened(url) as connection:
        return Pairs(
            count(same_instructor, lessons_meet),
            count(same_instructor, kept_meet),
            count(one.student_id == other.student_id, lessons_meet),
        )


def stored_in(url: str) -> frozenset[int]:
    """The ids of all bookings."""
    with databases.opened(url) as connection:
        return frozenset(connection.scalars(select(Booking.id)))


def table(rows: Sequence[Sequence[str]]) -> str:
    """Markdown with aligned columns."""
    lines = [HEADINGS, *rows]
    widths = [max(len(line[at]) for line in lines) for at in range(len(HEADINGS))]
    rule = [f"{'-' * (width - 1)}:" for width in widths]
    return "\n".join(
        "| "
        + " | ".join(f"{cell:>{width}}" for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in (HEADINGS, rule, *rows)
    )
