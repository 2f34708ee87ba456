"""The sentence that says how a typed line was read: "walk, Mon-Fri 07:30, 30 min, next tomorrow"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from coach.domain.days import WEEKDAYS, clock_day, day_of, show_day, show_minutes, show_time
from coach.domain.leads import say_leads
from coach.domain.occurrences import rule_of
from coach.domain.repeat import Rule, read_rule
from coach.domain.repeat_words import how_often, ordinal, say_end
from coach.domain.when import Now

if TYPE_CHECKING:
    from coach.domain.items import Item
    from coach.domain.quickadd import Reading


def say(
    reading: Reading,
    now: Now,
    clock: int,
    *,
    passed: time | None = None,
    skipped: time | None = None,
    typed: bool = False,
) -> str:
    """`passed` is over today, so that another day was taken; `skipped` is no time on that day; a day was `typed`."""
    rule = read_rule(reading.rule) if reading.rule else None
    several = bool(reading.starts)
    once = rule is None or (rule.count == 1 and several)
    parts = [reading.title]
    if once or rule is None or reading.day is None:
        day = clock_day(reading.day, _starts(reading), now.day_start) if typed else reading.day
        part = f" in the {_PARTS[reading.part]}" if reading.part else ""
        parts.append(_day(day, now) + part + _times(reading, now, clock, named=reading.day))
    else:
        often = how_often(rule, reading.day) + (f" in the {_PARTS[reading.part]}" if reading.part else "")
        parts.append(often + _times(reading, now, clock, named=None))
    parts[-1] += f" after {reading.follows}" if reading.follows else ""
    parts += [show_minutes(reading.minutes)] if reading.minutes else []
    if rule is not None and not once:
        parts += filter(None, [say_end(rule, now.today, several)])
    parts += [f"at {reading.place}"] if reading.place else []
    parts += [f"#{tag}" for tag in reading.tags]
    parts += ["pinned"] if reading.pinned else []
    parts += filter(None, [say_leads(reading.leads, silent=reading.silent)])
    if rule is not None and not once:
        parts.append(_next(reading.next, now, clock, several))
    notes = [f"{show_time(passed, clock)} has passed today"] if passed else []
    notes += [f"the clocks go forward over {show_time(skipped, clock)}"] if skipped else []
    notes += ["that day is past"] if typed and once and reading.day and reading.day < now.today else []
    notes += _notes(reading, None if once else rule, now, clock)
    return ", ".join(parts) + (f" ({'; '.join(notes)})" if notes else "")


def say_series(series: Item, today: date, clock: int) -> str:
    """How something repeats, without its title: "Mon-Fri 07:30, until 31 Dec"."""
    rule, first, times = rule_of(series), series.day or today, _shown(series, clock)
    if rule.count == 1 and series.starts:
        return show_day(first, today) + times
    often = how_often(rule, first) + (f" in the {_PARTS[series.part]}" if series.part and not times else "")
    return ", ".join(filter(None, [often + times, say_end(rule, today, bool(series.starts))]))


_PARTS = {"morning": "morning", "midday": "middle of the day", "evening": "evening", "any": "day"}


def _day(day: date | None, now: Now) -> str:
    if day is None:
        return "later"
    far = abs((day - now.today).days) > 1 and day.year != now.today.year
    return show_day(day, now.today) + (f" {day.year}" if far else "")


def _times(reading: Reading, now: Now, clock: int, named: date | None) -> str:
    """With a day named, 01:30 on Monday's day is a moment many would call Tuesday."""
    words = _shown(reading, clock)
    if named is not None and any(start < now.day_start for start in _starts(reading)):
        words += f" (in the night to {WEEKDAYS[(named.weekday() + 1) % 7]})"
    return words


def _shown(timed: Reading | Item, clock: int) -> str:
    """ " 07:30", " 08:00 and 20:00"."""
    shown = [show_time(start, clock) for start in _starts(timed)]
    return f" {', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else f" {shown[0]}" if shown else ""


def _starts(timed: Reading | Item) -> tuple[time, ...]:
    return timed.starts or ((timed.start,) if timed.start else ())


def _next(coming: date | None, now: Now, clock: int, several: bool) -> str:
    if coming is None:
        return "nothing more to come"
    if not isinstance(coming, datetime):
        return f"next {_day(coming, now)}"
    words = f"next {_day(day_of(coming, now.day_start), now)}"
    return f"{words} {show_time(coming.time(), clock)}" if several else words


def _notes(reading: Reading, rule: Rule | None, now: Now, clock: int) -> Iterator[str]:
    """What a person might not expect of something that repeats."""
    if rule is None and isinstance(reading.next, datetime) and reading.minutes:
        end = reading.next + timedelta(minutes=reading.minutes)
        if (shown := now.shown(end)) != end:
            over = show_time(end.time(), clock)
            yield f"it ends at {show_time(shown.time(), clock)}, since the clocks go forward over {over}"
    if rule is None or reading.day is None:
        return
    if isinstance(reading.next, datetime) and (shown := now.shown(reading.next)) != reading.next:
        yield f"that day at {show_time(shown.time(), clock)}, since the clocks go forward"
    late = [day for day in rule.of("BYMONTHDAY") or (reading.day.day,) if day > 28]
    if rule.frequency == "MONTHLY" and not rule.weekdays and late:
        yield f"only in months with a {ordinal(late[0])}; “last day of every month” is in all"
    leaps = rule.frequency == "YEARLY" and not (rule.weekdays or rule.numbers) and rule.interval % 4
    if leaps and (reading.day.month, reading.day.day) == (2, 29):
        yield "only in leap years; “every year from 28 feb” is in all"
