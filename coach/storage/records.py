"""Typed records of one table: dataclasses in and out, only what changed written, unknown fields left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, fields
from datetime import date, timedelta
from typing import Any, Generic, TypeVar, cast

from coach.codec import Malformed, decode, encode
from coach.domain.errors import Refused
from coach.domain.text import clean
from coach.storage.ids import book_of, home_of, month_book
from coach.storage.store import Store

T = TypeVar("T")


class Records(Generic[T]):
    """One table over all books; a record's id says in which book it lives."""

    def __init__(self, store: Store, table: str, kind: type[T], id_of: Callable[[T], str] | None = None) -> None:
        self._store, self._table, self._kind = store, table, kind
        self._id_of: Callable[[T], str] = id_of or _own_id
        described = fields(cast("Any", kind))  # it wants a dataclass, which a plain TypeVar cannot promise
        self._defaults = {field.name: _default(field) for field in described if field.name != "id"}
        self._maps = {field.name for field in described if field.default_factory is dict}
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
        """Inserts the record, or changes the fields that differ; call inside `store.change`."""
        from tinydb.table import Document

        record_id, plain = self._id_of(record), self._plain(record)
        table = self._of(home_of(record_id))
        try:
            table.insert(Document(plain, cast("Any", record_id)))
        except Refused:
            raise
        except ValueError:  # it is there; to ask first would not tell of one put or removed by this very change
            table.update(lambda kept: self._overwrite(kept, plain), doc_ids=[record_id])

    def remove(self, record: str) -> None:
        self._of(home_of(record)).remove(doc_ids=[record])

    def append(self, label: str, record: T) -> None:
        """Writes a new record at once, without reading its book."""
        record_id = self._id_of(record)
        self._store.append(label, home_of(record_id), [(self._table, record_id, self._plain(record))])

    def _of(self, book: str) -> Any:
        """The table in a book; TinyDB's hints say int for ids, its `document_id_class` (and ours) is text."""
        return self._store.table(book, self._table)

    def _overwrite(self, kept: Any, plain: dict[str, Any]) -> None:
        for name in self._defaults:
            # An emptied map is emptied entry by entry: what another device added to it meanwhile stays.
            if isinstance(kept.pop(name, None), dict) and name in self._maps:
                kept[name] = {}
        kept.update(plain)

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


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return value
