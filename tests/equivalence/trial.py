"""Asks the four questions about each wish, and holds the answers against each other."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from urllib.parse import urlencode

from app.infra.clock import StoppedClock
from tests.doors import Answer, Door
from tests.equivalence.wishes import Start, Wish, wishes
from tests.equivalence.worlds import World, world_of
from tests.factories import Make, Person

PER_WORLD = 100
REFUSED = (409, 422)


@dataclass
class Found:
    """How many starts were tried, how they came out, and where answers differed."""

    tried: int = 0
    bookable: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Asker:
    """One student's view of one world."""

    door: Door
    world: World
    headers: dict[str, str]

    def ask(self, method: str, path: str, sent: object = None) -> Answer:
        return self.door.ask(method, f"/api{path}", sent, self.headers)

    def offered(self) -> set[Start]:
        """Everything on the public list."""
        world, found = self.world, set()
        for minutes in world.lengths:
            query = {"service_id": world.teacher.service_id, "duration_minutes": minutes}
            query |= {"start_date": world.days[0], "end_date": world.days[-1]}
            path = f"/api/public/instructors/{world.teacher.id}/starts?{urlencode(query)}"
            listed = self.door.ask("GET", path).must(200).json["starts"]
            found |= {(datetime.fromisoformat(each["starts_at"]), minutes) for each in listed}
        return found

    def says_free(self, wish: Wish) -> bool:
        """A day that has passed is not even checked."""
        answer = self.ask("POST", "/bookings/check-availability", wish.sent).must(200, 422)
        return answer.status == 200 and bool(answer.json["available"])

    def reasons(self, wish: Wish) -> list[str]:
        answer = self.ask("GET", f"/bookings/explain?{urlencode(wish.sent)}").must(200)
        assert answer.json["bookable"] == (not answer.json["reasons"])
        return [each["code"] for each in answer.json["reasons"]]

    def books(self, wish: Wish) -> bool:
        """Books it and cancels it again, so that the world is as before but for a hold."""
        answer = self.ask("POST", "/bookings/", wish.sent).must(201, *REFUSED)
        if answer.status != 201:
            return False
        gone = f"/bookings/{answer.json['id']}/cancel"
        self.ask("POST", gone, {"reason": "Only a trial."}).must(200)
        return True


def trial(make: Make, door: Door, clock: StoppedClock, starts: int, *, first: int = 0) -> Found:
    """Until so many starts were tried, in worlds from the number ``first`` on."""
    found, number = Found(), first
    while found.tried < starts:
        world = world_of(make, number)
        clock.move_to(world.now)
        chance = Random(-1 - number)
        world.hold(make, for_all=True)
        free = Asker(door, world, token(door, world.free))
        _try(make, free, free.offered(), found, chance)
        world.hold(make, for_all=False)
        busy = Asker(door, world, token(door, world.busy))
        offered = {each for each in busy.offered() if not _is_busy(world, each)}
        world.hold(make, for_all=True)
        _try(make, busy, offered, found, chance)
        number += 1
    return found


def _try(make: Make, asker: Asker, offered: set[Start], found: Found, chance: Random) -> None:
    for wish in wishes(asker.world, offered, PER_WORLD // 2, chance):
        is_offered = wish.start in offered
        is_free, reasons = asker.says_free(wish), asker.reasons(wish)
        is_booked = asker.books(wish)
        found.tried += 1
        found.bookable += is_booked
        found.reasons.update(reasons)
        if not is_offered == is_free == (not reasons) == is_booked:
            found.differences.append(
                f"{wish.sent} at {asker.world.now}: offered {is_offered}, free {is_free}, "
                f"reasons {reasons}, booked {is_booked}"
            )
        if is_booked:
            asker.world.hold(make, for_all=True)  # the booking may have used one up


def _is_busy(world: World, start: Start) -> bool:
    starts_at, minutes = start
    ends_at = starts_at + timedelta(minutes=minutes)
    return any(begins < ends_at and starts_at < ends for begins, ends in world.busy_times)


def token(door: Door, person: Person) -> dict[str, str]:
    sent = {"username": person.email, "password": person.password}
    answer = door.ask("POST", "/api/auth/login", sent).must(200)
    return {"Authorization": f"Bearer {answer.json['access_token']}"}
