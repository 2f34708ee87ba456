"""The files one book is read from: every device's log, copies a synchroniser left, and this device's mirror."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from coach.storage import disk, log
from coach.storage.disk import Appended
from coach.storage.log import Change, Unread, Why

MOST_REMEMBERED = 1_000
"""Unreadable lines of one file kept one by one; the others are only counted, or garbage would fill the memory."""
_PIECE = 1 << 20
_TAILS = (4_096, 65_536, 2 * log.LONGEST_LINE)
_REMEMBERED = 64
_BOOK = re.compile(r"plan|\d{4}-\d\d")
_LINE = re.compile(rb"[^\n]+")


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
        self._unread: dict[str, _Unreadable] = {}
        self.taken_back = False
        """Whether a line that was taken in is no longer in its file: a write that was refused after it could be read,
        or a file rolled back. Only reading everything again tells what stands."""

    def forget(self) -> None:
        """From the start again, as in a new process."""
        self._taken.clear()
        self._unread.clear()
        self.taken_back = False

    def new(self, device: str = "") -> Iterator[tuple[str, Change | Unread]]:
        """What was added since the last time, as (place, line); an unfinished last line waits.

        With a device only its log and the files that are known are looked at, and no folder is listed.
        """
        for path in self._usual(device) if device else self._all():
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

    def _usual(self, device: str) -> Iterable[str]:
        own = os.path.join(self._devices, device, f"{self._book}.log")
        return tuple(self._taken) if own in self._taken else (*self._taken, own)

    def _lines(
        self, path: str, look: tuple[int, int, int], before: _Taken | None
    ) -> Iterator[tuple[str, Change | Unread]]:
        if look[1] > log.LARGEST:
            yield f"{path}:0", Unread("large")
            return
        try:
            with disk.open_ordinary(path, follow=True) as file:  # a link is read, though never written through
                holds = before is None or _holds(file, before)
                self.taken_back |= not holds
                goes_on = before if before and holds and before.look[0] == look[0] else _Taken(look, 0, b"")
                yield from self._added(path, file, look, goes_on)
        except FileNotFoundError:
            return  # taken away since it was looked at
        except OSError:
            self._taken.pop(path, None)
            yield f"{path}:0", Unread("closed")

    def _added(
        self, path: str, file: BinaryIO, look: tuple[int, int, int], taken: _Taken
    ) -> Iterator[tuple[str, Change | Unread]]:
        """The lines after what was taken; an unfinished last one waits."""
        if not taken.length:
            self._unread.pop(path, None)
        unread = self._unread.setdefault(path, _Unreadable())
        length, tail = taken.length, taken.tail
        file.seek(length)
        for start, lines, end in _blocks(file, length):
            for match in _LINE.finditer(lines):
                found = log.decode(match[0])
                if isinstance(found, Unread):
                    found = unread.note(start + match.start(), found)
                if found is not None:
                    yield f"{path}:{start + match.start()}", found
            length, tail = end, (tail + lines[-_REMEMBERED:])[-_REMEMBERED:]
        self._taken[path] = _Taken(look, length, tail)
        yield from ((f"{path}:{first}", counted) for first, counted in unread.counted())


class _Unreadable:
    """What of one file could not be taken in: the first lines one by one, the others only counted."""

    def __init__(self) -> None:
        self._kept = 0
        self._others: dict[Why, _Counted] = {}

    def note(self, position: int, line: Unread) -> Unread | None:
        """The line when it is one of the first, else nothing."""
        if self._kept < MOST_REMEMBERED:
            self._kept += 1
            return line
        others = self._others.setdefault(line.why, _Counted(position))
        others.lines += 1
        others.records.update(line.records)
        return None

    def counted(self) -> Iterator[tuple[int, Unread]]:
        """For each kind where the first of the others stands, and all of them as one."""
        for why, others in self._others.items():
            yield others.first, Unread(why, tuple(others.records), others.lines)


@dataclass(slots=True)
class _Counted:
    first: int
    lines: int = 0
    records: set[str] = field(default_factory=set)


def _holds(file: BinaryIO, before: _Taken) -> bool:
    """Whether what was read still stands there."""
    file.seek(before.length - len(before.tail))
    return file.read(len(before.tail)) == before.tail


def _blocks(file: BinaryIO, at: int) -> Iterator[tuple[int, bytes, int]]:
    """Whole lines, many at a time, with where they start and end, so that a large file never is in memory at once.

    Of a line too long to be ours only the beginning is kept, which is still too long to be ours.
    """
    rest, skipped = b"", 0
    while piece := file.read(_PIECE):
        data = rest + piece
        if skipped and (cut := data.find(b"\n") + 1):
            yield at, data[:cut], at + skipped + cut
            at, skipped, data = at + skipped + cut, 0, data[cut:]
        if not skipped and (whole := data.rfind(b"\n") + 1):
            yield at, data[:whole], at + whole
            at, data = at + whole, data[whole:]
        rest = data[: log.LONGEST_LINE + 1]
        skipped += len(data) - len(rest)


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
    found = last_change(path)
    return found.reading if found else None


def last_change(path: str) -> Change | None:
    """The last readable line of a log, without reading the rest."""
    try:
        with disk.open_ordinary(path) as file:
            size = os.fstat(file.fileno()).st_size
            for tail in _TAILS:
                file.seek(max(0, size - tail))
                for line in reversed(file.read(tail).split(b"\n")):
                    if isinstance(found := log.decode(line), Change):
                        return found
                if tail >= size:
                    break
    except OSError:
        return None
    return None
