"""Forms behind links in mails. The link's own token proves that the sender holds the mail."""

from typing import ClassVar

from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length, Optional

from app.domain.limits import REASON_MAX_CHARS

NO_REASON = "No reason given."


class LinkForm(FlaskForm):
    """Nothing but the link. Needs no session, so that mail programs' own browsers can send it."""

    class Meta:
        """What the library reads."""

        csrf: ClassVar[bool] = False

    token = HiddenField()


class MoveByLinkForm(LinkForm):
    """To which start, as an instant."""

    start = HiddenField()


class CancelByLinkForm(LinkForm):
    """Why, if one likes."""

    reason = TextAreaField("Reason", [Optional(), Length(max=REASON_MAX_CHARS)])

    @property
    def said(self) -> str:
        """What is stored: a booking is never cancelled without any words."""
        return (self.reason.data or "").strip() or NO_REASON
