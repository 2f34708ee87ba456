"""When and where something happened: computed once, when it is written."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from coach.domain.days import day_of
from coach.domain.errors import Refused
from coach.services.settings import SettingsService
from coach.services.zone import zone_name


@dataclass(frozen=True, slots=True)
class Moment:
    """A local moment with its offset, the zone's name and the logical day."""

    at: datetime
    zone: str
    day: date


class Moments:
    """Turns "now" and what a person typed after `--at` into moments."""

    def __init__(self, settings: SettingsService, now: Callable[[], datetime]) -> None:
        self._settings, self._now = settings, now

    def of(self, at: datetime | None = None) -> Moment:
        """A naive `at` is local wall-clock time; without it, now."""
        now = self._now()
        found = now if at is None else (at if at.tzinfo else at.replace(tzinfo=now.tzinfo))
        name = zone_name(os.environ, self._settings.now.zone) or found.tzname() or "UTC"
        return Moment(found.replace(microsecond=0), name, day_of(found, self._settings.now.day_start))

    def read(self, text: str) -> datetime:
        """ISO local, or HH:MM for the latest such time; Refused otherwise."""
        now = self._now()
        try:
            clock = time.fromisoformat(text) if ":" in text and "-" not in text else None
            found = datetime.combine(now.date(), clock) if clock else datetime.fromisoformat(text)
        except ValueError:
            raise Refused(f"{text!r} is not a time. Give it as 07:30, or as 2026-11-23T07:30.") from None
        found = found if found.tzinfo else found.replace(tzinfo=now.tzinfo)
        if clock and found > now:
            found -= timedelta(days=1)
        if not 2000 <= found.year <= 2099:
            raise Refused(f"{text!r} is outside 2000 to 2099.")
        return found
