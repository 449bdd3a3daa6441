"""The words of the search follow every change, whoever makes it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from time import sleep

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app.extensions import db
from app.models import search_index
from tests import databases
from tests.clients import bearer
from tests.factories import Make
from tests.integration.searching import names, teacher

OWN = "/api/instructors/profile"
Change = Callable[[FlaskClient, dict[str, str]], object]


@pytest.mark.parametrize(
    ("change", "now_found", "no_longer"),
    [
        (
            lambda client, headers: client.put(
                OWN, json={"bio": "Also repairs harpsichords."}, headers=headers
            ),
            {"search": "harpsichord"},
            {"search": "patience"},
        ),
        (
            lambda client, headers: client.put(
                OWN, json={"areas_of_service": ["Astoria"]}, headers=headers
            ),
            {"area": "astoria"},
            {"area": "brooklyn"},
        ),
        (
            lambda client, headers: client.put(
                OWN,
                json={"services": [{"skill": "Banjo", "hourly_rate": 10}]},
                headers=headers,
            ),
            {"search": "banjo"},
            {"search": "piano"},
        ),
        (
            lambda client, headers: client.patch(
                "/api/auth/me", json={"full_name": "Zelda Quick"}, headers=headers
            ),
            {"search": "zelda"},
            {"search": "maria"},
        ),
    ],
    ids=["bio", "areas", "services", "name"],
)
def test_changes_are_found_at_once(
    client: FlaskClient,
    make: Make,
    change: Change,
    now_found: dict[str, str],
    no_longer: dict[str, str],
) -> None:
    maria = teacher(make, "Maria Sol", ("Piano", "60.00"), ("Voice", "60.00"))
    teacher(make, "Other", ("Cello", "60.00"), bio="Something else.", areas_of_service="Queens")
    assert names(client, **now_found) == []
    assert names(client, **no_longer) == ["Maria Sol"]

    change(client, bearer(client, maria))

    assert len(names(client, **now_found)) == 1
    assert names(client, **no_longer) == []


def test_a_new_profile_is_found(client: FlaskClient, make: Make) -> None:
    profile = {
        "bio": "Teaches the theremin.",
        "areas_of_service": ["Harlem"],
        "years_experience": 1,
        "services": [{"skill": "Theremin", "hourly_rate": 40}],
    }
    headers = bearer(client, make.student(full_name="Nina Wave"))

    assert client.post(OWN, json=profile, headers=headers).status_code == 201

    assert names(client, search="theremin nina") == ["Nina Wave"]


def test_rows_that_others_write_are_found(client: FlaskClient, make: Make) -> None:
    """The original application writes to the same tables, past all of our services."""
    maria = teacher(make, "Maria Sol")
    with make.session() as session:
        profile = {"profile": make.profile_id(maria), "user": maria.id}
        for statement in (
            "INSERT INTO services (instructor_profile_id, skill, hourly_rate)"
            " VALUES (:profile, 'Ukulele', 30)",
            "UPDATE users SET full_name = 'Мария Соль' WHERE id = :user",
            """UPDATE instructor_profiles SET bio = 'Über alles Musik.',
               areas_of_service = '{"Jackson Heights",Corona}' WHERE id = :profile""",
        ):
            session.execute(text(statement), profile)
        session.commit()

    for asked in (
        {"search": "ukulele"},
        {"search": "МАРИЯ"},
        {"search": "uber"},
        {"area": "jackson heights"},
        {"search": "соль über ukul"},
    ):
        assert names(client, **asked) == ["Мария Соль"], asked
    with make.session() as session:
        session.execute(text("DELETE FROM services WHERE skill = 'Ukulele'"))
        session.commit()
    assert names(client, search="ukulele") == []


# SQLite has one writer at a time.
@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True, scope="session")
def test_a_service_is_found_under_the_name_that_was_being_changed(
    app: Flask, client: FlaskClient, make: Make
) -> None:
    maria = teacher(make, "Maria Sol")
    profile_id = make.profile_id(maria)

    def add_a_service() -> None:
        make.service(profile_id, skill="Ukulele")

    with app.app_context(), ThreadPoolExecutor(1) as pool, db.engine.connect() as connection:
        with connection.begin():
            connection.execute(
                text("UPDATE users SET full_name = 'Zelda Quick' WHERE id = :id"), {"id": maria.id}
            )
            adding = pool.submit(add_a_service)
            sleep(0.3)
        adding.result(timeout=10)

    assert names(client, search="zelda ukulele") == ["Zelda Quick"]


def test_the_index_survives_a_rebuilt_table(new_database: Callable[[], str]) -> None:
    """Migrating takes the triggers away and puts them back, and nothing is lost in between."""
    url = new_database()
    databases.upgrade(url)
    numbers = count(1)

    def add(skill: str) -> None:
        with databases.opened(url) as connection:
            number = next(numbers)
            for statement in (
                "INSERT INTO users (email, hashed_password, full_name, role)"
                " VALUES (:email, 'x', 'Ann', 'instructor')",
                "INSERT INTO instructor_profiles (user_id) SELECT max(id) FROM users",
                "INSERT INTO services (instructor_profile_id, skill, hourly_rate)"
                " SELECT max(id), :skill, 40 FROM instructor_profiles",
            ):
                connection.execute(
                    text(statement), {"email": f"a{number}@b.example", "skill": skill}
                )

    def found(word: str) -> int:
        query = (
            "SELECT count(*) FROM service_search WHERE service_search MATCH :word"
            if url.startswith("sqlite")
            else "SELECT count(*) FROM service_search WHERE words @@ CAST(:word AS tsquery)"
        )
        with databases.opened(url) as connection:
            return int(connection.execute(text(query), {"word": word}).scalar_one())

    add("piano")
    databases.downgrade(url, "013_audit")
    add("cello")
    databases.upgrade(url)
    add("banjo")

    with databases.opened(url) as connection:
        assert search_index.missing(connection) == []
    assert [found(word) for word in ("piano", "cello", "banjo")] == [1, 1, 1]


def test_looking_at_migrations_writes_nothing(new_database: Callable[[], str]) -> None:
    """Every start upgrades; filling the index anew each time would stop whoever writes."""
    url = new_database()
    databases.upgrade(url)
    with databases.opened(url) as connection:
        before = search_index.missing(connection)
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER service_search_added"))

    databases.upgrade(url)

    with databases.opened(url) as connection:
        gone = search_index.missing(connection)
        is_sqlite = connection.dialect.name == "sqlite"
    assert before == []
    assert gone == (["service_search_added"] if is_sqlite else [])
