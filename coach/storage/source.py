"""The files one book is read from: every device's log, copies a synchroniser left, and this device's mirror."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coach.storage import disk, log
from coach.storage.disk import Appended
from coach.storage.log import Change, Unread

_TAILS = (4_096, 65_536, 2 * log.LONGEST_LINE)
_REMEMBERED = 64
_BOOK = re.compile(r"plan|\d{4}-\d\d")


@dataclass(frozen=True, slots=True)
class _Taken:
    """How far a file was read."""

    look: tuple[int, int, int]
    """Inode, size and time of change when it was."""
    length: int
    tail: bytes
    """The last bytes taken in: other ones there mean that the file was rolled back and has grown since."""


class Source:
    """Reads each file once and then only what was added to it."""

    def __init__(self, data: str, state: str, book: str) -> None:
        self._devices, self._mirror, self._book = os.path.join(data, "books"), os.path.join(state, "mirror"), book
        self._taken: dict[str, _Taken] = {}

    def new(self, *, everywhere: bool = True) -> Iterator[tuple[str, Change | Unread]]:
        """What was added since the last time, as (place, line); an unfinished last line waits.

        Without `everywhere` only the files that are known or have a log's own name are looked at: what that costs
        does not grow with the years.
        """
        for path in self._all() if everywhere else self._usual():
            try:
                found = os.stat(path)
            except OSError:
                continue
            look = (found.st_ino, found.st_size, found.st_mtime_ns)
            before = self._taken.get(path)
            if stat.S_ISREG(found.st_mode) and (before is None or before.look != look):
                yield from self._lines(path, look, before)

    def wrote(self, path: str, added: Appended) -> None:
        """Own lines, just added and folded already, need not be read back; unless somebody else's stand before them."""
        before = self._taken.get(path)
        if added.before == (before.length if before else 0):
            tail = ((before.tail if before else b"") + added.data)[-_REMEMBERED:]
            self._taken[path] = _Taken(added.look, added.before + len(added.data), tail)

    def _all(self) -> Iterator[str]:
        for folder in [*folders(self._devices), self._mirror]:
            yield from (path for path in names(folder, self._book) if book_in(os.path.basename(path)) == self._book)

    def _usual(self) -> Iterable[str]:
        named = (os.path.join(folder, f"{self._book}.log") for folder in folders(self._devices))
        return dict.fromkeys([*self._taken, *named])

    def _lines(
        self, path: str, look: tuple[int, int, int], before: _Taken | None
    ) -> Iterator[tuple[str, Change | Unread]]:
        try:
            start, data = _added(path, look, before)
        except OSError:
            yield f"{path}:0", Unread("damaged")
            return
        whole = data.rfind(b"\n") + 1
        position = start
        for line in data[:whole].split(b"\n")[:-1]:
            if (found := log.decode(line)) is not None:
                yield f"{path}:{position}", found
            position += len(line) + 1
        tail = (before.tail if before and start else b"") + data[max(0, whole - _REMEMBERED) : whole]
        self._taken[path] = _Taken(look, start + whole, tail[-_REMEMBERED:])


def _added(path: str, look: tuple[int, int, int], before: _Taken | None) -> tuple[int, bytes]:
    """Where the new part of a file starts, and the part: all of it when it is no longer the file that was read."""
    if before and before.look[0] == look[0] and look[1] >= before.length:
        data = disk.read(path, before.length - len(before.tail))
        if data.startswith(before.tail):
            return before.length, data[len(before.tail) :]
    return 0, disk.read(path)  # again from the start, which changes nothing twice


def book_in(name: str) -> str | None:
    """The book a file belongs to; a conflict copy, `2026-11.sync-conflict-….log`, is read as more lines."""
    found = _BOOK.match(name) if name.endswith(".log") else None
    return found[0] if found else None


def folders(path: str) -> list[str]:
    """The folders in a folder, by name; none when it is missing."""
    return [entry for entry in names(path) if os.path.isdir(entry)]


def names(path: str, prefix: str = "") -> list[str]:
    """The entries of a folder that are not hidden, with their path, by name; none when it is missing."""
    try:
        found = [name for name in os.listdir(path) if name.startswith(prefix) and not name.startswith(".")]
    except OSError:
        return []
    return [os.path.join(path, name) for name in sorted(found)]


def last_reading(path: str) -> str | None:
    """The clock of the last readable line of a log, without reading the rest."""
    try:
        size = os.stat(path).st_size
        for tail in _TAILS:
            for line in reversed(disk.read(path, max(0, size - tail)).split(b"\n")):
                if isinstance(found := log.decode(line), Change):
                    return found.reading
            if tail >= size:
                break
    except OSError:
        return None
    return None
