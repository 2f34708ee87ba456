"""Takes changes from other files of format 1 into this device's own logs, as if they had always stood there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from coach.paths import Paths
from coach.storage import ids, log
from coach.storage.appender import part
from coach.storage.log import Change
from coach.storage.source import Source, book_in, folders, names
from coach.storage.store import Store


@dataclass(frozen=True, slots=True)
class _Line:
    """A whole line, and what it is sorted by."""

    stamp: tuple[str, str]
    text: bytes


class Intake:
    """Collects changes and appends those this home does not have, each with its own clock, so that the fold decides.

    A change over several books stands whole in the plan and as a part in each month, always with the same id. So it is
    each book's own logs that are asked whether it is here: one file may bring the one half, the next file the other.
    """

    def __init__(self) -> None:
        self._books: dict[str, dict[str, _Line]] = {}
        self._all: set[str] = set()
        self._taken: set[str] = set()

    @property
    def taken(self) -> int:
        """How many of the collected changes were appended."""
        return len(self._taken)

    @property
    def known(self) -> int:
        """How many of them were not: they stand here already, or say nothing."""
        return len(self._all) - len(self._taken)

    def collect(self, change: Change, line: bytes) -> None:
        """Notes a change and the line it stands on, newline included, which is kept byte for byte."""
        self._all.add(change.id)
        books = {ids.home_of(record) for _, record, _ in change.operations}
        whole = ids.PLAN if len(books) > 1 else "".join(books)
        for book in {whole, *books} - {""}:
            text = line if book == whole else log.encode(part(change, book))
            self._books.setdefault(book, {}).setdefault(change.id, _Line(change.stamp, text))

    def append(self, store: Store) -> None:
        """Appends what is new, book by book. NotSaved and Locked leave whole books; doing it again goes on."""
        for book in sorted(self._books, key=plan_first):
            # Looked at twice: without anything new nothing is touched, and under the lock nobody else takes it in too.
            if self._new(store, book):
                self._append(store, book)
        store.catch_up()

    def _append(self, store: Store, book: str) -> None:
        with store.appender.turn():
            if new := self._new(store, book):
                lines = sorted(new.values(), key=lambda line: line.stamp)
                store.appender.take_in(book, b"".join(line.text for line in lines), lines[-1].stamp[0])
                self._taken |= new.keys()

    def _new(self, store: Store, book: str) -> dict[str, _Line]:
        here = {change.id for change in changes_in(store.paths, book)}
        return {change: line for change, line in self._books[book].items() if change not in here}


def changes_in(paths: Paths, book: str) -> Iterator[Change]:
    """Every change that stands in the logs of a book."""
    return (line for _, line in Source(paths.data, paths.state, book).new() if isinstance(line, Change))


def logs_in(paths: Paths) -> Iterator[tuple[str, str]]:
    """Every log any device has in this home, and the second copies: book and path."""
    for folder in [*folders(os.path.join(paths.data, "books")), os.path.join(paths.state, "mirror")]:
        for path in names(folder):
            if book := book_in(os.path.basename(path)):
                yield book, path


def plan_first(book: str) -> tuple[bool, str]:
    """The order in which books are written: the plan holds changes over several of them whole."""
    return (book != ids.PLAN, book)
