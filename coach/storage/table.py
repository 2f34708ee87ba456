"""A TinyDB table whose writes cost what they change, not what the table holds."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, MutableMapping
from typing import Any

from tinydb.storages import Storage
from tinydb.table import Document, Table

from coach.storage.book import Book
from coach.storage.fold import Fields, changed, copy, differences
from coach.storage.ids import new_id
from coach.storage.log import GONE


class BookTable(Table):
    """Text ids, no query cache (it would not see other processes), and one recording overlay."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB's hint says int, its documentation says any class
    default_query_cache_capacity = 0

    def __init__(self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:
        assert isinstance(storage, Book)
        self._book = storage
        super().__init__(_OneTable(storage, name), name, cache_size=0, persist_empty=persist_empty)

    @property
    def storage(self) -> Storage:
        return self._book

    def insert(self, document: Mapping[str, Any]) -> Any:
        return super().insert(self._with_id(document))

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> Any:
        return super().insert_multiple(self._with_id(document) for document in documents)

    def _with_id(self, document: Mapping[str, Any]) -> Mapping[str, Any]:
        if isinstance(document, Document) or not isinstance(document, Mapping):
            return document
        return Document(document, new_id(self._book.name))  # type: ignore[arg-type]  # a text id, see above

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        """The one funnel of every write in TinyDB 4.9 (a canary test names that version)."""
        overlay = Overlay(self._book.raw(self.name), self._book.staged(self.name))
        updater(overlay)
        self._book.record(self.name, overlay.changes())


class Overlay(MutableMapping[str, Fields]):
    """A table as TinyDB's updaters see it: what they touch is a copy, and remembered.

    They see what the change under way has staged, or a field set back to what is stored would look untouched.
    """

    def __init__(self, raw: Mapping[str, Fields], staged: Mapping[str, Fields]) -> None:
        self._raw, self._staged = raw, staged
        self._touched: dict[str, Fields | None] = {}

    def __getitem__(self, record: str) -> Fields:
        if record not in self._touched:
            document = self._before(record)
            if document is None or document.get(GONE):
                raise KeyError(record)
            self._touched[record] = _shown(document)
        if (touched := self._touched[record]) is None:
            raise KeyError(record)
        return touched

    def __setitem__(self, record: str, document: Fields) -> None:
        self._touched[record] = document

    def __delitem__(self, record: str) -> None:
        if record not in self:
            raise KeyError(record)
        self._touched[record] = None

    def __contains__(self, record: object) -> bool:
        # An id of any type can be asked for.
        return _is_there(self._touched[record] if record in self._touched else self._before(record))  # type: ignore[arg-type]  # see above

    def __iter__(self) -> Iterator[str]:
        yield from (record for record in {**self._raw, **self._staged, **self._touched} if record in self)

    def _before(self, record: str) -> Fields | None:
        """The raw record, as the change under way leaves it so far."""
        raw = self._raw.get(record)
        return changed(raw, self._staged[record]) if record in self._staged else raw

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        for record in list(self):
            self._touched[record] = None

    def changes(self) -> dict[str, Fields]:
        """Record id, as a text, to the fields to write: none for a record that is to stay as it is stored."""
        found = {str(record): differences(self._raw.get(str(record)), now) for record, now in self._touched.items()}
        return {record: fields for record, fields in found.items() if fields or record in self._staged}


class _OneTable(Storage):
    """What a table reads: its own records, each copied when it is looked at, instead of the whole book."""

    def __init__(self, book: Storage, table: str) -> None:
        assert isinstance(book, Book)
        self._book, self._table = book, table

    def read(self) -> dict[str, dict[str, Any]]:
        return {self._table: _Visible(self._book.raw(self._table))}  # type: ignore[dict-item]  # a Mapping is enough

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        raise NotImplementedError  # every write goes through the overlay


class _Visible(Mapping[str, Fields]):
    def __init__(self, raw: Mapping[str, Fields]) -> None:
        self._raw = raw

    def __getitem__(self, record: str) -> Fields:
        document = self._raw[record]
        if not _is_there(document):
            raise KeyError(record)
        return _shown(document)

    def __iter__(self) -> Iterator[str]:
        return iter([record for record, document in self._raw.items() if _is_there(document)])

    def __len__(self) -> int:
        return sum(map(_is_there, self._raw.values()))

    def items(self) -> ItemsView[str, Fields]:
        return _Copies({record: document for record, document in self._raw.items() if _is_there(document)})


class _Copies(ItemsView[str, Fields]):
    """The records at one moment, whatever is written while somebody walks over them; each copied when it is reached."""

    def __init__(self, records: Mapping[str, Fields]) -> None:
        super().__init__(records)
        self._records = records

    def __iter__(self) -> Iterator[tuple[str, Fields]]:
        return ((record, _shown(document)) for record, document in self._records.items())


def _is_there(document: Mapping[str, Any] | None) -> bool:
    return document is not None and not document.get(GONE)


def _shown(document: Fields) -> Fields:
    shown: Fields = copy(document)
    shown.pop(GONE, None)
    return shown
