"""Every refusal the business knows, each with a stable code and one human sentence.

The kinds (the classes right below DomainError) say what sort of refusal it is; which
HTTP status that becomes is decided once, in ``web.errors``.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar


class DomainError(Exception):
    """A refusal. ``message`` is one sentence for people, ``code`` a stable word for programs."""

    code: ClassVar[str] = "refused"
    default: ClassVar[str] = "This cannot be done."

    def __init__(self, message: str | None = None, *, field: str | None = None) -> None:
        super().__init__(message or self.default)
        self.field = field

    @property
    def message(self) -> str:
        return str(self.args[0])

    @property
    def facts(self) -> Mapping[str, object]:
        """Further facts for programs, safe to show to whoever was refused."""
        return {}


class NotAuthenticated(DomainError):
    """Nobody is signed in, or what was presented is not valid."""

    code = "not_authenticated"
    default = "Not authenticated"


class NotAllowed(DomainError):
    """Signed in, but this is not theirs to do."""

    code = "not_allowed"
    default = "You are not allowed to do this."


class NotFound(DomainError):
    """No such thing, or it belongs to somebody else, which must look the same."""

    code = "not_found"
    default = "Not found"


class Conflict(DomainError):
    """The state of things stands against it."""

    code = "conflict"
    default = "Somebody was faster, or this has changed since."


class RuleBroken(DomainError):
    """Well formed, but against a rule of the business."""

    code = "rule_broken"


class InvalidInput(DomainError):
    """A value that can never be right. ``field`` names it."""

    code = "validation_error"
    default = "Some of what was sent is not valid."


class Unavailable(DomainError):
    """Something this needs is busy or down; trying again soon may help."""

    code = "unavailable_now"
    default = "The service is busy. Please try again in a moment."


class BadCredentials(NotAuthenticated):
    code = "bad_credentials"
    default = "Incorrect email or password"


class InvalidToken(NotAuthenticated):
    code = "invalid_token"
    default = "Could not validate credentials"


class EmailTaken(Conflict):
    code = "email_taken"
    default = "Email already registered"


class PasswordRefused(InvalidInput):
    """A password that is too short, too long or too easily guessed."""

    code = "password_refused"

    def __init__(self, message: str) -> None:
        super().__init__(message, field="password")


class WrongPassword(InvalidInput):
    code = "wrong_password"
    default = "That is not your current password."

    def __init__(self) -> None:
        super().__init__(field="current_password")


class ResetRefused(RuleBroken):
    """A reset link that opens nothing; the sentences are those of the original."""

    code = "reset_link_invalid"
    default = "Invalid or expired reset token"


class ResetLinkUsed(ResetRefused):
    code = "reset_link_used"
    default = "This reset link has already been used"


class ResetLinkExpired(ResetRefused):
    code = "reset_link_expired"
    default = "This reset link has expired"


class VerificationRefused(RuleBroken):
    """A link that confirms no address."""

    code = "verification_link_invalid"
    default = "This link does not confirm any address."


class VerificationUsed(VerificationRefused):
    code = "verification_link_used"
    default = "This link has already been used, or a newer one was sent."


class VerificationExpired(VerificationRefused):
    code = "verification_link_expired"
    default = "This link has expired. Please ask for a new one."


class AlreadyVerified(Conflict):
    code = "already_verified"
    default = "Your email address is confirmed already."


class LastAdministrator(Conflict):
    code = "last_administrator"
    default = "The last administrator cannot go. Make somebody else administrator first."


class LessonsAhead(Conflict):
    """Who still teaches can neither close the account nor delete the profile."""

    code = "lessons_ahead"
    default = "Please move or cancel your coming lessons first."


class AccountClosed(Conflict):
    code = "account_closed"
    default = "This account was closed for good."


class DuplicateService(Conflict):
    code = "duplicate_service"
    default = "Duplicate services are not allowed"


class ProfileExists(Conflict):
    code = "profile_exists"
    default = "Instructor profile already exists"


class UnknownZone(InvalidInput):
    code = "unknown_time_zone"
    default = "That is not a time zone we know. Use a name such as America/New_York."

    def __init__(self) -> None:
        super().__init__(field="time_zone")


class InvalidRange(InvalidInput):
    code = "invalid_range"
    default = "End time must be after start time"


class InvalidWindow(InvalidInput):
    """A stretch of open hours off the quarter hour, too short, or too many on one day."""

    code = "invalid_window"


class InvalidCursor(InvalidInput):
    """A cursor that we did not give to this person for this list."""

    code = "invalid_cursor"
    default = "This cursor does not belong to this list. Begin again without one."

    def __init__(self) -> None:
        super().__init__(field="cursor")


class NotAMonday(InvalidInput):
    code = "not_a_monday"
    default = "Week start must be a Monday"


class PastIsReadOnly(RuleBroken):
    code = "past_read_only"
    default = "Days that have passed cannot be changed."


class SlotExists(Conflict):
    code = "slot_exists"
    default = "This time slot already exists"


class DayOffExists(Conflict):
    code = "blackout_exists"
    default = "Blackout date already exists"


class WeekChanged(Conflict):
    code = "week_changed"
    default = "This week was changed elsewhere since you opened it."


class OffsetMismatch(InvalidInput):
    code = "offset_mismatch"
    default = "The instructor's clock does not have that UTC offset at that time."

    def __init__(self) -> None:
        super().__init__(field="start_utc_offset")


class TimeDoesNotExist(RuleBroken):
    code = "nonexistent_time"
    default = "That time does not exist on that day: the clocks go forward over it."


class PriceChanged(Conflict):
    code = "price_changed"
    default = "The price has changed since you opened this page. Please look at it again."


class WrongState(Conflict):
    """The booking's state does not permit the step."""

    code = "wrong_state"


class VerifyEmailFirst(RuleBroken):
    """An unverified address may hold only a few future lessons."""

    code = "verify_email_first"
    default = "Please confirm your email address before you book more lessons."


class IdempotencyKeyReused(RuleBroken):
    code = "idempotency_key_reused"
    default = "This Idempotency-Key was used for another booking. Send a new one."


class IdempotencyInProgress(Conflict):
    code = "idempotency_in_progress"
    default = "A request with this Idempotency-Key is still being worked on. Try again soon."


class TimeTaken(Conflict):
    """Two lessons would overlap; said by the database's guard."""

    code = "unavailable"


class NotBookable(DomainError):
    """A wished time that the evaluation refuses.

    ``reasons`` are the pairs (code, sentence) that the asker may learn, the first one
    leading. ``is_conflict`` tells a time that is gone from one that was never possible.
    """

    def __init__(self, reasons: Sequence[tuple[str, str]], *, is_conflict: bool) -> None:
        super().__init__(reasons[0][1])
        self.reasons = tuple(reasons)
        self.is_conflict = is_conflict

    @property
    def reason_code(self) -> str:
        return self.reasons[0][0]

    @property
    def facts(self) -> Mapping[str, object]:
        return {"reasons": [{"code": code, "message": text} for code, text in self.reasons]}
