"""The days on which somebody was here, by what a month's records tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from coach.domain.days import DAY_START, day_of

FIRST_WEEK = timedelta(days=7)
Fields = Mapping[str, Any]


def traces(tables: Mapping[str, Mapping[str, Fields]], day_start: time = DAY_START) -> set[date]:
    """The days on which somebody was here, as far as a month's records tell.

    A mark is a trace of the moment it was given, not of the day it is about: what was excused ahead of a journey does
    not say that anybody was here. One without a moment came from elsewhere and counts for its day.
    """
    return {day for records in tables.values() for fields in records.values() for day in _days(fields, day_start)}


def begun(tables: Mapping[str, Mapping[str, Fields]], day_start: time = DAY_START) -> Iterator[date]:
    """The days on which coach was seen, or something was added: nobody can date these back."""
    for records in tables.values():
        for fields in records.values():
            yield from _moments(fields, ("made", "seen"), day_start)


def _days(fields: Fields, day_start: time) -> Iterator[date]:
    names = [name for name in ("at", "made", "seen") if isinstance(fields.get(name), str)]
    yield from _moments(fields, names, day_start)
    if not names and "state" in fields and isinstance(fields.get("day"), str):
        try:
            yield date.fromisoformat(fields["day"])
        except ValueError:
            return


def _moments(fields: Fields, names: Iterable[str], day_start: time) -> Iterator[date]:
    for name in names:
        try:
            yield day_of(datetime.fromisoformat(fields.get(name, "")), day_start)
        except (TypeError, ValueError, OverflowError):  # no moment at all, or the first hours of the year 1
            continue  # not of this coach
