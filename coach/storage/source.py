"""The files one book is read from: every device's log, copies a synchroniser left, and this device's mirror."""

from __future__ import annotations

import os
from collections.abc import Iterator

from coach.storage import disk, log
from coach.storage.log import Change, Unread

_TAIL = 65_536


class Source:
    """Reads each file once and then only what was added to it."""

    def __init__(self, data: str, state: str, book: str) -> None:
        self._devices, self._mirror, self._book = os.path.join(data, "books"), os.path.join(state, "mirror"), book
        self._read: dict[str, tuple[int, int]] = {}
        """Path to (inode, bytes taken in)."""

    def files(self) -> Iterator[str]:
        for folder in folders(self._devices):
            yield from (path for path in names(folder) if self._is_ours(path))
        yield from (path for path in names(self._mirror) if self._is_ours(path))

    def _is_ours(self, path: str) -> bool:
        """A conflict copy, `2026-11.sync-conflict-….log`, is read as more lines."""
        name = os.path.basename(path)
        return name.startswith(self._book) and name.endswith(".log")

    def new(self) -> Iterator[tuple[str, Change | Unread]]:
        """What was added since the last time, as (place, line); an unfinished last line waits."""
        for path in self.files():
            try:
                found = os.stat(path)
            except OSError:
                continue
            inode, taken = self._read.get(path, (found.st_ino, 0))
            if inode != found.st_ino or found.st_size < taken:
                taken = 0  # replaced or rolled back: read again from the start, which changes nothing twice
            if found.st_size > taken:
                yield from self._lines(path, taken)
                taken = self._read.get(path, (0, taken))[1]
            self._read[path] = (found.st_ino, taken)

    def _lines(self, path: str, start: int) -> Iterator[tuple[str, Change | Unread]]:
        try:
            data = disk.read(path, start)
        except OSError:
            yield f"{path}:{start}", Unread("damaged")
            return
        whole = data.rfind(b"\n") + 1
        position = start
        for line in data[:whole].split(b"\n")[:-1]:
            if (found := log.decode(line)) is not None:
                yield f"{path}:{position}", found
            position += len(line) + 1
        self._read[path] = (0, start + whole)


def folders(path: str) -> list[str]:
    """The folders in a folder, by name; none when it is missing."""
    return [entry for entry in names(path) if os.path.isdir(entry)]


def names(path: str) -> list[str]:
    try:
        return [os.path.join(path, name) for name in sorted(os.listdir(path)) if not name.startswith(".")]
    except OSError:
        return []


def last_reading(path: str) -> str | None:
    """The clock of the last readable line of a log, without reading the rest."""
    try:
        size = os.stat(path).st_size
        data = disk.read(path, max(0, size - _TAIL))
    except OSError:
        return None
    for line in reversed(data.split(b"\n")):
        if isinstance(found := log.decode(line), Change):
            return found.reading
    return None
