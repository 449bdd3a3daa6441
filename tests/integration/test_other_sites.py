"""Forms work over HTTPS without a referrer, and only from our own pages."""

import re

import pytest
from flask.testing import FlaskClient

HTTPS = "https://localhost"
ASKED = {"email": "nobody@example.com"}


def token(client: FlaskClient) -> str:
    page = client.get("/forgot-password", base_url=HTTPS).text
    found = re.search(r'"X-CSRFToken": "([^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}, {"Origin": HTTPS}])
def test_a_page_that_sends_no_referrer_has_a_form_that_works(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    sent = {**ASKED, "csrf_token": token(client)}

    answer = client.post("/forgot-password", data=sent, base_url=HTTPS, headers=headers)

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "https://localhost.evil.example", "https://localhost:8443", ""],
)
def test_another_site_cannot_send_our_form_even_with_a_token(
    client: FlaskClient, origin: str
) -> None:
    sent = {**ASKED, "csrf_token": token(client)}

    answer = client.post("/forgot-password", data=sent, base_url=HTTPS, headers={"Origin": origin})

    assert answer.status_code == 400


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_browser_that_hides_the_origin_still_tells_of_another_site(
    client: FlaskClient, site: str
) -> None:
    sent = {**ASKED, "csrf_token": token(client)}
    said = {"Origin": "null", "Sec-Fetch-Site": site}

    assert (
        client.post("/forgot-password", data=sent, base_url=HTTPS, headers=said).status_code == 400
    )
    said["Sec-Fetch-Site"] = "same-origin"
    assert (
        client.post("/forgot-password", data=sent, base_url=HTTPS, headers=said).status_code == 200
    )


def test_without_a_token_nothing_is_taken(client: FlaskClient) -> None:
    token(client)

    answer = client.post("/forgot-password", data=ASKED, base_url=HTTPS, headers={"Origin": HTTPS})

    assert answer.status_code == 400
