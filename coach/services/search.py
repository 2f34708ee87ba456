"""Finds words in everything written, opening only the months that hold them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from coach.domain.text import clean, one_line
from coach.storage.ids import PLAN
from coach.storage.store import Store
from coach.storage.summary import Summaries

FIELDS = {
    "items": ("title", "place", "tags"),
    "goals": ("title", "why"),
    "journal": ("text",),
    "prompts": ("sentence",),
    "cravings": ("triggers", "coping"),
    "sessions": ("note",),
    "marks": ("note",),
}
"""What is searched: table to fields."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that holds every word."""

    table: str
    id: str
    day: str
    text: str


class Search:
    """Every word must be in the same record; capitals do not matter."""

    def __init__(self, store: Store, summaries: Summaries) -> None:
        self._store, self._summaries = store, summaries

    def find(self, text: str) -> tuple[Hit, ...]:
        """Newest first; nothing for an empty text."""
        words = one_line(text).casefold().split()
        if not words:
            return ()
        found = [hit for book in [PLAN, *self._months(words)] for hit in self._in_book(book, words)]
        return tuple(sorted(found, key=lambda hit: (hit.day, hit.id), reverse=True))

    def _months(self, words: list[str]) -> Iterator[str]:
        return (month for month in self._summaries.months() if self._summaries.get(month).may_hold(words))

    def _in_book(self, book: str, words: list[str]) -> Iterator[Hit]:
        for table, fields in FIELDS.items():
            for document in self._store.table(book, table):
                text = "\n".join(_texts(document, fields))
                if all(word in text.casefold() for word in words):
                    yield Hit(table, str(document.doc_id), str(document.get("day") or ""), clean(text))


def _texts(document: Any, fields: tuple[str, ...]) -> Iterator[str]:
    for field in fields:
        value = document.get(field)
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            sign = "#" if field == "tags" else ""
            yield from (f"{sign}{item}" for item in value if isinstance(item, str))
    for step in (document.get("steps") or {}).values() if isinstance(document.get("steps"), dict) else ():
        if isinstance(step, dict) and isinstance(step.get("title"), str):
            yield step["title"]
