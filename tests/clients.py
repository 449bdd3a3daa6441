"""Ways in: a page's session, an API's bearer token, htmx, and what forms need."""

import re

from flask.testing import FlaskClient

from tests.factories import Person

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def csrf_token(client: FlaskClient, path: str = "/login") -> str:
    """The token of this client's session, from any page with a form."""
    page = client.get(path, follow_redirects=True).get_data(as_text=True)
    found = re.search(r'"X-CSRFToken": "([^"]+)"', page)
    assert found, f"no token on {path}"
    return found[1]


def log_in(client: FlaskClient, person: Person) -> FlaskClient:
    """Sign in on the page; the client keeps the session."""
    sent = {"email": person.email, "password": person.password, "csrf_token": csrf_token(client)}
    answer = client.post("/login", data=sent)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return client


def bearer(client: FlaskClient, person: Person) -> dict[str, str]:
    """Headers that speak for a person in the API."""
    sent = {"username": person.email, "password": person.password}
    answer = client.post("/api/auth/login", data=sent)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return {"Authorization": f"Bearer {answer.get_json()['access_token']}"}
