"""The one thread that touches the store while the screen runs, so that no fsync ever holds up a key."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, ParamSpec, TypeVar

from coach.storage.store import Store

P = ParamSpec("P")
T = TypeVar("T")
MIRROR_AFTER = 5.0
"""Seconds after a change until the second copy is on the disk as well."""


class Writer:
    """Runs what it is given one after the other; the answers come back as futures."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._jobs: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._closed = False

    def submit(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        if self._closed:
            future.cancel()
            return future
        if self._thread is None:
            # A daemon: a disk that hangs must not keep a closed window alive.
            self._thread = threading.Thread(target=self._run, name="store", daemon=True)
            self._thread.start()
        self._jobs.put((future, lambda: work(*args, **kwargs)))
        return future

    def close(self, seconds: float) -> bool:
        """Finishes what was given, at most for so long; True when everything is done."""
        self._closed = True
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join(seconds)
            return not self._thread.is_alive()
        return True

    def _run(self) -> None:
        due: float | None = None
        while True:
            if not self._store.mirror_waits:
                due = None
            elif due is None:
                due = time.monotonic() + MIRROR_AFTER
            elif time.monotonic() >= due:  # however many jobs keep coming
                self._store.sync_mirror()
                continue
            try:
                job = self._jobs.get(timeout=None if due is None else max(0.0, due - time.monotonic()))
            except queue.Empty:
                continue
            if job is None:
                self._store.sync_mirror()
                return
            _answer(*job)


def _answer(future: Future[Any], work: Callable[[], Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(work())
    except BaseException as error:  # noqa: BLE001  (it belongs to whoever asked, and is raised there)
        future.set_exception(error)
