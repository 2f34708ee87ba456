"""The words a person uses for days, months and places in a row, in one table; another language is another table."""

from __future__ import annotations

import re
from collections.abc import Iterable

from coach.domain.days import MONTHS, WEEKDAYS

WEEKDAY_WORDS = {form: number for number, name in enumerate(WEEKDAYS) for form in (name.lower(), name[:3].lower())}
WEEKDAY_WORDS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
WEEKDAY_PLURALS = {f"{name.lower()}s": number for number, name in enumerate(WEEKDAYS)}
MONTH_WORDS = {form: number for number, name in enumerate(MONTHS, 1) for form in (name.lower(), name[:3].lower())}
MONTH_WORDS |= {"sept": 9}
FEASTS = {
    "christmas": (12, 25),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "new year": (1, 1),
    "new year's": (1, 1),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
}
"""Days with a name and a date that is the same every year: name to month and day."""
NUMBER_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
NUMBER_WORDS |= {"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30}
PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
"""Which weekday of a month; fifths are left out, since most months have none."""
PARTS_OF_DAY = {"morning": "morning", "afternoon": "midday", "evening": "evening", "night": "evening"}
WORKING_DAYS = ("weekday", "workday", "weeknight")
UNITS = {"day": "DAILY", "week": "WEEKLY", "fortnight": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
ADVERBS = {
    "daily": ("DAILY", 1),
    "weekly": ("WEEKLY", 1),
    "fortnightly": ("WEEKLY", 2),
    "biweekly": ("WEEKLY", 2),
    "monthly": ("MONTHLY", 1),
    "yearly": ("YEARLY", 1),
    "annually": ("YEARLY", 1),
}


OFTEN_MISTYPED = (
    *(name.lower() for name in WEEKDAYS),
    *(name.lower() for name in MONTHS if len(name) > 4),
    *("today", "tomorrow", "tonight", "every", "daily", "weekly", "monthly", "weekdays"),
)
"""Words worth a question when something very like them was typed."""


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"
