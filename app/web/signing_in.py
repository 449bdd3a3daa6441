"""Proving who one is, the same way for pages and programs."""

from app.models.user import User
from app.web.limits import forget_failures, login_account_limit, login_failure_limit
from app.web.services import services


@login_failure_limit
@login_account_limit
def proved(name: str, password: str) -> User:
    """The person of an address and a password. Raises BadCredentials.

    Every try is counted against its account before the password is looked at, so that many at
    once are no more than one after another; a success wipes the count out.
    """
    person = services().auth.authenticate(name, password)
    forget_failures()
    return person
