"""Undo and redo over random histories, with another device's edits in between, beside a model of what may change.

Only values that still are what the step wrote change back; everything else stays and is named. The files' own
durability is not what this is about, so nothing waits for the disk here.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from coach.storage.store import Store
from tests.fire.trial import Outcome, of_all_seeds, scaled
from tests.fire.undo_model import Flat, Model, Where, state_of, written
from tests.storage.homes import NOVEMBER, START, Clock, document, open_store

HISTORIES, STEPS = 2_000, 30
TABLES = {"items": NOVEMBER, "goals": "plan"}
BOOKS = (NOVEMBER, "plan")
RECORDS = 3
"""Of each table: few, so that changes meet."""
VALUES = (0, 1, True, "a", "b")
ENTRIES = ("x", "y", "z")
SKEW = timedelta(days=1)


def undo_and_redo(folder: Path, share: float) -> Outcome:
    """Histories of one machine with two processes and of another device."""
    counts: Counter[str] = Counter()
    histories = scaled(HISTORIES, share)
    bad = of_all_seeds(folder, histories, lambda home, seed: _History(home, seed, counts).run())
    figures = f"{histories:,} histories x {STEPS} steps: {counts['undo']:,} undone, {counts['redo']:,} repeated"
    met = f"{counts['kept']:,} values left alone and named, {counts['spool']:,} changes while the lock was held"
    return Outcome("undo and redo", f"{figures}, {met}", bad)


class _History:
    def __init__(self, home: Path, seed: int, counts: Counter[str]) -> None:
        self._chance, self._counts = Random(seed), counts
        self._home, self._far = home / "here", home / "there"
        self._clock = Clock(START + SKEW * self._chance.uniform(-1, 1))
        self._far_clock = Clock(START + SKEW * self._chance.uniform(-1, 1))
        self._stores = [self._opened(), self._opened()]
        self._other = open_store(self._far, self._far_clock)
        self._model = Model()

    def _opened(self) -> Store:
        store = open_store(self._home, self._clock)
        store.appender.lock._patience = 0.0
        return store

    def run(self) -> list[str]:
        """What went wrong first; nothing after it can be judged."""
        for table, book in TABLES.items():
            self._other.append("elsewhere", book, [(table, "p-0" if book == "plan" else "2611-0", {"title": "a"})])
        self._arrive(self._stores[0])
        for store in self._stores:
            self._compare(store)  # a file that is new is found when a store looks around, known ones with each write
        acts: dict[Callable[[Store], str], int] = {
            self._change: 36,
            self._undo: 20,
            self._redo: 14,
            self._arrive: 20,
            self._restart: 4,
            self._jump: 2,
            self._wait: 4,
        }
        for step in range(STEPS):
            store = self._chance.choice(self._stores)
            (act,) = self._chance.choices(list(acts), list(acts.values()))
            trouble = act(store) or self._compare(store)
            if trouble:
                return [f"step {step} ({act.__name__.strip('_')}): {trouble}"]
        return []

    def _compare(self, store: Store) -> str:
        store.catch_up()
        for reader, what in ((store, "the open store"), (self._opened(), "a store opened anew")):
            found = state_of(reader, BOOKS)
            wrong = [where for where in {**found, **self._model.state} if found.get(where) != self._model.state[where]]
            if wrong:
                where = wrong[0]
                return f"{what} has {where} as {found.get(where)}, not {self._model.state.get(where)}"
        return ""

    def _change(self, store: Store) -> str:
        """One labelled change by this device, sometimes over two books, sometimes by one that has not looked."""
        if self._chance.random() < 0.7:
            store.catch_up()
        label = f"change {self._chance.random()}" if self._chance.random() < 0.9 else ""
        writes = self._write(store, label)
        self._model.change(label, writes)
        return ""

    def _wait(self, store: Store) -> str:
        """The same, while somebody else holds the lock: the change goes to the waiting folder."""
        store.catch_up()
        with lock_held(self._home):
            self._counts["spool"] += 1
            return (self._undo if self._chance.random() < 0.3 else self._change)(store)

    def _undo(self, store: Store) -> str:
        return self._take_back(store, "undo")

    def _redo(self, store: Store) -> str:
        return self._take_back(store, "redo")

    def _take_back(self, store: Store, kind: Any) -> str:
        wanted, found = self._model.take_back(kind), store.take_back(kind)
        if wanted is None or found is None:
            return f"{found} instead of {wanted}" if wanted or found else ""
        kept = {(one.table, one.record, one.field, one.entry) for one in found.kept}
        if (found.label, kept, found.changed) != wanted:
            return f"told {found.label}, {kept}, {found.changed} instead of {wanted}"
        self._counts.update({kind: 1, "kept": len(kept)})
        return ""

    def _arrive(self, store: Store) -> str:
        """The other device saw what there was, or did not, changed something, and its files come."""
        if self._chance.random() < 0.6:
            _carry(self._home, self._far)
            self._other.catch_up()
        for _ in range(self._chance.randint(1, 3)):
            self._write(self._other, "elsewhere")
        if self._chance.random() < 0.2:
            self._other.take_back("undo")
        _carry(self._far, self._home)
        self._model.state = state_of(self._opened(), BOOKS)
        return ""

    def _restart(self, store: Store) -> str:
        store.sync_mirror()
        self._stores[self._stores.index(store)] = self._opened()
        return ""

    def _jump(self, store: Store) -> str:
        self._clock.at += timedelta(hours=self._chance.uniform(-2, 2))
        return ""

    def _write(self, store: Store, label: str) -> dict[Where, Flat]:
        """Changes one record, or one of each book, through TinyDB; what that wrote, by path."""
        tables = list(TABLES) if self._chance.random() < 0.2 else [self._chance.choice(list(TABLES))]
        writes: dict[Where, Flat] = {}
        with store.change(label):
            for name in tables:
                record = f"{'p' if TABLES[name] == 'plan' else '2611'}-{self._chance.randrange(RECORDS)}"
                table = store.table(TABLES[name], name)
                raw = store.book(TABLES[name]).raw(name).get(record)
                shown: Any = table.get(doc_id=record)  # type: ignore[call-overload]  # text ids
                new: dict[str, Any] | None = self._altered(dict(shown or {}))
                if shown is None:
                    table.insert(document(record, **new or {}))
                elif self._chance.random() < 0.15:
                    new = None
                    table.remove(doc_ids=[record])  # type: ignore[list-item]  # text ids
                else:
                    table.update(_becoming(new), doc_ids=[record])  # type: ignore[list-item]  # text ids
                writes[(name, record)] = written(None if raw is None else dict(raw), new)
        return writes

    def _altered(self, record: dict[str, Any]) -> dict[str, Any]:
        """A copy with one to three values that are others, or gone."""
        new = {name: dict(value) if isinstance(value, dict) else value for name, value in record.items()}
        for _ in range(self._chance.randint(1, 3)):
            name = self._chance.choice(("title", "n", "steps", "steps"))
            if name == "steps" and self._chance.random() < 0.9:
                self._alter_entry(new.setdefault(name, {}))
            elif self._chance.random() < 0.75 and name != "steps":
                new[name] = self._chance.choice(VALUES)
            else:
                new.pop(name, None)
        return new

    def _alter_entry(self, entries: dict[str, Any]) -> None:
        entry = self._chance.choice(ENTRIES)
        if self._chance.random() < 0.75:
            entries[entry] = self._chance.choice(("a", "b", "c"))
        else:
            entries.pop(entry, None)


def _becoming(new: Any) -> Callable[[Any], None]:
    def become(record: Any) -> None:
        record.clear()
        record.update(new)

    return become


@contextmanager
def lock_held(home: Path) -> Iterator[None]:
    """By a descriptor of its own, which is another holder to the system."""
    (home / "state").mkdir(parents=True, exist_ok=True)
    fd = os.open(home / "state" / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)


def _carry(source: Path, target: Path) -> None:
    """Each device's files as its owner has them: what a synchroniser does."""
    owner = _device(source)
    for path in sorted((source / "data" / "books").glob(f"{owner}/*.log")) if owner else []:
        to = target / "data" / "books" / owner / path.name
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, to.with_name(f".{to.name}.part"))
        to.with_name(f".{to.name}.part").rename(to)


def _device(home: Path) -> str:
    from coach.storage.device import known_device

    return known_device(str(home / "state" / "device.json")) or ""
