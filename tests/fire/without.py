"""Takes one protection out of the store, so that a trial can show what it is for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from coach.storage import disk
from coach.storage.lock import Lock


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


_SYNC = disk.sync
PROTECTIONS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "fsync": _no_sync,
    "folder fsync": _no_folder_sync,
    "lock": _no_lock,
}
"""Protection to what switches it off."""


@contextmanager
def without(protection: str) -> Iterator[Any]:
    """The store as it would be if nobody had thought of this; in a child process too, by name."""
    with pytest.MonkeyPatch.context() as patch:
        PROTECTIONS[protection](patch)
        yield
