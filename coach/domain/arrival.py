"""What a person comes back to: whether they were here today, how many days went by, and what was done yesterday."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from coach.domain.days import DAY_START, day_of

FIRST_WEEK = timedelta(days=7)
Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Arrival:
    """The start of coach, seen from the days before."""

    first_today: bool
    away: int = 0
    """Whole days since the last one that left any trace; only asked at the first start of a day."""
    yesterday: tuple[str, ...] = ()
    """Titles of what was done."""
    first_week: bool = False
    """Whether the first trace of all is less than a week old."""


def traces(tables: Mapping[str, Mapping[str, Fields]], day_start: time = DAY_START) -> set[date]:
    """The days on which somebody was here, as far as a month's records tell.

    A mark is a trace of the moment it was given, not of the day it is about: what was excused ahead of a journey does
    not say that anybody was here. One without a moment came from elsewhere and counts for its day.
    """
    return {day for records in tables.values() for fields in records.values() for day in _days(fields, day_start)}


def _days(fields: Fields, day_start: time) -> Iterator[date]:
    moments = [fields[name] for name in ("at", "made", "seen") if isinstance(fields.get(name), str)]
    for moment in moments:
        try:
            yield day_of(datetime.fromisoformat(moment), day_start)
        except ValueError:
            continue  # not of this coach
    if not moments and "state" in fields and isinstance(fields.get("day"), str):
        try:
            yield date.fromisoformat(fields["day"])
        except ValueError:
            return
