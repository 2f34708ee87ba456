"""The open books of one home, and everything that reaches them: logs, the waiting folder, the plan's whole changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from coach.paths import Paths
from coach.storage import ids
from coach.storage.appender import Appender, part
from coach.storage.disk import Appended
from coach.storage.log import Change, Unread
from coach.storage.source import Source
from coach.storage.staging import Staging

if TYPE_CHECKING:  # a one-shot append needs no TinyDB
    from tinydb import TinyDB

    from coach.storage.book import Book


class Library:
    """Opens each book the first time it is asked for; the plan is always the first."""

    def __init__(self, paths: Paths, appender: Appender, staging: Staging) -> None:
        self._paths, self._appender, self._staging = paths, appender, staging
        self._open: dict[str, tuple[Book, TinyDB]] = {}
        self._waited: set[str] = set()
        """Ids of the changes last seen in the waiting folder."""
        appender.wrote, appender.is_open = self._wrote, self.is_open

    def book(self, name: str) -> Book:
        return self._opened(name)[0]

    def database(self, name: str) -> TinyDB:
        return self._opened(name)[1]

    def is_open(self, name: str) -> bool:
        return name in self._open

    def _opened(self, name: str) -> tuple[Book, TinyDB]:
        if name not in self._open:
            from coach.storage.book import open_database

            book = self.fresh(name)
            self._open[name] = (book, open_database(book))
        return self._open[name]

    def fresh(self, name: str) -> Book:
        """A book as the files are now: read anew, whether it is open or not, and not kept open."""
        from coach.storage.book import Book

        if name != ids.PLAN:
            self._opened(ids.PLAN)
        waiting = self._waiting()
        self._waited |= {change.id for change in waiting}
        source = Source(self._paths.data, self._paths.state, name)
        book = Book(name, source, self._staging, self._appender.clock.see)
        book.catch_up()
        for change in waiting:
            book.take(change)
        self._take_elsewhere(book)
        return book

    def catch_up(self, only: Collection[str] = ()) -> set[str]:
        """Takes in what was added anywhere; the names of the tables it touched.

        With `only` these books are looked at, and of what is new in them the files that this device writes: what that
        costs grows neither with the years nor with the months that are open.
        """
        touched: set[str] = set()
        waiting = self._waiting()
        device = self._appender.device if only else ""
        # What no longer waits is in a log by now, or was taken back from somebody who was told so: reading anew tells.
        anew, self._waited = bool(self._waited - (now := {change.id for change in waiting})), now
        for book, _ in self._open.values():
            before = book.readings
            if anew:
                touched |= book.read_anew()
            elif not only or book.name in only:
                touched |= book.catch_up(device)
            if book.name == ids.PLAN and book.readings != before:
                anew = True  # the other books may have a part of what the plan no longer holds
                self._appender.owe_nothing()
            for change in waiting:
                touched |= book.take(change) if change.id not in book.seen else set()
            touched |= self._take_elsewhere(book)
        return touched

    def take(self, change: Change) -> None:
        """Folds an own change that has just been written into the open books."""
        books = {ids.home_of(record) for _, record, _ in change.operations}
        for book, _ in self._open.values():
            if book.name in books or (len(books) > 1 and book.name == ids.PLAN):
                book.take(change)
                if book.name == ids.PLAN:
                    book.note(change)

    def _wrote(self, book: str, path: str, added: Appended) -> None:
        if book in self._open:
            self._open[book][0].wrote(path, added)

    def raw(self, book: str, table: str, record: str) -> Mapping[str, Any] | None:
        """A record as it is in an open book, deleted or not; a book that is not open is not read for it."""
        return self._open[book][0].raw(table).get(record) if book in self._open else None

    def parts_elsewhere(self) -> dict[str, set[str]]:
        """Book to the ids of changes with a part in it that may stand in the plan or the waiting folder only."""
        found = {book: set(changes) for book, changes in self.book(ids.PLAN).elsewhere.items()}
        for change in self._waiting():
            for book in {ids.home_of(record) for _, record, _ in change.operations}:
                found.setdefault(book, set()).add(change.id)
        return found

    def unread(self) -> dict[str, Unread]:
        """Lines of the open books that could not be taken in, by place."""
        return {place: line for book, _ in self._open.values() for place, line in book.unread.items()}

    def forget_unread(self, paths: Collection[str]) -> None:
        """Lets go of what was noted about lines of these files."""
        for book, _ in self._open.values():
            for place in [place for place in book.unread if place.rpartition(":")[0] in paths]:
                del book.unread[place]

    def locked_records(self) -> set[str]:
        """Ids that a newer coach wrote to, as far as the open books know."""
        return {record for line in self.unread().values() for record in line.records}

    def _waiting(self) -> list[Change]:
        """To be asked before the logs are read: a waiting change only ever moves there."""
        return [change for _, change in self._appender.spool.waiting()]

    def _take_elsewhere(self, book: Book) -> set[str]:
        """Gives a book its part of the changes that the plan holds whole."""
        touched: set[str] = set()
        whole = self._open[ids.PLAN][0].elsewhere.get(book.name, {}) if ids.PLAN in self._open else {}
        for change_id in whole.keys() - book.seen:
            own = part(whole[change_id], book.name)
            touched |= book.take(own)
            if self._appender.is_own(own):
                self._appender.owe(book.name, own)
        return touched
