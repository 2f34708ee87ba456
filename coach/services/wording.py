"""How doctor and the start name things: files, days and how many."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from datetime import date

from coach.domain.days import MONTHS
from coach.domain.text import in_words

MOST_LISTED = 10


def listed(names: Iterable[str], most: int = MOST_LISTED) -> str:
    """ "a, b and c"; of very many the first, and how many more there are. A name from elsewhere steers nothing."""
    words = [in_words(name) for name in names]
    if len(words) > most:
        words = [*words[:most], f"{len(words) - most} more"]
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def as_arguments(places: Iterable[str]) -> str:
    """Folders as a shell takes them."""
    return " ".join(in_words(shlex.quote(place)) for place in places)


def counted(count: int, one: str, many: str) -> str:
    """ "1 entry", "14 entries"."""
    return f"{count} {one if count == 1 else many}"


def span(days: Sequence[date]) -> str:
    """ "21 Nov 2026", "20 to 22 Nov 2026", "30 Nov to 2 Dec 2026"; nothing for no days."""
    if not days:
        return ""
    first, last = min(days), max(days)
    if first == last:
        return _day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {_day(last)}"
    return f"{_day(first)} to {_day(last)}" if first.year != last.year else f"{_day(first)[:-5]} to {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"
