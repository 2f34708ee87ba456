"""Where a day has room, and where two things of it run into each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from coach.domain.days import moment_of, show_minutes, show_time
from coach.domain.items import Item

USUAL_MINUTES = 30
"""How long something without a length is taken to last."""
WAKING, SLEEPING = time(7), time(22)
ROOMY = timedelta(hours=2)
"""Only more than this is called free."""


@dataclass(frozen=True, slots=True)
class Gap:
    """More than two waking hours without anything planned."""

    start: time
    minutes: int
    time: str
    length: str


def span(item: Item, day: date, day_start: time) -> tuple[datetime, datetime]:
    """When something with a start begins and ends."""
    start = moment_of(day, item.start or time(0), day_start)
    return start, start + timedelta(minutes=item.minutes or USUAL_MINUTES)


def free_room(items: Iterable[Item], day: date, now: datetime | None, day_start: time, clock: int) -> list[Gap]:
    """Room around things with a start, given in order, within the day's waking hours; with `now`, what is to come.

    Before the first and after the last too, once anything has a time. Around a single thing only the first room is
    named, so that an almost empty day does not hold more room than things.
    """
    spans = [span(item, day, day_start) for item in items]
    earliest, latest = datetime.combine(day, max(WAKING, day_start)), datetime.combine(day, SLEEPING)
    if now is not None:
        earliest = max(earliest, _next_quarter(now))
    found, opens = [], earliest
    for start, end in [*spans, (latest, latest)] if spans else []:
        closes = min(start, latest)
        if closes - opens > ROOMY:
            minutes = (closes - opens) // timedelta(minutes=1)
            words = f"{show_minutes(minutes)} free"
            found.append(Gap(opens.time(), minutes, show_time(opens.time(), clock), words))
        opens = max(opens, end)
    return found if len(spans) > 1 else found[:1]


def overlapping(items: Sequence[Item], day: date, day_start: time) -> set[str]:
    """The ids of what begins, or goes on, while something before it still lasts; the items in order of their starts.

    Only a length that was given says how long something lasts. What has none is a moment: it runs into nothing that
    begins with it (a medicine with breakfast), but into what has begun before it and not ended.
    """
    found = set()
    reached = earlier = begun = datetime.combine(day - timedelta(days=1), time(0))
    for item in items:
        start = moment_of(day, item.start or time(0), day_start)
        if start > begun:
            earlier, begun = reached, start
        if start < (reached if item.minutes else earlier):
            found.add(item.id)
        if item.minutes:
            reached = max(reached, start + timedelta(minutes=item.minutes))
    return found


def _next_quarter(now: datetime) -> datetime:
    """The next quarter of an hour, so that a gap already begun does not change its line every minute."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    return hour + timedelta(minutes=15) * -(-(now - hour) // timedelta(minutes=15))
