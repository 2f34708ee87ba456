"""A sentence of the person's own: when it comes, and what it asks on each day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from coach.domain.asks import LONGEST_LEAD, Ask, Nag
from coach.domain.days import MONTHS, WEEKDAYS, show_minutes, show_time
from coach.domain.errors import Refused
from coach.domain.quiet import Limits

MOST_TIMES, MOST_LEADS = 24, 6
_SHORTEST_WINDOW = 15


def _date(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A sentence at times of day."""

    id: str
    sentence: str
    at: time
    """Clock time: 01:30 is 01:30, whenever the person's day starts."""
    days: tuple[int, ...] = ()
    """Weekdays, Monday is 0; empty is every day."""
    on: bool = True
    made: datetime | None = None
    """When it was set: times before that do not prompt."""
    times: tuple[time, ...] = ()
    """All times of the day where there are several, `at` being the first."""
    leads: tuple[int, ...] = ()
    """So many minutes before each time as well; 0 is the time itself, which empty means too."""
    nag_every: int = 0
    """Minutes after which it is asked again until it is answered; 0 asks once."""
    nag_most: int = 0
    window: tuple[time, ...] = ()
    """From and to: once a day at a moment nobody knows beforehand, instead of the times."""
    first: date | None = None
    until: date | None = None
    """The last day it comes."""

    def __post_init__(self) -> None:
        if not self.sentence.strip():
            raise Refused("A prompt needs a sentence. Write what you would like to be told.")
        if any(not 0 <= day <= 6 for day in self.days):
            raise Refused("Days of a prompt go from 0 (Monday) to 6 (Sunday).")
        if any(moment.tzinfo is not None for moment in (self.at, *self.times, *self.window)):
            raise Refused("The time of a prompt is local. Leave the zone out, for example 07:30.")
        if len(self.times) > MOST_TIMES or len(self.leads) > MOST_LEADS:
            raise Refused(f"A prompt has up to {MOST_TIMES} times a day, and up to {MOST_LEADS} moments before each.")
        if any(not 0 <= lead <= LONGEST_LEAD for lead in self.leads):
            raise Refused(f"A prompt comes at most {LONGEST_LEAD // 60} hours before the time it is about.")
        if self.nag_every or self.nag_most:
            Nag(self.nag_every, self.nag_most)
        self._check_window()
        self._check_days()

    def asks(self, first: date, last: date, limits: Limits) -> Iterator[Ask]:
        """What may come on these days; inside quiet hours because the person said so."""
        nag = Nag(self.nag_every, self.nag_most) if self.nag_every else None
        first -= timedelta(days=1 if nag else 0)
        last += timedelta(days=1 if any(self.leads) else 0)
        times = sorted({self.at, *self.times})
        leads = sorted(set(self.leads) or {0}, reverse=True)
        for day in self._days(first, last):
            for at in [self.moment(day)] if self.window else times:
                for lead in leads:
                    yield Ask(
                        self.id,
                        self.sentence,
                        datetime.combine(day, at),
                        "prompt",
                        lead,
                        self.made,
                        through_quiet=limits.in_hours(at),
                        nag=nag,
                        why=f"{lead} min before {show_time(at)}" if lead else "your own sentence",
                    )

    def moment(self, day: date) -> time:
        """The moment in the window on a day: random to a person, the same in every process."""
        start, end = (one.hour * 60 + one.minute for one in self.window)
        drawn = int.from_bytes(sha256(f"{self.id}@{day.isoformat()}".encode()).digest()[:8])
        return time(*divmod(start + drawn % (end - start), 60))

    def more(self, clock: int = 24) -> str:
        """What its first time does not say; empty for once every day."""
        names = [WEEKDAYS[day][:3] for day in sorted(set(self.days))]
        others = [show_time(one, clock) for one in self.times if one != self.at and not self.window]
        before = [show_minutes(lead) for lead in sorted(set(self.leads), reverse=True) if lead]
        parts = (
            f"to {show_time(self.window[1], clock)}" if self.window else "",
            f"and {', '.join(others)}" if others else "",
            " ".join(names) if len(names) < len(WEEKDAYS) else "",
            f"from {_date(self.first)}" if self.first else "",
            f"until {_date(self.until)}" if self.until else "",
            f"{'also ' if 0 in self.leads else ''}{' and '.join(before)} before" if before else "",
            self._again() if self.nag_every else "",
        )
        return ", ".join(filter(None, parts))

    def _again(self) -> str:
        once = self.nag_most == 1
        return (
            f"again after {self.nag_every} min" if once else f"again every {self.nag_every} min, {self.nag_most} times"
        )

    def _days(self, first: date, last: date) -> Iterator[date]:
        first, last = max(first, self.first or first), min(last, self.until or last)
        for number in range((last - first).days + 1 if self.on else 0):
            day = first + timedelta(days=number)
            if not self.days or day.weekday() in self.days:
                yield day

    def _check_window(self) -> None:
        if not self.window:
            return
        if len(self.window) != 2:
            raise Refused("A window is two times, for example from 10:00 to 18:00.")
        start, end = (one.hour * 60 + one.minute for one in self.window)
        if end - start < _SHORTEST_WINDOW:
            raise Refused(f"A window ends at least {_SHORTEST_WINDOW} minutes after it begins, on the same day.")

    def _check_days(self) -> None:
        """What can never come is not kept."""
        if self.first is None or self.until is None:
            return
        if self.until < self.first:
            raise Refused(f"It would end on {self.until}, before it begins on {self.first}.")
        left = {(self.first + timedelta(days=number)).weekday() for number in range(min(7, self._length()))}
        if self.days and not left & set(self.days):
            names = ", ".join(WEEKDAYS[day] for day in sorted(set(self.days)))
            raise Refused(f"Between {self.first} and {self.until} there is no {names}, so it would never come.")

    def _length(self) -> int:
        return (self.until - self.first).days + 1 if self.first and self.until else 0
