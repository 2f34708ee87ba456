"""Puts one change on the disk: under the lock into log, mirror and undo, or else into the waiting folder."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

from coach.domain.errors import Locked, NotSaved, Refused
from coach.domain.text import in_words
from coach.paths import Paths
from coach.storage import disk, ids, log, undo
from coach.storage.clock import HybridClock
from coach.storage.device import known_device, this_device
from coach.storage.disk import Appended
from coach.storage.lock import Lock
from coach.storage.log import Change, Operation
from coach.storage.source import last_reading
from coach.storage.spool import Spool

Located = tuple[str, Operation]
"""A book and an operation on one of its records."""
Wrote = Callable[[str, str, Appended], None]
"""Told of a book, its file, and what was added to it."""
Before = Callable[[str, str, str], Mapping[str, Any] | None]
"""Book, table and record to the raw record as it was."""


class Appender:
    """The one writer of this device's files."""

    def __init__(self, paths: Paths, now: Callable[[], datetime]) -> None:
        self._paths = paths
        self._dirty: set[str] = set()
        self._owed: dict[tuple[str, str], Change] = {}
        self._device_path = os.path.join(paths.state, "device.json")
        self.clock = HybridClock(lambda: int(now().timestamp() * 1000))
        self._encoded: tuple[Change | None, bytes] = (None, b"")
        """The latest change as the line it was checked as."""
        self.device = ""
        self.wrote: Wrote = _to_be_read
        """Told of each log after a line was added to it."""
        self.is_open: Callable[[str], bool] = lambda book: False
        """Whether all readings of a book have been seen."""
        self.lock = Lock(os.path.join(paths.state, "lock"))
        self.spool = Spool(os.path.join(paths.state, "spool"))
        self.undo_log = undo.UndoLog(os.path.join(paths.state, "undo.log"))

    def put(
        self, located: list[Located], label: str, before: Before, catch_up: Callable[[], None], of: undo.Step | None
    ) -> Change:
        """The change, durable; NotSaved with a sentence when it is not on the disk, and then nothing of it is."""
        change_id = ids.ulid()
        try:
            self.device = self.device or this_device(self._device_path)
            try:
                with self.lock.held():
                    catch_up()
                    # What waited comes first, so that the last line of a log always has its greatest reading.
                    self._take_in_spool()
                    self._pay_owed()
                    change = self._next(change_id, located)
                    replaced = _replaced(located, before)
                    self._append_parts(located, change, self.wrote)
                    self._keep_undo(undo.step(change_id, label, replaced, of))
            except Locked as busy:
                catch_up()
                # What waits already was acknowledged, so it comes before this one, whatever the time of day was then.
                for _, waiting in self.spool.waiting():
                    self.clock.see(waiting.reading)
                change = self._next(change_id, located)
                self._let_wait(change, busy)
                self._keep_undo(undo.step(change_id, label, _replaced(located, before), of), alone=False)
        except OSError as error:
            raise NotSaved(sentence(error, place_of(error, self._paths))) from error
        return change

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Holds the lock for what `take_in` adds; Locked when it is not to be had, NotSaved when the disk refuses."""
        try:
            self.device = self.device or this_device(self._device_path)
            with self.lock.held():
                self._take_in_spool()
                self._pay_owed()
                yield
        except OSError as error:
            raise NotSaved(sentence(error, place_of(error, self._paths))) from error

    def take_in(self, book: str, lines: bytes, latest: str) -> None:
        """Adds whole lines whose greatest reading is `latest`; durable, or OSError, and then none of them is there.

        Open books do not know these lines yet: `catch_up` reads them as it reads those of another process.
        """
        self.clock.see(latest)
        self._add(book, lines, _to_be_read, latest)

    def owe(self, book: str, change: Change) -> None:
        """A part of an earlier change that its book does not hold yet; it is written with the next change."""
        self._owed[(book, change.id)] = change

    def owe_nothing(self) -> None:
        """Whoever reads the plan anew says again what is owed."""
        self._owed.clear()

    def is_own(self, change: Change) -> bool:
        """Whether this device wrote it."""
        self.device = self.device or known_device(self._device_path) or ""
        return bool(self.device) and change.reading.endswith(f"-{self.device}")

    def keep_step(self, step: undo.Step) -> None:
        """Notes in the undo log a step that changed nothing."""
        with suppress(OSError):
            try:
                with self.lock.held():
                    self.undo_log.keep(step)
            except Locked:
                self.undo_log.keep(step, alone=False)

    def _next(self, change_id: str, located: list[Located]) -> Change:
        """The change as every reader will see it; Refused when they could not take it in."""
        self._see_unopened({book for book, _ in located})
        operations = tuple(operation for _, operation in located)
        line = log.encode(Change(self.clock.tick(self.device), change_id, operations))
        if not isinstance(found := log.decode(line[:-1]), Change):
            raise Refused("That holds something that cannot be kept. Split it into smaller pieces.")
        self._encoded = (found, line)
        return found

    def _let_wait(self, change: Change, busy: Locked) -> None:
        try:
            self.spool.put(change)
        except OSError as error:
            raise busy from error
        self.lock.touch()

    def _see_unopened(self, books: Iterable[str]) -> None:
        """A clock that went back must not put this change before the last one of the same log."""
        for book in books:
            if not self.is_open(book) and (reading := last_reading(self._log_path(book))):
                self.clock.see(reading)

    def _log_path(self, book: str) -> str:
        return os.path.join(self._paths.data, "books", self.device, f"{book}.log")

    def _append_parts(self, located: list[Located], change: Change, wrote: Wrote) -> None:
        """Of one book its line; of several, the whole change in the plan first and then each part."""
        books = sorted({book for book, _ in located})
        parts = [(books[0], change)]
        if len(books) > 1:
            parts = [(ids.PLAN, change), *((book, part(change, book)) for book in books if book != ids.PLAN)]
        self._append(*parts[0], wrote)
        for book, later in parts[1:]:
            self.owe(book, later)  # the plan holds it already
        self._pay_owed()

    def _pay_owed(self) -> None:
        for (book, change_id), change in list(self._owed.items()):
            with suppress(OSError):
                self._append(book, change, self.wrote)
                del self._owed[(book, change_id)]

    def _append(self, book: str, change: Change, wrote: Wrote) -> None:
        if self._encoded[0] is change:
            self._add(book, self._encoded[1], wrote)
        else:
            self._add(book, log.encode(change), wrote, change.reading)

    def _add(self, book: str, lines: bytes, wrote: Wrote, latest: str = "") -> None:
        """Adds lines to a log and its second copy; `latest` is their greatest reading where it may be an older one."""
        head, path = log.encode_head(self.device, book), self._log_path(book)
        if latest and (before := last_reading(path)) and before > latest:
            # Of a closed book the clock looks at the last line alone, so that line must have the greatest reading.
            # Where older lines come after it, a change of our own that says nothing, and folds as nothing, is the last.
            self.clock.see(before)
            lines += log.encode(Change(self.clock.tick(self.device), ids.ulid(), ()))
        mirror = os.path.join(self._paths.state, "mirror", f"{book}.log")
        # The second copy is begun when the names of the first are on the disk: where it stands, they are.
        wrote(book, path, disk.append(path, lines, head, named=os.path.exists(mirror)))
        with suppress(OSError):  # the second copy never refuses what the first one keeps
            wrote(book, mirror, disk.append(mirror, lines, head, durable=False))
            self._dirty.add(mirror)

    def _keep_undo(self, replaced: undo.Step, *, alone: bool = True) -> None:
        if not replaced.label or not replaced.operations:
            return  # nothing a person did, so nothing to take back
        with suppress(OSError):  # one step of undo less is better than refusing what is kept already
            self.undo_log.keep(replaced, alone=alone)

    def _take_in_spool(self) -> None:
        for path, change in list(self.spool.waiting()):
            self.clock.see(change.reading)
            located = [(ids.home_of(operation[1]), operation) for operation in change.operations]
            self._see_unopened({ids.PLAN, *(book for book, _ in located)})  # its line comes after newer ones there
            with suppress(OSError):  # it stays in the waiting folder, where every reader sees it
                self._append_parts(located, change, _to_be_read)
                disk.remove(path)

    @property
    def mirror_waits(self) -> bool:
        return bool(self._dirty)

    def sync_mirror(self) -> None:
        """The second copy on the disk too."""
        dirty, self._dirty = self._dirty, set()
        for path in dirty:
            with suppress(OSError):
                disk.sync_file(path)


def _replaced(located: list[Located], before: Before) -> tuple[Operation, ...]:
    return tuple(
        (table, record, undo.pairs(before(book, table, record), fields)) for book, (table, record, fields) in located
    )


def _to_be_read(book: str, path: str, added: Appended) -> None:
    """For lines that open books may not know yet: nobody is told, so they are read like those of another process."""


def part(change: Change, book: str) -> Change:
    """What a change says about one book."""
    own = tuple(operation for operation in change.operations if ids.home_of(operation[1]) == book)
    return Change(change.reading, change.id, own)


def place_of(error: OSError, paths: Paths) -> str:
    """The folder a write did not reach: the state's, or the data's."""
    in_state = os.path.join(str(error.filename or ""), "").startswith(os.path.join(paths.state, ""))
    return paths.state if in_state else paths.data


def sentence(error: OSError, folder: str) -> str:
    """What to tell a person about a write that did not happen."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "Not saved: the disk is full. Free some space, then try again; nothing else was touched."
    place = in_words(str(error.filename or folder))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"Not saved: coach may not write to {place}. Make it and its folder writable, or choose one with --home."
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.EISDIR):
        if not os.path.isdir(folder):
            return f"Not saved: {folder} is not a folder coach can write to. Choose one with --home."
        return f"Not saved: something else stands in the place of {place}. coach doctor names it; move it away."
    if error.errno == errno.ELOOP:
        return f"Not saved: a file in {folder} is a link. Put the file itself there; coach doctor names it."
    name = errno.errorcode.get(error.errno or 0, "unknown error")
    return f"Not saved: the disk said {name} at {place}. Try again; if it says so again, choose a folder with --home."
