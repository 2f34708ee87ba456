"""The words in a typed line that say until when and what is left out: "until june", "for 7 days", "except fri"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from coach.domain.calendar_words import FEASTS, MONTH_WORDS, WEEKDAY_WORDS, any_of
from coach.domain.day_phrases import (
    DAY_THEN_MONTH,
    FAR_DAY,
    ISO,
    MONTH_THEN_DAY,
    NUMBERS,
    iso_day,
    read_month_day,
    read_slashed,
)
from coach.domain.meanings import Ending, Except, Found, MonthDay, MonthEnd, Named, Slashed, Weekday
from coach.domain.repeat_phrases import LEFT_OUT, weekdays_in

_Match = re.Match[str]
_Day = date | MonthDay | MonthEnd | Slashed | Weekday | Named


def _until(read: Callable[[_Match], _Day | None], sure: bool = True) -> Callable[[_Match], Found]:
    def found(match: _Match) -> Found:
        day = read(match)
        return (Ending(until=day), sure) if day else None

    return found


def _read_weekday(match: _Match) -> Weekday:
    return Weekday(WEEKDAY_WORDS[match["name"].lower()], after=bool(match["next"]))


def _read_feast(match: _Match) -> MonthDay:
    month, day = FEASTS[" ".join(match["feast"].lower().replace("’", "'").split())]
    return MonthDay(month, day)


def _read_month(match: _Match) -> MonthEnd:
    return MonthEnd(MONTH_WORDS[match["month"].lower()], int(match["year"]) if match["year"] else None)


def _read_end_of(match: _Match) -> MonthEnd | MonthDay | Weekday:
    if match["period"] is None:
        return _read_month(match)
    ends: dict[str, MonthDay | Weekday | MonthEnd] = {
        "year": MonthDay(12, 31),
        "week": Weekday(6),
        "month": MonthEnd(),
    }
    return ends[match["period"].lower()]


def _read_for_so_long(match: _Match) -> Found:
    count, unit = int(match["count"]) if match["count"].isdigit() else 1, match["unit"].lower()
    if not count:
        return None
    if unit.startswith("m"):
        return Ending(months=count), False
    return Ending(days=count * (7 if unit.startswith("w") else 1)), False


def _read_times(match: _Match) -> Found:
    return (Ending(times=int(match["count"])), False) if int(match["count"]) else None


def _read_except(match: _Match) -> Found:
    return Except(weekdays_in(match["days"])), False


_DAY = any_of(WEEKDAY_WORDS)
_UNTIL = r"(?:until|till|til)\s+"
_LAST_DAY = rf"(?:until|till|til|up\s+to)\s+(?:{_DAY},?\s+)?"
_MONTH = rf"(?P<month>{any_of(MONTH_WORDS)})(?:\s+(?P<year>20\d\d))?"
_FEAST = any_of(FEASTS).replace(r"\ ", r"\s+").replace("'", "['’]")
ENDINGS: tuple[tuple[str, Callable[[_Match], Found]], ...] = (
    (rf"{_LAST_DAY}{ISO}", _until(lambda match: iso_day(match["iso"].replace("/", "-")))),
    (rf"{_LAST_DAY}{DAY_THEN_MONTH}", _until(read_month_day)),
    (rf"{_LAST_DAY}{MONTH_THEN_DAY}", _until(read_month_day)),
    (rf"{_LAST_DAY}{NUMBERS}", _until(read_slashed)),
    (rf"{_UNTIL}(?P<next>next\s+)?(?:this\s+)?(?P<name>{_DAY})", _until(_read_weekday)),
    (rf"{_UNTIL}{FAR_DAY}", _until(lambda match: Named(" ".join(match["name"].lower().split())))),
    (rf"{_UNTIL}(?P<name>today|tonight|tomorrow|yesterday)", _until(lambda match: Named(match["name"].lower()))),
    (
        rf"{_UNTIL}(?:the\s+)?end\s+of\s+(?:(?:the|this)\s+(?P<period>month|year|week)|{_MONTH})",
        _until(_read_end_of),
    ),
    (rf"{_UNTIL}{_MONTH}", _until(_read_month, sure=False)),
    (rf"{_UNTIL}(?P<feast>{_FEAST})", _until(_read_feast, sure=False)),
    (r"for\s+(?P<count>\d{1,3}|a)\s+(?P<unit>days?|nights?|weeks?|months?)", _read_for_so_long),
    (r"(?P<count>\d{1,4})\s+times", _read_times),
)
"""Sure ones count wherever they stand, once something repeats before them."""
EXCEPTS = ((rf"(?:except|but(?:\s+not)?|not)\s+(?:for\s+)?(?:on\s+|at\s+)?(?P<days>{LEFT_OUT})", _read_except),)
