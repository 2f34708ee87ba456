"""The words in a typed line that say when to be reminded: "remind 15m before", "reminder 1h and 10m before"."""

from __future__ import annotations

import re

from coach.domain.leads import check_leads
from coach.domain.meanings import Before, Found

_LENGTH = (
    r"(?:half\s+an\s+hour|(?:an?|one)\s+(?:hour|day)"
    r"|\d{1,2}\s?(?:hours?|hrs?|h)(?:\s?\d\d?(?:\s?(?:minutes?|mins?|m))?)?|\d{1,4}\s?(?:minutes?|mins?|m))"
)
_AND = r"(?:\s?,?\s+and\s+|\s?,\s?|\s?&\s?)"
_WORD = r"(?:(?:with\s+)?(?:an?\s+)?reminders?|remind(?:\s+me)?)"
BEFORE = rf"{_WORD}\s+(?P<lengths>{_LENGTH}(?:{_AND}{_LENGTH})*)\s+before"
NONE = r"(?P<none>(?:with\s+)?(?:no\s+reminders?|without\s+(?:an?\s+)?reminders?))"


def read_before(match: re.Match[str]) -> Found:
    """Largest first; never sure: "remind 1h before class" is a title."""
    found = re.findall(_LENGTH, match["lengths"], re.IGNORECASE)
    leads = tuple(sorted({_minutes(one.lower()) for one in found}, reverse=True))
    check_leads(leads)
    return Before(leads), False


def read_none(match: re.Match[str]) -> Found:
    return Before(()), False


REMINDERS = ((BEFORE, read_before), (NONE, read_none))


def _minutes(words: str) -> int:
    if not words[0].isdecimal():
        return 30 if words.startswith("half") else 1440 if words.endswith("day") else 60
    first, *rest = map(int, re.findall(r"\d+", words))
    return first * 60 + sum(rest) if "h" in words else first
