"""Who asks: the session cookie on pages, the bearer token in the API, never the other way."""

from typing import Any

from flask import Flask, Response, g, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import UserMixin, current_user, login_user, logout_user

from app.domain.devices import device_of
from app.domain.errors import NotAuthenticated
from app.domain.vocabulary import Role
from app.domain.zones import reader_zone
from app.extensions import login_manager
from app.models.user import User
from app.web import drafts
from app.web.inputs import is_api
from app.web.services import services


class Principal(UserMixin):
    """A signed-in person as Flask-Login knows him: by his session's token."""

    def __init__(self, user: User, token: str) -> None:
        self.user = user
        self._token = token

    def get_id(self) -> str:
        return self._token

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def full_name(self) -> str:
        return self.user.full_name

    @property
    def role(self) -> str:
        return self.user.role

    @property
    def time_zone(self) -> str | None:
        return self.user.time_zone

    @property
    def is_verified(self) -> bool:
        """Whether the e-mail address is known to be this person's."""
        return self.user.email_verified_at is not None

    @property
    def is_staff(self) -> bool:
        return self.user.kind.is_staff


class PagesOnly(SecureCookieSessionInterface):
    """The session belongs to pages: the API sets no cookie, and no answer of it varies by one."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not is_api():
            super().save_session(app, session, response)


def init_app(app: Flask) -> None:
    app.session_interface = PagesOnly()
    login_manager.init_app(app)
    login_manager.session_protection = None  # sessions are database rows, not fingerprints
    login_manager.user_loader(_load)


def _load(token: str) -> Principal | None:
    user = services().auth.session_user(token)
    return Principal(user, token) if user else None


def sign_in(user: User) -> None:
    """Begin a session under a new id; of the old one only a visitor's draft survives."""
    old = session.get("_user_id")
    draft = session.get(drafts.KEY) if visitor() is None else None
    session.clear()
    if draft:
        session[drafts.KEY] = draft
    if old:
        services().auth.close_session(old)
    session.permanent = True
    device = device_of(request.headers.get("User-Agent", ""))
    login_user(Principal(user, services().auth.open_session(user, device)))


def sign_out() -> None:
    """End the session in the database and forget the cookie."""
    token = session.get("_user_id")
    if token:
        services().auth.close_session(token)
    logout_user()
    session.clear()


def session_token() -> str | None:
    """The token of this browser's session, signed in or not any more."""
    token: str | None = session.get("_user_id")
    return token


def visitor() -> User | None:
    """The signed-in person of a page, if there is one."""
    return current_user.user if current_user.is_authenticated else None


def actor() -> User:
    """The signed-in person of a page. Raises NotAuthenticated."""
    user = visitor()
    if user is None:
        raise NotAuthenticated("Please sign in to go on.")
    return user


def student() -> User | None:
    """The signed-in person, if a student."""
    user = visitor()
    return user if user is not None and user.kind is Role.STUDENT else None


def reading_zone(shown: str | None = None) -> str:
    """The zone in which whoever asks for a page reads its times; ``shown`` is that of the lesson
    or instructor.
    """
    person = visitor()
    return reader_zone(person.time_zone if person else None, shown, services().platform_zone)


def bearer_actor() -> User:
    """The person of the request's bearer token. Raises NotAuthenticated, InvalidToken."""
    if "bearer_user" not in g:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise NotAuthenticated
        g.bearer_user = services().auth.token_user(token.strip())
    user: Any = g.bearer_user
    return user  # type: ignore[no-any-return]
