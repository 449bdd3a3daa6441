"""The words of every service, kept by the database itself, for the search.

PostgreSQL: a table of text vectors with a GIN index, filled by triggers, so that rows of other
programs are found too. SQLite: an FTS5 table filled by triggers. A service is found by its
skill, its instructor's name and bio, and his areas. Who may be found is not in it: that is
asked of the tables themselves.

SQLite loses triggers when a table is rebuilt, and cannot rename a table while a trigger speaks
of one that is gone: ``migrations/env.py`` takes them away before migrating and puts them back.
"""

from sqlalchemy import Connection, column, table

NAME = "service_search"
INDEX = table(NAME, column("service_id"), column("words"))
"""PostgreSQL's. SQLite's has one column per text, and the service's id as its rowid."""

_WORDS = "search_words"
_FILL = "service_search_fill"
_COLLATIONS = ("und-x-icu", "pg_c_utf8", "C.UTF-8", "en_US.utf8")
"""Any of these knows small and capital letters beyond A to Z; the database's own may not."""

# No letter or digit is among these; what separates words must not depend on the locale.
_SEPARATORS = (
    r"\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb"
    r"\u00bf\u00d7\u00f7\u2000-\u206f\u20a0-\u20cf\u2190-\u245f\u2500-\u2bff\u3000-\u303f"
    r"\ufe00-\ufe0f\U0001f000-\U0001faff"
)

_WORDS_FUNCTION = """
CREATE OR REPLACE FUNCTION {words}(said text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT regexp_replace(lower(normalize(
        regexp_replace(normalize(said, NFD), '[\\u0300-\\u036f]', '', 'g'), NFC){collation}),
        '[{separators}]+', ' ', 'g')
$$
"""

_SELECT = """
SELECT service.id,
    setweight(to_tsvector('simple', {words}(service.skill)), 'A')
    || setweight(to_tsvector('simple', {words}(person.full_name)), 'B')
    || setweight(to_tsvector('simple', {words}(coalesce(profile.bio, ''))), 'C')
    || setweight(to_tsvector('simple', {words}(coalesce(profile.areas_of_service, ''))), 'D')
FROM services AS service
JOIN instructor_profiles AS profile ON profile.id = service.instructor_profile_id
JOIN users AS person ON person.id = profile.user_id
"""

# The share lock makes a service wait for a change of the name that is under way, and the other
# way about: without it each would write what it cannot yet see of the other.
_FILL_FUNCTION = """
CREATE OR REPLACE FUNCTION {fill}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_profile integer;
    of_service integer;
BEGIN
    IF TG_TABLE_NAME = 'services' THEN
        of_profile := NEW.instructor_profile_id;
        of_service := NEW.id;
    ELSIF TG_TABLE_NAME = 'instructor_profiles' THEN
        of_profile := NEW.id;
    ELSE
        SELECT id INTO of_profile FROM instructor_profiles WHERE user_id = NEW.id;
    END IF;
    PERFORM 1 FROM instructor_profiles AS profile
        JOIN users AS person ON person.id = profile.user_id
        WHERE profile.id = of_profile FOR SHARE OF person;
    INSERT INTO {name} (service_id, words) {select}
    WHERE profile.id = of_profile AND (of_service IS NULL OR service.id = of_service)
    ON CONFLICT (service_id) DO UPDATE SET words = excluded.words;
    RETURN NULL;
END
$$
"""

_WATCHED = {
    "services": ("INSERT OR UPDATE OF skill, instructor_profile_id", "true"),
    "instructor_profiles": ("UPDATE OF bio, areas_of_service, user_id", "true"),
    "users": ("UPDATE OF full_name", "OLD.full_name IS DISTINCT FROM NEW.full_name"),
}

_SQLITE_INSERT = """
INSERT INTO service_search (rowid, skill, name, bio, areas)
SELECT service.id, service.skill, person.full_name, profile.bio, profile.areas_of_service
FROM services AS service
JOIN instructor_profiles AS profile ON profile.id = service.instructor_profile_id
JOIN users AS person ON person.id = profile.user_id
"""
_SQLITE_DROP = "DELETE FROM service_search WHERE rowid"
_SQLITE_RENAME = "UPDATE service_search SET name = new.full_name WHERE rowid IN "
_SQLITE_EMPTY = "DELETE FROM service_search"
_OF_PROFILE = "(SELECT id FROM services WHERE instructor_profile_id = new.id)"
_OF_PERSON = """(
    SELECT service.id FROM services AS service
    JOIN instructor_profiles AS profile ON profile.id = service.instructor_profile_id
    WHERE profile.user_id = new.id
)"""
_SQLITE_TRIGGERS = {
    "service_search_added": (
        "AFTER INSERT ON services",
        _SQLITE_INSERT + "WHERE service.id = new.id;",
    ),
    "service_search_renamed": (
        "AFTER UPDATE OF id, skill, instructor_profile_id ON services",
        _SQLITE_DROP + " = old.id;" + _SQLITE_INSERT + "WHERE service.id = new.id;",
    ),
    "service_search_removed": (
        "AFTER DELETE ON services",
        _SQLITE_DROP + " = old.id;",
    ),
    "service_search_profile": (
        "AFTER UPDATE OF bio, areas_of_service, user_id ON instructor_profiles",
        _SQLITE_DROP + " IN " + _OF_PROFILE + ";" + _SQLITE_INSERT + "WHERE profile.id = new.id;",
    ),
    "service_search_person": (
        "AFTER UPDATE OF full_name ON users WHEN old.full_name IS NOT new.full_name",
        _SQLITE_RENAME + _OF_PERSON + ";",
    ),
}
_FTS = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {NAME} USING fts5(skill, name, bio, areas,"
    " tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3')"
)


def install(connection: Connection) -> None:
    """Make the index, its triggers, and fill it anew."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_FTS)
        put_back_triggers(connection)
        return
    for statement in _postgresql_statements(_collation(connection)):
        connection.exec_driver_sql(statement)


def remove(connection: Connection) -> None:
    """Take all of it away."""
    take_away_triggers(connection)
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {NAME}")
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {_FILL}()")
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {_WORDS}(text)")


def take_away_triggers(connection: Connection) -> None:
    """What is written from now on is not in the index until they are put back."""
    if connection.dialect.name == "sqlite":
        for name in _SQLITE_TRIGGERS:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        return
    for name in _WATCHED:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {_FILL} ON {name}")


def put_back_triggers(connection: Connection) -> None:
    """SQLite's, and what was written without them."""
    take_away_triggers(connection)
    for name, (event, body) in _SQLITE_TRIGGERS.items():
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {event} BEGIN {body} END")
    connection.exec_driver_sql(_SQLITE_EMPTY)
    connection.exec_driver_sql(_SQLITE_INSERT)


def missing(connection: Connection) -> list[str]:
    """Names of the triggers that the database lacks; empty when all is well."""
    if connection.dialect.name == "sqlite":
        expected = list(_SQLITE_TRIGGERS)
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        expected = [f"{name}.{_FILL}" for name in _WATCHED]
        query = (
            "SELECT tgrelid::regclass::text || '.' || tgname FROM pg_trigger WHERE tgenabled <> 'D'"
        )
    present = {row[0] for row in connection.exec_driver_sql(query)}
    return [name for name in expected if name not in present]


def _collation(connection: Connection) -> str:
    found = connection.exec_driver_sql("SELECT collname FROM pg_collation").scalars().all()
    name = next((each for each in _COLLATIONS if each in found), None)
    return f' COLLATE "{name}"' if name else ""


def _postgresql_statements(collation: str) -> list[str]:
    chosen = _SELECT.format(words=_WORDS)
    return [
        _WORDS_FUNCTION.format(words=_WORDS, collation=collation, separators=_SEPARATORS),
        f"CREATE TABLE IF NOT EXISTS {NAME} (service_id integer PRIMARY KEY"
        " REFERENCES services (id) ON DELETE CASCADE, words tsvector NOT NULL)",
        f"CREATE INDEX IF NOT EXISTS ix_{NAME}_words ON {NAME} USING gin (words)",
        _FILL_FUNCTION.format(fill=_FILL, name=NAME, select=chosen),
        *(
            f"CREATE OR REPLACE TRIGGER {_FILL} AFTER {event} ON {watched} FOR EACH ROW"
            f" WHEN ({condition}) EXECUTE FUNCTION {_FILL}()"
            for watched, (event, condition) in _WATCHED.items()
        ),
        f"INSERT INTO {NAME} (service_id, words) {chosen}"
        " ON CONFLICT (service_id) DO UPDATE SET words = excluded.words",
    ]
