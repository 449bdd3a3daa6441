"""The database's own proof that no two lessons overlap.

PostgreSQL: two exclusion constraints, and a trigger that fills the instants of rows written
by somebody who knows only the wall-clock columns. SQLite: four triggers that abort with the
name of the constraint. Guards speak of occupying rows that have instants and are not
``overlap_ok``. Batch migrations on SQLite drop triggers, so ``migrations/env.py`` puts
them back.
"""

from sqlalchemy import Connection

from app.domain.references import ALPHABET, LENGTH
from app.domain.vocabulary import OCCUPYING
from app.domain.zones import zone

PER_INSTRUCTOR = "bookings_no_overlap_per_instructor"
PER_STUDENT = "bookings_no_overlap_per_student"
FILL = "bookings_fill_instants"
FALLBACK_ZONE = "America/New_York"  # of instructors without one, where nobody configured it

_WALL_TO_INSTANT = "bookings_wall_to_instant"
_PEOPLE = {PER_INSTRUCTOR: "instructor_id", PER_STUDENT: "student_id"}
_UPPER = {PER_INSTRUCTOR: "coalesce({0}blocked_until, {0}ends_at)", PER_STUDENT: "{0}ends_at"}
_STATES = ", ".join(f"'{state}'" for state in OCCUPYING)
_LONGEST = "-2 days"  # no lesson with its buffer lasts longer; bounds the index scan

_EXCLUDE = """
ALTER TABLE bookings ADD CONSTRAINT {name} EXCLUDE USING gist (
    {person} WITH =,
    tstzrange(starts_at, {upper}) WITH &&
) WHERE (status IN ({states}) AND NOT overlap_ok AND starts_at IS NOT NULL)
"""

# AT TIME ZONE takes the second of two equal wall-clock times and, in a gap, the offset
# before it. The offset of the day before leads to the first of the two.
_WALL_TO_INSTANT_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {_WALL_TO_INSTANT}(wall timestamp, zone text)
RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
DECLARE
    chosen timestamptz := wall AT TIME ZONE zone;
    eve timestamptz := chosen - interval '24 hours';
    earlier timestamptz;
BEGIN
    earlier := (wall - ((eve AT TIME ZONE zone) - (eve AT TIME ZONE 'UTC'))) AT TIME ZONE 'UTC';
    IF earlier < chosen AND earlier AT TIME ZONE zone = wall THEN
        RETURN earlier;
    END IF;
    RETURN chosen;
END
$$
"""

_FILL_FUNCTION = """
CREATE OR REPLACE FUNCTION {fill}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    profile_zone text;
    profile_buffer integer;
    end_day date := NEW.booking_date;
BEGIN
    WHILE NEW.reference IS NULL LOOP
        SELECT string_agg(substr('{alphabet}', 1 + floor(random() * {letters})::int, 1), '')
            INTO NEW.reference FROM generate_series(1, {length});
        IF EXISTS (SELECT 1 FROM bookings WHERE reference = NEW.reference) THEN
            NEW.reference := NULL;
        END IF;
    END LOOP;
    IF NEW.starts_at IS NOT NULL AND NEW.ends_at IS NOT NULL THEN
        IF TG_OP = 'INSERT' THEN
            RETURN NEW;
        END IF;
        IF (NEW.booking_date, NEW.start_time, NEW.end_time)
                IS NOT DISTINCT FROM (OLD.booking_date, OLD.start_time, OLD.end_time)
            OR (NEW.starts_at, NEW.ends_at, NEW.time_zone)
                IS DISTINCT FROM (OLD.starts_at, OLD.ends_at, OLD.time_zone) THEN
            RETURN NEW;
        END IF;
    END IF;

    SELECT time_zone, buffer_time_minutes INTO profile_zone, profile_buffer
        FROM instructor_profiles WHERE user_id = NEW.instructor_id;
    NEW.time_zone := coalesce(NEW.time_zone, profile_zone, '{fallback_zone}');
    IF NEW.end_time = time '00:00' THEN
        end_day := end_day + 1;
    END IF;
    NEW.starts_at := {wall_to_instant}(NEW.booking_date + NEW.start_time, NEW.time_zone);
    NEW.ends_at := {wall_to_instant}(end_day + NEW.end_time, NEW.time_zone);
    IF NEW.ends_at <= NEW.starts_at THEN
        NEW.ends_at := NEW.starts_at + make_interval(mins => NEW.duration_minutes);
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.blocked_until >= OLD.ends_at THEN
        NEW.blocked_until := NEW.ends_at + (OLD.blocked_until - OLD.ends_at);
    ELSE
        NEW.blocked_until := NEW.ends_at + make_interval(mins => coalesce(profile_buffer, 0));
    END IF;
    RETURN NEW;
END
$$
"""

_FILL_TRIGGER = f"""
CREATE OR REPLACE TRIGGER {FILL} BEFORE INSERT OR UPDATE ON bookings
FOR EACH ROW EXECUTE FUNCTION {FILL}()
"""

# Instants on SQLite are text of one width, so they compare as text. The plus keeps the
# planner from an index on the state, which would read a person's whole history.
_OVERLAPPING = """
SELECT RAISE(ABORT, '{name}') WHERE EXISTS (
    SELECT 1 FROM bookings AS other
    WHERE other.{person} = new.{person}
      AND other.starts_at < {new_upper}
      AND other.starts_at > datetime(new.starts_at, '{longest}')
      AND {other_upper} > new.starts_at
      AND +other.status IN ({states})
      AND NOT other.overlap_ok{not_itself}
);
"""

_ABORT_TRIGGER = """
CREATE TRIGGER {name}_{event} BEFORE {when} ON bookings
WHEN new.starts_at IS NOT NULL AND NOT new.overlap_ok AND new.status IN ({states})
BEGIN
{body}
END
"""

_EVENTS = {
    "insert": ("INSERT", ""),
    "update": (
        "UPDATE OF {person}, starts_at, ends_at, blocked_until, status, overlap_ok",
        " AND other.id <> old.id",
    ),
}


def install(connection: Connection, fallback_zone: str = FALLBACK_ZONE) -> None:
    """Create whatever is missing. Fails when rows overlap that are not ``overlap_ok``.

    ``fallback_zone`` is that of instructors without one; only PostgreSQL's trigger needs it.
    Raises UnknownZone.
    """
    absent = set(missing(connection))
    statements = (
        _postgresql_statements(absent, zone(fallback_zone).key)
        if _is_postgresql(connection)
        else _sqlite_triggers(absent)
    )
    for statement in statements:
        connection.exec_driver_sql(statement)


def remove(connection: Connection) -> None:
    """Drop all of them. The extension stays, somebody else may use it."""
    if _is_postgresql(connection):
        for name in _PEOPLE:
            connection.exec_driver_sql(f"ALTER TABLE bookings DROP CONSTRAINT IF EXISTS {name}")
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {FILL} ON bookings")
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {FILL}()")
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {_WALL_TO_INSTANT}(timestamp, text)")
        return
    for name in _expected(connection):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")


def missing(connection: Connection) -> list[str]:
    """Names of the guards that the database lacks; empty when all is well."""
    if _is_postgresql(connection):
        query = (
            "SELECT conname FROM pg_constraint WHERE conrelid = to_regclass('bookings')"
            " AND contype = 'x'"
            " UNION ALL SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass('bookings')"
            " AND tgenabled <> 'D'"
        )
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'bookings'"
    present = {row[0] for row in connection.exec_driver_sql(query)}
    return [name for name in _expected(connection) if name not in present]


def _is_postgresql(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _expected(connection: Connection) -> list[str]:
    if _is_postgresql(connection):
        return [*_PEOPLE, FILL]
    return [f"{name}_{event}" for name in _PEOPLE for event in _EVENTS]


def _postgresql_statements(absent: set[str], fallback_zone: str) -> list[str]:
    return [
        "CREATE EXTENSION IF NOT EXISTS btree_gist",
        _WALL_TO_INSTANT_FUNCTION,
        _FILL_FUNCTION.format(
            fill=FILL,
            fallback_zone=fallback_zone,
            wall_to_instant=_WALL_TO_INSTANT,
            alphabet=ALPHABET,
            letters=len(ALPHABET),
            length=LENGTH,
        ),
        _FILL_TRIGGER,
        *(
            _EXCLUDE.format(name=name, person=person, upper=_UPPER[name].format(""), states=_STATES)
            for name, person in _PEOPLE.items()
            if name in absent
        ),
    ]


def _sqlite_triggers(absent: set[str]) -> list[str]:
    return [
        _sqlite_trigger(name, event)
        for name in _PEOPLE
        for event in _EVENTS
        if f"{name}_{event}" in absent
    ]


def _sqlite_trigger(name: str, event: str) -> str:
    person = _PEOPLE[name]
    when, not_itself = _EVENTS[event]
    body = _OVERLAPPING.format(
        name=name,
        person=person,
        new_upper=_UPPER[name].format("new."),
        other_upper=_UPPER[name].format("other."),
        longest=_LONGEST,
        states=_STATES,
        not_itself=not_itself,
    )
    return _ABORT_TRIGGER.format(
        name=name, event=event, when=when.format(person=person), states=_STATES, body=body
    )
