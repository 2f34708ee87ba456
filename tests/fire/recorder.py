"""Every call to the operating system by which the store changes the disk, in the order in which it was made."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

FIRST_NUMBER = 1 << 48


@dataclass(frozen=True, slots=True)
class Made:
    """A name for a new, empty file."""

    path: str
    file: int


@dataclass(frozen=True, slots=True)
class OfPath:
    """A call that says no more than where."""

    path: str


class MadeFolder(OfPath): ...


@dataclass(frozen=True, slots=True)
class Renamed:
    path: str
    to: str


class Unlinked(OfPath): ...


@dataclass(frozen=True, slots=True)
class Wrote:
    file: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """The file has this many bytes now."""

    file: int
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """Waited for a file; one that was not `done` leaves its pages marked as written though nobody knows."""

    file: int
    done: bool = True


class SyncedFolder(OfPath): ...


@dataclass(frozen=True, slots=True)
class Step:
    """Where a step of the scene begins, and where it was acknowledged."""

    number: int
    done: bool


NameCall = Made | MadeFolder | Renamed | Unlinked
Call = NameCall | Wrote | Cut | Synced | SyncedFolder | Step


class Killed(BaseException):
    """The process ends here: nothing it would do about that is done, as with SIGKILL."""


class Recorder:
    """Stands between the store and the system. Nothing is really waited for: the model says what would be there."""

    def __init__(self, root: str) -> None:
        self._root = root
        self.calls: list[Call] = []
        self.fail_sync = 0
        """The how-manieth wait for a file from now is refused; 0 is none."""
        self.kill_at = 0
        """Before how many more changes of the disk the process is killed; 0 is never."""
        self._real = {name: getattr(os, name) for name in _WATCHED}
        self._opened: dict[int, str] = {}
        self._numbers: dict[int, int] = {}

    def number(self, of: int | str) -> int:
        """The file behind a descriptor or a path: the system's own numbers are given again, these are not."""
        found = os.stat(of).st_ino
        return self._numbers.get(found, found)

    @contextmanager
    def on(self) -> Iterator[None]:
        """Records while this lasts."""
        with pytest.MonkeyPatch.context() as patch:
            for name in _WATCHED:
                patch.setattr(os, name, getattr(self, name))
            for name in _UNKNOWN:
                patch.setattr(os, name, _refuse(name))
            yield

    def _alive(self) -> None:
        self.kill_at -= 1
        if self.kill_at == 0:
            raise Killed

    def _known(self, path: Any) -> bool:
        return isinstance(path, str | os.PathLike) and os.fspath(path).startswith(self._root)

    def open(self, path: Any, flags: int, *rest: Any, **more: Any) -> int:
        known = self._known(path)
        new = known and bool(flags & os.O_CREAT) and not os.path.lexists(path)
        if new:
            self._alive()
        fd: int = self._real["open"](path, flags, *rest, **more)
        self._opened.pop(fd, None)  # a number that a file object closed, unseen from here, is given again
        if known:
            self._opened[fd] = str(path)
        if new:
            self._numbers[os.fstat(fd).st_ino] = FIRST_NUMBER + len(self.calls)
            self.calls.append(Made(str(path), self.number(fd)))
        elif known and flags & os.O_TRUNC:
            self.calls.append(Cut(self.number(fd), 0))
        return fd

    def close(self, fd: int) -> None:
        self._opened.pop(fd, None)
        self._real["close"](fd)

    def write(self, fd: int, data: Any) -> int:
        if fd not in self._opened:
            return int(self._real["write"](fd, data))
        self._alive()
        written = int(self._real["write"](fd, data))
        # Where it went is known only afterwards: a file opened to append has no place of its own.
        self.calls.append(Wrote(self.number(fd), os.lseek(fd, 0, os.SEEK_CUR) - written, bytes(data[:written])))
        return written

    def pwrite(self, fd: int, data: Any, offset: int) -> int:
        self._alive()
        written = int(self._real["pwrite"](fd, data, offset))
        if fd in self._opened:
            self.calls.append(Wrote(self.number(fd), offset, bytes(data[:written])))
        return written

    def ftruncate(self, fd: int, size: int) -> None:
        self._alive()
        self._real["ftruncate"](fd, size)
        if fd in self._opened:
            self.calls.append(Cut(self.number(fd), size))

    def fsync(self, fd: int) -> None:
        if fd not in self._opened:
            return
        self._alive()
        if os.path.isdir(self._opened[fd]):
            self.calls.append(SyncedFolder(self._opened[fd].rstrip("/")))
            return
        self.fail_sync -= 1
        self.calls.append(Synced(self.number(fd), done=self.fail_sync != 0))
        if self.fail_sync == 0:
            raise OSError(errno.EIO, "a test")

    def fdatasync(self, fd: int) -> None:
        self.fsync(fd)

    def mkdir(self, path: Any, *rest: Any, **more: Any) -> None:
        self._alive()
        self._real["mkdir"](path, *rest, **more)
        if self._known(path):
            self.calls.append(MadeFolder(str(path)))

    def rename(self, path: Any, to: Any) -> None:
        self._alive()
        self._real["rename"](path, to)
        if self._known(path):
            self.calls.append(Renamed(str(path), str(to)))

    def replace(self, path: Any, to: Any) -> None:
        self.rename(path, to)

    def unlink(self, path: Any) -> None:
        self._alive()
        self._real["unlink"](path)
        if self._known(path):
            self.calls.append(Unlinked(str(path)))

    def remove(self, path: Any) -> None:
        self.unlink(path)


def _refuse(name: str) -> Callable[..., Any]:
    def call(*given: Any, **more: Any) -> Any:
        raise AssertionError(f"the recorder does not know os.{name}")

    return call


_WATCHED = (
    *("open", "close", "write", "pwrite", "ftruncate", "fsync", "fdatasync"),
    *("mkdir", "rename", "replace", "unlink", "remove"),
)
_UNKNOWN = ("truncate", "link", "symlink", "writev", "pwritev", "rmdir", "sendfile", "copy_file_range")
"""What the store does not use; whoever begins to, teaches the recorder first."""
