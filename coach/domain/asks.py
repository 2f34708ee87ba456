"""What may prompt: a wish to be told something at a local date-time, whoever has it, and the key it keeps for ever.

The key is a subject and a local date-time, so an hour the clocks skip or repeat, a journey to another zone, a restart
or a second process can neither double nor lose it: whoever claims the key first shows it. A time inside a skipped hour
comes an hour later, a time in a repeated hour comes the first time.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo

from coach.domain.days import FIRST_DAY, LAST_DAY
from coach.domain.errors import Refused

URGENT = frozenset({"dose", "appointment", "supply"})
"""Kinds that neither quiet hours nor the cap nor a quiet somebody asked for ever hold."""
CERTAIN = frozenset({"dose", "appointment"})
"""Kinds that come once more, with a word about it, where nobody can tell any more whether they were shown."""
LONGEST_LEAD = 1440
LONGEST_NAG, MOST_NAGS = 240, 24
LONGEST_ASKING = 1440
"""Minutes from the first time to the last: further back nobody looks for what may still come."""


@dataclass(frozen=True, slots=True)
class Nag:
    """Asks again until it is answered: every so many minutes, so many times at most."""

    every: int
    most: int

    def __post_init__(self) -> None:
        if not (1 <= self.every <= LONGEST_NAG and 1 <= self.most <= MOST_NAGS):
            raise Refused(f"Ask again every 1 to {LONGEST_NAG} minutes, and 1 to {MOST_NAGS} times at most.")
        if self.every * self.most > LONGEST_ASKING:
            raise Refused("Asking again ends within a day. Make it fewer times, or sooner after each other.")


@dataclass(frozen=True, slots=True)
class Ask:
    """One wish to prompt; what is settled or paused is still said, and marked so, for the count of the day."""

    subject: str
    title: str
    at: datetime
    """Naive: what the wall clock is to show."""
    kind: str
    lead: int = 0
    """So many minutes earlier."""
    made: datetime | None = None
    """When it was set: what was past by then does not prompt."""
    own: bool = True
    """The person put a time on it, so the cap never holds it."""
    through_quiet: bool = False
    """Wanted inside quiet hours."""
    nag: Nag | None = None
    settled: bool = False
    """Done, excused or let go: silent."""
    paused: bool = False
    """Switched off for now."""
    why: str = ""
    """Why it comes, for the page: "starts at 07:30"."""
    day: date | None = None
    """The logical day it belongs to, where that is another than the date."""
    ref: str = ""
    """What marks it done, where that is another id than the subject."""

    def __post_init__(self) -> None:
        if self.at.tzinfo is not None:
            raise Refused("The time of a prompt is local. Leave the zone out, for example 07:30.")
        if not 0 <= self.lead <= LONGEST_LEAD:
            raise Refused(f"A prompt comes at most {LONGEST_LEAD // 60} hours before the time it is about.")

    @property
    def key(self) -> str:
        before = f"-{self.lead}" if self.lead else ""
        return f"{self.subject}@{self.at.isoformat()}{before}"

    @property
    def on(self) -> date:
        return self.day or self.at.date()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One moment of an ask, ready to be claimed and shown."""

    key: str
    title: str
    at: datetime
    """Naive: the time it is about."""
    instant: datetime
    """When it comes, in UTC."""
    kind: str
    subject: str = ""
    ref: str = ""
    on: date | None = None
    ask: str = ""
    """The key of the ask: an answer to any of its occurrences answers all of them."""
    why: str = ""
    also: tuple[str, ...] = ()
    """Keys of earlier ones of the same ask that nobody showed: claimed with it, never a pile."""
    in_doubt: bool = False
    """May have been shown already: the line that would say so cannot be read."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger knows."""

    claimed: AbstractSet[str] = frozenset()
    said: Mapping[str, datetime | None] = field(default_factory=dict)
    """Of each ask that was answered None, and of one that is to come again the moment."""
    skipped: AbstractSet[str] = frozenset()
    """What is not wanted on a day: "subject@2026-11-23"."""
    doubts: tuple[datetime, ...] = ()
    """Local times, without a zone, around which lines cannot be read."""

    def put_off_since(self, moment: datetime) -> date | None:
        """The day of the oldest ask that comes again after a moment: day after day, it may be long ago."""
        days = (_day_of(key) for key, until in self.said.items() if until and until > moment)
        return min((day for day in days if day and FIRST_DAY <= day <= LAST_DAY), default=None)


def instant_of(at: datetime, zone: tzinfo) -> datetime:
    """The moment a wall clock in the zone first shows a naive time, or would have shown it had it not jumped."""
    return at.replace(tzinfo=zone, fold=0).astimezone(UTC)


def skip_key(subject: str, day: date) -> str:
    return f"{subject}@{day.isoformat()}"


def _day_of(key: str) -> date | None:
    try:
        return date.fromisoformat(key.rpartition("@")[2][:10])
    except ValueError:
        return None
