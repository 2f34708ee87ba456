"""Which prompts are due: naive wall-clock times, turned late into instants, each with a key it keeps for ever.

The key is an id and a local date-time, so an hour the clocks skip or repeat, a restart or a second process can neither
double nor lose one: whoever claims the key first shows it. A time inside a skipped hour comes an hour later, a time
in a repeated hour comes the first time. What a person put a time on is shown at any hour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

from coach.domain.days import DAY_START, moment_of
from coach.domain.errors import Refused

PROMPT: Literal["prompt"] = "prompt"
LOOK_AHEAD = timedelta(days=8)
"""Every weekday is in it once; what lies further off is found again before it matters."""
_MARGIN = timedelta(days=2)
"""More than any difference between a local date and a date in UTC, and a night that belongs to the day before."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A sentence at a time of day."""

    id: str
    sentence: str
    at: time
    """Clock time: 01:30 is 01:30, whenever the person's day starts."""
    days: tuple[int, ...] = ()
    """Weekdays, Monday is 0; empty is every day."""
    on: bool = True
    made: datetime | None = None
    """When it was set: times before that do not prompt."""

    def __post_init__(self) -> None:
        if not self.sentence.strip():
            raise Refused("A prompt needs a sentence. Write what you would like to be told.")
        if any(not 0 <= day <= 6 for day in self.days):
            raise Refused("Days of a prompt go from 0 (Monday) to 6 (Sunday).")
        if self.at.tzinfo is not None:
            raise Refused("The time of a prompt is local. Leave the zone out, for example 07:30.")


@dataclass(frozen=True, slots=True)
class Timed:
    """Anything with a start on a logical day that prompts at that start."""

    id: str
    title: str
    day: date
    start: time
    made: datetime | None = None
    kind: str = "item"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One local date-time of a prompt or of something timed."""

    key: str
    title: str
    at: datetime
    """Naive: what the wall clock was to show."""
    instant: datetime
    """The same as a moment, in UTC."""
    kind: str


def due(
    prompts: Iterable[Prompt],
    timed: Iterable[Timed],
    now: datetime,
    zone: tzinfo,
    since: datetime,
    day_start: time = DAY_START,
) -> list[Occurrence]:
    """What came due after `since` and not later than `now` (both aware), first to last; claimed or not."""
    found = _occurrences(prompts, timed, (since, now), zone, day_start)
    return sorted((o for o in found if since < o.instant <= now), key=lambda o: (o.instant, o.key))


def next_instant(
    prompts: Iterable[Prompt],
    timed: Iterable[Timed],
    now: datetime,
    zone: tzinfo,
    day_start: time = DAY_START,
) -> datetime | None:
    """The next moment anything comes due, in UTC; None when nothing does in the coming eight days."""
    found = _occurrences(prompts, timed, (now, now + LOOK_AHEAD), zone, day_start)
    return min((o.instant for o in found if o.instant > now), default=None)


def instant_of(at: datetime, zone: tzinfo) -> datetime:
    """The moment a wall clock in the zone first shows a naive time, or would have shown it had it not jumped."""
    return at.replace(tzinfo=zone, fold=0).astimezone(UTC)


def _occurrences(
    prompts: Iterable[Prompt],
    timed: Iterable[Timed],
    span: tuple[datetime, datetime],
    zone: tzinfo,
    day_start: time,
) -> Iterator[Occurrence]:
    """Every occurrence whose local date is anywhere near the span; what was already past when made is left out."""
    first = (span[0].astimezone(UTC) - _MARGIN).date()
    last = (span[1].astimezone(UTC) + _MARGIN).date()
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    for prompt in prompts:
        for day in days if prompt.on else ():
            if not prompt.days or day.weekday() in prompt.days:
                at = datetime.combine(day, prompt.at)
                found = Occurrence(_key(prompt.id, at), prompt.sentence, at, instant_of(at, zone), PROMPT)
                if prompt.made is None or found.instant > prompt.made:
                    yield found
    for entry in timed:
        if first <= entry.day <= last:
            at = moment_of(entry.day, entry.start, day_start)
            found = Occurrence(_key(entry.id, at), entry.title, at, instant_of(at, zone), entry.kind)
            if entry.made is None or found.instant > entry.made:
                yield found


def _key(subject: str, at: datetime) -> str:
    return f"{subject}@{at.isoformat()}"
