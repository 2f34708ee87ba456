"""Knows what the tracker Loop writes, its zip of CSV files or its database, by what is in it, and brings it over."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from coach.domain.errors import Refused
from coach.domain.text import in_words
from coach.storage.fold import Fields
from coach.storage.ids import PLAN, home_of
from coach.storage.log import GONE, Operation
from coach.storage.store import Store

if TYPE_CHECKING:
    from coach.exchange.left_out import LeftOut
    from coach.exchange.loop_habits import Tracked

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_DATABASE = b"SQLite format 3\x00"
_ALONE = (b"Position,Name,", b"Date,Value,Notes", b"\xef\xbb\xbfPosition,Name,", b"\xef\xbb\xbfDate,Value,Notes")
_BESIDE = ("-journal", "-wal")


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file of the tracker holds."""

    books: Mapping[str, list[Operation]]
    habits: int
    days: int
    notes: int
    left_out: tuple[str, ...]
    """A sentence for each kind of thing that is not taken, or becomes something else."""


def is_of_loop(data: bytes) -> bool:
    """Whether it looks like something of the tracker, and is no text of ours."""
    return data.startswith((*_ZIP, _DATABASE, *_ALONE))


def check_whole(path: str, data: bytes) -> None:
    """Refused for a database that was copied while it was written to: a part of it lies in a file beside it."""
    if not data.startswith(_DATABASE):
        return
    for beside in (path + end for end in _BESIDE):
        if os.path.isfile(beside) and os.path.getsize(beside):
            raise Refused(f"{in_words(beside)} shows that the database is not whole. Export it again in the tracker.")


def bring(store: Store, data: bytes, now: datetime, today: date) -> Brought:
    """The records a file of the tracker comes to here; Refused, naming the place, when it cannot be read."""
    from coach.exchange.left_out import LeftOut
    from coach.exchange.loop_habits import records_of

    if data.startswith(_ALONE):
        raise Refused("That is one file out of the tracker's export. Give the whole zip, as the tracker wrote it.")
    left = LeftOut()
    tracked = _habits_in(data, left)
    operations = records_of(tracked, _habits_here(store), now, today, left)
    books: dict[str, list[Operation]] = {}
    for operation in operations:
        books.setdefault(home_of(operation[1]), []).append(operation)
    marks = [fields for table, _, fields in operations if table == "marks"]
    notes = sum("note" in fields for fields in marks)
    return Brought(books, len(tracked), len(marks), notes, tuple(left.sentences()))


def _habits_in(data: bytes, left: LeftOut) -> list[Tracked]:
    """Read by what it is; each loads only what it needs."""
    if data.startswith(_ZIP):
        from coach.exchange import loop_csv

        return loop_csv.habits_in(data, left)
    from coach.exchange import loop_database

    return loop_database.habits_in(data, left)


def _habits_here(store: Store) -> dict[str, Fields]:
    raw = store.books.fresh(PLAN).raw("habits")
    return {
        record: {name: value for name, value in fields.items() if name != GONE}
        for record, fields in raw.items()
        if not fields.get(GONE)
    }
