"""An instructor's page in the words of machines: what search engines and messengers show of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import current_app

from app.models.instructor import InstructorProfile, Service
from app.web.starts import instructor_address

DESCRIPTION_CHARS = 155


@dataclass(frozen=True, slots=True)
class About:
    """``url`` is the one address of the page; ``data`` is schema.org's JSON-LD."""

    url: str
    title: str
    description: str
    lowest_rate: Decimal | None
    data: Mapping[str, Any]


def facts_for_others(profile: InstructorProfile) -> About:
    settings = current_app.extensions["settings"]
    url = settings.public_base_url.rstrip("/") + instructor_address(profile)
    skills = [each.skill for each in profile.active_services]
    taught = f"{_listed(skills)} lessons" if skills else "Lessons"
    title = f"{taught} with {profile.user.full_name}"
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Person",
        "@id": url,
        "url": url,
        "name": profile.user.full_name,
        "jobTitle": "Instructor",
        "knowsAbout": skills,
        "makesOffer": [
            _offer(each, profile, settings.platform_currency) for each in profile.active_services
        ],
    }
    if profile.bio:
        data["description"] = profile.bio
    rates = [each.hourly_rate for each in profile.active_services]
    return About(url, title, _description(profile, taught), min(rates, default=None), data)


def _offer(service: Service, profile: InstructorProfile, currency: str) -> dict[str, Any]:
    lesson: dict[str, Any] = {"@type": "Service", "name": f"{service.skill} lesson"}
    if service.description:
        lesson["description"] = service.description
    if profile.areas:
        lesson["areaServed"] = list(profile.areas)
    return {
        "@type": "Offer",
        "itemOffered": lesson,
        "priceSpecification": {
            "@type": "UnitPriceSpecification",
            "price": f"{service.hourly_rate:.2f}",
            "priceCurrency": currency,
            "unitCode": "HUR",
        },
    }


def _description(profile: InstructorProfile, taught: str) -> str:
    where = f" in {_listed(list(profile.areas))}" if profile.areas else ""
    said = f"{taught}{where}. {' '.join((profile.bio or '').split())}".strip()
    if len(said) <= DESCRIPTION_CHARS:
        return said
    return said[:DESCRIPTION_CHARS].rsplit(" ", 1)[0] + "…"


def _listed(names: list[str]) -> str:
    """Three of them at most."""
    shown = names[:3]
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1]))) if shown else ""
