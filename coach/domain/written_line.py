"""Writes an item as the line that reads back as it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time

from coach.domain.after_phrases import anchors_of
from coach.domain.clock_phrases import LONGEST_BARE
from coach.domain.days import DAY_START, clock_day, show_day
from coach.domain.errors import Refused
from coach.domain.items import Item
from coach.domain.leads import write_phrase
from coach.domain.repeat import Rule, read_rule
from coach.domain.repeat_words import how_often
from coach.domain.typed_line import quote_title, take_apart

_AFTER = re.compile(r"\bafter\b", re.IGNORECASE)
"""In a title: what is planned there may be called like the words that follow."""


def line_of(item: Item, today: date | None = None, day_start: time = DAY_START) -> str:
    """The line that reads back as this item; with `today` given, today and tomorrow are named so."""
    rest = _rest(item)
    if item.rule is None or _only_once(item):
        day = clock_day(item.day, item.starts or ((item.start,) if item.start else ()), day_start)
        moved = day != item.day and day == today  # "today 01:30" is the night to come
        return _with_title(item, f"{_day(day, None if moved else today)}{rest}")
    rule = read_rule(item.rule)
    first = item.day.isoformat() if item.day else "today"
    return _with_title(item, f"{often_words(rule, item.day)}{rest} from {first}{_end(rule)}")


def undated_line_of(item: Item) -> str:
    """The same without a day, as the line of a template has none."""
    return _with_title(item, _rest(item).strip()).rstrip()


def often_words(rule: Rule, first: date | None) -> str:
    """How often, in the plainest words that read back as it."""
    unending = replace(rule, count=None, until=None)
    for words in _words(unending, first):
        try:
            repeat = take_apart(f"{quote_title('x')} {words} from 2026-11-23").chosen.get("repeat")
        except Refused:
            continue
        if getattr(repeat, "rule", None) == unending:
            return words
    return f"by the rule {unending}"


def _only_once(item: Item) -> bool:
    """Several times on one day are a series of one day."""
    return bool(item.starts) and item.rule == str(Rule("DAILY", count=1))


def _words(rule: Rule, first: date | None) -> Iterator[str]:
    """Ways to say it, the plainest first."""
    if rule == Rule(rule.frequency, rule.interval):
        unit = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}[rule.frequency]
        yield f"every {unit}" if rule.interval == 1 else f"every {rule.interval} {unit}s"
    if first is not None:
        yield how_often(rule, first)
    yield f"by the rule {rule}"


def _with_title(item: Item, tail: str) -> str:
    """The title is quoted where a word of it would be read as something else."""
    anchors = anchors_of([item.follows])
    meant = take_apart(f"{quote_title('x')} {tail}", anchors)
    try:
        plain = take_apart(f"{item.title} {tail}", anchors)
        same = (plain.title, plain.chosen, plain.tags) == (item.title, meant.chosen, meant.tags)
        same = same and not _AFTER.search(item.title)
    except Refused:
        same = False
    return f"{item.title if same else quote_title(item.title)} {tail}"


def _day(day: date | None, today: date | None) -> str:
    if day is None:
        return "later"
    if today is not None and 0 <= (day - today).days <= 1:
        return show_day(day, today)
    return day.isoformat()


def _rest(item: Item) -> str:
    starts = [f"{start:%H:%M}" for start in item.starts or ((item.start,) if item.start else ())]
    reminder = write_phrase(item.leads if starts else (), silent=item.silent)
    parts = [" and ".join(starts), _length(item.minutes), reminder, _after(item), write_place(item.place)]
    parts += [f"#{tag}" for tag in item.tags] + (["!"] if item.pinned else [])
    return "".join(f" {part}" for part in parts if part)


def _after(item: Item) -> str:
    """What it comes after, in quotes where its words would be read as something else."""
    if not item.follows or item.start:
        return ""
    if item.follows.isascii() and item.follows.replace(" ", "").isalpha():
        plain = take_apart(f"{quote_title('x')} after {item.follows} later", anchors_of([item.follows]))
        if (plain.title, set(plain.chosen)) == ("x", {"after", "day"}):
            return f"after {item.follows}"
    return f"after {quote_title(item.follows)}"


def write_place(place: str) -> str:
    """@gym, or in quotes where it is not one plain word."""
    if not place:
        return ""
    if place.isascii() and place.isalpha():
        bare = take_apart(f"x @{place}").chosen.get("place") == place
        return f"@{place}" if bare else f"@{quote_title(place)}"
    return f"@{quote_title(place)}"


def _end(rule: Rule) -> str:
    if rule.count:
        return f" {rule.count} times"
    return f" until {rule.until.isoformat()}" if rule.until else ""


def _length(minutes: int | None) -> str:
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, 60)
    short = f"{hours}h{rest:02}" if hours and rest else f"{hours}h" if hours else f"{minutes}m"
    return f"for {short}" if minutes > LONGEST_BARE else short
