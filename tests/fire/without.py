"""Takes one protection out of the store or the prompts, so that a trial can show what it is for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from coach.storage import book, disk, fold, ids, log, table, undo
from coach.storage.appender import Appender, Located, part
from coach.storage.clock import HybridClock
from coach.storage.fold import Fold
from coach.storage.lock import Lock
from coach.storage.log import Change
from coach.storage.spool import Spool
from coach.storage.summary import Summaries
from tests.fire import without_prompts


def _no_sync(patch: pytest.MonkeyPatch) -> None:
    """Written, but never waited for. A folder's own sync stays."""
    real = disk.sync_folder

    def sync_folder(path: str) -> None:
        with pytest.MonkeyPatch.context() as again:
            again.setattr(disk, "sync", _SYNC)
            real(path)

    patch.setattr(disk, "sync_folder", sync_folder)
    patch.setattr(disk, "sync", lambda fd: None)


def _no_folder_sync(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(disk, "sync_folder", lambda path: None)


def _no_lock(patch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def held(self: Lock) -> Iterator[None]:
        yield

    patch.setattr(Lock, "held", held)


def _no_mirror(patch: pytest.MonkeyPatch) -> None:
    """The log is the only copy."""
    real = disk.append

    def append(path: str, *given: Any, **more: Any) -> disk.Appended:
        if os.path.basename(os.path.dirname(path)) == "mirror":
            return disk.Appended(0, b"", (0, 0, 0))
        return real(path, *given, **more)

    patch.setattr(disk, "append", append)


def _no_gone(patch: pytest.MonkeyPatch) -> None:
    """Whoever deletes takes every field out, and what has no field is not there."""
    real = fold.differences

    def differences(old: Any, new: Any) -> Any:
        return real(old, {}) if old and new is None else real(old, new)

    def visible(self: Fold, table: str) -> dict[str, Any]:
        return {record: fields for record, fields in self.tables.get(table, {}).items() if fields}

    for module in (book, table):
        patch.setattr(module, "differences", differences)
    patch.setattr(table, "_is_there", bool)
    patch.setattr(Fold, "visible", visible)


def _no_see(patch: pytest.MonkeyPatch) -> None:
    """A clock that orders by the wall alone."""
    patch.setattr(HybridClock, "see", lambda self, reading: None)


def _no_seal(patch: pytest.MonkeyPatch) -> None:
    """A line goes right behind whatever the file ends with."""
    patch.setattr(os, "pread", lambda fd, size, at: b"\n")


def _no_one_line(patch: pytest.MonkeyPatch) -> None:
    """Each record a change speaks of gets a line of its own."""

    def append_parts(self: Appender, located: list[Located], change: Change, wrote: Any) -> None:
        for name, operation in located:
            self._append(name, Change(change.reading, ids.ulid(), (operation,)), wrote)

    patch.setattr(Appender, "_append_parts", append_parts)


def _no_whole_change(patch: pytest.MonkeyPatch) -> None:
    """Of a change over two books each gets its part, and the plan no more than that."""

    def append_parts(self: Appender, located: list[Located], change: Change, wrote: Any) -> None:
        for name in sorted({name for name, _ in located}):
            self._append(name, part(change, name), wrote)

    patch.setattr(Appender, "_append_parts", append_parts)


def _no_taking_back(patch: pytest.MonkeyPatch) -> None:
    """What was refused stays where it was written."""
    patch.setattr(os, "ftruncate", lambda fd, size: None)


def _no_doubt(patch: pytest.MonkeyPatch) -> None:
    """Who was refused once asks a second time, and believes it: the system says yes and has forgotten the bytes."""
    real = disk.sync

    def sync(fd: int) -> None:
        try:
            real(fd)
        except OSError:
            real(fd)

    patch.setattr(disk, "sync", sync)


def _no_names(patch: pytest.MonkeyPatch) -> None:
    """Only the folder of a new file, not those around it, which somebody made who was killed over it."""
    patch.setattr(disk, "sync_names", lambda path: disk.sync_folder(os.path.dirname(path)))


def _no_durable_waiting(patch: pytest.MonkeyPatch) -> None:
    """What waits for the lock is written and acknowledged."""

    def put(self: Spool, change: Change) -> None:
        disk.replace(os.path.join(self._folder, f"{ids.ulid()}.rec"), log.encode(change), durable=False)

    patch.setattr(Spool, "put", put)


def _no_second_sync(patch: pytest.MonkeyPatch) -> None:
    """The second copy reaches the disk when the system likes."""
    patch.setattr(Appender, "sync_mirror", lambda self: None)


def _no_replacing(patch: pytest.MonkeyPatch) -> None:
    """A file is written over instead of replaced."""

    def replace(path: str, data: bytes, *, durable: bool = True) -> None:
        disk.make_folder(os.path.dirname(path))
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, disk.FILE_MODE)
        try:
            disk.write_all(fd, data)
            disk.sync(fd)
        finally:
            os.close(fd)

    patch.setattr(disk, "replace", replace)


def _no_summary_key(patch: pytest.MonkeyPatch) -> None:
    """A summary counts whatever became of the logs."""
    patch.setattr(Summaries, "_keys", lambda self, only="": {"2026-11": "always"})


def _no_checksum(patch: pytest.MonkeyPatch) -> None:
    """Whatever can be parsed is believed."""
    patch.setattr(log, "_checksum", lambda payload: b"0" * 16)


def _no_look_before_undo(patch: pytest.MonkeyPatch) -> None:
    """Undo puts every value back, whatever was written since."""

    def turned(now: Any, pairs: dict[str, list[Any]], forward: bool) -> tuple[dict[str, Any], list[str]]:
        return {name: pair[1 if forward else 0] for name, pair in pairs.items()}, []

    patch.setattr(undo, "_turned_values", turned)


_SYNC = disk.sync
PROTECTIONS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "fsync": _no_sync,
    "folder fsync": _no_folder_sync,
    "lock": _no_lock,
    "mirror": _no_mirror,
    "the _gone field": _no_gone,
    "the clock's see": _no_see,
    "tail sealing": _no_seal,
    "one line per change": _no_one_line,
    "the whole change in the plan first": _no_whole_change,
    "taking back what was refused": _no_taking_back,
    "doubt after a refused fsync": _no_doubt,
    "the names of the folders around": _no_names,
    "the durable waiting folder": _no_durable_waiting,
    "the second copy's fsync": _no_second_sync,
    "replacing instead of writing over": _no_replacing,
    "the summary's key": _no_summary_key,
    "the checksum": _no_checksum,
    "a look before undo": _no_look_before_undo,
    **without_prompts.PROTECTIONS,
}
"""Protection to what switches it off."""


@contextmanager
def without(protection: str) -> Iterator[Any]:
    """The store as it would be if nobody had thought of this; in a child process too, by name."""
    with pytest.MonkeyPatch.context() as patch:
        PROTECTIONS[protection](patch)
        yield
