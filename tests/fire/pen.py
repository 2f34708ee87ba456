"""A writer's hand in the kill trials: makes a change, and knows and says what it makes of each record."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Literal

from coach.paths import Paths
from coach.storage.store import Store
from coach.storage.undo import TakenBack
from tests.fire.nursery import Say
from tests.storage.homes import NOVEMBER, document, edit, visible

Kept = dict[str, list[int]]
"""Record id to its number and the length of its text; a shared record's field, as "id.writer", to its number."""
Effect = dict[str, list[int] | None]
"""What a change makes of each record; None where it is deleted."""

SHARED = ("2611-shared0", "2611-shared1", "p-shared0")
"""Records every writer edits: a field of its own, and "last", which all of them write."""


def open_now(home: str, ahead: float = 0.0) -> Store:
    """A store by the clock of this machine, so many hours ahead."""
    return Store(Paths(home), lambda: datetime.now(UTC) + timedelta(hours=ahead))


def everything(store: Store) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Table, id and fields of every record."""
    for book in (NOVEMBER, "plan"):
        for table, records in visible(store, book).items():
            yield from ((table, record, fields) for record, fields in records.items())


def kept_by(store: Store, writer: str) -> Kept:
    """A writer's part of a home, as a store reads it."""
    found: Kept = {}
    for table, record, fields in everything(store):
        if table == "shared":
            found |= {f"{record}.{writer}": [fields[writer]]} if writer in fields else {}
        elif fields.get("who") == writer:
            found[record] = [fields["n"], len(fields["text"])]
    return found


class Pen:
    """Says "try" with the effect and a time before each change, and "ok" with a time when the store acknowledged it."""

    def __init__(self, store: Store, say: Say, writer: str) -> None:
        self.store = store
        self.kept = kept_by(store, writer)
        self.step = 1 + max((number for number, *_ in self.kept.values()), default=0)
        """The number the next change gives to what it writes; no two changes of a writer share one."""
        self._say, self._writer = say, writer
        self._others_wait = False
        self._latest: tuple[str, Effect, Effect] | None = None
        """Of the change that undo is about: its label, what was before it, and its effect."""

    def name(self) -> str:
        return f"{self._writer}{self.step}"

    def put(self, record: str, text: str) -> None:
        book, table = _place(record)
        self.store.table(book, table).insert(document(record, n=self.step, who=self._writer, text=text))

    def renumber(self, record: str) -> None:
        edit(self.store, _place(record)[1], record, n=self.step)

    def delete(self, record: str) -> None:
        book, table = _place(record)
        self.store.table(book, table).remove(doc_ids=[record])  # type: ignore[list-item]  # text ids

    def change(self, effect: Effect, *work: Callable[[], None]) -> None:
        """All of the work as one change."""
        before: Effect = {record: self.kept.get(record) for record in effect}
        label = f"Step {self.name()}"
        self._acknowledged(effect, lambda: self._commit(label, work))
        self._latest = (label, before, effect)

    def mark_shared(self, record: str) -> None:
        """The writer's own field, and the one all of them write."""
        mark = {self._writer: self.step, "last": self.name()}
        self.change({f"{record}.{self._writer}": [self.step]}, partial(edit, self.store, "shared", record, **mark))
        self._latest = None  # "last" may be somebody else's by now
        if self._others_wait:
            self.store.catch_up()
            book = "plan" if record.startswith("p-") else NOVEMBER
            if (last := visible(self.store, book)["shared"][record]["last"]) != mark["last"]:
                self._say("bad", f"{record} is {last} although {mark['last']} came later")

    def take_back(self, *, repeat: bool) -> None:
        """Undo of the latest change, and its redo."""
        if self._latest is None:
            return
        (label, before, effect), self._latest = self._latest, None
        self._repeat("undo", label, before)
        if repeat:
            self._repeat("redo", label, effect)

    def _repeat(self, kind: Literal["undo", "redo"], label: str, effect: Effect) -> None:
        told = self._acknowledged(effect, lambda: self.store.take_back(kind))
        if told != TakenBack(label):
            self._say("bad", f"{kind} of {label} said {told}")

    @contextmanager
    def lock_busy(self) -> Iterator[None]:
        """As if another process held the lock for longer than anybody waits; nobody else writes meanwhile."""
        fd = os.open(os.path.join(self.store.paths.state, "lock"), os.O_RDWR)
        lock = self.store.appender.lock
        patience = lock._patience
        try:
            fcntl.flock(fd, fcntl.LOCK_EX)
            lock._patience, self._others_wait = 0.0, True
            yield
        finally:
            self._others_wait = False
            lock._patience = patience
            os.close(fd)

    def _commit(self, label: str, work: Iterable[Callable[[], None]]) -> None:
        with self.store.change(label):
            for part in work:
                part()

    def _acknowledged(self, effect: Effect, work: Callable[[], Any]) -> Any:
        self._say("try", effect, time.monotonic())
        told = work()
        self._say("ok", time.monotonic())
        self.step += 1
        for record, value in effect.items():
            if value is None:
                self.kept.pop(record, None)
            else:
                self.kept[record] = value
        return told


def _place(record: str) -> tuple[str, str]:
    """Book and table of a writer's own record: of a pair, two tables in two books."""
    if record.startswith("p-"):
        return "plan", "goals"
    return NOVEMBER, "marks" if record.startswith("2611-=") else "items"
