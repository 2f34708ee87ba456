"""The made-up history is what it claims: the shares, the shapes, the devices and the torn tail."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from coach.codec import decode
from coach.domain.entries import Craving, Entry, Mood, Session
from coach.domain.goals import Goal
from coach.domain.items import Item, Mark
from coach.paths import Paths
from coach.storage import log
from coach.storage.clock import milliseconds
from coach.storage.fold import Fold
from tests.bench.history import DEVICES, changes_of, write_history
from tests.bench.lives import HOSTILE

KINDS: dict[str, type] = {
    "items": Item,
    "marks": Mark,
    "sessions": Session,
    "cravings": Craving,
    "moods": Mood,
    "journal": Entry,
    "goals": Goal,
}


def test_the_same_seed_is_the_same_life() -> None:
    assert list(changes_of(3)) == list(changes_of(3))
    assert list(changes_of(3, seed=8)) != list(changes_of(3))


def test_every_line_is_read_back_except_the_torn_one(tmp_path: Path) -> None:
    paths = Paths(str(tmp_path))
    written = write_history(paths, days=60)
    files = sorted(Path(paths.data, "books").glob("*/*.log"))
    assert {file.parent.name for file in files} == set(DEVICES)
    read = [log.decode(line) for file in files for line in file.read_bytes().split(b"\n")]
    assert [line for line in read if isinstance(line, log.Unread)] == [log.Unread("damaged")]
    assert sum(isinstance(line, log.Change) for line in read) == written.changes


def test_the_shares_are_as_promised(tmp_path: Path) -> None:
    written = write_history(Paths(str(tmp_path)), days=120)
    assert 26.5 < written.records / 120 < 28
    assert 0.12 < written.edits / written.records < 0.18
    assert 0.02 < written.deletes / written.records < 0.04


def test_every_record_is_one_the_program_could_have_written() -> None:
    fold = Fold()
    late = 0
    for _, book, change in changes_of(90, today=date(2026, 11, 23)):
        fold.apply(change)
        written = datetime.fromtimestamp(milliseconds(change.reading) / 1000, UTC)
        late += book < f"{written:%Y-%m}" and change.operations[0][0] == "journal"
    shown = [(table, name, fields) for table in fold.tables for name, fields in fold.visible(table).items()]
    for table, name, fields in shown:
        _decode(table, name, fields)
    texts = {value for _, _, fields in shown for value in fields.values() if isinstance(value, str)}
    assert len(texts & set(HOSTILE)) > 5
    assert late
    strays = [name for table, name, fields in shown if table == "items" and "day" in fields and _strayed(name, fields)]
    assert strays


def _strayed(name: str, fields: dict[str, Any]) -> bool:
    day: str = fields["day"]
    return name[:4] != day[2:4] + day[5:7]


def _decode(table: str, name: str, fields: dict[str, Any]) -> None:
    plain = {key: value for key, value in fields.items() if key != log.GONE}
    kind = KINDS[table]
    decode(kind, plain if kind is Mark else plain | {"id": name}, where=f"{table}/{name}")
