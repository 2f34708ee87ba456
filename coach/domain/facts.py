"""What was said of a month's days: a character for each mark, how much was counted, their kind, and who was there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from coach.domain.items import MOST

Fields = Mapping[str, Any]
Table = Mapping[str, Fields]
"""Record id to fields, as they are stored."""

OPEN = "."
LETTERS = {"done": "d", "part": "p", "excused": "e", "missed": "m", "moved": "v", "dropped": "x"}
"""One character for what became of something on a day; open and unknown are a dot."""
SHAPES = {"low": "l", "sick": "s", "away": "a"}
"""One character for a kind of day on which what is not marked is excused; any other is not kept."""
HERE = "h"
_SAID = frozenset({"done", "part", "missed"})
"""States that are only ever said by somebody who is there: a day may be excused long before."""
_OF_A_MOMENT = ("moods", "sessions", "cravings")
_LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True)
class Facts:
    """What was said of a month's days, as far as habits ask; days are ISO dates."""

    marks: dict[str, str]
    """Subject to one character for each of 31 days."""
    amounts: dict[str, dict[str, float]]
    """Counted subject to day to how much."""
    shapes: dict[str, str]
    """Day to the character of its kind, where it is not a usual one."""
    here: str
    """One character for each of 31 days: whether anything says that somebody was there, and silence says something."""


def facts_of(month: str, tables: Mapping[str, Table]) -> Facts:
    """The part that habits ask for, at a small part of the cost."""
    marks = tables.get("marks", {}).values()
    shapes = map(_shape, tables.get("shapes", {}).values())
    kinds = dict(sorted(filter(None, shapes)))
    return Facts(_marks(month, marks), _amounts(month, marks), kinds, _here(month, tables))


def day_in(fields: Fields) -> date | None:
    day = fields.get("day")
    if not isinstance(day, str):
        return None
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def _marks(month: str, marks: Iterable[Fields]) -> dict[str, str]:
    wanted = _year_and_month(month)
    found: dict[str, list[str]] = {}
    for mark in marks:
        day, subject = day_in(mark), mark.get("subject")
        if day and isinstance(subject, str) and (day.year, day.month) == wanted:
            letter = LETTERS.get(str(mark.get("state")), OPEN)
            letters = found.setdefault(subject, [""] * _LONGEST_MONTH)
            letters[day.day - 1] = _with_slot(letters[day.day - 1], letter)
    return {subject: "".join([letter or OPEN for letter in letters]) for subject, letters in sorted(found.items())}


def _with_slot(before: str, letter: str) -> str:
    """Of something with several slots a day: their one letter, or part where some of it was done."""
    if not before or before == letter:
        return letter
    return "p" if {before, letter} & {"d", "p"} else min(before, letter)


def _year_and_month(month: str) -> tuple[int, int]:
    return int(month[:4]), int(month[5:])


def _amounts(month: str, marks: Iterable[Fields]) -> dict[str, dict[str, float]]:
    """Several slots of one day are added up."""
    wanted = _year_and_month(month)
    found: dict[str, dict[str, float]] = {}
    for mark in marks:
        if (amount := mark.get("amount")) is None:
            continue  # most of them
        subject, day = mark.get("subject"), day_in(mark)
        right = isinstance(amount, int | float) and not isinstance(amount, bool) and 0 <= amount <= MOST
        if right and isinstance(subject, str) and day and (day.year, day.month) == wanted:
            days = found.setdefault(subject, {})
            days[day.isoformat()] = days.get(day.isoformat(), 0.0) + amount
    return {subject: dict(sorted(days.items())) for subject, days in sorted(found.items())}


def _here(month: str, tables: Mapping[str, Table]) -> str:
    """The days on which anything was marked or noted, or coach was opened."""
    marks, shapes = tables.get("marks", {}).values(), tables.get("shapes", {}).values()
    found = [one for one in marks if str(one.get("state")) in _SAID or one.get("amount") is not None]
    found += [one for one in shapes if one.get("seen")]
    found += [one for name in _OF_A_MOMENT for one in tables.get(name, {}).values()]
    days = {day for one in found if isinstance(day := one.get("day"), str)}
    return "".join(HERE if f"{month}-{day:02}" in days else OPEN for day in range(1, _LONGEST_MONTH + 1))


def _shape(fields: Fields) -> tuple[str, str] | None:
    day, letter = day_in(fields), SHAPES.get(str(fields.get("kind")))
    return (day.isoformat(), letter) if day and letter else None
