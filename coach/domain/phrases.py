"""The words in a typed line that can say when and how long.

A *sure* phrase ("at 7:30", "tomorrow", "24 dec") counts anywhere; a doubtful one ("fri", "30m", "at 8", "15-16") is
left to `quickadd` to judge by where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from itertools import product
from typing import Literal

from coach.domain.days import MONTHS, WEEKDAYS
from coach.domain.errors import Refused

Kind = Literal["clock", "day", "length"]
LONGEST = 24 * 60
LONGEST_BARE = 12 * 60
"""Minutes; "18h" without "for" is more likely something else."""
LONGEST_BARE_M = 240
"""Minutes; "800m" is more likely a distance."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, with minutes when it was a range; `open_half` when 8 could also mean 20."""

    start: time
    minutes: int | None = None
    open_half: bool = False


@dataclass(frozen=True, slots=True)
class Ahead:
    """So many minutes or days from now."""

    minutes: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class MonthDay:
    """24 December: of a year, or whichever comes next."""

    month: int
    day: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Weekday:
    """The coming Friday; with `after` never today."""

    number: int
    after: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """today, tonight, tomorrow or later."""

    name: str


Value = Clock | Ahead | MonthDay | Weekday | Named | date | int


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase in a line, from character `start` to `end`."""

    kind: Kind
    value: Value
    start: int
    end: int
    sure: bool


_Found = tuple[Value, bool] | None
"""What it means and whether that is sure; None when the words turn out to mean nothing of the kind."""
_Rule = tuple[Kind, "re.Pattern[str]", Callable[["re.Match[str]"], _Found]]

_WEEKDAYS = {form: number for number, name in enumerate(WEEKDAYS) for form in (name.lower(), name[:3].lower())}
_WEEKDAYS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_MONTHS = {form: number for number, name in enumerate(MONTHS, 1) for form in (name.lower(), name[:3].lower())}
_MONTHS |= {"sept": 9}
_LENGTHS_OF_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_COUNTED = {"page", "pages", "chapter", "chapters", "step", "steps", "verse", "verses", "question", "questions"}


def find_phrases(line: str) -> list[Phrase]:
    """Every phrase in the line, first to last, none overlapping; Refused when one names an impossible time or day."""
    found: list[Phrase] = []
    for kind, pattern, read in _RULES:
        for match in list(pattern.finditer(line)):
            if (meaning := read(match)) is not None:
                found.append(Phrase(kind, meaning[0], *match.span(), meaning[1]))
                line = line[: match.start()] + "\ue000" * len(match[0]) + line[match.end() :]
    return sorted(found, key=lambda phrase: phrase.start)


def _time(hour: str, minute: str | None, half: str | None, words: str) -> time:
    number, past, half = int(hour), int(minute or 0), (half or "").strip().lower()
    if past > 59 or number > 23 or (half and not 1 <= number <= 12):
        raise Refused(
            f"“{words}” is not a time of day. Times go from 00:00 to 23:59, for example 07:30 or 7pm. "
            "Quotes keep words in the title."
        )
    return time(number % 12 + (12 if half == "pm" else 0), past) if half else time(number, past)


def _read_range(match: re.Match[str]) -> _Found:
    """15-16, 3-4pm, 9-5: where am or pm was left out, the shortest range is meant."""
    h1, m1, half1, h2, m2, half2 = match.group("h1", "m1", "half1", "h2", "m2", "half2")
    bare = not (m1 or m2 or half1 or half2)
    before = match.string[: match.start()].lower().split()
    if bare and (int(h1) > 23 or int(h2) > 23 or h1 == h2 or (before and before[-1] in _COUNTED)):
        return None
    both_low = 1 <= int(h2) <= int(h1) <= 12
    firsts = [half1] if half1 or not half2 or not 1 <= int(h1) <= 12 else ["am", "pm"]
    lasts = [half2] if half2 or not (half1 or both_low) or not 1 <= int(h2) <= 12 else [None, "am", "pm"]
    ranges = []
    for first_half, last_half in product(firsts, lasts):
        first, last = _time(h1, m1, first_half, match[0].strip()), _time(h2, m2, last_half, match[0].strip())
        minutes = (last.hour * 60 + last.minute - first.hour * 60 - first.minute) % LONGEST
        ranges.append((minutes or LONGEST, first))
    minutes, start = min(ranges)
    return Clock(start, minutes), not bare


def _read_time(match: re.Match[str]) -> _Found:
    """7:30, 7pm, at 7.30, and (not sure) at 8; 12.50 alone is more likely money."""
    hour, minute, dotted, half = match.group("h", "m", "dotted", "half")
    at = (match["at"] or "").strip().lower()
    if not (minute or half) and (at not in ("at", "@") or int(hour) > 23):
        return None
    start = _time(hour, minute or dotted, half, match[0].strip())
    open_half = not half and 1 <= start.hour <= 11 and not hour.startswith("0")
    return Clock(start, open_half=open_half), bool(minute or half or dotted)


def _read_named_time(match: re.Match[str]) -> _Found:
    return Clock(time(12 if match["name"].lower() == "noon" else 0)), bool(match["at"])


def _read_minutes_ahead(match: re.Match[str]) -> _Found:
    if match["half"]:
        return Ahead(minutes=30), True
    count = int(match["count"]) if match["count"].isdigit() else 1
    return Ahead(minutes=count * (60 if match["unit"].lower().startswith("h") else 1)), True


def _read_days_ahead(match: re.Match[str]) -> _Found:
    count = int(match["count"]) if match["count"].isdigit() else 1
    return Ahead(days=count * (7 if match["unit"].lower().startswith("w") else 1)), True


def _read_iso(match: re.Match[str]) -> _Found:
    try:
        day = date.fromisoformat(match["iso"])
    except ValueError:
        raise Refused(f"There is no day {match['iso']}. Give one such as 2026-12-24, or use quotes.") from None
    if not 2000 <= day.year <= 2099:
        raise Refused(f"{match['iso']} is too far away. Give a day between 2000 and 2099, or use quotes.")
    return day, True


def _read_month_day(match: re.Match[str]) -> _Found:
    day, month = int(match["day"]), _MONTHS[match["month"].lower()]
    year = int(match["year"]) if match["year"] else None
    last = 28 if month == 2 and year and year % 4 else _LENGTHS_OF_MONTHS[month - 1]
    if not 1 <= day <= 31:
        return None
    if day > last:
        name = MONTHS[month - 1] + (f" {year}" if year else "")
        raise Refused(f"There is no {day} {name}; try {28 if month == 2 else last} {name}, or use quotes.")
    return MonthDay(month, day, year), True


def _read_weekday(match: re.Match[str]) -> _Found:
    """A weekday after "every" stays in the title: nothing here repeats, and saying so beats guessing."""
    if match.string[: match.start()].lower().split()[-1:] in (["every"], ["each"], ["other"]):
        return None
    lead = (match["lead"] or "").strip().lower()
    return Weekday(_WEEKDAYS[match["name"].lower()], after=lead.endswith("next")), bool(lead)


def _read_named_day(match: re.Match[str]) -> _Found:
    name = match["name"].lower()
    return Named(name.removeprefix("later ")), name != "later"


def _read_length(match: re.Match[str]) -> _Found:
    """30m, 45 min, 1h, 1h30, 1.5h, for half an hour."""
    most = LONGEST if match["lead"] else LONGEST_BARE
    if match["words"]:
        return (30 if match["words"].lower().startswith("half") else 60, True) if match["lead"] else None
    if match["hours"]:
        minutes = round(float(match["hours"]) * 60) + int(match["rest"] or 0)
    else:
        minutes = int(match["minutes"])
        if match["unit"].lower() == "m" and not match["lead"]:
            most = LONGEST_BARE_M
    return (minutes, bool(match["lead"])) if 1 <= minutes <= most else None


def _rule(kind: Kind, pattern: str, read: Callable[[re.Match[str]], _Found]) -> _Rule:
    """Phrases are whole words, maybe followed by a comma or the end of a sentence."""
    whole = rf"(?<![^\s,;])(?:{pattern})(?=[,;.!?]{{0,3}}(?:\s|$))"
    return kind, re.compile(whole, re.IGNORECASE | re.ASCII), read


def _any_of(words: dict[str, int]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


_WEEKDAY, _MONTH = _any_of(_WEEKDAYS), _any_of(_MONTHS)
_ON = rf"(?:on\s+)?(?:{_WEEKDAY},?\s+)?"
_AT = r"(?P<at>(?:at|from|by|around)\s+|@\s?)?"
_HOUR1 = r"(?P<h1>\d{1,2})(?::(?P<m1>\d\d))?(?:\s?(?P<half1>[ap]m))?"
_HOUR2 = r"(?P<h2>\d{1,2})(?::(?P<m2>\d\d))?(?:\s?(?P<half2>[ap]m))?"
_YEAR = r"(?:,?\s+(?P<year>20\d\d))?"
_M, _H = r"(?:minutes?|mins?|m)", r"(?:hours?|hrs?|h)"

_RULES: tuple[_Rule, ...] = (
    _rule("day", rf"{_ON}(?P<iso>\d{{4}}-\d\d-\d\d)", _read_iso),
    _rule("clock", rf"{_AT}{_HOUR1}(?:\s?[-–]\s?|\s+to\s+){_HOUR2}", _read_range),
    _rule("day", rf"{_ON}(?:the\s+)?(?P<day>\d\d?)(?:st|nd|rd|th)?\s+(?P<month>{_MONTH}){_YEAR}", _read_month_day),
    _rule("day", rf"{_ON}(?P<month>{_MONTH})\s+(?P<day>\d\d?)(?:st|nd|rd|th)?{_YEAR}", _read_month_day),
    _rule(
        "clock",
        rf"in\s+(?:(?P<half>half\s+an\s+hour)|(?P<count>\d{{1,3}}|an?)\s?(?P<unit>{_M}|{_H}))",
        _read_minutes_ahead,
    ),
    _rule("day", r"in\s+(?P<count>\d{1,3}|a)\s(?P<unit>days?|weeks?)", _read_days_ahead),
    _rule("clock", rf"{_AT}(?P<h>\d\d?)(?::(?P<m>\d\d)|\.(?P<dotted>[0-5]\d))?(?:\s?(?P<half>[ap]m))?", _read_time),
    _rule("clock", rf"{_AT}(?P<name>noon|midnight)", _read_named_time),
    _rule(
        "length",
        rf"(?P<lead>for\s+)?(?:(?P<hours>\d\d?(?:\.\d\d?)?)\s?{_H}(?:\s?(?P<rest>\d\d?)\s?{_M}?)?"
        rf"|(?P<minutes>\d{{1,4}})\s?(?P<unit>{_M})|(?P<words>(?:half\s+)?an\s+hour))",
        _read_length,
    ),
    _rule("day", r"(?P<name>later today|later|today|tonight|tomorrow)", _read_named_day),
    _rule("day", rf"(?P<lead>(?:on\s+)?(?:next|this)\s+|on\s+)?(?P<name>{_WEEKDAY})", _read_weekday),
)
