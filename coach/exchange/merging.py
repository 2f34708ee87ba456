"""Takes in what other logs hold: an old copy, a phone's folder, a quarantined file, a conflict copy."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coach.domain.errors import NotFound, NotSaved, Refused
from coach.domain.text import in_words
from coach.storage import disk, log
from coach.storage.intake import Intake
from coach.storage.log import Unread
from coach.storage.source import book_in
from coach.storage.store import Store

MOST_LOOKED_AT = 100_000
"""Files below one folder: a home of ten years with many devices has a few thousand, a whole disk has far more."""
MOST_TOLD = 10
_STARTS = re.compile(rb'\{"log":|[0-9a-f]{16} \{"v":')
_EXPORT = re.compile(rb'\s*\{\s*"coach"\s*:')
_LEFT_OUT = {
    "damaged": "unreadable, so nothing was taken from there.",
    "clock": "dated after 2100, which no clock should say, and left out.",
    "newer": "from a newer coach: update coach, then merge again.",
    "sealed": "sealed, which this coach cannot open.",
}
_WAITING = ".rec"
"""How a change in the waiting folder of an old home is named."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of a merge."""

    taken: int
    known: int
    unreadable: int
    newer: int
    """Lines only a newer coach can read, sealed ones included."""
    files: int
    notes: tuple[str, ...]
    """A sentence for each file that was left alone, or of which lines were."""


def merge(store: Store, named: Iterable[str]) -> Merged:
    """Appends every change of these files and folders that this home does not have.

    Raises Refused for a folder too large to look through, NotFound when no file could be read, and NotSaved or Locked,
    with what was taken in until then.
    """
    reading = _Reading()
    for path in _files(named, reading.notes):
        reading.read(path)
    if not reading.intake.known:
        told = " ".join(_few(reading.notes))
        raise NotFound(told or "Nothing has been written in there yet, so there is nothing to take in.")
    intake = reading.intake
    try:
        intake.append(store)
    except NotSaved as error:
        before = f"Before that, {intake.taken} changes were taken in and stay; the same command goes on from there."
        raise type(error)(f"{error} {before}" if intake.taken else str(error)) from error
    lines = reading.lines
    unreadable, newer = lines["damaged"] + lines["clock"], lines["newer"] + lines["sealed"]
    return Merged(intake.taken, intake.known, unreadable, newer, reading.files, tuple(_few(reading.notes)))


class _Reading:
    """What the files hold, read one after the other."""

    def __init__(self) -> None:
        self.intake = Intake()
        self.lines: Counter[str] = Counter()
        """Lines that cannot be taken in, by why."""
        self.files = 0
        """Those that are logs."""
        self.notes: list[str] = []

    def read(self, path: str) -> None:
        named = in_words(path)
        try:
            found = os.stat(path)
            if not stat.S_ISREG(found.st_mode):
                self.notes.append(f"{named} is no file that can be read.")
            elif found.st_size > log.LARGEST:
                self.notes.append(f"{named} is larger than {log.LARGEST // 1_000_000} MB, so it is no log of coach.")
            else:
                self._lines(path, named)
        except OSError as error:
            self.notes.append(f"{named} cannot be read: {(error.strerror or 'unknown').lower()}.")

    def _lines(self, path: str, named: str) -> None:
        is_log, unread = False, Counter[str]()
        for line in _whole_lines(path):
            found = log.decode(line.removesuffix(b"\n"))
            if isinstance(found, Unread):
                unread[found.why] += 1
                is_log |= found.why in ("newer", "clock")
            else:
                is_log |= line.startswith(b'{"log":') or found is not None
                if found is not None:
                    self.intake.collect(found, line if line.endswith(b"\n") else line + b"\n")
        if not is_log:
            self.notes.append(f"{named} is no log of coach.{_hint(path)}")
            return
        self.files += 1
        self.lines += unread
        self.notes += [f"{named}: {told}" for told in _told(unread)]


def _files(named: Iterable[str], notes: list[str]) -> Iterator[str]:
    """Each file once, those of folders by name; in a folder, only what looks like a log."""
    seen: set[tuple[int, int]] = set()
    for place in named:
        found = [place]
        if os.path.isdir(place):
            found = sorted(_logs_below(place))
            if not found:
                notes.append(f"{in_words(place)} holds no log of coach.")
        elif os.path.islink(place) and not os.path.exists(place):
            notes.append(f"{in_words(place)} is a link to nothing.")
            found = []
        for path in found:
            identity = _identity(path)
            if identity is None or identity not in seen:
                yield path
            seen |= {identity} if identity else set()


def _identity(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _logs_below(place: str) -> Iterator[str]:
    looked_at = 0
    for folder, folders, files in os.walk(place):
        folders[:] = [name for name in folders if not name.startswith(".")]
        looked_at += len(files)
        if looked_at > MOST_LOOKED_AT:
            raise Refused(f"{in_words(place)} holds more than {MOST_LOOKED_AT} files. Name the folder with the books.")
        yield from (path for name in files if _looks_like_log(path := os.path.join(folder, name), name))


def _looks_like_log(path: str, name: str) -> bool:
    if name.startswith("."):
        return False  # what a synchroniser has not finished
    if book_in(name) or name.endswith(_WAITING):
        return True
    try:
        return stat.S_ISREG(os.stat(path).st_mode) and _STARTS.match(disk.read(path, most=32)) is not None
    except OSError:
        return False


def _whole_lines(path: str) -> Iterator[bytes]:
    """The lines with their newline; of one too long to be ours, pieces that are no lines either."""
    with open(path, "rb") as file:
        while line := file.readline(log.LONGEST_LINE + 1):
            yield line


def _told(unread: Counter[str]) -> Iterator[str]:
    for why, end in _LEFT_OUT.items():
        if count := unread[why]:
            yield f"{count} {'line is' if count == 1 else 'lines are'} {end}"


def _hint(path: str) -> str:
    """The way out for whoever named the other kind of file."""
    try:
        return " It is an export: coach import takes it." if _EXPORT.match(disk.read(path, most=64)) else ""
    except OSError:
        return ""


def _few(notes: list[str]) -> list[str]:
    rest = len(notes) - MOST_TOLD
    return [*notes[:MOST_TOLD], f"And {rest} more like these."] if rest > 1 else notes
