"""Writes an item as the line that reads back as it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from coach.domain.clock_phrases import LONGEST_BARE
from coach.domain.days import show_day
from coach.domain.errors import Refused
from coach.domain.items import Item
from coach.domain.repeat import Rule, read_rule
from coach.domain.repeat_words import how_often
from coach.domain.typed_line import quote_title, take_apart


def line_of(item: Item, today: date | None = None) -> str:
    """The line that reads back as this item; with `today` given, today and tomorrow are named so."""
    rest = _rest(item)
    if item.rule is None or _only_once(item):
        return _with_title(item, f"{_day(item, today)}{rest}")
    rule = read_rule(item.rule)
    first = item.day.isoformat() if item.day else "today"
    unending = replace(rule, count=None, until=None)
    for words in _words(unending, item.day):
        tail = f"{words}{rest} from {first}{_end(rule)}"
        try:
            repeat = take_apart(f"{quote_title('x')} {tail}").chosen.get("repeat")
        except Refused:
            continue
        if getattr(repeat, "rule", None) == unending:
            return _with_title(item, tail)
    return _with_title(item, f"by the rule {unending}{rest} from {first}{_end(rule)}")


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
    meant = take_apart(f"{quote_title('x')} {tail}")
    try:
        plain = take_apart(f"{item.title} {tail}")
        same = (plain.title, plain.chosen, plain.tags) == (item.title, meant.chosen, meant.tags)
    except Refused:
        same = False
    return f"{item.title if same else quote_title(item.title)} {tail}"


def _day(item: Item, today: date | None) -> str:
    if item.day is None:
        return "later"
    if today is not None and 0 <= (item.day - today).days <= 1:
        return show_day(item.day, today)
    return item.day.isoformat()


def _rest(item: Item) -> str:
    starts = [f"{start:%H:%M}" for start in item.starts or ((item.start,) if item.start else ())]
    parts = [" and ".join(starts), _length(item.minutes), _place(item.place)]
    parts += [f"#{tag}" for tag in item.tags] + (["!"] if item.pinned else [])
    return "".join(f" {part}" for part in parts if part)


def _place(place: str) -> str:
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
