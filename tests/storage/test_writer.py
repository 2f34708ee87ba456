"""The store's thread: in order, never in the way, and with the second copy on the disk in time."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import Future
from pathlib import Path

import pytest

from coach.domain.errors import NotSaved
from coach.storage import disk, writer
from coach.storage.writer import Writer
from tests.storage.homes import open_store, put, visible


def test_a_slow_disk_does_not_hold_up_whoever_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(tmp_path)
    put(store, "moods", "2611-first", value=1)
    asleep = threading.Event()

    def slow(fd: int) -> None:
        asleep.wait(2)
        os.fsync(fd)

    monkeypatch.setattr(disk, "sync", slow)
    thread = Writer(store)
    begun = time.monotonic()
    futures = [thread.submit(put, store, "moods", f"2611-{n}", value=n) for n in range(5)]
    assert time.monotonic() - begun < 1
    time.sleep(0.05)
    assert not any(future.done() for future in futures)
    asleep.set()
    for future in futures:
        future.result(5)
    assert thread.close(5)
    assert len(visible(open_store(tmp_path))["moods"]) == 6


def test_answers_and_errors_come_back_in_order(tmp_path: Path) -> None:
    thread = Writer(open_store(tmp_path))
    order: list[int] = []

    def refuse() -> None:
        raise NotSaved("Not saved: a test.")

    futures: list[Future[None]] = [thread.submit(order.append, n) for n in range(50)]
    bad = thread.submit(refuse)
    assert thread.submit(lambda: "fine").result(5) == "fine"
    assert order == list(range(50))
    assert all(future.done() for future in futures)
    with pytest.raises(NotSaved):
        bad.result(5)
    assert thread.close(5)


def test_closing_finishes_what_was_given_and_takes_nothing_more(tmp_path: Path) -> None:
    assert Writer(open_store(tmp_path)).close(1)
    store = open_store(tmp_path)
    thread = Writer(store)
    futures = [thread.submit(put, store, "moods", f"2611-{n}", value=n) for n in range(20)]
    assert thread.close(10)
    assert all(future.done() for future in futures)
    assert not store.mirror_waits
    assert thread.submit(put, store, "moods", "2611-late", value=1).cancelled()


def test_a_disk_that_hangs_does_not_keep_the_window(tmp_path: Path) -> None:
    thread = Writer(open_store(tmp_path))
    release = threading.Event()
    thread.submit(release.wait, 5)
    begun = time.monotonic()
    assert not thread.close(0.05)
    assert time.monotonic() - begun < 1
    release.set()


@pytest.mark.parametrize("busy", [False, True])
def test_the_second_copy_reaches_the_disk_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, busy: bool) -> None:
    """Also while jobs keep coming more often than that."""
    monkeypatch.setattr(writer, "MIRROR_AFTER", 0.1)
    store = open_store(tmp_path)
    thread = Writer(store)
    thread.submit(put, store, "moods", "2611-a", value=1).result(5)
    assert store.mirror_waits
    end = time.monotonic() + 2
    while store.mirror_waits and time.monotonic() < end:
        if busy:
            thread.submit(int).result(5)
        time.sleep(0.01)
    assert not store.mirror_waits
    assert thread.close(5)
