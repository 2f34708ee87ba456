"""When nobody wants to be spoken to, and what comes all the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from coach.domain.asks import URGENT, Ask, instant_of
from coach.domain.errors import Refused

LONGEST = timedelta(hours=24)
_FOR = re.compile(r"(?:(?P<hours>\d{1,2})\s?(?:h|hours?))?\s?(?:(?P<minutes>\d{1,4})\s?(?:m|min|minutes?)?)?", re.I)
_EXAMPLE = "Say how long, for example 2h, 45m or 1h30; off ends it."


@dataclass(frozen=True, slots=True)
class Limits:
    """Quiet hours by the wall clock, a quiet somebody asked for, and how many suggestions a day may hold."""

    quiet_from: time = time(22)
    quiet_to: time = time(7)
    """The same as `quiet_from` is no quiet hours."""
    until: datetime | None = None
    """Aware: quiet was asked for until then."""
    cap: int = 6
    aloud: bool = True
    """Outside the program, where what is late would wake somebody; who looks is told what they set a time on."""

    def in_hours(self, at: time) -> bool:
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= at < self.quiet_to
        return at >= self.quiet_from or at < self.quiet_to

    def free_from(self, ask: Ask, moment: datetime, zone: tzinfo, *, wanted: bool = False) -> datetime:
        """The first moment not before this one at which the ask may be shown; `wanted` says it was set for then."""
        if ask.kind in URGENT:
            return moment
        free = max(moment, self.until) if self.until else moment
        if wanted or ask.through_quiet or (ask.own and not self.aloud):
            return free
        local = free.astimezone(zone).replace(tzinfo=None)
        if not self.in_hours(local.time()):
            return free
        end = datetime.combine(local.date(), self.quiet_to)
        if end <= local:
            end += timedelta(days=1)
        return max(free, instant_of(end, zone))


def read_length(text: str) -> timedelta:
    """ "2h", "45m", "1h30" or "90"; from a minute to a day."""
    match = _FOR.fullmatch(text.strip())
    if match is None or not (match["hours"] or match["minutes"]):
        raise Refused(f"{text!r} is not a length of time. {_EXAMPLE}")
    length = timedelta(hours=int(match["hours"] or 0), minutes=int(match["minutes"] or 0))
    if not timedelta(minutes=1) <= length <= LONGEST:
        raise Refused("Quiet lasts from a minute to 24 hours. Ask again when it ends.")
    return length
