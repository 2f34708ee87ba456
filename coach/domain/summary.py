"""What a month comes to: the inputs of charts, searches and plans, small enough to keep for every month."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from coach.domain.facts import Fields, Table, day_in, facts_of
from coach.domain.text import clean

_WORD = re.compile(r"[^\W\d_]{3,}")
NOT_WRITTEN = frozenset(
    {
        *("at", "zone", "day", "start", "starts", "made", "rule", "goal", "step", "subject", "state", "practice"),
        *("of", "on", "slot", "part", "kind", "id", "habit", "item", "template", "device"),
    }
)
"""Text fields that name or date something instead of saying it."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many, and what their numbers add up to."""

    count: int
    total: int


@dataclass(frozen=True, slots=True)
class Summary:
    """One month; days are ISO dates."""

    month: str
    marks: dict[str, str]
    """Subject to one character for each of 31 days."""
    cravings: dict[str, Tally]
    """ "weekday hour" (Monday is 0, of the logical day) to count and summed intensity."""
    moods: dict[str, Tally]
    """Day to count and sum."""
    sessions: dict[str, Tally]
    """Practice to count and seconds."""
    session_days: dict[str, int]
    """Day to count."""
    text: str
    """Every word of three letters and more, once, between spaces."""
    strays: dict[str, date | None]
    """Items of this month's book whose day lies in another month, or that have none."""
    amounts: dict[str, dict[str, float]]
    """Counted subject to day to how much."""
    shapes: dict[str, str]
    """Day to the character of its kind, where it is not a usual one."""
    here: str
    """One character for each of 31 days: whether anything says that somebody was there."""
    tags: dict[str, int]
    """Tag to how many things have it."""

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.text.split())

    def may_hold(self, wanted: Iterable[str]) -> bool:
        """False only when no record of the month can hold all of these texts, capitals aside."""
        return all(part in self.text for text in wanted for part in words_of(text))


def summarise(month: str, tables: Mapping[str, Table]) -> Summary:
    """The summary of a month's records; what is not as it should be is passed over, as the screens do."""
    facts = facts_of(month, tables)
    return Summary(
        month,
        facts.marks,
        _tallies(map(_craving, tables.get("cravings", {}).values())),
        _tallies(map(_mood, tables.get("moods", {}).values())),
        _tallies(map(_session, tables.get("sessions", {}).values())),
        _counts(map(_practised_on, tables.get("sessions", {}).values())),
        " ".join(sorted(set(_words(tables)))),
        strays_of(month, tables.get("items", {})),
        facts.amounts,
        facts.shapes,
        facts.here,
        count_tags(tables.get("items", {})),
    )


def strays_of(month: str, items: Table) -> dict[str, date | None]:
    """The items that are not on a day of their own month, with the day they are on."""
    found = {}
    for record, fields in items.items():
        day = day_in(fields)
        if fields.get("day") is None or (day and f"{day:%Y-%m}" != month):
            found[record] = day
    return found


def count_tags(items: Table) -> dict[str, int]:
    counted = Counter(tag for fields in items.values() for tag in tags_in(fields))
    return dict(sorted(counted.items()))


def tags_in(fields: Fields) -> list[str]:
    tags = fields.get("tags")
    return [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []


def words_of(text: str) -> list[str]:
    """The words of a text that a summary keeps, folded so that capitals do not matter."""
    if not (text.isascii() and text.isprintable()):
        text = clean(text)
    return _WORD.findall(text.casefold())


def _craving(fields: Fields) -> tuple[str, int] | None:
    day, intensity = day_in(fields), _scale(fields.get("intensity"))
    try:
        hour = datetime.fromisoformat(str(fields.get("at"))).hour
    except ValueError:
        return None
    return (f"{day.weekday()} {hour}", intensity) if day and intensity is not None else None


def _mood(fields: Fields) -> tuple[str, int] | None:
    day, value = day_in(fields), _scale(fields.get("value"))
    return (day.isoformat(), value) if day and value is not None else None


def _session(fields: Fields) -> tuple[str, int] | None:
    practice, seconds = fields.get("practice"), fields.get("seconds")
    if not isinstance(practice, str) or type(seconds) is not int or seconds < 0:
        return None
    return practice, seconds


def _practised_on(fields: Fields) -> str | None:
    day = day_in(fields)
    return day.isoformat() if day and _session(fields) else None


def _scale(value: Any) -> int | None:
    return value if type(value) is int and 0 <= value <= 10 else None


def _tallies(found: Iterable[tuple[str, int] | None]) -> dict[str, Tally]:
    sums: dict[str, tuple[int, int]] = {}
    for name, number in filter(None, found):
        count, total = sums.get(name, (0, 0))
        sums[name] = (count + 1, total + number)
    return {name: Tally(*numbers) for name, numbers in sorted(sums.items())}


def _counts(found: Iterable[str | None]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for day in filter(None, found):
        counts[day] = counts.get(day, 0) + 1
    return dict(sorted(counts.items()))


def _words(tables: Mapping[str, Table]) -> Iterator[str]:
    for table in tables.values():
        for fields in table.values():
            for name, value in fields.items():
                if name not in NOT_WRITTEN:
                    yield from _words_in(value)


def _words_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from words_of(value)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _words_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _words_in(item)
