"""Typed records of one table: dataclasses in and out, only what changed written, unknown fields left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypeVar, cast

from coach.codec import Malformed, decode, encode
from coach.domain.errors import ReadOnly, Refused
from coach.domain.text import clean
from coach.storage.ids import book_of, home_of, month_book
from coach.storage.store import Store

T = TypeVar("T")
_NOT_KNOWN_HERE = (
    "A newer coach or another program wrote part of this in a way not known here, so it stays as it is. "
    "Update coach to change it."
)


class Records(Generic[T]):
    """One table over all books; a record's id says in which book it lives."""

    def __init__(self, store: Store, table: str, kind: type[T], id_of: Callable[[T], str] | None = None) -> None:
        self._store, self._table, self._kind = store, table, kind
        self._id_of: Callable[[T], str] = id_of or _own_id
        described = fields(cast("Any", kind))  # it wants a dataclass, which a plain TypeVar cannot promise
        self._defaults = {field.name: _default(field) for field in described if field.name != "id"}
        self._has_id = id_of is None

    def get(self, record: str) -> T | None:
        if (book := book_of(record)) is None:
            return None
        found = self._of(book).get(doc_id=record)
        return next(self._decoded([found]), None) if found else None

    def all(self, book: str) -> list[T]:
        return list(self._decoded(self._of(book)))

    def of_day(self, day: date) -> list[T]:
        """The records of a day from its month's book."""
        return self.between(day, day)

    def between(self, first: date, last: date) -> list[T]:
        """The records of some days, from the book of each month they touch."""
        from tinydb import where

        days = where("day").test(lambda day: isinstance(day, str) and first.isoformat() <= day <= last.isoformat())
        books = (month_book(month) for month in _months(first, last))
        return [found for book in books for found in self._decoded(self._of(book).search(days))]

    def put(self, record: T) -> None:
        """Inserts the record, or changes what differs from the stored one; call inside `store.change`.

        Raises ReadOnly where the stored one does not decode: what is not understood here is not ours to write over.
        """
        from tinydb.table import Document

        record_id = cast("Any", self._id_of(record))
        table = self._of(home_of(record_id))
        try:
            table.insert(Document(self._plain(record), record_id))
        except Refused:
            raise
        except ValueError:  # it is there; to ask first would not tell of one put or removed by this very change
            table.update(lambda kept: self._overwrite(kept, Document(kept, record_id), record), doc_ids=[record_id])

    def remove(self, record: str) -> None:
        self._of(home_of(record)).remove(doc_ids=[record])

    def append(self, label: str, record: T) -> None:
        """Writes a new record at once, without reading its book."""
        record_id = self._id_of(record)
        self._store.append(label, home_of(record_id), [(self._table, record_id, self._plain(record))])

    def _of(self, book: str) -> Any:
        """The table in a book; TinyDB's hints say int for ids, its `document_id_class` (and ours) is text."""
        return self._store.table(book, self._table)

    def _overwrite(self, kept: dict[str, Any], stored: Any, record: T) -> None:
        """Where the stored one says what the record says, it stays as it was written, by whatever coach."""
        if (before := next(self._decoded([stored]), None)) is None:
            raise ReadOnly(_NOT_KNOWN_HERE)
        for name, default in self._defaults.items():
            old, new = getattr(before, name), getattr(record, name)
            # An emptied map is emptied entry by entry: what another device added to it meanwhile stays.
            if old != new == default and not isinstance(new, dict):
                del kept[name]
            elif old != new:
                kept[name] = _written_over(kept.get(name), old, new)

    def _plain(self, record: T) -> dict[str, Any]:
        """The fields that say something: a default is not written."""
        values = ((name, getattr(record, name), default) for name, default in self._defaults.items())
        return {name: encode(value) for name, value, default in values if value != default}

    def _decoded(self, documents: Iterable[Any]) -> Iterator[T]:
        for document in documents:
            data = _cleaned(dict(document)) | ({"id": document.doc_id} if self._has_id else {})
            try:
                yield decode(self._kind, data, strict=False)
            except Malformed:
                continue  # written by something else; it stays in the book and `doctor` counts it


def _months(first: date, last: date) -> Iterator[date]:
    """The first day of each month from one day's to another's."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + timedelta(days=31)).replace(day=1)


def _own_id(record: Any) -> str:
    return str(record.id)


def _default(field: Any) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


def _written_over(stored: Any, old: Any, new: Any) -> Any:
    """A changed value as plain data: of what is stored, all stays that did not change or is not known here."""
    if old == new:
        return stored
    if isinstance(old, dict) and isinstance(new, dict):
        return {key: _written_over((stored or {}).get(key), old.get(key), value) for key, value in new.items()}
    if is_dataclass(old) and type(old) is type(new):
        pairs = ((field.name, getattr(old, field.name), getattr(new, field.name)) for field in fields(old))
        changed = {name: _written_over(stored.get(name), was, now) for name, was, now in pairs if was != now}
        return {**stored, **changed}
    return encode(new)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return value
