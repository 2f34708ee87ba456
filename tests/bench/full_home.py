"""The fullest home there should be: ten years of a life, forty habits marked every day, three hundred things today."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from coach.codec import encode
from coach.domain.habits import Habit, Target
from coach.domain.items import Item
from coach.paths import Paths
from coach.storage import ids, log
from tests.bench.day_trial import old_series
from tests.bench.history import TODAY, write_history

DEVICE = "tablet04"
HABITS, ITEMS, REPEATING = 40, 300, 100
DONE = 0.85
"""Share of the days on which a habit is marked done; on the others nothing is said of it."""
Said = tuple[str, str, str, dict[str, Any]]
"""Book, table, record and fields."""


def write_full(paths: Paths, days: int, seed: int = 7, today: date = TODAY) -> int:
    """As `write_history`, and by one more device the habits, their marks and the things of today; how many records."""
    write_history(paths, days, seed, today)
    first = today - timedelta(days=days - 1)
    said = [*_plan(first), *_things(today), *_marks(first, days, random.Random(seed))]
    lines: dict[str, list[bytes]] = {}
    milliseconds = int(datetime.combine(first, datetime.min.time(), UTC).timestamp() * 1000)
    for number, (book, table, record, fields) in enumerate(said):
        operation = (table, record, fields)
        change = log.Change(f"{milliseconds + number:012x}-0000-{DEVICE}", f"{number:026d}", (operation,))
        lines.setdefault(book, [log.encode_head(DEVICE, book)]).append(log.encode(change))
    for book, encoded in lines.items():
        path = Path(paths.data, "books", DEVICE, f"{book}.log")
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_bytes(b"".join(encoded))
        path.chmod(0o600)
    return len(said)


def habits(first: date) -> list[Habit]:
    """Every day, named weekdays, and three times a week, in turn."""
    targets = (Target(), Target(weekdays=(0, 2, 4)), Target(times=3, per=7), Target(times=1, per=7))
    return [
        Habit(f"p-{number:026d}", f"habit {number}", order=number, made=first, targets={first.isoformat(): target})
        for number in range(HABITS)
        for target in (targets[number % len(targets)],)
    ]


def _plan(first: date) -> Iterator[Said]:
    for habit in habits(first):
        yield ids.PLAN, "habits", habit.id, _fields(habit)
    for number, item in enumerate(old_series(REPEATING)):
        yield ids.PLAN, "items", f"p-{1000 + number:026d}", _fields(item)


def _things(today: date) -> Iterator[Said]:
    book = ids.month_book(today)
    for number in range(ITEMS - REPEATING):
        record = f"{ids.prefix_of(book)}-{number:026d}"
        yield book, "items", record, _fields(Item(record, f"task {number}", today, order=number))


def _marks(first: date, days: int, chance: random.Random) -> Iterator[Said]:
    for number in range(days):
        day = first + timedelta(days=number)
        book = ids.month_book(day)
        for habit in range(HABITS):
            if chance.random() < DONE:
                subject = f"p-{habit:026d}"
                fields = {"subject": subject, "day": day.isoformat(), "state": "done", "at": f"{day}T20:00:00+00:00"}
                yield book, "marks", f"{ids.prefix_of(book)}-m:{subject}:{day}", fields


def _fields(thing: Habit | Item) -> dict[str, Any]:
    """What is said of it; defaults are not written, as in the program."""
    said: dict[str, Any] = encode(thing)
    return {name: value for name, value in said.items() if name != "id" and value not in (None, "", [], {}, False)}
