"""What is planned: items, and the marks that say what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from coach.domain.days import Part
from coach.domain.errors import Refused

State = Literal["open", "done", "part", "excused", "missed", "unknown", "moved", "dropped"]
SETTLED: frozenset[State] = frozenset({"done", "part", "excused", "missed", "moved", "dropped"})
"""States a person has given; everything else is still open, and never counted against anybody."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something planned: on a day, or on none (the Later list)."""

    id: str
    title: str
    day: date | None = None
    start: time | None = None
    """Wall-clock time on that logical day."""
    minutes: int | None = None
    """1 to 1440."""
    order: float = 0.0
    """Position among items without a start; greater is later."""
    rule: str | None = None
    """How often it repeats (RFC 5545); `day` is the first."""
    goal: str | None = None
    """The goal whose step this is."""
    step: str | None = None
    made: datetime | None = None
    """When it was added: what was already past then does not prompt."""
    part: Part | None = None
    """Where on the day it belongs when it has no start."""
    starts: tuple[time, ...] = ()
    """All times of the day where there are several, `start` being the first: each is a line of its own."""
    place: str = ""
    tags: tuple[str, ...] = ()
    pinned: bool = False
    of: str | None = None
    """The repeating item this is one time of."""
    on: date | None = None
    """The day it had by the rule: its own for ever, wherever it was moved."""
    slot: str = ""
    """Which time of that day, as "0800", where there are several."""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise Refused("An item needs a title. Type a few words, for example: walk 07:30 30m")
        if self.minutes is not None and not 1 <= self.minutes <= 1440:
            raise Refused(f"{self.minutes} minutes is not between 1 and 1440. Give a length such as 30m or 1h30.")


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of an item or habit on a day."""

    subject: str
    day: date
    state: State
    at: datetime | None = None
    note: str = ""
    slot: str = ""
    """Which time of the day, as "0800", of something that has several."""
    reason: str = ""
    """Why it was excused, in a word of the person's own."""


@dataclass(frozen=True, slots=True)
class Look:
    """That a day's leftovers were looked at: they are asked about once."""

    day: date
    leftovers_seen: datetime | None = None
