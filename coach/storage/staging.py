"""What a change under way is to write: nobody reads it before the end, and of each field the last word counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from coach.storage.appender import Located
from coach.storage.fold import Fields, copy, merged
from coach.storage.log import UNFIT, Operation, Unfit


class Staging:
    """Gathers the operations of a change; with none under way each call is a change of its own."""

    def __init__(self, commit: Callable[[list[Located]], None]) -> None:
        self._commit = commit
        self._tables: dict[tuple[str, str], dict[str, Fields]] | None = None
        """Book and table to record id to fields."""

    @property
    def is_open(self) -> bool:
        return self._tables is not None

    def begin(self) -> None:
        self._tables = {}

    def end(self) -> list[Located]:
        """What it came to, one operation a record; nothing is under way after this."""
        tables, self._tables = self._tables or {}, None
        return [
            (book, (table, record, fields))
            for (book, table), records in tables.items()
            for record, fields in records.items()
            if fields
        ]

    def add(self, book: str, operations: Iterable[Operation]) -> None:
        """Operations that go on from what the change says of their records."""
        if self._tables is None:
            self._commit([(book, operation) for operation in operations])
            return
        for table, record, fields in operations:
            records = self._tables.setdefault((book, table), {})
            records[record] = merged(records.get(record, {}), _own(fields))

    def replace(self, book: str, operations: Iterable[Operation]) -> None:
        """Operations that say all of what the change does to their records."""
        if self._tables is None:
            self._commit([(book, operation) for operation in operations])
            return
        for table, record, fields in operations:
            self._tables.setdefault((book, table), {})[record] = _own(fields)

    def fields(self, book: str, table: str) -> Mapping[str, Fields]:
        """The fields to write to each record of a table that the change speaks of."""
        return (self._tables or {}).get((book, table), {})


def _own(fields: Fields) -> Fields:
    """Whoever wrote them goes on using what he wrote, before the change ends."""
    try:
        return {name: copy(value) for name, value in fields.items()}
    except RecursionError as error:
        raise Unfit(UNFIT) from error
