"""What templates can say: formats by PresentationService, addresses, and who reads."""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask, url_for
from flask_login import current_user

from app.domain.zones import reader_zone, utc_text
from app.models.instructor import InstructorProfile
from app.services.factory import Runtime


def init_app(app: Flask, runtime: Runtime, *, brand_name: str) -> None:
    present = runtime.presentation
    hashes = _content_hashes(Path(app.static_folder or ""))

    def asset(name: str) -> str:
        return url_for("static", filename=name, v=hashes.get(name, ""))

    def profile_zone(profile: InstructorProfile) -> str:
        return profile.time_zone or runtime.platform_zone

    def told_to_me(moment: datetime) -> str:
        """Something that belongs to no lesson, in the zone of whoever reads it."""
        own = _own_zone()
        zone = reader_zone(own, None, runtime.platform_zone)
        said = f"{present.day(moment, zone)}, {present.clock(moment, zone)}"
        return said if own else f"{said} ({present.zone_label(moment, zone)})"

    app.jinja_env.filters.update(
        told_to_me=told_to_me,
        money=present.money,
        day=present.day,
        iso=utc_text,
        lesson_place=present.lesson_place,
        duration=present.duration,
        long_day=present.long_day,
        month=present.month,
        weekday=present.weekday,
        clock=present.clock,
        zone_label=present.zone_label,
        zone_short=present.zone_short,
        zone_city=present.zone_city,
        relative=present.relative,
        area_short=present.short_area,
    )
    app.jinja_env.globals.update(asset=asset, profile_zone=profile_zone, brand_name=brand_name)

    @app.context_processor
    def for_every_page() -> dict[str, Any]:
        """``reader_zone`` is the zone somebody has said he reads times in, else null: times then
        are in the zone of the lesson or instructor shown, and name it.
        """
        return {"reader_zone": _own_zone(), "now": runtime.clock.now()}


def _own_zone() -> str | None:
    return current_user.time_zone if current_user.is_authenticated else None


def _content_hashes(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()[:12]
        for file in folder.rglob("*")
        if file.is_file()
    }
