"""Which records hold something that coach cannot show: from another program, or damaged before they were kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from coach.codec import Malformed, decode
from coach.domain.areas import Measure
from coach.domain.entries import Craving, Entry, Mood, Session
from coach.domain.goals import Goal
from coach.domain.habits import Habit
from coach.domain.items import Item, Mark
from coach.domain.prompts import Prompt
from coach.domain.shapes import DayShape
from coach.domain.templates import Template
from coach.services.wording import counted

KINDS: dict[str, type] = {
    "items": Item,
    "marks": Mark,
    "shapes": DayShape,
    "templates": Template,
    "habits": Habit,
    "goals": Goal,
    "measures": Measure,
    "sessions": Session,
    "cravings": Craving,
    "moods": Mood,
    "journal": Entry,
    "prompts": Prompt,
}
"""What this coach shows of each table; of the other tables a newer one knows more."""


def count_odd(table: str, records: Mapping[str, Mapping[str, Any]]) -> int:
    """How many records of a table cannot be shown; they stay as they are, and `list` and `export` give them."""
    kind = KINDS.get(table)
    return 0 if kind is None else sum(not _can_be_shown(kind, record, fields) for record, fields in records.items())


def told(odd: Mapping[str, int]) -> Iterator[str]:
    """A sentence for each table that holds any, with the way to look at them."""
    for table, number in sorted(odd.items()):
        holds, they, are = ("holds", "it", "is") if number == 1 else ("hold", "they", "are")
        found = (
            f"{counted(number, 'record', 'records')} of {table} {holds} a value no coach writes, so {they} {are} kept"
        )
        yield f"{found} but not shown. coach list {table} --json prints them, and coach export takes them along."


def _can_be_shown(kind: type, record: str, fields: Mapping[str, Any]) -> bool:
    data = {name: value for name, value in fields.items() if name != "_gone"}
    if "id" in getattr(kind, "__slots__", ()):
        data["id"] = record
    try:
        decode(kind, data, strict=False)
    except Malformed:
        return False
    return True
