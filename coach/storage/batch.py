"""Adds many records as one batch whose name stands in every change of it, so that it can be found and taken back."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from coach.domain.errors import Refused
from coach.storage import disk, ids, log
from coach.storage.book import Book
from coach.storage.fold import Fields, Fold, Stamp, same
from coach.storage.intake import changes_in, logs_in, plan_first
from coach.storage.log import GONE, REMOVED, Change, Operation
from coach.storage.store import Store

_OF_A_LINE = re.compile(rb'"c":"(import-[0-9a-z]{8})-\d+"')
CHUNK = 60_000
"""Characters of one line, or a little more: at four bytes each still far below the longest one."""
_Record = tuple[str, str]


@dataclass(slots=True)
class Tally:
    """What became of the records of an import, or of its being taken back."""

    done: int = 0
    """Records added, or removed."""
    known: int = 0
    """Records that were so already."""
    kept: Counter[str] = field(default_factory=Counter)
    """Table to how many records hold something else and stay as they are."""

    def add(self, other: Tally) -> None:
        self.done, self.known, self.kept = self.done + other.done, self.known + other.known, self.kept + other.kept


def new_name() -> str:
    """Short enough to be typed: forty bits of chance, and no longer with a number behind it than any change id."""
    return f"import-{ids.ulid()[-8:]}"


def compare(store: Store, book: str, records: Iterable[Operation]) -> tuple[Tally, list[Operation]]:
    """What adding these records to their book would come to, and the operations that do it; writes nothing."""
    here, tally, new = store.books.fresh(book), Tally(), list[Operation]()
    newer = _of_a_newer_coach(here)
    for table, record, fields in records:
        raw = here.raw(table).get(record)
        if record in newer:
            tally.kept[table] += 1
        elif raw is None or raw.get(GONE):
            new.append((table, record, _whole(raw, fields)))
        elif same(_shown(raw), fields):
            tally.known += 1
        else:
            tally.kept[table] += 1
    tally.done = len(new)
    return tally, new


class Batch:
    """One import while it is written."""

    def __init__(self, store: Store, name: str) -> None:
        self._store, self.name = store, name
        self._lines = 0

    def add(self, book: str, records: Iterable[Operation]) -> Tally:
        """Adds those of the records that are not here, durable; NotSaved or Locked, and then none of the book's are."""
        with self._store.appender.turn():
            tally, new = compare(self._store, book, records)
            _write(self._store, book, [(self._next_id(), operations) for operations in _lines_of(new)])
        return tally

    def _next_id(self) -> str:
        self._lines += 1
        return f"{self.name}-{self._lines:04d}"


def take_back(store: Store, name: str, book: str) -> Tally:
    """Removes from a book the records of a batch that still hold what it wrote; those changed since stay."""
    with store.appender.turn():
        written, last = Fold(), dict[_Record, Stamp]()
        others: list[tuple[_Record, Stamp]] = []
        for change in changes_in(store.paths, book):
            if change.id.startswith(f"{name}-"):
                written.apply(change)
                for table, record, _ in change.operations:
                    last[table, record] = max(change.stamp, last.get((table, record), change.stamp))
            else:
                others += [((table, record), change.stamp) for table, record, now in change.operations if GONE in now]
        # Deleted since, and perhaps brought back by another import of the same file: then it is that one's, not ours.
        deleted = {record for record, stamp in others if record in last and stamp > last[record]}
        tally, gone = _standing(store.books.fresh(book), written, deleted)
        _write(store, book, [(ids.ulid(), operations) for operations in _lines_of(gone)])
    return tally


def _standing(here: Book, written: Fold, deleted: set[_Record]) -> tuple[Tally, list[Operation]]:
    tally, gone, newer = Tally(), list[Operation](), _of_a_newer_coach(here)
    for table in written.tables:
        for record, fields in written.visible(table).items():
            raw = here.raw(table).get(record, {GONE: True})
            if raw.get(GONE):
                tally.known += 1
            elif record in newer or (table, record) in deleted or not same(_shown(raw), _shown(fields)):
                tally.kept[table] += 1
            else:
                gone.append((table, record, {GONE: True}))
    tally.done = len(gone)
    return tally, gone


def names_in(store: Store) -> dict[str, set[str]]:
    """Every batch in the logs of this home, and the books it is in, the plan first."""
    found: dict[str, set[str]] = {}
    for book, path in sorted(logs_in(store.paths), key=lambda one: plan_first(one[0])):
        try:
            names = {name.decode() for name in _OF_A_LINE.findall(disk.read_ordinary(path, log.LARGEST, follow=True))}
        except OSError:
            continue
        for name in names:
            found.setdefault(name, set()).add(book)
    return found


def check_size(table: str, record: str, fields: Fields) -> None:
    """Refused when a part of a record is too large for any line; then no coach wrote it."""
    if len(_text(fields)) <= CHUNK:
        return
    for piece in _pieces(fields):
        log.encode(Change(f"{0:012x}-{0:04x}-{'z' * 32}", f"{new_name()}-000000", ((table, record, piece),)))


def _write(store: Store, book: str, changes: list[tuple[str, tuple[Operation, ...]]]) -> None:
    """All of it in one durable append."""
    if not changes:
        return
    clock, device = store.appender.clock, store.appender.device
    lines = []
    for change_id, operations in changes:
        latest = clock.tick(device)
        lines.append(log.encode(Change(latest, change_id, operations)))
        if not isinstance(log.decode(lines[-1][:-1]), Change):
            raise Refused("Something in there cannot be kept, so nothing of it was written.")
    store.appender.take_in(book, b"".join(lines), latest)


def _lines_of(operations: Iterable[Operation]) -> Iterator[tuple[Operation, ...]]:
    """What stands on one line each; a record too large for one has several to itself."""
    waiting: list[Operation] = []
    size = 0
    for table, record, fields in operations:
        length = len(table) + len(record) + len(_text(fields))
        if length > CHUNK:
            yield from (((table, record, piece),) for piece in _hidden_until_whole(_pieces(fields)))
            continue
        waiting.append((table, record, fields))
        size += length
        if size > CHUNK:
            yield tuple(waiting)
            waiting, size = [], 0
    if waiting:
        yield tuple(waiting)


def _pieces(fields: Fields) -> Iterator[Fields]:
    """A large record field by field, and its large maps entry by entry: that is how it was written once."""
    for name, value in fields.items():
        if name == GONE:
            continue
        if isinstance(value, dict) and value != REMOVED and len(_text(value)) > CHUNK:
            yield from ({name: {key: item}} for key, item in value.items())
        else:
            yield {name: value}


def _hidden_until_whole(pieces: Iterable[Fields]) -> list[Fields]:
    """Deleted from the first line to the last, so that a crash in between leaves no half of a record to be seen."""
    return [{GONE: True}, *pieces, {GONE: False}]


def _whole(raw: Fields | None, fields: Fields) -> Fields:
    """All a record has to be told to become exactly these fields, whatever a deleted one of that id still holds."""
    whole = dict(fields)
    for name, value in (raw or {}).items():
        new = fields.get(name, REMOVED)
        if isinstance(value, dict) and isinstance(new, dict) and name in fields:
            whole[name] = {**dict.fromkeys(value, REMOVED), **new}
        elif name not in fields and name != GONE:
            whole[name] = REMOVED
    if raw is not None or not fields:
        whole[GONE] = False
    return whole


def _shown(raw: Any) -> Fields:
    return {name: value for name, value in raw.items() if name != GONE}


def _of_a_newer_coach(book: Book) -> set[str]:
    return {record for line in book.unread.values() for record in line.records}


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
