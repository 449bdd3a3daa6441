"""JSON of public availability."""

from datetime import timedelta

from flask.typing import ResponseReturnValue

from app.blueprints.public.schemas import (
    AvailabilityOut,
    FreeDay,
    FreeSlot,
    NextIn,
    NextOut,
    RangeIn,
    StartOut,
    StartsIn,
    StartsOut,
)
from app.domain.offers import OfferedStart, PublicDay
from app.domain.zones import zone
from app.web.access import public
from app.web.api import ApiBlueprint, query
from app.web.documented import documented
from app.web.services import services

bp = ApiBlueprint("public_api", __name__, "/public/instructors")

STARTS_DEFAULT_DAYS = 7


@bp.get("/<id:instructor_id>/availability")
@public
@documented(query=RangeIn, answer=AvailabilityOut, errors=(404,))
def availability(instructor_id: int) -> ResponseReturnValue:
    """Free stretches by day, in the instructor's zone."""
    wanted = query(RangeIn)
    found = services().public_availability.free_days(
        instructor_id, wanted.start_date, wanted.end_date
    )
    return AvailabilityOut(
        instructor_id=instructor_id,
        instructor_name=found.instructor_name,
        availability_by_date={each.day: _day(each, found.zone_name) for each in found.days},
        timezone=found.zone_name,
        total_available_slots=sum(len(each.spans) for each in found.days),
        earliest_available_date=found.earliest,
    ).model_dump(mode="json")


@bp.get("/<id:instructor_id>/next-available")
@public
@documented(query=NextIn, answer=NextOut, errors=(404,))
def next_available(instructor_id: int) -> ResponseReturnValue:
    """The first time free for a lesson of that length."""
    minutes = query(NextIn).duration_minutes
    start = services().public_availability.next_available(instructor_id, minutes)
    if start is None:
        return NextOut(
            found=False, message="No available slots found within the booking horizon"
        ).model_dump(mode="json", include={"found", "message"})
    return NextOut(
        found=True,
        date=start.day,
        start_time=start.local_start.time(),
        end_time=start.local_end.time(),
        duration_minutes=minutes,
        starts_at=start.starts_at,
    ).model_dump(mode="json", exclude={"message"})


@bp.get("/<id:instructor_id>/starts")
@public
@documented(query=StartsIn, answer=StartsOut, errors=(404,))
def starts(instructor_id: int) -> ResponseReturnValue:
    """Every start of a service that can be booked, a week of them unless said otherwise."""
    wanted = query(StartsIn)
    offer = services().conflict_checker.offer(instructor_id, wanted.service_id)
    minutes = wanted.duration_minutes or offer.service.offered_minutes[0]
    last = wanted.end_date or wanted.start_date + timedelta(days=STARTS_DEFAULT_DAYS - 1)
    found = services().public_availability.starts(
        instructor_id, wanted.service_id, minutes, wanted.start_date, last
    )
    return StartsOut(
        instructor_id=instructor_id,
        service_id=wanted.service_id,
        time_zone=offer.zone_name,
        starts=[_start(each) for each in found],
    ).model_dump(mode="json")


def _day(each: PublicDay, zone_name: str) -> FreeDay:
    """Days off are not told from other days without free time: they are the instructor's life."""
    tz = zone(zone_name)
    slots = [
        FreeSlot(
            start_time=f"{start.astimezone(tz):%H:%M}",
            end_time=f"{end.astimezone(tz):%H:%M}",
            starts_at=start,
            ends_at=end,
        )
        for start, end in each.spans
    ]
    return FreeDay(date=each.day, available_slots=slots, is_blackout=False)


def _start(each: OfferedStart) -> StartOut:
    offset = f"{each.local_start:%z}"
    return StartOut(
        date=each.day,
        start_time=each.local_start.time(),
        end_time=each.local_end.time(),
        starts_at=each.starts_at,
        start_utc_offset=f"{offset[:3]}:{offset[3:5]}",
        duration_minutes=each.minutes,
    )
