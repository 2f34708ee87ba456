"""One writer at a time, between processes: a short advisory lock on one file of the state folder."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from coach.domain.errors import Locked, NoLocks
from coach.storage import disk

PATIENCE = 1.5
"""Seconds to wait for another writer before the change goes to the waiting folder instead."""
_NO_LOCKS = frozenset((errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL))
"""What a file system that knows no locks answers: some network shares, and some made in user space."""
_RETRY = 0.005


class Lock:
    """A `flock` on its own descriptor: it ends with the process that holds it, however that ends."""

    def __init__(self, path: str, patience: float = PATIENCE) -> None:
        self._path, self._patience = path, patience

    @contextmanager
    def held(self) -> Iterator[None]:
        """Holds the lock.

        Locked when another process keeps it longer than the patience, NoLocks when the disk has none.
        """
        disk.make_folder(os.path.dirname(self._path))
        fd = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, disk.FILE_MODE)
        try:
            wait_for(fd, time.monotonic() + self._patience, self._path)
            try:
                yield
            finally:  # after a refusal too: somebody may have read what was taken back
                with suppress(OSError):
                    _mark(fd)
        finally:
            with suppress(OSError):  # whatever was written, nothing is undone by this
                os.close(fd)

    def works(self) -> bool:
        """Whether the disk has locks, as far as looking can tell; nothing is made or changed."""
        try:
            fd = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            return True  # there is no lock yet, or something else is in the way, which is told elsewhere
        try:
            fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno not in _NO_LOCKS
        finally:
            os.close(fd)
        return True

    def touch(self) -> None:
        """Tells open screens to look, without holding the lock."""
        with suppress(OSError):
            _mark(self._path)

    def stamp(self) -> int:
        """A number that differs after every change by any process."""
        try:
            return os.stat(self._path).st_mtime_ns
        except OSError:
            return 0


def wait_for(fd: int, end: float, path: str) -> None:
    """Takes the lock on an open file; Locked when another process still holds it at `end`, a monotonic reading.

    NoLocks when the file system has none: to go on without would be to write over another process.
    """
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _NO_LOCKS:
                raise NoLocks(f"Not saved: {without_locks(os.path.dirname(path))}") from error
            if error.errno not in (errno.EWOULDBLOCK, errno.EINTR):
                raise
            if time.monotonic() > end:
                raise Locked("Another coach is busy writing. Try again in a moment.") from None
            time.sleep(_RETRY)
        else:
            return


def without_locks(folder: str) -> str:
    """What to tell of a folder whose disk has no locks, as the second half of a sentence, with the way out."""
    why = "has no file locks, and without them two coaches could write over each other"
    return f"the disk under {folder} {why}. Keep that folder on a local disk: --home DIR, COACH_HOME or XDG_STATE_HOME."


def _mark(file: int | str) -> None:
    """A new time on the lock file, the one thing open screens look at: also within one tick of the clock."""
    before = os.stat(file).st_mtime_ns
    os.utime(file)
    if os.stat(file).st_mtime_ns <= before:
        os.utime(file, ns=(before + 1, before + 1))
