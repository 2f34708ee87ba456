"""Which prompts were shown: one line for each, so that of all processes only the first to claim one shows it."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from coach.domain.errors import NotSaved
from coach.storage import disk
from coach.storage.lock import wait_for

PATIENCE = 1.5
"""Seconds to wait for another process."""
LARGE = 1_000_000
"""Bytes from which old lines are let go."""
KEPT_DAYS, KEPT_LINES = 45, 2000
"""What stays: these days before the newest claim, and always the last lines, should a clock have been far off."""
_READABLE = re.compile(rb"\S.*@(\d{4}-\d\d-\d\d)T[\d:.]+")
_TORN = b" ?\n"
"""Closes the tail a crash left, in a way that is no key: its claim was never acknowledged, so nobody showed it."""


class Ledger:
    """The file `delivered.log`; keys look like `id@2026-11-23T07:30:00`."""

    def __init__(self, path: str, patience: float = PATIENCE) -> None:
        self._path, self._patience = path, patience
        self._named = False
        """Whether this process has waited for the name of the file, which may be newer than whoever made it."""

    def claim(self, key: str) -> bool:
        """Whether this process is the first to claim it; then it is on the disk."""
        return bool(self.claim_many([key]))

    def claim_many(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys nobody had claimed, all of them on the disk; NotSaved when none is."""
        return self.claim_if(keys, lambda _: True)

    def claim_if(self, keys: Iterable[str], shown: Callable[[set[str]], bool]) -> set[str]:
        """Shows those of the keys nobody had claimed, and claims them only when `shown` says that somebody took them.

        The lock is held meanwhile, so no other process can show the same ones.
        """
        by_line = {_line(key): key for key in keys}
        if not by_line:
            return set()
        try:
            with self._held() as fd:
                before = _read_all(fd)
                taken = set(before.split(b"\n")[:-1])
                won = [line for line in by_line if line not in taken]
                new = {by_line[line] for line in won}
                if not new or not shown(set(new)):
                    return set()
                self._append(fd, before, won)
                return new
        except OSError as error:
            raise NotSaved(f"What was shown could not be noted: {os.strerror(error.errno or 0).lower()}.") from error

    def claimed(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys somebody has claimed; needs no lock, since a line counts only when it is whole."""
        taken = set(self._lines())
        return {key for key in keys if _line(key) in taken}

    def unreadable(self) -> int:
        """How many lines are no keys: what a crash or another program left behind."""
        return sum(not _READABLE.fullmatch(line) for line in self._lines())

    def _lines(self) -> list[bytes]:
        try:
            return disk.read(self._path).split(b"\n")[:-1]
        except OSError as error:
            raise NotSaved(f"What was shown cannot be read: {os.strerror(error.errno or 0).lower()}.") from error

    def _append(self, fd: int, before: bytes, won: list[bytes]) -> None:
        new = b"".join(line + b"\n" for line in won)
        seal = _TORN if before and not before.endswith(b"\n") else b""
        if len(before) > LARGE and (kept := _recent(before + seal, won)) is not None:
            disk.replace(self._path, kept + new)
            return
        try:
            disk.write_all(fd, seal + new)
            disk.sync(fd)
        except OSError:
            os.ftruncate(fd, len(before))
            raise
        if not before or not self._named:
            disk.sync_names(self._path)
            self._named = True

    @contextmanager
    def _held(self) -> Iterator[int]:
        """The file, locked: the one the name stands for, since another process may just have replaced it."""
        disk.make_folder(os.path.dirname(self._path))
        end = time.monotonic() + self._patience
        while True:
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
            fd = os.open(self._path, flags, disk.FILE_MODE)
            try:
                wait_for(fd, end, self._path)
                if os.path.samestat(os.fstat(fd), os.stat(self._path)):
                    yield fd
                    return
            finally:
                os.close(fd)


def _line(key: str) -> bytes:
    """The key as one line of plain ASCII; different keys give different lines, whatever an id holds."""
    return key.encode("unicode_escape")


def _read_all(fd: int) -> bytes:
    pieces = []
    os.lseek(fd, 0, os.SEEK_SET)
    while piece := os.read(fd, 1 << 20):
        pieces.append(piece)
    return b"".join(pieces)


def _recent(before: bytes, won: list[bytes]) -> bytes | None:
    """The lines to keep; None while letting the others go would not halve the file."""
    newest = max((match[1] for match in map(_READABLE.fullmatch, won) if match), default=None)
    if newest is None:
        return None
    first = (date.fromisoformat(newest.decode()) - timedelta(days=KEPT_DAYS)).isoformat().encode()
    lines = before.split(b"\n")[:-1]
    kept = [line for line in lines[:-KEPT_LINES] if (match := _READABLE.fullmatch(line)) and match[1] >= first]
    kept += lines[-KEPT_LINES:]
    return b"".join(line + b"\n" for line in kept) if len(kept) * 2 <= len(lines) else None
