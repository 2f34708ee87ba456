"""Forty durable writes of one kind of store, in a process of their own.

`python -m tests.bench.storage_trial KIND FOLDER` prints what one write cost. Every kind
writes the same new record, encoded by the same codec, and returns when it is on the disk.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coach.codec import encode
from coach.domain.entries import Craving
from coach.paths import Paths
from tests.bench.history import changes_of

WRITES, WARM = 40, 5
NOW = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
Write = Callable[[Craving], None]


def craving(number: int, record: str = "") -> Craving:
    return Craving(
        record or f"2611-{number:026d}", NOW, "Europe/Dublin", NOW.date(), number % 11, ("tea", "bus"), ("walk",)
    )


def open_coach(folder: Path) -> Write:
    """As a screen has it: the book open, one change through TinyDB's table."""
    from coach.storage.records import Records
    from coach.storage.store import Store

    store = Store(Paths(str(folder)), lambda: datetime.now(UTC))
    records = Records(store, "cravings", Craving)
    records.all("2026-11")

    def write(record: Craving) -> None:
        with store.change("Noted"):
            records.put(craving(record.intensity, store.new_id("2026-11")))

    return write


def open_sqlite(folder: Path) -> Write:
    connection = sqlite3.connect(folder / "records.sqlite", isolation_level=None)
    connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=full")
    connection.execute("create table if not exists records (book text, kind text, id text primary key, record text)")

    def write(record: Craving) -> None:
        row = ("2026-11", "cravings", f"{time.time_ns():x}", json.dumps(encode(record)))
        connection.execute("insert into records values (?, ?, ?, ?)", row)

    return write


def open_tinydb(folder: Path) -> Write:
    """TinyDB as it comes: one file, one table a kind."""
    from tinydb import TinyDB

    table = TinyDB(folder / "records.json").table("cravings")

    def write(record: Craving) -> None:
        table.insert(encode(record))

    return write


KINDS: dict[str, Callable[[Path], Write]] = {"coach": open_coach, "sqlite": open_sqlite, "tinydb": open_tinydb}


def fill(kind: str, folder: Path, days: int) -> None:
    """The same life in the other two stores; coach's own is written by `write_history`."""
    records: dict[tuple[str, str, str], dict[str, object]] = {}
    for _, book, change in changes_of(days):
        for table, record, fields in change.operations:
            records.setdefault((book, table, record), {}).update(fields)
    if kind == "sqlite":
        open_sqlite(folder)
        with sqlite3.connect(folder / "records.sqlite") as connection:
            rows = [(*key, json.dumps(fields)) for key, fields in records.items()]
            connection.executemany("insert into records values (?, ?, ?, ?)", rows)
    else:
        tables: dict[str, dict[str, object]] = {}
        for number, ((_, table, _), fields) in enumerate(records.items(), 1):
            tables.setdefault(table, {})[str(number)] = fields
        (folder / "records.json").write_text(json.dumps(tables))


def trial(kind: str, folder: Path) -> dict[str, float]:
    """CPU and wall milliseconds, fsyncs and physical kilobytes of one write."""
    write = KINDS[kind](folder)
    synced = count_syncs()
    for number in range(WARM):
        write(craving(number))
    before, size, cpu, begun = len(synced), written_bytes(), time.process_time(), time.perf_counter()
    for number in range(WRITES):
        write(craving(number))
    return {
        "cpu": (time.process_time() - cpu) * 1000 / WRITES,
        "wall": (time.perf_counter() - begun) * 1000 / WRITES,
        "syncs": (len(synced) - before) / WRITES,
        "kilobytes": (written_bytes() - size) / 1024 / WRITES,
    }


def count_syncs() -> list[int]:
    """Every fsync Python asks for from here on (SQLite asks for its own, out of sight)."""
    asked: list[int] = []
    real = os.fsync

    def fsync(fd: Any) -> None:
        asked.append(fd)
        real(fd)

    os.fsync = fsync
    return asked


def written_bytes() -> int:
    """What this process has made the disk write, in whole pages; 0 where the system does not say."""
    with suppress(OSError):
        for line in Path("/proc/self/io").read_text().splitlines():
            if line.startswith("write_bytes:"):
                return int(line.split()[1])
    return 0


if __name__ == "__main__":
    print(json.dumps(trial(sys.argv[1], Path(sys.argv[2]))))
