"""What the phrases of a typed line can mean: when, how long, how often, until when, and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from coach.domain.days import Part
from coach.domain.repeat import Rule

Kind = Literal["clock", "day", "part", "length", "repeat", "except", "end", "after", "remind", "place", "tag", "pin"]


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, with minutes when it was a range; `open_half` when 8 could also mean 20."""

    start: time
    minutes: int | None = None
    open_half: bool = False
    bare: bool = False
    """The 8 of "fri 8": a number that nothing but the day before it makes a time."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """Several times on one day, first to last."""

    starts: tuple[time, ...]


@dataclass(frozen=True, slots=True)
class Ahead:
    """So many minutes, days or months from now."""

    minutes: int = 0
    days: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True)
class MonthDay:
    """24 December: of a year, or whichever comes next."""

    month: int
    day: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """The 5th, of whichever month has it next."""

    day: int


@dataclass(frozen=True, slots=True)
class Slashed:
    """3/4 or 3/4/2027: the order of its numbers is a person's habit."""

    first: int
    second: int
    year: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Weekday:
    """The coming Friday; with `after` never today, with `before` the one that is past."""

    number: int
    after: bool = False
    before: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """today, tonight, tomorrow, yesterday, a day beyond those two, or later."""

    name: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """How often, and the part of the day where "every evening" says so."""

    rule: Rule
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Except:
    """The weekdays left out of a repetition."""

    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """The last day of a month: of a year, or of whichever comes next; without a month, of the one it begins in."""

    month: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """When it ends: on a day, or after so many times, days or months."""

    until: date | MonthDay | MonthEnd | Slashed | Weekday | Named | None = None
    times: int | None = None
    days: int | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """So many minutes before its start to be reminded as well, largest first; none at all is no reminder."""

    leads: tuple[int, ...]


_Day = Ahead | DayOfMonth | MonthDay | MonthEnd | Slashed | Weekday | Named | date
Value = Clock | Clocks | _Day | Repeat | Except | Ending | Before | int | str
Found = tuple[Value, bool] | None
"""What a phrase means and whether that is sure; None when the words turn out to mean nothing of the kind."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase in a line, from character `start` to `end`."""

    kind: Kind
    value: Value
    start: int
    end: int
    sure: bool
