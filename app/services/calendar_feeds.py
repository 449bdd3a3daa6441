"""Private addresses under which calendar programs find somebody's lessons."""

from dataclasses import dataclass
from datetime import timedelta

from app.domain.errors import NotFound
from app.infra.tokens import FeedTokens, FeedVariant
from app.models.user import User
from app.repositories.booking_pages import BookingPageRepository
from app.repositories.users import UserRepository
from app.services.audit import AuditService
from app.services.base import BaseService, Context, measure_operation
from app.services.calendar_files import CalendarFileService

BACK, AHEAD = timedelta(days=30), timedelta(days=365)
CANCELLED_SHOWN = timedelta(days=30)
MOST = 5000


@dataclass(frozen=True, slots=True)
class FeedAddresses:
    """Where somebody's lessons are found, and where only that he is busy is told."""

    full: str
    busy: str


class CalendarFeedService(BaseService):
    """Feeds by secret address. An address says whose it is and is sealed by us; nothing of it
    is stored but the count of renewals, so that raising it closes all older ones at once.
    """

    def __init__(
        self,
        context: Context,
        users: UserRepository,
        lessons: BookingPageRepository,
        files: CalendarFileService,
        audit: AuditService,
        *,
        tokens: FeedTokens,
        base_url: str,
    ) -> None:
        super().__init__(context)
        self._users = users
        self._lessons = lessons
        self._files = files
        self._audit = audit
        self._tokens = tokens
        self._base_url = base_url

    @measure_operation
    def addresses(self, person: User) -> FeedAddresses:
        """Those that work now."""
        full, busy = (self._address(person, each) for each in FeedVariant)
        return FeedAddresses(full, busy)

    @measure_operation
    def renew(self, person: User) -> FeedAddresses:
        """Give out new addresses; the older ones open nothing any more."""
        with self.transaction():
            self._users.renew_calendar(person, self.clock.now())
            self._audit.note(
                person,
                "account.calendar_renewed",
                "user",
                person.id,
                after={"calendar_version": person.calendar_version},
            )
        return self.addresses(person)

    @measure_operation
    def feed(self, token: str) -> bytes:
        """The lessons that an address opens, those taken and those given, soonest first.

        From a month ago to a year ahead; cancelled ones stay a month to tell that they are.
        Raises NotFound for whatever opens nothing (any more).
        """
        person_id = self._tokens.person_of(token)
        person = self._users.get(person_id) if person_id else None
        if person is None or not person.is_open:
            raise NotFound("There is no calendar at this address.")
        variant = self._tokens.variant_of(token, person.id, person.calendar_version)
        if variant is None:
            raise NotFound("There is no calendar at this address.")
        now = self.clock.now()
        lessons = self._lessons.between(
            person.id, now - BACK, now + AHEAD, cancelled_since=now - CANCELLED_SHOWN, limit=MOST
        )
        return self._files.feed(lessons, person, busy_only=variant is FeedVariant.BUSY)

    def _address(self, person: User, variant: FeedVariant) -> str:
        token = self._tokens.token(person.id, person.calendar_version, variant)
        return f"{self._base_url}/calendar/{token}.ics"
