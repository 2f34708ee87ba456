"""The words in a typed line that name a day: "tomorrow", "fri", "24 dec", "from 3 dec", "in 3 days", "3/4"."""

from __future__ import annotations

import re
from datetime import date

from coach.domain.calendar_words import MONTH_WORDS, NUMBER_WORDS, PARTS_OF_DAY, WEEKDAY_WORDS, any_of
from coach.domain.days import MONTHS
from coach.domain.errors import Refused
from coach.domain.meanings import Ahead, DayOfMonth, Found, MonthDay, Named, Slashed, Weekday

LENGTHS_OF_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
LIKE_A_DAY = 39
"""The number before a month up to which it was meant as a day, mistyped; "top 40 march" is a title."""
_Match = re.Match[str]


def iso_day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refused(f"There is no day {text}. Give one such as 2026-12-24, or use quotes.") from None
    if not 2000 <= day.year <= 2099:
        raise Refused(f"{text} is too far away. Give a day between 2000 and 2099, or use quotes.")
    return day


def month_day(month: int, day: int, year: int | None) -> MonthDay:
    """Refused when no such day ever comes; a `day` that is no number of a day is for the caller to look at."""
    last = 28 if month == 2 and year and year % 4 else LENGTHS_OF_MONTHS[month - 1]
    if not 1 <= day <= last:
        name = MONTHS[month - 1] + (f" {year}" if year else "")
        near = 1 if day < 1 else 28 if month == 2 else last
        long = "28 days, and 29 in a leap year" if month == 2 and not year else f"{last} days"
        raise Refused(f"There is no {day} {name}: it has {long}. Try {near} {name}, or use quotes.")
    return MonthDay(month, day, year)


def read_month_day(match: _Match) -> MonthDay | None:
    day = int(match["day"])
    if day > LIKE_A_DAY:
        return None
    return month_day(MONTH_WORDS[match["month"].lower()], day, int(match["year"]) if match["year"] else None)


def read_slashed(match: _Match) -> Slashed | None:
    """Two numbers that could be a day and a month; "24/7" is no day to anybody."""
    first, second = int(match["n1"]), int(match["n2"])
    if not (1 <= min(first, second) <= 12 and max(first, second) <= 31) or (first, second) == (24, 7):
        return None
    year = match["year"]
    return Slashed(first, second, int(f"20{year[-2:]}") if year else None, match["slashed"])


def _read_iso(match: _Match) -> Found:
    return iso_day(match["iso"].replace("/", "-")), True


def _read_month_day(match: _Match) -> Found:
    found = read_month_day(match)
    return (found, True) if found else None


def _read_slashed(match: _Match) -> Found:
    found = read_slashed(match)
    return (found, bool(match["on"] or match["year"])) if found else None


def _read_dotted(match: _Match) -> Found:
    """29.2.2027, 31.12., on 24.12: two numbers and no more are more likely money."""
    found = read_slashed(match)
    sure = bool(match["on"] or match["year"])
    return (found, sure) if found and (sure or match["slashed"].endswith(".")) else None


def _read_days_ahead(match: _Match) -> Found:
    word, unit = match["count"].lower(), match["unit"].lower()
    count = int(word) if word.isdigit() else NUMBER_WORDS[word]
    if unit.startswith("y") and word.isalpha() and count > 1:
        return None  # "in ten years" is said more often than it is planned
    if unit.startswith(("m", "y")):
        return Ahead(months=count * (12 if unit.startswith("y") else 1)), True
    return Ahead(days=count * (7 if unit.startswith("w") else 1)), True


def _read_day_of_month(match: _Match) -> Found:
    """on the 5th; not for sure, since "on the 5th floor" is no day."""
    day = int(match["day"])
    return (DayOfMonth(day), False) if 1 <= day <= 31 else None


def _read_far_day(match: _Match) -> Found:
    return Named(" ".join(match["name"].lower().split())), True


def _read_weekday(match: _Match) -> Found:
    lead, number = (match["lead"] or "").strip().lower(), WEEKDAY_WORDS[match["name"].lower()]
    if lead == "last":
        return Weekday(number, before=True), False
    return Weekday(number, after=lead.endswith("next")), bool(lead)


def _read_named_day(match: _Match) -> Found:
    name = match["name"].lower().removeprefix("from ").removeprefix("starting ")
    return Named(name.removeprefix("later ")), name not in ("later", "yesterday")


def _read_this(_match: _Match) -> Found:
    """The day of "this evening"; what is left of it is the part of the day."""
    return Named("today"), False


def _read_part(match: _Match) -> Found:
    return PARTS_OF_DAY[(match["part"] or match["night"]).lower()], False


_WEEKDAY, _MONTH = any_of(WEEKDAY_WORDS), any_of(MONTH_WORDS)
_ON = rf"(?:(?:on|from|starting)\s+)?(?:{_WEEKDAY},?\s+)?"
_YEAR = r"(?:,?\s+(?P<year>20\d\d))?"
DAY_THEN_MONTH = rf"(?:the\s+)?(?P<day>\d\d?)(?:(?:st|nd|rd|th)(?:\s+of)?)?\s+(?P<month>{_MONTH}){_YEAR}"
MONTH_THEN_DAY = rf"(?P<month>{_MONTH})\s+(?P<day>\d\d?)(?:st|nd|rd|th)?{_YEAR}"
NUMBERS = r"(?P<slashed>(?P<n1>\d\d?)/(?P<n2>\d\d?)(?:/(?P<year>20\d\d|\d\d))?)"
_DOTTED = r"(?P<slashed>(?P<n1>\d\d?)\.(?P<n2>\d\d?)(?:\.(?P<year>20\d\d|\d\d)|\.)?)"
ISO = r"(?P<iso>\d{4}-\d\d-\d\d|20\d\d/\d\d/\d\d)"

DATES = (
    (rf"{_ON}{ISO}", _read_iso),
    (rf"{_ON}{DAY_THEN_MONTH}", _read_month_day),
    (rf"{_ON}{MONTH_THEN_DAY}", _read_month_day),
    (rf"(?P<on>(?:on|from|starting)\s+)?{NUMBERS}", _read_slashed),
    (rf"(?P<on>(?:on|from|starting)\s+)?{_DOTTED}", _read_dotted),
    (r"(?:on|from|starting)\s+the\s+(?P<day>\d\d?)(?:st|nd|rd|th)", _read_day_of_month),
)
DAYS_AHEAD = (
    rf"in\s+(?P<count>\d{{1,7}}|{any_of(NUMBER_WORDS)})\s(?P<unit>days?|weeks?|months?|years?)(?:['’]s?\s+time)?",
    _read_days_ahead,
)
FAR_DAY = r"(?:the\s+)?(?P<name>day\s+after\s+tomorrow|day\s+before\s+yesterday)"
NEAR_DAYS = (
    (rf"(?:(?:on|from|starting)\s+)?{FAR_DAY}", _read_far_day),
    (r"(?P<name>(?:(?:from|starting)\s+)?(?:today|tomorrow|yesterday)|later today|later|tonight)", _read_named_day),
    (r"this(?=\s+(?:morning|afternoon|evening))", _read_this),
    (
        rf"(?P<lead>(?:(?:on|from|starting)\s+)?(?:next|this)\s+|(?:on|from|starting)\s+|last\s+)?(?P<name>{_WEEKDAY})",
        _read_weekday,
    ),
)
DAY_PART = (r"in\s+the\s+(?P<part>morning|afternoon|evening)|at\s+(?P<night>night)", _read_part)
