"""Puts one change on the disk: under the lock into log, mirror and undo, or else into the waiting folder."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from coach.domain.errors import Locked, NotSaved, Refused
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
        self.wrote: Callable[[str, str, Appended], None] = lambda book, path, added: None
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
            disk.make_folder(self._paths.state)
            self.device = self.device or this_device(self._device_path)
            try:
                with self.lock.held():
                    catch_up()
                    # What waited comes first, so that the last line of a log always has its greatest reading.
                    self._take_in_spool()
                    self._pay_owed()
                    change = self._next(change_id, located)
                    replaced = self._replaced(located, before)
                    self._append_parts(located, change)
                    self._keep_undo(undo.step(change_id, label, replaced, of))
            except Locked as busy:
                change = self._next(change_id, located)
                self._let_wait(change, busy)
                self._keep_undo(undo.step(change_id, label, self._replaced(located, before), of), alone=False)
        except OSError as error:
            raise NotSaved(sentence(error, self._place_of(error))) from error
        return change

    def owe(self, book: str, change: Change) -> None:
        """A part of an earlier change that its book does not hold yet; it is written with the next change."""
        self._owed[(book, change.id)] = change

    def is_own(self, change: Change) -> bool:
        """Whether this device wrote it."""
        self.device = self.device or known_device(self._device_path) or ""
        return bool(self.device) and change.reading.endswith(f"-{self.device}")

    def keep_step(self, step: undo.Step) -> None:
        """Notes in the undo log a step that changed nothing."""
        with suppress(OSError, Locked), self.lock.held():
            self.undo_log.keep(step)

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

    def _place_of(self, error: OSError) -> str:
        in_state = os.path.join(str(error.filename or ""), "").startswith(os.path.join(self._paths.state, ""))
        return self._paths.state if in_state else self._paths.data

    def _see_unopened(self, books: Iterable[str]) -> None:
        """A clock that went back must not put this change before the last one of the same log."""
        for book in books:
            if not self.is_open(book) and (reading := last_reading(self._log_path(book))):
                self.clock.see(reading)

    def _log_path(self, book: str) -> str:
        return os.path.join(self._paths.data, "books", self.device, f"{book}.log")

    def _append_parts(self, located: list[Located], change: Change) -> None:
        """Of one book its line; of several, the whole change in the plan first and then each part."""
        books = sorted({book for book, _ in located})
        parts = [(books[0], change)]
        if len(books) > 1:
            parts = [(ids.PLAN, change), *((book, part(change, book)) for book in books if book != ids.PLAN)]
        self._append(*parts[0])
        for book, later in parts[1:]:
            self.owe(book, later)  # the plan holds it already
        self._pay_owed()

    def _pay_owed(self) -> None:
        for (book, change_id), change in list(self._owed.items()):
            with suppress(OSError):
                self._append(book, change)
                del self._owed[(book, change_id)]

    def _append(self, book: str, change: Change) -> None:
        line = self._encoded[1] if self._encoded[0] is change else log.encode(change)
        head, path = log.encode_head(self.device, book), self._log_path(book)
        self.wrote(book, path, disk.append(path, line, head))
        mirror = os.path.join(self._paths.state, "mirror", f"{book}.log")
        with suppress(OSError):  # the second copy never refuses what the first one keeps
            self.wrote(book, mirror, disk.append(mirror, line, head, durable=False))
            self._dirty.add(mirror)

    @staticmethod
    def _replaced(located: list[Located], before: Before) -> tuple[Operation, ...]:
        return tuple(
            (table, record, undo.pairs(before(book, table, record), fields))
            for book, (table, record, fields) in located
        )

    def _keep_undo(self, replaced: undo.Step, *, alone: bool = True) -> None:
        if not replaced.label:
            return  # nothing a person did, so nothing to take back
        with suppress(OSError):  # one step of undo less is better than refusing what is kept already
            self.undo_log.keep(replaced, alone=alone)

    def _take_in_spool(self) -> None:
        for path, change in list(self.spool.waiting()):
            self.clock.see(change.reading)
            located = [(ids.home_of(operation[1]), operation) for operation in change.operations]
            with suppress(OSError):  # it stays in the waiting folder, where every reader sees it
                self._append_parts(located, change)
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


def part(change: Change, book: str) -> Change:
    """What a change says about one book."""
    own = tuple(operation for operation in change.operations if ids.home_of(operation[1]) == book)
    return Change(change.reading, change.id, own)


def sentence(error: OSError, folder: str) -> str:
    """What to tell a person about a write that did not happen."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "Not saved: the disk is full. Free some space, then try again; nothing else was touched."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"Not saved: coach may not write to {folder}. Make that folder writable, or choose one with --home."
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.EISDIR):
        return f"Not saved: {folder} is not a folder coach can write to. Choose one with --home."
    if error.errno == errno.ELOOP:
        return f"Not saved: a file in {folder} is a link. Put the file itself there; coach doctor names it."
    name = errno.errorcode.get(error.errno or 0, "unknown error")
    return f"Not saved: the disk said {name}. Nothing else was touched; try again, and look at coach doctor."
