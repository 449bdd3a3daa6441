"""The people of a run, who speak to the application in their own names."""

from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.doors import Answer, Door

PASSWORD = "lantern-orchard-42"
_NUMBERS = count(1)


@dataclass
class Speaker:
    """A person with an account. Signs in anew whenever his token is no longer good."""

    door: Door
    id: int
    email: str
    _token: str | None = None

    @classmethod
    def registered(cls, door: Door, role: str, zone_name: str) -> "Speaker":
        email = f"{role}-{next(_NUMBERS)}@machine.example"
        sent = {"email": email, "password": PASSWORD, "full_name": "Ada Quick"}
        sent |= {"role": role, "time_zone": zone_name}
        made = door.ask("POST", "/api/auth/register", sent).must(201)
        return cls(door, made.json["id"], email)

    def forget_token(self) -> None:
        self._token = None

    def ask(self, method: str, path: str, sent: Any = None) -> Answer:
        headers = {"Authorization": f"Bearer {self._bearer()}"}
        return self.door.ask(method, f"/api{path}", sent, headers)

    def _bearer(self) -> str:
        if self._token is None:
            sent = {"username": self.email, "password": PASSWORD}
            answer = self.door.ask("POST", "/api/auth/login", sent).must(200)
            self._token = str(answer.json["access_token"])
        return self._token
