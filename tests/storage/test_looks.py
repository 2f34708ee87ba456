"""A write looks at what others may have written, and at no more of it after years than on the first day."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from coach.paths import Paths
from coach.storage import log
from coach.storage.log import Change
from coach.storage.spool import Spool
from coach.storage.store import Store
from tests.bench.history import DEVICES, write_history
from tests.storage.homes import NOVEMBER, START, Clock, noted, open_store, put, visible

OCTOBER = "2026-10"


def looks_of_a_write(home: Path, monkeypatch: pytest.MonkeyPatch, months: list[str]) -> list[str]:
    """The files and folders one warm write looks at, with these months open."""
    store = open_store(home)
    for month in ["plan", NOVEMBER, *months]:
        store.book(month)
    put(store, "moods", "2611-a", value=3)  # the first makes files and folders
    seen: list[str] = []
    with monkeypatch.context() as patch:
        for name in ("stat", "listdir", "open"):
            patch.setattr(os, name, noted(seen, getattr(os, name)))
        put(store, "moods", "2611-b", value=4)
    return [str(look) for look in seen]


def test_a_write_looks_no_further_after_years(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_history(Paths(str(tmp_path / "young")), 30)
    write_history(Paths(str(tmp_path / "old")), 400)
    young = looks_of_a_write(tmp_path / "young", monkeypatch, [])
    old = looks_of_a_write(tmp_path / "old", monkeypatch, [f"2026-{month:02}" for month in range(1, 11)])
    assert len(old) == len(young) < 30
    books = str(tmp_path / "old" / "data" / "books")
    assert books not in old, "the folders of all devices are listed when somebody catches up, not under the lock"
    for book in ("plan", NOVEMBER):
        for device in DEVICES:
            assert os.path.join(books, device, f"{book}.log") in old, "what is known is looked at"


def test_another_process_is_noticed_in_the_book_a_change_is_about(tmp_path: Path) -> None:
    clock = Clock()
    mine, other = open_store(tmp_path, clock), open_store(tmp_path, clock)
    for book in (OCTOBER, NOVEMBER):
        mine.book(book)
    put(other, "moods", "2611-a", value=1)  # the very first line: its log was not there when mine was opened
    put(other, "moods", "2610-a", value=2)
    put(mine, "moods", "2611-b", value=3)
    assert set(visible(mine)["moods"]) == {"2611-a", "2611-b"}
    mine.catch_up()
    assert set(visible(mine, OCTOBER)["moods"]) == {"2610-a"}, "and of any other book when it is asked for"


def test_a_change_that_waited_reaches_every_open_book(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    put(store, "moods", "2610-a", value=1)
    store.book(OCTOBER)
    store.appender.spool.put(waiting("2610-b"))
    put(store, "moods", "2611-a", value=3)
    assert set(visible(store, OCTOBER)["moods"]) == {"2610-a", "2610-b"}
    assert not list(store.appender.spool.waiting())


def test_a_change_that_begins_to_wait_between_two_looks_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(tmp_path)
    put(store, "moods", "2611-a", value=1)
    store.book(NOVEMBER)
    real, looks = Spool.waiting, iter(range(9))

    def late(spool: Spool) -> Iterator[tuple[str, Change]]:
        if next(looks) == 1:  # after the catching up, before what waits is taken in
            spool.put(waiting("2611-b"))
        return real(spool)

    monkeypatch.setattr(Spool, "waiting", late)
    put(store, "moods", "2611-c", value=3)
    assert not list(store.appender.spool.waiting())
    store.catch_up()
    assert set(visible(store)["moods"]) == {"2611-a", "2611-b", "2611-c"}
    assert visible(store) == visible(Store(store.paths, Clock()))


def waiting(record: str) -> Change:
    return Change("01a000000000-0000-elsewhere1", f"waited-{record}", (("moods", record, {"value": 2}),))


def test_an_older_waiting_line_is_not_the_last_of_a_book_that_nobody_else_touches(tmp_path: Path) -> None:
    """The last line is all that a one-shot command looks at when the clock of the computer has gone back."""
    ahead = open_store(tmp_path, Clock(START + timedelta(days=2)))
    put(ahead, "items", "2611-a", n="newest")
    waiting = open_store(tmp_path, Clock())
    made = log.Change(waiting.appender.clock.tick("0000000000"), "waited", (("items", "2611-b", {"n": 1}),))
    Spool(str(tmp_path / "state" / "spool")).put(made)
    put(open_store(tmp_path, Clock()), "goals", "p-g", n=1)  # takes the waiting line in, and writes another book
    assert not list((tmp_path / "state" / "spool").iterdir())
    put(open_store(tmp_path, Clock(START - timedelta(hours=1))), "items", "2611-a", n="after")
    assert visible(open_store(tmp_path))["items"] == {"2611-a": {"n": "after"}, "2611-b": {"n": 1}}
