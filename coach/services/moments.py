"""When and where something happened: computed once, when it is written."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from coach.domain.days import day_of
from coach.domain.errors import Refused
from coach.services.settings import SettingsService
from coach.services.zone import zone_name, zone_of


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
        found = self._now() if at is None else self._local(at)
        name = zone_name(os.environ, self._settings.now.zone) or f"UTC{found:%z}"
        return Moment(found.replace(microsecond=0), name, day_of(found, self._settings.now.day_start))

    def read(self, text: str, *, ahead: bool = False) -> datetime:
        """ISO local, or HH:MM for the latest such time, or `ahead` for today's; Refused otherwise."""
        now = self._now()
        try:
            clock = time.fromisoformat(text.zfill(5)) if ":" in text and "-" not in text else None
            found = datetime.combine(now.date(), clock) if clock else _moment(text)
        except ValueError:
            raise Refused(f"{text!r} is not a time. Give it as 07:30, or as 2026-11-23T07:30.") from None
        if clock and not ahead and self._local(found) > now:
            found -= timedelta(days=1)
        found = self._local(found)
        if not 2000 <= found.year <= 2099:
            raise Refused(f"{text!r} is outside 2000 to 2099.")
        return found

    def _local(self, at: datetime) -> datetime:
        """A wall-clock time with the offset of its own date: in July it may be another than today."""
        now = self._now()
        if at.tzinfo is not None:
            return at
        zone = zone_of(zone_name(os.environ, self._settings.now.zone), now)[0]
        same = now.astimezone(zone).utcoffset() == now.utcoffset()  # else the clock is in another zone than the name
        return at.replace(tzinfo=zone if same else now.tzinfo)


def _moment(text: str) -> datetime:
    """ISO with a date and a time: a day alone would mean midnight, which belongs to the day before."""
    if ":" not in text:
        raise ValueError(text)
    return datetime.fromisoformat(text)
