"""One seeded history of years of use, written as real logs: for the bench, the trials under fire and the screens.

About 27 records a day from three devices, 15 % of them edited later, 3 % deleted, some written days after the fact,
1 % with hostile text, and one torn tail at the very end.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from coach.paths import Paths
from coach.storage import ids, log
from tests.bench.lives import Record, day_of_life, hostile_or, plan_of_life

DEVICES = ("laptop01", "phone002", "desk0003")
SHARES = (70, 20, 10)
"""How often each device is the one that writes, in percent."""
EDITED, DELETED, BACKDATED = 0.15, 0.03, 0.05
REMEMBERED_LATER = ("cravings", "moods", "sessions", "journal")
"""Tables whose records may be written days after the fact."""
TODAY = date(2026, 11, 23)
REMEMBERED = 400
"""Only records this recent are edited or deleted, as in life."""
TORN = 40
"""Bytes that the torn last line keeps."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a history came to."""

    records: int
    edits: int
    deletes: int
    changes: int
    bytes: int


@dataclass(slots=True)
class _Writer:
    """Hands out clocks and change ids, and remembers what can still be edited."""

    chance: random.Random
    serial: int = 0
    recent: list[Record] = field(default_factory=list)
    last_ms: int = 0

    def change(self, moment: datetime, operations: tuple[log.Operation, ...]) -> tuple[str, log.Change]:
        device = self.chance.choices(DEVICES, SHARES)[0]
        self.serial += 1
        self.last_ms = max(self.last_ms + 1, int(moment.timestamp() * 1000))
        return device, log.Change(f"{self.last_ms:012x}-0000-{device}", f"{self.serial:026d}", operations)

    def insert(self, moment: datetime, record: Record) -> tuple[str, str, log.Change]:
        self.recent.append(record)
        del self.recent[:-REMEMBERED]
        device, change = self.change(moment, ((record.table, record.id, record.fields),))
        return device, _book(record.id), change

    def alter(self, moment: datetime, fields: dict[str, Any], record: Record) -> tuple[str, str, log.Change]:
        device, change = self.change(moment, ((record.table, record.id, fields),))
        return device, _book(record.id), change


def changes_of(days: int, seed: int = 7, today: date = TODAY) -> Iterator[tuple[str, str, log.Change]]:
    """Device, book and change, in the order they were made, ending on `today`."""
    chance = random.Random(seed)
    writer = _Writer(chance)
    first = datetime.combine(today - timedelta(days=days), datetime.min.time(), UTC)
    for record in plan_of_life(chance, first):
        yield writer.insert(first, record)
    for back in range(days - 1, -1, -1):
        written_on = today - timedelta(days=back)
        for hour, record in day_of_life(chance, written_on):
            moment = datetime.combine(written_on, datetime.min.time(), UTC) + timedelta(hours=hour)
            late = record.table in REMEMBERED_LATER and chance.random() < BACKDATED
            happened = written_on - timedelta(days=chance.randrange(1, 40)) if late else None
            yield writer.insert(moment, record.moved(happened) if happened else record)
            yield from _second_thoughts(writer, moment)


def _second_thoughts(writer: _Writer, moment: datetime) -> Iterator[tuple[str, str, log.Change]]:
    chance, roll = writer.chance, writer.chance.random()
    if roll < DELETED:
        record = writer.recent.pop(chance.randrange(len(writer.recent)))
        yield writer.alter(moment, {log.GONE: True}, record)
    elif roll < DELETED + EDITED:
        record = chance.choice(writer.recent)
        yield writer.alter(moment, _edit(chance, record), record)


def _edit(chance: random.Random, record: Record) -> dict[str, Any]:
    """One field, as an edit carries only what changed; now and then the day, so that a record strays from its month."""
    match record.table:
        case "items" if chance.random() < 0.2:
            day = date.fromisoformat(record.fields.get("day", TODAY.isoformat()))
            return {"day": (day + timedelta(days=chance.choice((1, 1, 2, 7)))).isoformat()}
        case "items" | "goals":
            return {"title": hostile_or(chance, 4)}
        case "marks":
            return {"state": chance.choice(("done", "part", "excused"))}
        case "journal":
            return {"text": hostile_or(chance, 90)}
        case "cravings" | "sessions":
            return {"after": chance.randrange(11)}
        case "moods":
            return {"value": chance.randrange(11)}
    return {"sentence": hostile_or(chance, 5)} if "sentence" in record.fields else {}


def write_history(paths: Paths, days: int, seed: int = 7, today: date = TODAY) -> Written:
    """Write the logs as three devices would have left them; quickly, and without syncing anything."""
    books: dict[tuple[str, str], list[bytes]] = {}
    edits = deletes = changes = 0
    for device, book, change in changes_of(days, seed, today):
        lines = books.get((device, book))
        if lines is None:
            lines = books[device, book] = [log.encode_head(device, book)]
        lines.append(log.encode(change))
        fields = change.operations[0][2]
        changes += 1
        deletes += log.GONE in fields
        edits += len(fields) == 1 and log.GONE not in fields
    records = changes - deletes - edits
    size = sum(_save(Path(paths.data, "books", *key), b"".join(lines)) for key, lines in books.items())
    _tear(Path(paths.data, "books", DEVICES[1], f"{ids.month_book(today)}.log"))
    return Written(records, edits, deletes, changes, size)


def _save(name: Path, data: bytes) -> int:
    path = name.with_name(f"{name.name}.log")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(data)
    path.chmod(0o600)
    return len(data)


def _tear(path: Path) -> None:
    """Leave the beginning of one more line, as a power cut would."""
    if path.exists():
        half = path.read_bytes().splitlines()[-1][:TORN]
        with path.open("ab") as file:
            file.write(half)


def _book(record: str) -> str:
    book = ids.book_of(record)
    assert book is not None, record
    return book
