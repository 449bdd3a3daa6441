"""What is taught and where, and who teaches: the names that a search can know."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, literal, union_all
from sqlalchemy.orm import Session

from app.domain.areas import parse_areas
from app.domain.searching import Wanted
from app.models.instructor import InstructorProfile, Service
from app.models.user import User
from app.repositories.search_conditions import SearchConditions, services


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Skills and areas of instructors who can be booked, those of most of them first."""

    skills: tuple[str, ...]
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """An instructor as he is suggested."""

    user_id: int
    full_name: str
    skill: str


class KnownNamesRepository:
    """Reads."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._conditions = SearchConditions(session)

    def known(self) -> KnownNames:
        """All of them, in one statement. Spellings that differ by case only are one name."""
        bookable = self._conditions.of(Wanted())
        of_skill = Service.skill, func.count()
        of_areas = InstructorProfile.areas_of_service, func.count(User.id.distinct())
        rows = self._session.execute(
            union_all(
                services(literal(0), *of_skill).where(*bookable).group_by(Service.skill),
                services(literal(1), *of_areas)
                .where(*bookable)
                .group_by(InstructorProfile.areas_of_service),
            )
        )
        skills, areas = _Tally(), _Tally()
        for is_areas, said, count in rows:
            for name in parse_areas(said) if is_areas else (said,):
                (areas if is_areas else skills).add(name, count)
        return KnownNames(skills.names(), areas.names())

    def people(self, text: str, limit: int) -> Sequence[NamedPerson]:
        """Instructors whose names have words that begin so, by name."""
        begins = self._conditions.is_named(text)
        if begins is None:
            return []
        rows = self._session.execute(
            services(User.id, User.full_name, func.min(Service.skill))
            .where(*self._conditions.of(Wanted()), begins)
            .group_by(User.id, User.full_name)
            .order_by(User.full_name, User.id)
            .limit(limit)
        )
        return [NamedPerson(*row) for row in rows]


class _Tally:
    """Counts names; the spelling that most use stands for all."""

    def __init__(self) -> None:
        self._spellings: dict[str, dict[str, int]] = {}

    def add(self, name: str, count: int) -> None:
        spellings = self._spellings.setdefault(name.casefold(), {})
        spellings[name] = spellings.get(name, 0) + count

    def names(self) -> tuple[str, ...]:
        ranked = sorted(self._spellings.items(), key=lambda each: (-sum(each[1].values()), each[0]))
        return tuple(max(found, key=lambda name: (found[name], name)) for _, found in ranked)
