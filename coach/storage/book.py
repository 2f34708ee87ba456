"""A TinyDB database over the logs of one book."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage

from coach.storage.disk import Appended
from coach.storage.fold import Fields, Fold, copy, differences
from coach.storage.ids import home_of, prefix_of
from coach.storage.log import GONE, Change, Operation, Unread, as_read
from coach.storage.source import Source
from coach.storage.staging import Staging

Tables = dict[str, dict[str, Any]]
KEPT = "kept"
"""Of a table's note: whether the table is there while it holds no record."""


class Book(Storage):
    """Plain TinyDB storage: `read()` gives an independent copy, `write(whole)` appends what changed since.

    As in any TinyDB storage an emptied table stays and a dropped one does not. Where the records do not say which, a
    note does: a record of the table that was never anything but deleted, so to whoever does not know it, it is nothing.
    """

    def __init__(self, name: str, source: Source, staging: Staging, see: Callable[[str], None]) -> None:
        self.name = name
        self.unread: dict[str, Unread] = {}
        """Lines that could not be taken in, by place."""
        self.seen: set[str] = set()
        """Ids of the changes taken in."""
        self.elsewhere: dict[str, dict[str, Change]] = {}
        """Changes in these logs with operations for other books: book to change id to change."""
        self.readings = 0
        """How often everything was read anew."""
        self._fold, self._source, self._staging, self._see = Fold(), source, staging, see
        self._note = f"{prefix_of(name)}-_table"
        self._known: Tables | None = None
        """What the reader of the whole knows: others may have written since, and that is not his to take back."""

    def read(self) -> Tables | None:
        self._known = self._standing()
        tables: Tables = copy(self._known)
        for documents in tables.values():
            for document in documents.values():
                document.pop(GONE, None)
        return tables or None

    def write(self, data: Mapping[str, Mapping[Any, Any]]) -> None:
        """Writes what differs from what was read last; an empty whole drops every table there is by now."""
        whole = {table: {str(record): document for record, document in data[table].items()} for table in data}
        known = self._standing() if self._known is None or not whole else self._known
        operations: list[Operation] = []
        for table in {**known, **whole}:
            changes = self._changes(table, known.get(table, {}), whole.get(table, {}))
            operations += [(table, record, fields) for record, fields in changes.items()]
            operations += self._noted(table, there=table in whole, changed=bool(changes))
        self._staging.add(self.name, operations)
        self._known = {table: {**known.get(table, {})} for table in whole}
        for table, record, _ in operations:  # a middleware goes on from here without reading again
            if record in whole.get(table, {}):
                self._known[table][record] = as_read(whole[table][record])
            elif table in whole:
                self._known[table].pop(record, None)

    def _changes(self, table: str, known: Mapping[str, Fields], new: Mapping[str, Any]) -> dict[str, Fields]:
        """Record id to the fields to write; a new record replaces one that came there meanwhile."""
        raw = self.raw(table)
        found = {record: differences(known.get(record, raw.get(record)), new[record]) for record in new}
        found |= {record: differences(known[record], None) for record in known if record not in new}
        return {record: fields for record, fields in found.items() if fields}

    def _noted(self, table: str, *, there: bool, changed: bool) -> list[Operation]:
        """The note that has to be written so that a table is there, or is not; none where it says so already."""
        raw = self.raw(table)
        said = raw[self._note].get(KEPT, True) if self._note in raw else bool(raw) or changed
        return [] if there and said else [(table, self._note, {GONE: True, KEPT: there})]

    def _is_there(self, table: str) -> bool:
        raw = self.raw(table)
        return bool(raw.get(self._note, {}).get(KEPT, True)) or any(not fields.get(GONE) for fields in raw.values())

    def _standing(self) -> Tables:
        """The tables that are there and their records, not copies."""
        return {table: self._fold.visible(table) for table in self._fold.tables if self._is_there(table)}

    def records(self) -> dict[str, dict[str, Fields]]:
        """Every table's records that are not deleted; not copies, so for reading only."""
        return {table: self._fold.visible(table) for table in self._fold.tables}

    def raw(self, table: str) -> Mapping[str, Fields]:
        """The records of a table, deleted ones too; not copies, so for reading only."""
        return self._fold.tables.get(table, {})

    def staged(self, table: str) -> Mapping[str, Fields]:
        """The fields that a change under way is to write, by record."""
        return self._staging.fields(self.name, table)

    def record(self, table: str, changes: Mapping[str, Fields]) -> None:
        """Writes the changes of a table, which is there from then on; in place of what was staged of these records."""
        operations: list[Operation] = [(table, record, fields) for record, fields in changes.items()]
        self._staging.replace(self.name, operations + self._noted(table, there=True, changed=bool(changes)))

    def wrote(self, path: str, added: Appended) -> None:
        """An own change is on the disk; `take` folds it."""
        self._source.wrote(path, added)

    def catch_up(self, device: str = "") -> set[str]:
        """Takes in what was added anywhere, or just to this device's log and the known ones; the tables it touched."""
        touched: set[str] = set()
        for place, line in self._source.new(device):
            if isinstance(line, Unread):
                self.unread[place] = line
                continue
            self.note(line)
            if line.id not in self.seen:
                touched |= self.take(line)
        return touched | self.read_anew() if self._source.taken_back else touched

    def read_anew(self) -> set[str]:
        """Forgets everything and reads the files as they are now, the only way to let go of a line taken back."""
        before = set(self._fold.tables)
        self._fold = Fold()
        for known in (self.unread, self.seen, self.elsewhere):
            known.clear()
        self._source.forget()
        self.readings += 1
        return before | self.catch_up()

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
