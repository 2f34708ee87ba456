"""Keeps every book of one home: a change is whole on the disk, or it is not there and somebody is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from coach.domain.errors import NotSaved, Overtaken, ReadOnly
from coach.domain.events import Changed
from coach.paths import Paths
from coach.storage import ids, undo
from coach.storage.appender import Appender, Located, sentence
from coach.storage.fold import Fields, merged
from coach.storage.library import Library
from coach.storage.log import GONE, REMOVED, Operation, Unread
from coach.storage.staging import Staging

if TYPE_CHECKING:  # a one-shot append needs no TinyDB
    from tinydb.table import Table

    from coach.storage.book import Book


class Store:
    """All calls from one thread; building it touches no file."""

    def __init__(self, paths: Paths, now: Callable[[], datetime]) -> None:
        self.paths, self.now = paths, now
        self.appender = Appender(paths, now)
        self._staging = Staging(lambda located: self._commit("", located))
        self.books = Library(paths, self.appender, self._staging)
        self._given: dict[str, list[str]] = {}
        self._reusable: dict[str, list[str]] = {}
        self._refused: dict[tuple[str, str, str], Fields] = {}
        """What refused changes said of new records, by book, table and id: on a disk that could not even take it back,
        it may stand."""
        self._listeners: list[Callable[[Changed], None]] = []

    def table(self, book: str, name: str) -> Table:
        """A TinyDB table of a book; the book is read the first time it is asked for."""
        return self.books.database(book).table(name)

    def book(self, name: str) -> Book:
        return self.books.book(name)

    def catch_up(self) -> bool:
        """Takes in what other processes and devices wrote; True, and one `Changed`, when that was anything."""
        if touched := self.books.catch_up():
            self._publish(Changed(frozenset(touched)))
        return bool(touched)

    def reread(self, paths: Iterable[str]) -> None:
        """Takes in files that were written anew under the lock; what was said about their old lines is forgotten."""
        self.books.forget_unread(set(paths))
        self.catch_up()

    def stamp(self) -> int:
        """One look at one file: a number that differs after a change by any process on this machine."""
        return self.appender.lock.stamp()

    def listen(self, listener: Callable[[Changed], None]) -> None:
        """The listener is called in the thread that writes, after the change is on the disk."""
        self._listeners.append(listener)

    def _publish(self, changed: Changed) -> None:
        for listener in tuple(self._listeners):
            listener(changed)

    def new_id(self, book: str) -> str:
        """An id for a record born in a book; one that a refused change did not use is given again."""
        reusable = self._reusable.get(book, [])
        record = reusable.pop(0) if reusable else ids.new_id(book)
        self._given.setdefault(book, []).append(record)
        return record

    @contextmanager
    def change(self, label: str, still: Callable[[], bool] | None = None) -> Iterator[None]:
        """Table writes inside become one change, written when the block ends; reads inside see none of it.

        The label says to a person what was done; with an empty one there is nothing to undo.

        Raises NotSaved when it is not on the disk; nothing of it is kept then. Raises Overtaken, and writes nothing,
        when what it goes on from is not `still` so under the lock: another process came first.
        """
        if self._staging.is_open:
            yield
            return
        self._staging.begin()
        try:
            yield
        finally:
            staged = self._staging.end()
        self._commit(label, staged, still=still)

    def append(self, label: str, book: str, operations: Iterable[Operation]) -> None:
        """New records written without reading the book first: what a one-shot command costs."""
        self._commit(label, [(book, operation) for operation in operations])

    def take_back(self, kind: Literal["undo", "redo"]) -> undo.TakenBack | None:
        """Undoes the latest change of this device, or repeats it; None when there is none."""
        self.catch_up()
        try:
            latest = self.appender.undo_log.next(kind)
        except OSError as error:
            raise NotSaved(sentence(error, self.paths.state)) from error
        if latest is None:
            return None
        operations, kept = undo.take_back(latest, self._raw, forward=kind == "redo")
        located = [(ids.home_of(operation[1]), operation) for operation in operations]
        step = undo.Step(ids.ulid(), kind, latest.of, latest.label, latest.operations)
        if located:
            self._commit(latest.label, located, step)
        else:
            self.appender.keep_step(step)
        return undo.TakenBack(latest.label, kept, bool(located))

    def _raw(self, table: str, record: str) -> Mapping[str, Any] | None:
        return self.book(ids.home_of(record)).raw(table).get(record)

    def _commit(
        self,
        label: str,
        staged: list[Located],
        of: undo.Step | None = None,
        still: Callable[[], bool] | None = None,
    ) -> None:
        given, self._given = self._given, {}
        if not (located := _coalesce([*self._taking_out_refused(staged), *staged])):
            return
        self._check(located)
        others: set[str] = set()
        try:
            catch_up = partial(self._under_lock, located, others, still)
            change = self.appender.put(located, label, self.books.raw, catch_up, of)
        except NotSaved:
            self._reusable, new = given, {record for records in given.values() for record in records}
            for book, (table, record, fields) in located:
                if record in new:
                    before = self._refused.get((book, table, record), {})
                    self._refused[(book, table, record)] = {**before, **fields}
            raise
        finally:
            if others:  # taken in from other processes, whatever became of this change
                self._publish(Changed(frozenset(others)))
        for book, (table, record, _) in located:
            self._refused.pop((book, table, record), None)
        self.books.take(change)
        self._publish(Changed(frozenset(table for _, (table, _, _) in located), label))

    def _taking_out_refused(self, staged: list[Located]) -> Iterator[Located]:
        """What was refused of the ids that are given again, so that nothing of it shows whatever they are used for."""
        records = {(book, record) for book, (_, record, _) in staged}
        touched = {(book, table, record) for book, (table, record, _) in staged}
        for (book, table, record), fields in self._refused.items():
            if (book, table, record) in touched:
                yield book, (table, record, _emptied(fields))
            elif (book, record) in records:
                yield book, (table, record, {GONE: True})

    def _under_lock(self, located: list[Located], others: set[str], still: Callable[[], bool] | None) -> None:
        """What the lock is for: the other processes of this machine, where they may have written what this changes."""
        others.update(self.books.catch_up({ids.PLAN, *(book for book, _ in located)}))
        if still is not None and not still():
            raise Overtaken

    def _check(self, located: list[Located]) -> None:
        newer = self.books.locked_records()
        for book, (_, record, _) in located:
            if not isinstance(record, str) or ids.home_of(record) != book:
                raise ValueError(f"{record!r} is not an id of the book {book}")
            if record in newer:
                raise ReadOnly("A newer coach wrote this, so it can only be read here. Update coach to change it.")

    def unread(self) -> dict[str, Unread]:
        """Lines of the open books that could not be taken in, by place."""
        return self.books.unread()

    @property
    def mirror_waits(self) -> bool:
        return self.appender.mirror_waits

    def sync_mirror(self) -> None:
        self.appender.sync_mirror()


def _emptied(fields: Fields) -> Fields:
    """Takes out all that an operation wrote."""
    maps = {name: value for name, value in fields.items() if isinstance(value, dict) and value != REMOVED}
    emptied = {name: dict.fromkeys(maps[name], REMOVED) if name in maps else REMOVED for name in fields if name != GONE}
    return emptied | ({GONE: False} if GONE in fields else {})


def _coalesce(staged: list[Located]) -> list[Located]:
    """One operation a record: within one change every field is written once."""
    found: dict[tuple[str, str, str], Fields] = {}
    for book, (table, record, fields) in staged:
        found[(book, table, record)] = merged(found.get((book, table, record), {}), fields)
    return [(book, (table, record, fields)) for (book, table, record), fields in found.items()]
