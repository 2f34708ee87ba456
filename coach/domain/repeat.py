"""Which days a repetition falls on: RFC 5545 rules over local days, expanded by dateutil."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from coach.domain.days import LAST_DAY
from coach.domain.errors import Refused
from coach.domain.ever import can_fall

if TYPE_CHECKING:
    from dateutil.rrule import rrule

FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_TIMES = 1000
"""Of a rule that ends after so many times: they are counted from the first, however long ago that was."""
LOOKS_AHEAD = timedelta(days=9 * 366)
"""A rule with no day in this time has none: even 29 February comes within eight years."""
NO_DAY = "That falls on no day in the years to come. Give another day, or another repetition."
_NUMBERS = {
    "INTERVAL": (1, 1000),
    "COUNT": (1, MOST_TIMES),
    "BYMONTHDAY": (-31, 31),
    "BYMONTH": (1, 12),
    "BYSETPOS": (-366, 366),
    "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53),
}
_LISTS = frozenset({"BYMONTHDAY", "BYMONTH", "BYSETPOS", "BYYEARDAY", "BYWEEKNO"})
_ORDER = (
    "FREQ",
    "INTERVAL",
    "WKST",
    "BYMONTH",
    "BYWEEKNO",
    "BYYEARDAY",
    "BYMONTHDAY",
    "BYDAY",
    "BYSETPOS",
    "COUNT",
    "UNTIL",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A repetition, read; `first` (DTSTART) is not part of it."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    weekdays: tuple[tuple[int, int], ...] = ()
    """(which, weekday): the first Monday is (1, 0), every Monday (0, 0), the last (-1, 0)."""
    numbers: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """The other parts: BYMONTHDAY and so on."""
    week_start: int = 0

    def of(self, name: str) -> tuple[int, ...]:
        """The numbers of a part, none when the rule has no such part."""
        return dict(self.numbers).get(name, ())

    def __str__(self) -> str:
        """The rule as RFC 5545 writes it, its parts in one order."""
        parts: dict[str, str] = {"FREQ": self.frequency}
        if self.interval > 1:
            parts["INTERVAL"] = str(self.interval)
        if self.count:
            parts["COUNT"] = str(self.count)
        if self.until:
            parts["UNTIL"] = f"{self.until:%Y%m%d}"
        if self.week_start:
            parts["WKST"] = WEEKDAY_CODES[self.week_start]
        if self.weekdays:
            parts["BYDAY"] = ",".join(f"{which or ''}{WEEKDAY_CODES[day]}" for which, day in self.weekdays)
        parts |= {name: ",".join(map(str, numbers)) for name, numbers in self.numbers}
        return ";".join(f"{name}={parts[name]}" for name in _ORDER if name in parts)


@lru_cache(maxsize=512)
def read_rule(text: str) -> Rule:
    """The rule behind its RFC 5545 text; Refused, naming the part, for what coach cannot repeat by."""
    parts = dict(_parts(text))
    frequency = parts.pop("FREQ", "")
    if frequency not in FREQUENCIES:
        raise Refused(f"A repetition is by day, week, month or year, not {frequency or 'nothing'!r}: {text[:80]}")
    until = _until(parts.pop("UNTIL")) if "UNTIL" in parts else None
    weekdays = tuple(map(_weekday, parts.pop("BYDAY").split(","))) if "BYDAY" in parts else ()
    week_start = _weekday(parts.pop("WKST"))[1] if "WKST" in parts else 0
    numbers = {name: _numbers(name, value) for name, value in parts.items()}
    interval, count = numbers.pop("INTERVAL", (1,))[0], numbers.pop("COUNT", (0,))[0] or None
    if until and count:
        raise Refused("A repetition ends on a day or after so many times, not both.")
    if frequency in ("DAILY", "WEEKLY") and any(which for which, _ in weekdays):
        raise Refused("“The first Monday” is of a month or a year: give it every month, or every year.")
    ordered = tuple(sorted((name, values) for name, values in numbers.items()))
    return Rule(frequency, interval, count, until, weekdays, ordered, week_start)


def check_rule(text: str, first: date) -> Rule:
    """The rule, for keeping; Refused when it falls on no day at all, such as 30 February."""
    rule = read_rule(text)
    if not may_fall(rule, first) or next_day(rule, first, first) is None:
        raise Refused(NO_DAY)
    return rule


def may_fall(rule: Rule, first: date) -> bool:
    """False for what falls on no day in any year; dateutil would look for one for seconds."""
    return can_fall(rule, first, tuple(_anchored(rule, first)))


def days_between(rule: Rule, first: date, start: date, end: date) -> tuple[date, ...]:
    """The days it falls on from `start` to `end`, both included; `first` is the day it begins to count from."""
    start = max(start, first)
    end = min(end, rule.until) if rule.until else end
    if end < start:
        return ()
    return tuple(moment.date() for moment in _expansion(rule, first, start).between(_at(start), _at(end), inc=True))


def next_day(rule: Rule, first: date, after: date) -> date | None:
    """The first day it falls on, on or after a day; None when there is none any more."""
    start = max(first, after)
    for ahead in (timedelta(days=62), LOOKS_AHEAD):  # nearly always the short look is enough
        if found := days_between(rule, first, start, start + min(ahead, LAST_DAY - start)):
            return found[0]
    return None


def last_before(rule: Rule, first: date, day: date) -> date | None:
    """The last day it falls on before a day."""
    if day <= first:
        return None
    for start in (max(first, day - timedelta(days=62)), first):
        if found := days_between(rule, first, start, day - timedelta(days=1)):
            return found[-1]
    return None


def _expansion(rule: Rule, first: date, start: date) -> rrule:
    """dateutil's own expansion, begun as near to `start` as the rule lets it: a rule from 2015 costs nothing."""
    begun = first if rule.count else _moved(rule, first, start)
    return _expand(rule, first, begun)


@lru_cache(maxsize=512)
def _expand(rule: Rule, first: date, begun: date) -> rrule:
    from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday

    frequencies: dict[str, Any] = {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY, "YEARLY": YEARLY}
    settings: dict[str, Any] = {name.lower(): values for name, values in _anchored(rule, first)}
    if rule.weekdays:
        settings["byweekday"] = [weekday(day, which or None) for which, day in rule.weekdays]
    if rule.count:
        settings["count"] = rule.count
    # Kept between calls only where it must count from the first time; the others are begun anew, near the days wanted.
    return rrule(
        frequencies[rule.frequency],
        _at(begun),
        interval=rule.interval,
        wkst=rule.week_start,
        cache=bool(rule.count),
        **settings,
    )


def _anchored(rule: Rule, first: date) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The numbers of the rule, with what it takes from its first day written out: the start may be moved."""
    yield from rule.numbers
    named = {name for name, _ in rule.numbers}
    placed = bool(rule.weekdays) or bool(named & {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"})
    if rule.frequency == "MONTHLY" and not placed:
        yield "BYMONTHDAY", (first.day,)
    elif rule.frequency == "YEARLY" and not placed:
        yield "BYMONTHDAY", (first.day,)
        if "BYMONTH" not in named:
            yield "BYMONTH", (first.month,)


def _moved(rule: Rule, first: date, start: date) -> date:
    """The last beginning of a period of the rule that is not after `start`; never before `first`."""
    by_position = bool(rule.of("BYSETPOS"))
    if start <= first or rule.of("BYWEEKNO") or (by_position and rule.frequency in ("DAILY", "WEEKLY")):
        return first
    if rule.frequency in ("DAILY", "WEEKLY"):
        step = rule.interval * (7 if rule.frequency == "WEEKLY" else 1)
        return first + timedelta(days=(start - first).days // step * step)
    if rule.frequency == "MONTHLY":
        months = (start.year - first.year) * 12 + start.month - first.month
        if not (months := months // rule.interval * rule.interval):
            return first
        years, month = divmod(first.month - 1 + months, 12)
        return date(first.year + years, month + 1, 1)
    years = (start.year - first.year) // rule.interval * rule.interval
    return date(first.year + years, 1, 1) if years else first


def _at(day: date) -> datetime:
    return datetime.combine(day, time())


def _parts(text: str) -> Iterator[tuple[str, str]]:
    seen = set()
    for part in text.strip().upper().removeprefix("RRULE:").split(";"):
        name, equals, value = part.partition("=")
        known = name in _NUMBERS or name in ("FREQ", "UNTIL", "BYDAY", "WKST")
        if not known or not equals or not value or name in seen or len(value) > 400:
            raise Refused(f"coach cannot repeat by {part[:40]!r}. It knows rules such as FREQ=WEEKLY;BYDAY=MO,TH.")
        seen.add(name)
        yield name, value


def _until(text: str) -> date:
    try:
        return date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:8]}")
    except ValueError:
        raise Refused(f"UNTIL={text[:20]} is not a day such as 20261231.") from None


def _weekday(text: str) -> tuple[int, int]:
    which, day = text[:-2].removeprefix("+"), text[-2:]
    if day not in WEEKDAY_CODES or not (which == "" or which.removeprefix("-").isdecimal()):
        raise Refused(f"{text[:20]!r} is not a weekday such as MO, or 1MO for the first Monday.")
    if which and not 1 <= abs(int(which)) <= 53:
        raise Refused(f"{text[:20]!r} is not one of the weeks of a year.")
    return (int(which) if which else 0), WEEKDAY_CODES.index(day)


def _numbers(name: str, text: str) -> tuple[int, ...]:
    least, most = _NUMBERS[name]
    values = text.split(",") if name in _LISTS else [text]
    for value in values:
        number = value.removeprefix("+").removeprefix("-")
        if not (number.isascii() and number.isdecimal()) or not least <= int(value) <= most or int(value) == 0:
            raise Refused(f"{name}={value[:20]} is not between {least} and {most}.")
    return tuple(int(value) for value in values)
