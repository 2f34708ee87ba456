"""The logical day: it starts at `day_start`, so 01:30 still belongs to yesterday; alarms use clock time instead."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Literal

Part = Literal["morning", "midday", "evening", "any"]
PARTS: tuple[Part, ...] = ("morning", "midday", "evening", "any")
PART_NAMES: dict[Part, str] = {"morning": "Morning", "midday": "Midday", "evening": "Evening", "any": "Any time"}
DAY_START = time(4)
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
"""Days there are books for; what another program wrote may lie before them, or after."""
MIDDAY, EVENING = time(12), time(17)


def day_of(moment: datetime, day_start: time = DAY_START) -> date:
    """The logical day a moment belongs to, by its own wall clock."""
    offset = timedelta(hours=day_start.hour, minutes=day_start.minute)
    return (moment.replace(tzinfo=None) - offset).date()


def moment_of(day: date, start: time, day_start: time = DAY_START) -> datetime:
    """The naive wall-clock moment of a time on a logical day: 01:30 on Monday's day is early Tuesday."""
    return datetime.combine(day + timedelta(days=1 if start < day_start else 0), start)


def clock_day(day: date | None, starts: tuple[time, ...], day_start: time = DAY_START) -> date | None:
    """The date on the clock at those times of a logical day, where it is the same at all of them."""
    if day is None or not starts or max(starts) >= day_start or day == date.max:
        return day
    return day + timedelta(days=1)


def part_of(start: time | None, day_start: time = DAY_START) -> Part:
    """The part of the day a start belongs to; times before `day_start` end the evening."""
    if start is None:
        return "any"
    if start < day_start or start >= EVENING:
        return "evening"
    return "morning" if start < MIDDAY else "midday"


def first_of_week(day: date, starts: str = "monday") -> date:
    """The first day of the week a day is in."""
    first = {"monday": 0, "saturday": 5, "sunday": 6}[starts]
    return day - timedelta(days=(day.weekday() - first) % 7)


def show_time(start: time, clock: int = 24) -> str:
    """ "07:30", or "7:30 am" with a 12-hour clock."""
    if clock == 24:
        return f"{start:%H:%M}"
    return f"{(start.hour - 1) % 12 + 1}:{start:%M} {'am' if start.hour < 12 else 'pm'}"


def show_minutes(minutes: int) -> str:
    """ "30 min", "1 h", "1 h 30"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def show_day(day: date, today: date | None = None, short: bool = False) -> str:
    """ "Monday 23 November", "Mon 23 Nov"; with `today` given, near days by name ("today", "tomorrow", "yesterday")."""
    if today is not None and abs(away := (day - today).days) <= 1:
        return {0: "today", 1: "tomorrow", -1: "yesterday"}[away]
    if short:
        return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
