"""Refusals about the address of an account."""

from app.domain.errors import InvalidInput, RuleBroken


class SameAddress(InvalidInput):
    code = "same_address"
    default = "That is your email address already."

    def __init__(self) -> None:
        super().__init__(field="new_email")


class EmailChangeRefused(RuleBroken):
    """A link that changes no address, or none of this account."""

    code = "email_change_link_invalid"
    default = "This link does not change the address of this account."


class EmailChangeUsed(EmailChangeRefused):
    code = "email_change_link_used"
    default = "This link has already been used, was stopped, or a newer one was sent."


class EmailChangeExpired(EmailChangeRefused):
    code = "email_change_link_expired"
    default = "This link has expired. Please ask for the change again."


class NothingToStop(RuleBroken):
    """A link that stops no change."""

    code = "nothing_to_stop"
    default = "This link stops no change of an address: it is too old, or was used."
