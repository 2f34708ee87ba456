"""Says in words how often something repeats: "Mon-Fri", "every other Saturday", "the 1st of every month"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from coach.domain.calendar_words import PLACES
from coach.domain.days import MONTHS, WEEKDAYS
from coach.domain.repeat import Rule

_PLACE_NAMES = {number: name for name, number in PLACES.items() if name.isalpha()}


def how_often(rule: Rule, first: date) -> str:
    """ "Mon-Fri", "every other Saturday"; by its own text what has no plain words."""
    if set(dict(rule.numbers)) - {"BYMONTHDAY", "BYMONTH"}:
        return f"by the rule {replace(rule, count=None, until=None)}"
    if rule.frequency == "DAILY":
        return _every(rule, "day") if not (rule.weekdays or rule.numbers) else f"by the rule {rule}"
    if rule.frequency == "WEEKLY" and not rule.numbers:
        return _weekly(rule, first)
    if rule.frequency == "MONTHLY" and not rule.of("BYMONTH"):
        return f"{_place_in_month(rule, first)} of {_every(rule, 'month')}"
    if rule.frequency == "YEARLY" and not (rule.numbers or rule.weekdays):
        return f"{_every(rule, 'year')} on {first.day} {MONTHS[first.month - 1]}"
    return f"by the rule {replace(rule, count=None, until=None)}"


def _weekly(rule: Rule, first: date) -> str:
    days = tuple(day for _, day in rule.weekdays) or (first.weekday(),)
    if rule.interval == 1:
        return "every " + WEEKDAYS[days[0]] if len(days) == 1 else _days(days)
    if rule.interval == 2 and len(days) == 1:
        return f"every other {WEEKDAYS[days[0]]}"
    return f"{_every(rule, 'week')} on {_days(days)}"


def _days(days: tuple[int, ...]) -> str:
    """ "Mon-Fri", "Mon, Wed and Fri", "every day"."""
    short = [WEEKDAYS[day][:3] for day in days]
    if len(days) == 7:
        return "every day"
    if len(days) > 2 and days == tuple(range(days[0], days[-1] + 1)):
        return f"{short[0]}-{short[-1]}"
    return short[0] if len(short) == 1 else f"{', '.join(short[:-1])} and {short[-1]}"


def _place_in_month(rule: Rule, first: date) -> str:
    if rule.weekdays:
        return "the " + " and ".join(f"{_place(which)} {WEEKDAYS[day]}".strip() for which, day in rule.weekdays)
    days = rule.of("BYMONTHDAY") or (first.day,)
    return "the " + " and ".join("last day" if day == -1 else ordinal(day) for day in days)


def _place(which: int) -> str:
    return _PLACE_NAMES.get(which, ordinal(which) if which > 0 else f"{ordinal(-which)} last" if which else "")


def ordinal(number: int) -> str:
    if number < 0:
        return f"{ordinal(-number)} last day"
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _every(rule: Rule, unit: str) -> str:
    if rule.interval == 1:
        return f"every {unit}"
    return f"every other {unit}" if rule.interval == 2 else f"every {rule.interval} {unit}s"


def say_end(rule: Rule, today: date | None = None, several: bool = False) -> str:
    """ "until 31 Dec", "10 times"; with `several` times a day it is days that were counted."""
    if rule.count:
        return (
            f"on {rule.count} days"
            if several and rule.count > 1
            else f"{rule.count} times"
            if rule.count > 1
            else "once"
        )
    if rule.until is None:
        return ""
    year = "" if today is not None and rule.until.year == today.year else f" {rule.until.year}"
    return f"until {rule.until.day} {MONTHS[rule.until.month - 1][:3]}{year}"
