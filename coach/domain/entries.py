"""What happened: sessions, urges, moods and journal entries; each knows its moment, its zone and its logical day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from coach.domain.errors import Refused
from coach.domain.scale import check_scale

LONGEST_SESSION = 86_400
"""Seconds in a day."""


@dataclass(frozen=True, slots=True)
class Session:
    """A practice once done; any length counts."""

    id: str
    at: datetime
    zone: str
    day: date
    practice: str
    seconds: int
    """Seconds practised, pauses left out."""
    before: int | None = None
    after: int | None = None
    note: str = ""

    def __post_init__(self) -> None:
        check_scale(self.before, "How it felt before")
        check_scale(self.after, "How it felt after")
        if self.seconds < 0:
            raise Refused(f"{self.seconds} seconds is less than nothing. Give the seconds practised, 0 or more.")
        if self.seconds > LONGEST_SESSION:
            raise Refused(f"{self.seconds} seconds is more than a day. Give the seconds practised, 86400 at most.")


@dataclass(frozen=True, slots=True)
class Craving:
    """An urge noticed (screens say "urge"); intensity is the only required field."""

    id: str
    at: datetime
    zone: str
    day: date
    intensity: int
    triggers: tuple[str, ...] = ()
    coping: tuple[str, ...] = ()
    after: int | None = None

    def __post_init__(self) -> None:
        check_scale(self.intensity, "How strong it is")
        check_scale(self.after, "How strong it was afterwards")


@dataclass(frozen=True, slots=True)
class Mood:
    """How it felt at a moment, 0 (very low) to 10 (very good)."""

    id: str
    at: datetime
    zone: str
    day: date
    value: int

    def __post_init__(self) -> None:
        check_scale(self.value, "Mood")


@dataclass(frozen=True, slots=True)
class Entry:
    """A journal entry."""

    id: str
    at: datetime
    zone: str
    day: date
    text: str

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise Refused("There is nothing to keep yet. Write a word or two.")
