"""Small homes for the storage tests: stores over a temporary folder with a clock that can be set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tinydb.table import Document

from coach.paths import Paths
from coach.storage import log
from coach.storage.store import Store

START = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
NOVEMBER = "2026-11"


@dataclass(slots=True)
class Clock:
    """Goes on by a second each time it is read."""

    at: datetime = field(default=START)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def open_store(home: Path, clock: Clock | None = None) -> Store:
    return Store(Paths(str(home)), clock or Clock())


def noted(into: list[Any], real: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, with its first argument noted."""

    def call(first: Any, *rest: Any, **more: Any) -> Any:
        into.append(first)
        return real(first, *rest, **more)

    return call


def document(record: str, **fields: Any) -> Any:
    """A TinyDB document under a text id."""
    return Document(fields, record)  # type: ignore[arg-type]  # TinyDB's hint says int


def put(store: Store, table: str, record: str, **fields: Any) -> None:
    """Inserts a record as one change."""
    book = "plan" if record.startswith("p-") else f"20{record[:2]}-{record[2:4]}"
    store.append("Put", book, [(table, record, fields)])


def edit(store: Store, table: str, record: str, **fields: Any) -> None:
    book = "plan" if record.startswith("p-") else f"20{record[:2]}-{record[2:4]}"
    store.table(book, table).update(fields, doc_ids=[record])  # type: ignore[list-item]  # text ids


def visible(store: Store, book: str = NOVEMBER) -> dict[str, dict[str, Any]]:
    """The tables that hold something."""
    return {table: found for table, found in (store.book(book).read() or {}).items() if found}


def log_of(home: Path, book: str = NOVEMBER) -> Path:
    """This device's log of a book."""
    found = sorted((home / "data" / "books").glob(f"*/{book}.log"))
    return found[0]


def write_lines(home: Path, device: str, book: str, *changes: log.Change | bytes) -> Path:
    """Another device's log, as a synchroniser would have brought it."""
    path = home / "data" / "books" / device / f"{book}.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_bytes() if path.exists() else log.encode_head(device, book)
    path.write_bytes(before + b"".join(c if isinstance(c, bytes) else log.encode(c) for c in changes))
    return path


def change(ms: int, device: str, *operations: log.Operation, name: str = "") -> log.Change:
    return log.Change(f"{ms:012x}-0000-{device}", name or f"c{ms}{device}", operations)
