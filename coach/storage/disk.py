"""The operating-system calls of the store: private files, whole writes, and what reached the disk."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

FOLDER_MODE, FILE_MODE = 0o700, 0o600
_named: set[str] = set()
"""Folders whose own names this process has waited for, and those of the folders around them."""
_NO_SUCH_CALL = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.ENOTTY})
"""What a file system says that has no way to wait for this."""
_NOT_TAKEN = frozenset({errno.EIO, errno.ENOSPC, errno.EDQUOT})
"""What a disk says that did not take it."""
_OPEN_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK
_OPEN_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
_OPEN_APPEND = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW


def make_folder(path: str) -> None:
    """The folder and its parents, private, and known to the disk."""
    if os.path.isdir(path):
        return
    parent = os.path.dirname(path)
    make_folder(parent)
    try:
        os.mkdir(path, FOLDER_MODE)
    except FileExistsError:
        return
    _sync_around(parent)


def sync(fd: int) -> None:
    """Waits until the file is on the disk itself; macOS needs its own call for that."""
    if sys.platform == "darwin":
        import fcntl

        try:
            fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
            return
        except OSError as error:  # disks of another make, and those in the network, know the common call only
            if error.errno not in _NO_SUCH_CALL:
                raise
    os.fsync(fd)


def sync_folder(path: str) -> None:
    """Waits until the names in a folder are on the disk: a new file is lost without it.

    Where the file system cannot wait for a folder there is nothing to wait for: refusing would be for ever, and keep
    nothing safer. What is in a file has its own call, which is never passed over.
    """
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _sync_and_close(fd)
    except OSError as error:
        if error.errno not in _NO_SUCH_CALL:
            raise


def sync_names(path: str) -> None:
    """Waits for the name of a file, and once in each process for those of the private folders around it.

    Whoever made one of them may have been killed before its name was on the disk, and nothing in it shows that.
    A folder that others may look into is not one that coach made.
    """
    folder = os.path.dirname(path)
    sync_folder(folder)
    if folder in _named:
        return
    inner = folder
    while _is_private(inner) and inner != (outer := os.path.dirname(inner)):
        _sync_around(outer)
        inner = outer
    _named.add(folder)


def _sync_around(folder: str) -> None:
    """Another's folder, as a mount point is, may refuse this always; only a disk that did not take it counts."""
    try:
        sync_folder(folder)
    except OSError as error:
        if error.errno in _NOT_TAKEN:
            raise


def _is_private(folder: str) -> bool:
    found = os.stat(folder)
    return found.st_uid == os.geteuid() and not found.st_mode & 0o077


def sync_file(path: str) -> None:
    _sync_and_close(os.open(path, os.O_RDONLY | os.O_CLOEXEC))


def _sync_and_close(fd: int) -> None:
    try:
        sync(fd)
    finally:
        os.close(fd)


def write_all(fd: int, data: bytes) -> None:
    """Writes every byte: one call may write less than it was given, without an error."""
    left = memoryview(data)
    while left:
        left = left[os.write(fd, left) :]


def read(path: str, offset: int = 0, most: int = -1) -> bytes:
    """The bytes of an ordinary file from an offset; a missing file is empty."""
    try:
        with open_ordinary(path, follow=True) as file:
            file.seek(offset)
            return file.read(most)
    except FileNotFoundError:
        return b""


def open_ordinary(path: str, *, follow: bool = False) -> BinaryIO:
    """To read what anybody may have put there; OSError for a link, and for a pipe or device, which might never end."""
    fd = os.open(path, _OPEN_READ if follow else _OPEN_READ | os.O_NOFOLLOW)
    try:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise OSError(errno.EINVAL, "not an ordinary file", path)
        return os.fdopen(fd, "rb")
    except OSError:
        os.close(fd)
        raise


def read_ordinary(path: str, most: int, *, follow: bool = False) -> bytes:
    """All of such a file; OSError as well when it holds more than so many bytes."""
    with open_ordinary(path, follow=follow) as file:
        if os.fstat(file.fileno()).st_size > most:
            raise OSError(errno.EFBIG, "too large", path)
        return file.read(most)


@dataclass(frozen=True, slots=True)
class Appended:
    """What a file is after whole lines were added to it."""

    before: int
    """Its size until then."""
    data: bytes
    look: tuple[int, int, int]
    """Inode, size and time of change now."""


def append(path: str, lines: bytes, head: bytes = b"", *, durable: bool = True, named: bool = True) -> Appended:
    """Adds whole lines at the end of a file, or nothing; not `named`, the names of an older file are waited for too.

    A tail without a newline, left by a crash, is sealed first, so it can never grow into somebody else's line. An
    error truncates the file back to where it was and is raised as OSError.
    """
    try:
        fd = os.open(path, _OPEN_APPEND, FILE_MODE)
    except FileNotFoundError:
        make_folder(os.path.dirname(path))
        fd = os.open(path, _OPEN_APPEND, FILE_MODE)
    try:
        size = os.fstat(fd).st_size
        if size == 0:
            lines = head + lines
        elif os.pread(fd, 1, size - 1) != b"\n":
            lines = b"\n" + lines
        try:
            os.lseek(fd, size, os.SEEK_SET)
            write_all(fd, lines)
            if durable:
                sync(fd)
                if size == 0 or not named:
                    sync_names(path)
            now = os.fstat(fd)
        except OSError:
            os.ftruncate(fd, size)
            raise
    finally:
        with suppress(OSError):  # what was waited for is on the disk, whatever closing says
            os.close(fd)
    return Appended(size, lines, (now.st_ino, now.st_size, now.st_mtime_ns))


def add(path: str, lines: bytes) -> int:
    """Adds lines in one call beside other writers: the system puts them at the end, wherever that is by then.

    The size of the file now. Where somebody replaces the file meanwhile they are added to the new one too, so whoever
    reads them must count once what stands there twice.
    """
    make_folder(os.path.dirname(path))
    while True:
        fd = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, FILE_MODE)
        try:
            write_all(fd, lines)
            now = os.fstat(fd)
        finally:
            os.close(fd)
        if os.path.samestat(now, os.stat(path)):
            return now.st_size


def replace(path: str, data: bytes, *, durable: bool = True) -> None:
    """The file holds the old bytes or all of the new ones, never a part."""
    folder = os.path.dirname(path)
    make_folder(folder)
    temporary = f"{path}.{os.getpid()}.tmp"
    remove(temporary)
    fd = os.open(temporary, _OPEN_NEW, FILE_MODE)
    try:
        try:
            write_all(fd, data)
            if durable:
                sync(fd)
        finally:
            os.close(fd)
        os.rename(temporary, path)
    except OSError:
        remove(temporary)
        raise
    if durable:
        sync_names(path)


def create(path: str, data: bytes) -> None:
    """A new durable file; FileExistsError when there is one."""
    make_folder(os.path.dirname(path))
    fd = os.open(path, _OPEN_NEW, FILE_MODE)
    try:
        write_all(fd, data)
        sync(fd)
    except OSError:
        remove(path)
        raise
    finally:
        os.close(fd)
    sync_names(path)


def remove(path: str) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        return
