"""The records a made-up person leaves behind: days, and the plan they hang on. All of it is invented."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from coach.storage import ids

WORDS = (
    *("walk", "tea", "call", "plan", "review", "budget", "train", "write", "read", "cook", "garden", "stretch"),
    *("family", "report", "email", "shop", "breathe", "focus", "rest", "water", "meeting", "invoice", "library"),
    *("repair", "study", "tidy", "music", "letter", "sleep", "bus", "park", "soup", "phone", "form", "bread"),
)
HOSTILE = (
    "[/x]",
    "[TODO] call back",
    "[@click=app.quit]press me[/]",
    "$a and ${b}",
    "ends with \\",
    "\x1b]52;c;aGVsbG8=\x07 copied",
    "\x1b[2J\x1b[31mred",
    "\u202egnp.evil\u202c",
    "e" + "\u0301" * 40,
    "👩\u200d👩\u200d👧 父母の家 ☕️",
    "=HYPERLINK(1)",
    "a\tb\r\nc\x00d",
    "w" * 300,
)
HOSTILE_SHARE = 0.01
PRACTICES = ("ext-4-6", "coherent-5-5", "cyclic-sigh", "box-4")
ZONE = "Europe/Dublin"
UNSAID: tuple[Any, ...] = (None, "", [], 0.0)
"""Defaults, which the program does not write either."""
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it was first written."""

    table: str
    id: str
    fields: dict[str, Any]

    def moved(self, day: date) -> Record:
        """The same thing, written down as having happened on another day: born in that day's book."""
        fields = self.fields | {"day": day.isoformat(), "at": day.isoformat() + self.fields["at"][10:]}
        return Record(self.table, f"{_prefix(day)}{self.id[4:]}", fields)


def day_of_life(chance: random.Random, day: date) -> Iterator[tuple[float, Record]]:
    """Hour of writing and record: 27 of them."""
    for number in range(9):
        item = _item(chance, day, number)
        yield 6 + number / 10, item
        yield 8 + number, _mark(chance, day, item.id)
    for _ in range(3):
        yield _happened(chance, day, "cravings", _craving)
    for _ in range(2):
        yield _happened(chance, day, "moods", lambda c: {"value": c.randrange(11)})
    for _ in range(3):
        yield _happened(chance, day, "sessions", _session)
    yield _happened(chance, day, "journal", lambda c: {"text": hostile_or(c, 90)})


def plan_of_life(chance: random.Random, made: datetime) -> Iterator[Record]:
    """What changes instead of happening: goals with steps, prompts, and things for later."""
    for number in range(20):
        yield _said("goals", _plan_id(chance), _goal(chance, made, number))
    for number in range(40):
        yield _said("items", _plan_id(chance), _item_fields(chance, None, number, made.isoformat()))


def hostile_or(chance: random.Random, count: int) -> str:
    """Some words; once in a hundred something that tries to break a screen."""
    if chance.random() < HOSTILE_SHARE:
        return chance.choice(HOSTILE)
    return " ".join(chance.choices(WORDS, k=count))


def _item(chance: random.Random, day: date, number: int) -> Record:
    made = f"{day}T06:0{number}:00+00:00"
    return _said("items", _month_id(chance, day), _item_fields(chance, day, number, made))


def _item_fields(chance: random.Random, day: date | None, number: int, made: str) -> dict[str, Any]:
    timed = day is not None and number < 6
    return {
        "title": hostile_or(chance, 3),
        "day": day.isoformat() if day else None,
        "start": time(7 + 2 * number, chance.choice((0, 15, 30, 45))).isoformat() if timed else None,
        "minutes": chance.choice((10, 15, 30, 45, 60, None)),
        "order": float(number),
        "rule": None,
        "goal": None,
        "step": None,
        "made": made,
    }


def _mark(chance: random.Random, day: date, subject: str) -> Record:
    state = chance.choices(("done", "part", "excused", "moved", "dropped"), (80, 8, 4, 5, 3))[0]
    fields = {"subject": subject, "day": day.isoformat(), "state": state, "at": f"{day}T20:00:00+00:00", "note": ""}
    return _said("marks", f"{_prefix(day)}-m:{subject}:{day}", fields)


def _happened(chance: random.Random, day: date, table: str, rest: Any) -> tuple[float, Record]:
    hour, minute = chance.randrange(8, 23), chance.randrange(60)
    fields = {"at": f"{day}T{hour:02}:{minute:02}:00+00:00", "zone": ZONE, "day": day.isoformat()} | rest(chance)
    return hour + minute / 60, _said(table, _month_id(chance, day), fields)


def _craving(chance: random.Random) -> dict[str, Any]:
    return {
        "intensity": chance.randrange(1, 11),
        "triggers": chance.choices(WORDS, k=chance.randrange(3)),
        "coping": chance.choices(WORDS, k=chance.randrange(2)),
        "after": chance.choice((None, chance.randrange(8))),
    }


def _session(chance: random.Random) -> dict[str, Any]:
    return {
        "practice": chance.choice(PRACTICES),
        "seconds": chance.choice((60, 90, 300, 300, 600)),
        "before": chance.choice((None, 7, 6, 8)),
        "after": chance.choice((None, 4, 5, 3)),
        "note": hostile_or(chance, 4),
    }


def _goal(chance: random.Random, made: datetime, number: int) -> dict[str, Any]:
    steps = {
        _letters(chance, 8): {
            "title": hostile_or(chance, 4),
            "order": float(place),
            "done": chance.random() < 0.4,
            "minutes": chance.choice((5, 10, 15, None)),
        }
        for place in range(chance.randrange(1, 9))
    }
    finished = (made + timedelta(days=30)).isoformat() if number % 3 == 2 else None
    words = {"title": hostile_or(chance, 4), "why": hostile_or(chance, 9)}
    return words | {"order": float(number), "made": made.isoformat(), "done": finished, "steps": steps}


def _said(table: str, record: str, fields: dict[str, Any]) -> Record:
    kept = {name: value for name, value in fields.items() if value not in UNSAID or name in ("intensity", "value")}
    return Record(table, record, kept)


def _prefix(day: date) -> str:
    return ids.prefix_of(ids.month_book(day))


def _month_id(chance: random.Random, day: date) -> str:
    return f"{_prefix(day)}-{_letters(chance, 26)}"


def _plan_id(chance: random.Random) -> str:
    return f"p-{_letters(chance, 26)}"


def _letters(chance: random.Random, count: int) -> str:
    return "".join(chance.choices(_LETTERS, k=count))
