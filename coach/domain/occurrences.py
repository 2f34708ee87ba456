"""One time of something that repeats: a name it keeps for ever, its place on a day, and where a repetition is cut.

The name holds the day and the time the rule gave it. A mark, a change of this one time and its prompts go by that,
wherever it was moved; so changing one never touches another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import lru_cache

from coach.domain.days import FIRST_DAY, LAST_DAY
from coach.domain.errors import Refused
from coach.domain.items import Item
from coach.domain.repeat import Rule, days_between, may_fall, next_day, read_rule

RARELY = timedelta(days=28)
_NAME = re.compile(r"\d{4}-x:(?P<of>[^:]+):(?P<on>\d{4}-\d\d-\d\d)(?::(?P<slot>\d{4}))?")


@dataclass(frozen=True, slots=True)
class Name:
    """Which time of which repeating item."""

    of: str
    on: date
    slot: str = ""

    def __str__(self) -> str:
        return f"{self.on:%y%m}-x:{self.of}:{self.on.isoformat()}" + (f":{self.slot}" if self.slot else "")


def read_name(text: str) -> Name | None:
    """None for what names no single time of something."""
    if (found := _NAME.fullmatch(text)) is None:
        return None
    try:
        return Name(found["of"], date.fromisoformat(found["on"]), found["slot"] or "")
    except ValueError:
        return None


def name_of(item: Item) -> Name | None:
    return Name(item.of, item.on, item.slot) if item.of and item.on else None


def rule_of(series: Item) -> Rule:
    """Its rule; one of another program that coach cannot read, or that never falls, leaves it on its first day."""
    return _rule(series.rule or "", series.day)


@lru_cache(maxsize=512)
def _rule(text: str, first: date | None) -> Rule:
    with suppress(Refused):
        rule = read_rule(text)
        if first is None or may_fall(rule, first):
            return rule
    return Rule("DAILY", count=1)


def slots(series: Item) -> tuple[tuple[str, time | None], ...]:
    """Its times of a day by name; a single one has no name, so that it may change and stay the same."""
    if not series.starts:
        return (("", series.start),)
    return tuple((f"{start:%H%M}", start) for start in series.starts)


def occurrences(series: Item, first: date, last: date) -> Iterator[Item]:
    """Its times on these days, in order, as the rule gives them."""
    if series.day is None:
        return
    for day in days_between(rule_of(series), series.day, max(first, FIRST_DAY), min(last, LAST_DAY)):
        for slot, start in slots(series):
            yield _at(series, day, slot, start)


def occurrence(series: Item, name: Name) -> Item | None:
    """One time by its name; None when the rule does not give it (any more)."""
    return next((one for one in occurrences(series, name.on, name.on) if one.slot == name.slot), None)


def comes_rarely(series: Item) -> bool:
    """Whether it comes at most once in four weeks.

    An unmarked time of anything that comes more often is not left over: the next one is near, and asking about
    yesterday's walk every day would only pile up. Rent that was not paid is asked about.
    """
    return series.day is not None and _rarely(replace(rule_of(series), until=None), series.day)


@lru_cache(maxsize=512)
def _rarely(rule: Rule, first: date) -> bool:
    last = first + min(RARELY - timedelta(days=1), date.max - first)
    return len(days_between(rule, first, first, last)) <= 1


def ended_before(series: Item, day: date) -> Item | None:
    """The series with nothing from a day on; None when nothing is left of it."""
    if series.day is None:
        return None
    rule, last = rule_of(series), day - timedelta(days=1)
    if not days_between(rule, series.day, series.day, last):
        return None
    until = min(rule.until, last) if rule.until else last
    return replace(series, rule=str(replace(rule, count=None, until=until)))


def begun_on(series: Item, day: date) -> Item | None:
    """The series with nothing before a day, in step with what it was; None when nothing is left of it."""
    if series.day is None:
        return None
    rule = rule_of(series)
    if (first := next_day(rule, series.day, day)) is None:
        return None
    if rule.count:
        over = len(days_between(rule, series.day, series.day, first - timedelta(days=1)))
        rule = replace(rule, count=rule.count - over)
    return replace(series, day=first, rule=str(rule))


def _at(series: Item, day: date, slot: str, start: time | None) -> Item:
    return replace(
        series,
        id=str(Name(series.id, day, slot)),
        day=day,
        start=start,
        rule=None,
        starts=(),
        of=series.id,
        on=day,
        slot=slot,
    )
