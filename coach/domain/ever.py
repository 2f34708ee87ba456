"""Whether a repetition falls on any day at all, found out by looking at a few kinds of years instead of all to come.

Only what is certain counts: a rule is turned down when no day of any kind of year can be one of its days. What is left
in doubt (such as two leap days on a Monday) is for the expansion to find out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from math import gcd
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.domain.repeat import Rule

_KINDS = tuple(date(year, 1, 1) for year in (2018, 2019, 2014, 2015, 2010, 2011, 2017))
_LEAP_KINDS = tuple(date(year, 1, 1) for year in (2024, 2008, 2020, 2004, 2016, 2000, 2012))
"""One year for each weekday it can begin with."""
_AROUND_A_WEEK = 10
"""Days by which a week of the year may lie elsewhere than counted from 1 January."""


@lru_cache(maxsize=512)
def can_fall(rule: Rule, first: date, anchored: tuple[tuple[str, tuple[int, ...]], ...]) -> bool:
    """Whether the rule may have a day; `anchored` are its numbers, with those it takes from its first day."""
    numbers = dict(anchored)
    if rule.frequency == "WEEKLY" and not rule.weekdays and not numbers.keys() - {"BYMONTH", "BYSETPOS"}:
        rule = replace(rule, weekdays=((0, first.weekday()),))
    if rule.frequency == "MONTHLY":  # every fourth month from March is never in April
        numbers["BYMONTH"] = tuple(_months(rule, first, numbers.get("BYMONTH") or range(1, 13)))
    by_place = any(which for which, _ in rule.weekdays)
    named = {day for _, day in rule.weekdays}
    if rule.frequency == "DAILY" and rule.interval % 7 == 0 and named and first.weekday() not in named:
        return False
    if not (numbers or by_place):
        return True
    wanted = min(map(abs, numbers.get("BYSETPOS", (1,))))
    return any(_most(rule, numbers, kind) >= wanted for kind in _years(rule, first))


def _months(rule: Rule, first: date, named: Iterable[int]) -> Iterator[int]:
    step = gcd(rule.interval, 12)
    return (month for month in named if (month - first.month) % step == 0)


def _years(rule: Rule, first: date) -> tuple[date, ...]:
    """The kinds of years it comes to: every other year from an odd one is never a leap year."""
    step = gcd(rule.interval, 4) if rule.frequency == "YEARLY" else 1
    leaps = any((first.year + years) % 4 == 0 for years in range(0, 4, step))
    by_weekday = rule.weekdays or any(name == "BYWEEKNO" for name, _ in rule.numbers)
    kinds = 7 if by_weekday else 1
    return _KINDS[:kinds] + (_LEAP_KINDS[:kinds] if leaps else ())


def _most(rule: Rule, numbers: dict[str, tuple[int, ...]], january: date) -> int:
    """How many days a period of such a year has at most; where positions do not matter, 1 is enough to know."""
    days = _days(rule, numbers, january)
    if "BYSETPOS" not in numbers:
        return int(next(days, None) is not None)
    return max(Counter(_period(rule, day, january) for day in days).values(), default=0)


def _period(rule: Rule, day: date, january: date) -> int:
    if rule.frequency == "MONTHLY":
        return day.month
    if rule.frequency == "WEEKLY":
        return ((day - january).days + (january.weekday() - rule.week_start) % 7) // 7
    return day.toordinal() if rule.frequency == "DAILY" else 0


def _days(rule: Rule, numbers: dict[str, tuple[int, ...]], january: date) -> Iterator[date]:
    """The days of a year that every part of the rule allows."""
    for month in numbers.get("BYMONTH", range(1, 13)):
        day = january.replace(month=month)
        length = (date(day.year + month // 12, month % 12 + 1, 1) - day).days
        for number in range(length):
            here = day + timedelta(days=number)
            if _allowed(rule, numbers, here, length):
                yield here


def _allowed(rule: Rule, numbers: dict[str, tuple[int, ...]], day: date, month_length: int) -> bool:
    of_month = numbers.get("BYMONTHDAY")
    if of_month and day.day not in of_month and day.day - month_length - 1 not in of_month:
        return False
    if rule.weekdays and not _is_weekday(rule, bool(numbers.get("BYMONTH")), day, month_length):
        return False
    of_year, weeks = numbers.get("BYYEARDAY"), numbers.get("BYWEEKNO")
    if not (of_year or weeks):
        return True
    place, length = _place(day)
    if of_year and place not in of_year and place - length - 1 not in of_year:
        return False
    return not weeks or any(_may_be_in_week(place, week, length) for week in weeks)


def _is_weekday(rule: Rule, in_month: bool, day: date, month_length: int) -> bool:
    """One of its weekdays; "the fifth Monday" is counted in the month, or in the year where no month is named."""
    plain = {number for which, number in rule.weekdays if not which}
    placed = [(which, number) for which, number in rule.weekdays if which]
    if plain and day.weekday() not in plain:
        return False
    if not placed:
        return True
    whole_year = rule.frequency == "YEARLY" and not in_month
    place, length = _place(day) if whole_year else (day.day, month_length)
    places = {((place - 1) // 7 + 1, day.weekday()), (-((length - place) // 7) - 1, day.weekday())}
    return not places.isdisjoint(placed)


def _place(day: date) -> tuple[int, int]:
    """Which day of its year it is, and how many there are."""
    january = date(day.year, 1, 1).toordinal()
    return day.toordinal() - january + 1, date(day.year + 1, 1, 1).toordinal() - january


def _may_be_in_week(place: int, week: int, length: int) -> bool:
    """Roughly: where weeks begin, and which is the first, are left to the expansion."""
    middle = week * 7 - 3 if week > 0 else length + week * 7 + 4
    return abs(place - middle) <= _AROUND_A_WEEK or abs(place - middle) >= length - _AROUND_A_WEEK
