"""The address of an instructor's page, and what others than people make of it."""

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.clients import HTMX
from tests.factories import WEDNESDAY, Make, Teacher
from tests.integration.instructor_pages import page, teacher, times

__all__ = ["teacher"]


class TestTheAddress:
    def test_service_length_and_day_are_in_it(self, client: FlaskClient, make: Make) -> None:
        teacher = make.instructor(handle="cello", skill="Cello", durations="30, 60")
        make.hours(teacher, WEDNESDAY, "09:00-10:00")

        text = page(client, f"/@cello?service={teacher.service_id}&minutes=30&day={WEDNESDAY}")

        chip = re.search(r'href="([^"]+)"[^>]*aria-current="true"\s*>\s*Cello, (\d+)', text)
        assert chip
        lesson = f"/@cello?service={teacher.service_id}&amp;minutes=30"
        assert chip.groups() == (f"{lesson}&amp;day={WEDNESDAY}", "30")
        assert f'href="{lesson}&amp;day=2026-12-03"' in text
        assert f'href="{lesson}&amp;month=2027-01"' in text
        assert len(times(text)) == 3

    def test_name_and_number_show_the_same_and_name_one_address(
        self, client: FlaskClient, make: Make, teacher: Teacher
    ) -> None:
        by_name, by_number = page(client, "/@marta"), page(client, f"/instructors/{teacher.id}")
        nameless = make.instructor()

        assert re.sub(r"csrf\S+|Token\S+ \S+", "", by_name.partition("<main")[2]) == re.sub(
            r"csrf\S+|Token\S+ \S+", "", by_number.partition("<main")[2]
        )
        canonical = '<link rel="canonical" href="http://127.0.0.1:8000{}">'
        assert canonical.format("/@marta") in by_name
        assert canonical.format("/@marta") in by_number
        own = f"/instructors/{nameless.id}"
        assert canonical.format(own) in page(client, f"{own}?day={WEDNESDAY}")
        assert canonical.format("/@marta") in page(client, "/@Marta")

    @pytest.mark.parametrize(
        "path", ["/@nobody", "/@ab", "/instructors/999999", "/@" + "x" * 300, "/@m%00a", "/@é"]
    )
    def test_who_is_not_there_gets_a_kind_page(self, client: FlaskClient, path: str) -> None:
        answer = client.get(path)

        assert answer.status_code in (404, 422)
        assert answer.status_code == 422 or "Nobody teaches here at present" in answer.text

    def test_who_left_and_who_is_closed_look_like_who_never_was(
        self, client: FlaskClient, make: Make
    ) -> None:
        make.instructor(handle="closed", user={"is_active": False})
        answers = [client.get(path) for path in ("/@nobody-here", "/@closed", "/instructors/1")]

        assert {each.status_code for each in answers} == {404}
        kept = {re.sub(r'"X-CSRFToken": "[^"]+"|/login\S+', "", each.text) for each in answers}
        assert len(kept) == 1
        piece = client.get("/@nobody-here", headers=HTMX)
        assert piece.headers["HX-Retarget"] == "#alerts"
        assert "<html" not in piece.text


class TestWhatOthersShowOfIt:
    def data(self, text: str) -> Any:
        (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
        return json.loads(found)

    def test_search_engines_find_name_description_and_prices(
        self, client: FlaskClient, teacher: Teacher
    ) -> None:
        text = page(client, "/@marta")

        told = self.data(text)
        assert (told["@type"], told["name"]) == ("Person", "Marta Silva")
        assert told["url"] == "http://127.0.0.1:8000/@marta"
        assert told["knowsAbout"] == ["Piano"]
        (offer,) = told["makesOffer"]
        assert offer["itemOffered"]["areaServed"] == ["Brooklyn", "SoHo"]
        assert offer["priceSpecification"]["price"] == "60.00"
        assert offer["priceSpecification"]["priceCurrency"] == "USD"
        assert "<title>Piano lessons with Marta Silva" in text
        described = "Piano lessons in Brooklyn and SoHo. Teaches with patience and scales."
        for name in ('name="description"\n          ', 'property="og:description" '):
            assert f'<meta {name}content="{described}">' in text

    def test_what_people_write_never_ends_the_script(self, client: FlaskClient, make: Make) -> None:
        evil = "</script><script>alert(1)</script><!-- \N{LINE SEPARATOR} ' \" & é"
        make.instructor(handle="evil", bio=evil, skill=evil, user={"full_name": evil})

        text = page(client, "/@evil")

        assert "<script>alert" not in text
        assert self.data(text)["description"] == evil
        assert self.data(text)["name"] == evil
        assert re.findall(r"<script(?! src=)[^>]*>", text) == [
            '<script type="application/ld+json">'
        ]

    def test_no_address_or_mail_of_anybody_is_told(
        self, client: FlaskClient, teacher: Teacher
    ) -> None:
        assert teacher.email not in page(client, "/@marta")
