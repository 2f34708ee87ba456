"""Which prompts were shown and what was said to them, a line each: only the first process to claim one shows it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from coach.domain.asks import Known
from coach.domain.errors import NotSaved
from coach.storage import disk, ledger_lines
from coach.storage.ledger_lines import SEAL, shown
from coach.storage.lock import wait_for

PATIENCE = 1.5
"""Seconds to wait for another process."""
LARGE = 1_000_000
"""Bytes from which old lines are let go."""
KEPT_DAYS, KEPT_LINES = 45, 2000
"""What stays: these days before the newest claim, and always the last lines, should a clock have been far off."""


class Ledger:
    """The file `delivered.log`; keys look like `id@2026-11-23T07:30:00`."""

    def __init__(self, path: str, patience: float = PATIENCE) -> None:
        self._path, self._patience = path, patience
        self._named = False
        """Whether this process has waited for the name of the file, which may be newer than whoever made it."""
        self._known = Known()
        self._look: tuple[int, int, int] | None = None

    def claim(self, key: str) -> bool:
        """Whether this process is the first to claim it; then it is on the disk."""
        return bool(self.claim_many([key]))

    def claim_many(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys nobody had claimed, all of them on the disk; NotSaved when none is."""
        return self.claim_if(keys, lambda _: True)

    def claim_if(self, keys: Iterable[str], took: Callable[[set[str]], bool]) -> set[str]:
        """Shows those of the keys nobody had claimed, and claims them only when `took` says that somebody took them.

        The lock is held meanwhile, so no other process can show the same ones.
        """
        by_line = {shown(key): key for key in keys}
        if not by_line:
            return set()
        with self._noting() as fd:
            before = _read_all(fd)
            taken = set(before.split(b"\n")[:-1])
            won = [line for line in by_line if line not in taken]
            new = {by_line[line] for line in won}
            if not new or not took(set(new)):
                return set()
            self._append(fd, before, won)
            return new

    def answer(self, key: str) -> None:
        """Whatever else there is of this ask stays silent; on the disk, as each of these."""
        self._note(ledger_lines.answered(key))

    def snooze(self, key: str, until: datetime) -> None:
        """The ask comes once more at that moment, which is aware; what was said of it before no longer counts."""
        self._note(ledger_lines.snoozed(key, until))

    def skip(self, subject: str, day: date) -> None:
        """Nothing about this any more on that day."""
        self._note(ledger_lines.skipped(subject, day))

    def known(self) -> Known:
        """All of it; read again only where the file is another than at the last time."""
        look = self._look_at()
        if look is None or look != self._look:
            self._known, self._look = ledger_lines.read(self._lines()), look
        return self._known

    def claimed(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys somebody has claimed; needs no lock, since a line counts only when it is whole."""
        taken = set(self._lines())
        return {key for key in keys if shown(key) in taken}

    def unreadable(self) -> int:
        """How many lines say nothing: what a crash or another program left behind."""
        return sum(not ledger_lines.is_readable(line) for line in self._lines())

    def _lines(self) -> list[bytes]:
        try:
            return disk.read(self._path).split(b"\n")[:-1]
        except OSError as error:
            raise NotSaved(f"What was shown cannot be read: {os.strerror(error.errno or 0).lower()}.") from error

    def _look_at(self) -> tuple[int, int, int] | None:
        """What the file is now; nothing where it is not there or cannot be looked at, and then reading says why."""
        try:
            now = os.stat(self._path)
        except OSError:
            return None
        return now.st_ino, now.st_size, now.st_mtime_ns

    def _note(self, line: bytes) -> None:
        with self._noting() as fd:
            self._append(fd, _read_all(fd), [line])

    def _append(self, fd: int, before: bytes, won: list[bytes]) -> None:
        new = b"".join(line + b"\n" for line in won)
        seal = SEAL if before and not before.endswith(b"\n") else b""
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
    def _noting(self) -> Iterator[int]:
        """The file, locked; what goes wrong is said."""
        try:
            with self._held() as fd:
                yield fd
        except OSError as error:
            raise NotSaved(f"What was shown could not be noted: {os.strerror(error.errno or 0).lower()}.") from error

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


def _read_all(fd: int) -> bytes:
    pieces = []
    os.lseek(fd, 0, os.SEEK_SET)
    while piece := os.read(fd, 1 << 20):
        pieces.append(piece)
    return b"".join(pieces)


def _recent(before: bytes, won: list[bytes]) -> bytes | None:
    """The lines to keep; None while letting the others go would not halve the file."""
    newest = max(map(ledger_lines.day_of_line, won), default=b"")
    if not newest:
        return None
    first = (date.fromisoformat(newest.decode()) - timedelta(days=KEPT_DAYS)).isoformat().encode()
    lines = before.split(b"\n")[:-1]
    kept = [line for line in lines[:-KEPT_LINES] if ledger_lines.day_of_line(line) >= first]
    kept += lines[-KEPT_LINES:]
    return b"".join(line + b"\n" for line in kept) if len(kept) * 2 <= len(lines) else None
