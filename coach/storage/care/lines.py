"""What one log file holds, line by line: what can be read, what is kept as it is, and what is damaged."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from coach.storage import disk, log
from coach.storage.clock import milliseconds
from coach.storage.log import Change

LONGEST_HEAD = 96
"""Bytes; no change fits into so few, so a damaged start up to here was only the header."""
Lost = Sequence[date | None]
"""A day for each line that nothing gives back."""
Look = tuple[int, int, int]
"""Inode, size and time of change of a file."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its newline."""

    data: bytes
    stamp: tuple[str, str] = ("", "")
    """Reading and change id; empty for a line that is kept without being read: sealed, or of a newer coach."""
    day: date | None = None
    """The day it is about; of a damaged line that of its nearest readable neighbour, before or else after it."""
    damaged: bool = False

    @property
    def device(self) -> str:
        """Who wrote it, as its reading says."""
        return device_of(self.stamp[0])


@dataclass(frozen=True, slots=True)
class LogFile:
    """A log, a second copy or a conflict copy as it was at one moment."""

    path: str
    look: Look | None = None
    """None when there is no such file."""
    raw: bytes = b""
    generation: int = 0
    """0 when there is no header that can be read."""
    device: str = ""
    """As the header says."""
    lines: tuple[Line, ...] = ()
    """In the file's order, each readable one once."""
    tail: bytes = b""
    """What stands after the last newline."""
    readable: Mapping[bytes, Line] = field(default_factory=dict)

    def damaged(self) -> list[Line]:
        return [line for line in self.lines if line.damaged]


def read_log(path: str, book: str, known: Mapping[bytes, Line], *, own: bool) -> LogFile:
    """Reads a file; of an own one the unfinished end is a line too, since nobody writes it now.

    Lines that are known need not be decoded again. OSError for a link, for what is no ordinary file, and for one
    that is too large or may not be read.
    """
    try:
        look, raw = _read(path)
    except FileNotFoundError:
        return LogFile(path)
    *whole, tail = raw.split(b"\n")
    if own and tail:
        whole.append(tail)
    generation, device = _head(whole[0], book) if whole else (0, "")
    lines = _each_once(_line(data, known) for data in whole if data and not log.is_head(data))
    if not generation:
        lines = _without_head(lines)
    lines = list(_with_days(lines))
    readable = {line.data: line for line in lines if not line.damaged}
    return LogFile(path, look, raw, generation, device, tuple(lines), tail, readable)


def look_of(found: os.stat_result) -> Look:
    return (found.st_ino, found.st_size, found.st_mtime_ns)


def is_ordinary(found: os.stat_result) -> bool:
    """Whether a file is one to be read here."""
    return stat.S_ISREG(found.st_mode) and found.st_size <= log.LARGEST


def _read(path: str) -> tuple[Look, bytes]:
    with disk.open_ordinary(path) as file:
        found = os.fstat(file.fileno())
        if not is_ordinary(found):
            raise OSError(errno.EINVAL, "not an ordinary file, or too large", path)
        return look_of(found), file.read(found.st_size)


def _head(line: bytes, book: str) -> tuple[int, str]:
    """Generation and device of a header; a newer number of the format is no damage."""
    try:
        data = json.loads(line) if line.startswith(b'{"log":') else {}
    except (ValueError, RecursionError):
        return 0, ""
    numbers = (data.get("log"), data.get("gen")) if isinstance(data, dict) else ()
    if not numbers or not all(type(number) is int and number > 0 for number in numbers) or data.get("book") != book:
        return 0, ""
    return data["gen"], str(data.get("device"))


def _line(data: bytes, known: Mapping[bytes, Line]) -> Line:
    if data in known:
        return known[data]
    found = log.decode(data)
    if isinstance(found, Change):
        return Line(data, found.stamp, day_of(found))
    return Line(data, damaged=found is not None and found.why == "damaged")


def _each_once(lines: Iterable[Line]) -> list[Line]:
    seen: set[bytes] = set()
    found = []
    for line in lines:
        if line.damaged or line.data not in seen:
            seen.add(line.data)
            found.append(line)
    return found


def _without_head(lines: list[Line]) -> list[Line]:
    """What stands where the header should, when that is too short to be anything else."""
    left, start = LONGEST_HEAD, 0
    while start < len(lines) and lines[start].damaged and len(lines[start].data) <= left:
        left -= len(lines[start].data)
        start += 1
    return lines[start:]


def _with_days(lines: list[Line]) -> Iterable[Line]:
    readable = [line.day for line in lines if line.day]
    day = readable[0] if readable else None
    for line in lines:
        day = line.day or day
        yield Line(line.data, day=day, damaged=True) if line.damaged else line


def device_of(reading: str) -> str:
    """Who wrote a line, as its reading says."""
    return reading[18:]


def day_of(change: Change) -> date:
    """The day a change is about: what its records say, else the local day of its clock."""
    for _, _, fields in change.operations:
        if isinstance(text := fields.get("day"), str) and len(text) == 10:
            try:
                return date.fromisoformat(text)
            except ValueError:
                continue
    return datetime.fromtimestamp(milliseconds(change.reading) / 1000, UTC).astimezone().date()


@dataclass(slots=True)
class _Region:
    """What a copy holds between two lines that both copies hold."""

    extra: int = 0
    """Lines the other copy lacks."""
    damaged: list[date | None] = field(default_factory=list)


Regions = dict[bytes, _Region]
"""By the line before it; the start is the empty line."""


def regions(lines: Iterable[Line], other: Container[bytes]) -> Regions:
    """Both copies are written in one order, so what stands between the same two lines is the same."""
    found: Regions = {}
    anchor = b""
    for line in lines:
        if line.damaged:
            found.setdefault(anchor, _Region()).damaged.append(line.day)
        elif line.data in other:
            anchor = line.data
        else:
            found.setdefault(anchor, _Region()).extra += 1
    return found


def unreadable(
    mine: Regions, theirs: Regions, told: Mapping[bytes, list[date | None]]
) -> dict[bytes, list[date | None]]:
    """Days of the damaged lines that the other copy does not make up for, nor were told of it already."""
    found = {}
    for anchor, region in mine.items():
        other = theirs.get(anchor, _Region())
        if other.extra and not other.damaged:
            continue  # however many pieces the damage left of them
        if (count := len(region.damaged) - other.extra - len(told.get(anchor, ()))) > 0:
            found[anchor] = region.damaged[:count]
    return found
