"""The stores the bench compares, each as its own users would use it, and the same made-up life in each."""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from tinydb import TinyDB, where

from coach.codec import encode
from coach.domain.entries import Craving
from coach.paths import Paths
from coach.storage import log
from coach.storage.records import Records
from coach.storage.store import Store
from coach.storage.summary import Summaries
from tests.bench.history import TODAY, changes_of, write_history

BOOK, PLAN = "2026-11", "plan"
"""The month of the history's last day, and what has no month."""
NOW = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
Fields = Mapping[str, Any]


class Kept(Protocol):
    """A store with a life in it; building one opens nothing."""

    def today(self) -> int:
        """Opens what a day needs, and counts today's items and the goals."""

    def cravings(self) -> Iterable[Fields]:
        """Every urge of every month."""

    def insert(self, number: int) -> str:
        """A new urge; its id, once it is on the disk."""

    def update(self, record: str, number: int) -> None:
        """Another strength for an urge, on the disk when this returns."""


def craving(record: str, number: int) -> Craving:
    return Craving(record, NOW, "Europe/Dublin", NOW.date(), number % 11, ("tea", "bus"), ("walk",))


class CoachStore:
    """As a screen uses it: the books open, one change through TinyDB's table."""

    def __init__(self, folder: Path) -> None:
        self._paths = Paths(str(folder))
        self._store = Store(self._paths, lambda: datetime.now(UTC))
        self._records = Records(self._store, "cravings", Craving)

    def today(self) -> int:
        items = self._store.table(BOOK, "items").search(where("day") == TODAY.isoformat())
        return len(items) + len(self._store.table(PLAN, "goals"))

    def cravings(self) -> Iterable[Fields]:
        for month in Summaries(self._store, self._paths).months():
            yield from self._store.table(month, "cravings")

    def insert(self, number: int) -> str:
        record = self._store.new_id(BOOK)
        self.update(record, number)
        return record

    def update(self, record: str, number: int) -> None:
        with self._store.change("Noted"):
            self._records.put(craving(record, number))


class SqliteStore:
    """One clustered table, so that a month of one kind lies together; durable after every statement."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "records.sqlite"

    def _open(self) -> sqlite3.Connection:
        if "_connection" not in self.__dict__:
            self._connection = sqlite3.connect(self._path, isolation_level=None)
            self._connection.execute("pragma journal_mode=wal")
            self._connection.execute("pragma synchronous=full")
        return self._connection

    def fill(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        """Rows of kind, book, id and record."""
        table = "create table records (kind text, book text, id text, record text, primary key (kind, book, id))"
        connection = self._open()
        connection.execute(f"{table} without rowid")
        with connection:
            connection.execute("begin")
            connection.executemany("insert into records values (?, ?, ?, ?)", rows)
        connection.close()

    def today(self) -> int:
        query = "select record from records where kind = ? and book = ?"
        items = [json.loads(row[0]) for row in self._open().execute(query, ("items", BOOK))]
        goals = [json.loads(row[0]) for row in self._open().execute(query, ("goals", PLAN))]
        return len([item for item in items if item.get("day") == TODAY.isoformat()]) + len(goals)

    def cravings(self) -> Iterable[Fields]:
        for row in self._open().execute("select record from records where kind = 'cravings'"):
            yield json.loads(row[0])

    def insert(self, number: int) -> str:
        record = f"2611-{time.time_ns():x}"
        row = ("cravings", BOOK, record, json.dumps(encode(craving(record, number))))
        self._open().execute("insert into records values (?, ?, ?, ?)", row)
        return record

    def update(self, record: str, number: int) -> None:
        row = (json.dumps(encode(craving(record, number))), "cravings", BOOK, record)
        self._open().execute("update records set record = ? where kind = ? and book = ? and id = ?", row)


class TinydbStore:
    """TinyDB as it comes: one file, written anew for every change, and one table a kind."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "records.json"

    def _open(self) -> TinyDB:
        if "_database" not in self.__dict__:
            self._database = TinyDB(self._path)
        return self._database

    def fill(self, rows: Iterable[tuple[str, str, str, Fields]]) -> None:
        tables: dict[str, dict[str, Fields]] = {}
        for kind, _, _, fields in rows:
            table = tables.setdefault(kind, {})
            table[str(len(table) + 1)] = fields
        self._path.write_text(json.dumps(tables))

    def today(self) -> int:
        items = self._open().table("items").search(where("day") == TODAY.isoformat())
        return len(items) + len(self._open().table("goals"))

    def cravings(self) -> Iterable[Fields]:
        return self._open().table("cravings").all()

    def insert(self, number: int) -> str:
        return str(self._open().table("cravings").insert(encode(craving("", number))))

    def update(self, record: str, number: int) -> None:
        self._open().table("cravings").update(encode(craving("", number)), doc_ids=[int(record)])


class BareStore:
    """The least that Python can do for coach's promise: a lock, a line, one fsync, a second copy, a step of undo.

    It reads nothing, notices nobody and checks nothing; what coach costs above this is what coach does.
    """

    _FLAGS = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)

    def today(self) -> int:
        raise NotImplementedError

    def cravings(self) -> Iterable[Fields]:
        raise NotImplementedError

    def insert(self, number: int) -> str:
        record = f"2611-{os.urandom(13).hex()}"
        self.update(record, number)
        return record

    def update(self, record: str, number: int) -> None:
        lock = os.open(f"{self._folder}/lock", self._FLAGS, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        change, reading = os.urandom(13).hex(), f"{time.time_ns() // 1_000_000:012x}-0000-abcdefghij"
        line = log.encode(log.Change(reading, change, (("cravings", record, encode(craving(record, number))),)))
        self._append("log", line, durable=True)
        self._append("mirror", line)
        self._append(
            "undo", log.encode(log.Change(reading, change, (("cravings", record, {log.GONE: [True, False]}),)))
        )
        os.utime(lock)
        os.close(lock)

    def _append(self, name: str, line: bytes, *, durable: bool = False) -> None:
        file = os.open(f"{self._folder}/{name}", self._FLAGS, 0o600)
        os.pwrite(file, line, os.fstat(file).st_size)
        if durable:
            os.fsync(file)
        os.close(file)


KINDS: dict[str, type[CoachStore] | type[SqliteStore] | type[TinydbStore] | type[BareStore]] = {
    "coach": CoachStore,
    "sqlite": SqliteStore,
    "tinydb": TinydbStore,
    "bare": BareStore,
}


def fill(kind: str, folder: Path, days: int) -> None:
    """So many days of the one made-up life, as this kind of store keeps it."""
    folder.mkdir(parents=True)
    if kind == "coach":
        write_history(Paths(str(folder)), days)
    elif kind == "sqlite":
        SqliteStore(folder).fill((*key, json.dumps(fields)) for key, fields in _records_of(days).items())
    elif kind == "tinydb":
        TinydbStore(folder).fill((*key, fields) for key, fields in _records_of(days).items())


def _records_of(days: int) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Kind, book and id to the record as its edits left it; without those that were deleted."""
    records: dict[tuple[str, str, str], dict[str, Any]] = {}
    for _, book, change in changes_of(days):
        for table, record, fields in change.operations:
            records.setdefault((table, book, record), {}).update(fields)
    return {key: fields for key, fields in records.items() if not fields.get(log.GONE)}
