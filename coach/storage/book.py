"""A TinyDB database over the logs of one book."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage

from coach.storage.disk import Appended
from coach.storage.fold import Fields, Fold, copy, differences
from coach.storage.ids import home_of
from coach.storage.log import GONE, Change, Operation, Unread
from coach.storage.source import Source

Record = Callable[[str, list[Operation]], None]


class Book(Storage):
    """Plain TinyDB storage: `read()` gives an independent copy, `write(whole)` appends the difference."""

    def __init__(self, name: str, source: Source, record: Record, see: Callable[[str], None]) -> None:
        self.name = name
        self.unread: dict[str, Unread] = {}
        """Lines that could not be taken in, by place."""
        self.seen: set[str] = set()
        """Ids of the changes taken in."""
        self.elsewhere: dict[str, dict[str, Change]] = {}
        """Changes in these logs with operations for other books: book to change id to change."""
        self._fold, self._source, self._record, self._see = Fold(), source, record, see

    def read(self) -> dict[str, dict[str, Any]] | None:
        tables = {name: copy(self._fold.visible(name)) for name in self._fold.tables}
        for documents in tables.values():
            for document in documents.values():
                document.pop(GONE, None)
        return {name: documents for name, documents in tables.items() if documents} or None

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        operations: list[Operation] = []
        for table in {**self._fold.tables, **data}:
            raw, new = self.raw(table), data.get(table, {})
            for record in {**raw, **new}:
                if fields := differences(raw.get(record), new.get(record)):
                    operations.append((table, str(record), fields))
        self._record(self.name, operations)

    def records(self) -> dict[str, dict[str, Fields]]:
        """Every table's records that are not deleted; not copies, so for reading only."""
        return {table: self._fold.visible(table) for table in self._fold.tables}

    def raw(self, table: str) -> Mapping[str, Fields]:
        """The records of a table, deleted ones too; not copies, so for reading only."""
        return self._fold.tables.get(table, {})

    def tables(self) -> Iterable[str]:
        return tuple(self._fold.tables)

    def record(self, table: str, changes: Mapping[str, Fields]) -> None:
        self._record(self.name, [(table, record, fields) for record, fields in changes.items()])

    def wrote(self, path: str, added: Appended) -> None:
        """An own change is on the disk; `take` folds it."""
        self._source.wrote(path, added)

    def catch_up(self, *, everywhere: bool = True) -> set[str]:
        """Takes in what any device or process added; the names of the tables it touched."""
        touched: set[str] = set()
        for place, line in self._source.new(everywhere=everywhere):
            if isinstance(line, Unread):
                self.unread[place] = line
                continue
            self.note(line)
            if line.id not in self.seen:
                touched |= self.take(line)
        return touched

    def note(self, change: Change) -> None:
        """Remembers, of a change in these logs, which other books it speaks of."""
        for book in {home_of(record) for _, record, _ in change.operations} - {self.name}:
            self.elsewhere.setdefault(book, {})[change.id] = change

    def take(self, change: Change) -> set[str]:
        """Folds this book's part of a change; twice is the same as once."""
        self.seen.add(change.id)
        self._see(change.reading)
        own = tuple(operation for operation in change.operations if home_of(operation[1]) == self.name)
        self._fold.apply(Change(change.reading, change.id, own))
        return {table for table, _, _ in own}


def open_database(book: Book) -> TinyDB:
    from coach.storage.table import BookTable

    class Database(TinyDB):
        table_class = BookTable

    return Database(storage=lambda: book)
