"""Three devices that write offline, while a synchroniser copies their files in any order, torn, twice or too old.

The smallest calls that go red within two seconds: `several_devices(folder, 0.05)` without the mirror, without `_gone`
and without the clock's `see` (tests/fire/without.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from coach.storage import log
from coach.storage.care.heal import heal
from coach.storage.device import known_device
from coach.storage.store import Store
from tests.fire.trial import Outcome, of_all_seeds, scaled
from tests.storage.homes import NOVEMBER, START, Clock, document, open_store

HISTORIES, STEPS, DEVICES = 400, 30, 3
TABLES = {"items": NOVEMBER, "goals": "plan"}
SKEW, JUMP = timedelta(days=1), timedelta(hours=2)
_CONFLICT = ".sync-conflict-20261123-101010-ABCDEFG"


def several_devices(folder: Path, share: float) -> Outcome:
    """Histories of three devices."""
    counts: Counter[str] = Counter()
    histories = scaled(HISTORIES, share)
    bad = of_all_seeds(folder, histories, lambda home, seed: _Devices(home, seed, counts).run())
    done = ", ".join(f"{counts[name]:,} {words}" for name, words in _COUNTED.items())
    return Outcome("several devices", f"{histories:,} histories x {STEPS} steps of {DEVICES} devices: {done}", bad)


_COUNTED = {
    "write": "writes read back",
    "carry": "files carried",
    "torn": "torn or too old",
    "conflict": "conflict copies",
    "roll_back": "own logs rolled back",
}


class _Devices:
    def __init__(self, top: Path, seed: int, counts: Counter[str]) -> None:
        self._chance, self._counts, self._serial = Random(seed), counts, 0
        self._homes = [top / str(number) for number in range(DEVICES)]
        self._clocks = [Clock(START + SKEW * self._chance.uniform(-1, 1)) for _ in self._homes]
        self._stores = [self._opened(number) for number in range(DEVICES)]
        self._inserted: dict[str, str] = {}
        """Record to its table."""
        self._deleted: set[str] = set()
        self._entries: dict[str, dict[str, int]] = {}
        """Record to the entries added to its map by any device: none ever takes one out."""

    def _opened(self, number: int) -> Store:
        return open_store(self._homes[number], self._clocks[number])

    def run(self) -> list[str]:
        """What went wrong first."""
        acts: dict[Callable[[], str], int] = {
            self._write: 40,
            self._carry: 30,
            self._torn: 8,
            self._conflict: 6,
            self._roll_back: 5,
            self._restart: 6,
            self._jump: 5,
        }
        for step in range(STEPS):
            (act,) = self._chance.choices(list(acts), list(acts.values()))
            if trouble := act():
                return [f"step {step}: {trouble}"]
            self._counts[act.__name__.strip("_")] += 1
        trouble = self._at_the_end()
        return [f"at the end: {trouble}"] if trouble else []

    def _any(self) -> int:
        return self._chance.randrange(DEVICES)

    def _write(self) -> str:
        """An insert, an edit or a deletion; it is read back at once, and by a store opened anew."""
        self._serial += 1
        number = self._any()
        store = self._stores[number]
        store.catch_up()
        name = self._chance.choice(list(TABLES))
        table = store.table(TABLES[name], name)
        known = sorted(str(record.doc_id) for record in table)
        what = self._chance.random()
        if not known or what < 0.35:
            record = f"{'p' if TABLES[name] == 'plan' else '2611'}-{self._serial}"
            table.insert(document(record, n=self._serial, steps={"a": 0}))
            self._inserted[record] = name
            return self._read_back(number, name, record, {"n": self._serial})
        record = self._chance.choice(known)
        if what < 0.85:
            own = {f"s{self._serial}": self._serial}
            entry = {**own, "a": self._serial}
            new: dict[str, Any] = self._chance.choice(({"n": self._serial}, {"title": "x"}, {"steps": entry}))
            table.update(_merging(new), doc_ids=[record])  # type: ignore[list-item]  # text ids
            self._entries.setdefault(record, {}).update(own if "steps" in new else {})
            return self._read_back(number, name, record, new)
        table.remove(doc_ids=[record])  # type: ignore[list-item]  # text ids
        self._deleted.add(record)
        return self._read_back(number, name, record, None)

    def _read_back(self, number: int, table: str, record: str, new: dict[str, Any] | None) -> str:
        for store in (self._stores[number], self._opened(number)):
            found: Any = store.table(TABLES[table], table).get(doc_id=record)  # type: ignore[call-overload]  # a text id
            if found is None or new is None:
                if found is not new:
                    return f"device {number} reads {record} as {found} after writing {new}"
                continue
            for field, value in new.items():
                kept = found.get(field)
                if kept != value and not (isinstance(value, dict) and value.items() <= dict(kept or {}).items()):
                    return f"device {number} reads {field} of {record} as {kept} after writing {value}"
        return ""

    def _carry(self) -> str:
        """One device's files, as any other device has them, to a third; never to their owner."""
        source, target, owner = self._any(), self._any(), self._any()
        if target not in (source, owner):
            return self._copy(source, target, owner)
        return ""

    def _torn(self) -> str:
        """Only the beginning of a file arrives: half an upload, or an older version."""
        source, target, owner = self._any(), self._any(), self._any()
        if target not in (source, owner):
            return self._copy(source, target, owner, self._chance.uniform(0.05, 0.99))
        return ""

    def _conflict(self) -> str:
        """A second file beside the first, whoever it belongs to."""
        source, target, owner = self._any(), self._any(), self._any()
        if target != source:
            return self._copy(source, target, owner, self._chance.choice((1.0, 0.5)), _CONFLICT)
        return ""

    def _roll_back(self) -> str:
        """Somebody restores an old copy of a device's own log under it."""
        number = self._any()
        for path in self._logs(number, number):
            data = path.read_bytes()
            _put(path, data[: int(len(data) * self._chance.uniform(0, 0.95))], in_place=self._chance.random() < 0.3)
        return ""

    def _restart(self) -> str:
        number = self._any()
        self._stores[number].sync_mirror()
        self._stores[number] = self._opened(number)
        if self._chance.random() < 0.5:
            heal(self._stores[number], thorough=False)
        return ""

    def _jump(self) -> str:
        self._clocks[self._any()].at += JUMP * self._chance.uniform(-1, 1)
        return ""

    def _at_the_end(self) -> str:
        """Everything is carried everywhere: all hold the same, and that is what was not deleted."""
        for number in range(DEVICES):
            heal(self._opened(number), thorough=True)
        for source in range(DEVICES):
            for target in range(DEVICES):
                if source != target and (trouble := self._copy(source, target, source)):
                    return trouble
        for store in self._stores:
            store.catch_up()
        readers = [*self._stores, *map(self._opened, range(DEVICES))]
        found = [_records(store) for store in readers]
        for record in {record for records in found for record in records}:
            if any(records.get(record) != found[0].get(record) for records in found):
                return f"the devices differ about {record}: {[records.get(record) for records in found]}"
        return self._judge(found[0])

    def _judge(self, found: dict[str, Any]) -> str:
        if lost := set(self._inserted) - self._deleted - set(found):
            return f"{sorted(lost)} lost"
        if back := set(found) & self._deleted:
            return f"{sorted(back)} came back"
        for record, entries in self._entries.items():
            if record in found and not entries.items() <= found[record].get("steps", {}).items():
                return f"{record} is {found[record]}, and {entries} were added"
        return ""

    def _logs(self, number: int, owner: int) -> list[Path]:
        """What a device has of another's logs, or of its own."""
        name = known_device(str(self._homes[owner] / "state" / "device.json"))
        return sorted((self._homes[number] / "data" / "books" / name).glob("*.log")) if name else []

    def _copy(self, source: int, target: int, owner: int, part: float = 1.0, mark: str = "") -> str:
        """The whole lines that were copied are taken in by whoever looks around."""
        store = self._stores[target]
        for path in self._logs(source, owner):
            if _CONFLICT in path.name:
                continue
            data = path.read_bytes()
            data = data[: int(len(data) * part)]
            to = self._homes[target] / "data" / "books" / path.parent.name / f"{path.stem}{mark}.log"
            _put(to, data, in_place=self._chance.random() < 0.3)
            store.catch_up()
            found = {line.id for line in map(log.decode, data.split(b"\n")[:-1]) if isinstance(line, log.Change)}
            if missing := found - store.book(path.stem).seen:
                return f"device {target} did not take in {len(missing)} lines of {to.name}"
        return ""


def _records(store: Store) -> dict[str, Any]:
    tables = [store.book(book).read() or {} for book in TABLES.values()]
    return {record: fields for one in tables for records in one.values() for record, fields in records.items()}


def _merging(new: dict[str, Any]) -> Callable[[Any], None]:
    def merge(record: Any) -> None:
        for field, value in new.items():
            record[field] = {**record.get(field, {}), **value} if isinstance(value, dict) else value

    return merge


def _put(path: Path, data: bytes, *, in_place: bool) -> None:
    """Most synchronisers put a new file under the old name; some write into the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path if in_place else path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.rename(path)
