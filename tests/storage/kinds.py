"""Three ways to use our storage through TinyDB, for the tests of what TinyDB promises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import Storage
from tinydb.table import Document

from coach.storage.store import Store
from tests.storage.homes import open_store

KINDS = ("storage", "middleware", "table")
"""TinyDB's own table on our storage, the same behind a middleware that writes late, and our table."""


@dataclass(slots=True)
class Opened:
    """A database of one kind over a home; numbers are its ids, where it has text ids with a prefix."""

    home: Path
    kind: str
    database: TinyDB

    def id(self, number: int) -> Any:
        return f"p-{number}" if self.kind == "table" else number

    def document(self, number: int, **fields: Any) -> Any:
        return Document(fields, self.id(number))

    def again(self) -> TinyDB:
        """Closed, and read anew by what would be another process."""
        self.database.close()
        self.database = open_kind(self.kind, open_store(self.home))
        return self.database


def written_late(storage: Callable[[], Storage]) -> Any:
    """Behind TinyDB's own middleware that keeps the whole in memory until it is closed."""
    return CachingMiddleware(storage)  # type: ignore[no-untyped-call]  # it has no hints


def open_kind(kind: str, store: Store) -> TinyDB:
    if kind == "table":
        return store.books.database("plan")
    storage = partial(store.book, "plan")
    return TinyDB(storage=written_late(storage) if kind == "middleware" else storage)


def open_home(home: Path, kind: str) -> Opened:
    return Opened(home, kind, open_kind(kind, open_store(home)))


def logs(home: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in home.rglob("*.log")}
