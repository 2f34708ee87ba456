"""The tables of the contract, and their records as plain data."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from typing import Any

from coach.domain.errors import Refused
from coach.storage.ids import PLAN, book_of
from coach.storage.source import folders
from coach.storage.store import Store
from coach.storage.summary import Summaries

# fmt: off
TABLES = (
    "items", "marks", "shapes", "templates", "habits", "goals", "sessions", "cravings", "coping", "plans", "cards",
    "reasons", "lapses", "thoughts", "journal", "checkins", "moods", "people", "boundaries", "contacts", "medicines",
    "doses", "appointments", "supplies", "safety", "care", "prompts", "reviews", "rehearsals", "worksheets",
    "measures", "settings",
)
# fmt: on
_EMPTY = "Nothing is kept yet; coach add keeps the first item"


class Tables:
    """Every record there is, for `list` and `export`."""

    def __init__(self, store: Store, summaries: Summaries) -> None:
        self._store, self._summaries = store, summaries

    def records(self, table: str, first: date | None = None, last: date | None = None) -> list[dict[str, Any]]:
        """The records of a table with their ids; with days given, those dated in between; by id."""
        if table not in TABLES:
            kept = ", ".join(sorted(self.everything()))  # not all there are: names of rooms that are off stay away
            raise Refused(f"There is no table {table!r}. {f'Those that hold something: {kept}' if kept else _EMPTY}.")
        books = [PLAN, *(month for month in self._summaries.months() if _holds(month, first, last))]
        found = [record for book in books for record in self._of_book(book, table)]
        if first or last:
            found += self._strays(table, set(books))
            found = [record for record in found if _between(record, first, last)]
        return sorted(found, key=lambda record: str(record["id"]))

    def everything(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Table to record id to fields, of every book, tables of a newer coach too."""
        found: dict[str, dict[str, dict[str, Any]]] = {}
        for book in [PLAN, *self._summaries.months()]:
            for table, records in (self._store.book(book).read() or {}).items():
                if records:
                    found.setdefault(table, {}).update(records)
        return found

    def any_book(self) -> bool:
        """Whether any device ever kept something here, also when nothing of it can be read."""
        return bool(folders(os.path.join(self._store.paths.data, "books")))

    def _strays(self, table: str, read: set[str]) -> Iterator[dict[str, Any]]:
        """Items moved to a day of another month; they stay in the book they were born in."""
        for record in self._summaries.strays() if table == "items" else ():
            book = book_of(record) or PLAN
            if book in read:
                continue
            found = self._store.table(book, table).get(doc_id=record)  # type: ignore[call-overload]  # a text id
            if found:
                yield {"id": record, **found}

    def _of_book(self, book: str, table: str) -> Iterator[dict[str, Any]]:
        for document in self._store.table(book, table):
            yield {"id": str(document.doc_id), **document}


def _holds(month: str, first: date | None, last: date | None) -> bool:
    """Whether a month is one of these days."""
    return (first is None or month >= f"{first:%Y-%m}") and (last is None or month <= f"{last:%Y-%m}")


def _between(record: dict[str, Any], first: date | None, last: date | None) -> bool:
    day = record.get("day")
    if not isinstance(day, str):
        return False
    return (first is None or day >= first.isoformat()) and (last is None or day <= last.isoformat())
