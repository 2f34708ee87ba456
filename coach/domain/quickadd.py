"""What a typed line means: its title, day, start and length, and the sentence that says so before anything is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from coach.domain.days import DAY_START, WEEKDAYS, day_of, moment_of, show_day, show_minutes, show_time
from coach.domain.errors import Refused
from coach.domain.items import Item
from coach.domain.phrases import LONGEST_BARE, Ahead, Clock, MonthDay, Named, Value, Weekday
from coach.domain.typed_line import quote_title, take_apart


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line was read as; no day means the Later list."""

    title: str
    day: date | None
    start: time | None
    minutes: int | None
    sentence: str


def read_line(
    text: str,
    now: datetime,
    today: date,
    day_start: time = DAY_START,
    *,
    day: date | None = None,
    clock: int = 24,
) -> Reading:
    """The meaning of a typed line; Refused when no title is left or a time or day is impossible.

    `now` is local; `today` is the logical day; `day` is the one on the screen, meant when the line names none.
    """
    title, chosen = take_apart(text)
    length = chosen.get("length")
    minutes = length if isinstance(length, int) else None
    named = chosen.get("day")
    match chosen.get("clock"):
        case Ahead(minutes=ahead):
            moment = _shift(now, ahead)
            start: time | None = moment.time()
            found: date | None = day_of(moment, day_start)
            passed = False
        case Clock(start=start, minutes=range_minutes, open_half=open_half):
            if named == Named("tonight") and open_half and start >= day_start:
                start = start.replace(hour=start.hour + 12)
            minutes = minutes or range_minutes
            found, passed = _find_day(named, day or today, today, _is_past(start, now, today, day_start))
        case _:
            start = None
            found, passed = _find_day(named, day or today, today, past=False)
    sentence = _say(title, found, start, minutes, today=today, day_start=day_start, clock=clock)
    if passed and start is not None and now.date() == today:
        sentence += f" ({show_time(start, clock)} has passed today)"
    return Reading(title, found, start, minutes, sentence)


def _find_day(named: Value | None, shown: date, today: date, past: bool) -> tuple[date | None, bool]:
    """The day that is meant, and whether it was moved on because the time has passed today."""
    match named:
        case Named(name="later"):
            return None, False
        case Named(name=name):
            return today + timedelta(days=name == "tomorrow"), False
        case Ahead(days=days):
            return today + timedelta(days=days), False
        case Weekday(number=number, after=after):
            away = (number - today.weekday()) % 7
            again = not away and (past or after)
            return today + timedelta(days=7 if again else away), again and not after
        case MonthDay():
            return _next_month_day(named, today), False
        case date():
            return named, False
        case _:
            moved = past and shown == today
            return shown + timedelta(days=moved), moved


def _next_month_day(wanted: MonthDay, today: date) -> date:
    """The day in its year, or the next one from today; 29 February waits for its year."""
    for year in [wanted.year] if wanted.year else range(today.year, today.year + 9):
        try:
            found = date(year, wanted.month, wanted.day)
        except ValueError:
            continue
        if wanted.year or found >= today:
            return found
    raise Refused(f"There is no {wanted.day}.{wanted.month}. in the coming years. Give another day, or use quotes.")


def _is_past(start: time, now: datetime, today: date, day_start: time) -> bool:
    return moment_of(today, start, day_start) < now.replace(tzinfo=None, second=0, microsecond=0)


def _shift(now: datetime, minutes: int) -> datetime:
    """The wall clock after so many real minutes, also over a change of clocks."""
    if now.tzinfo is None:
        moment = now + timedelta(minutes=minutes)
    else:
        moment = (now.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(now.tzinfo)
    return moment.replace(tzinfo=None, second=0, microsecond=0)


def _say(
    title: str,
    day: date | None,
    start: time | None,
    minutes: int | None,
    *,
    today: date,
    day_start: time,
    clock: int,
) -> str:
    """ "walk, tomorrow 07:30, 30 min"."""
    when = "later"
    if day is not None:
        when = show_day(day, today) + (f" {day.year}" if abs((day - today).days) > 1 and day.year != today.year else "")
    if start is not None:
        when += f" {show_time(start, clock)}"
        if day is not None and start < day_start:  # 01:30 on Monday's day is a moment many would call Tuesday
            when += f" (in the night to {WEEKDAYS[(day.weekday() + 1) % 7]})"
    return ", ".join([title, when, *([show_minutes(minutes)] if minutes else [])])


def line_of(item: Item, today: date | None = None) -> str:
    """The line that reads back as this item; with `today` given, today and tomorrow are named so."""
    day = "later" if item.day is None else item.day.isoformat()
    if today is not None and item.day is not None and 0 <= (item.day - today).days <= 1:
        day = show_day(item.day, today)
    tail = " ".join(filter(None, [day, f"{item.start:%H:%M}" if item.start else "", _length(item.minutes)]))
    meaning = take_apart(f"{quote_title('x')} {tail}")[1]
    try:
        plain = take_apart(f"{item.title} {tail}") == (item.title, meaning)
    except Refused:
        plain = False
    return f"{item.title if plain else quote_title(item.title)} {tail}"


def _length(minutes: int | None) -> str:
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, 60)
    short = f"{hours}h{rest:02}" if hours and rest else f"{hours}h" if hours else f"{minutes}m"
    return f"for {short}" if minutes > LONGEST_BARE else short
