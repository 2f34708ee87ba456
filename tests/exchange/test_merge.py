"""Merging: every change arrives as it was made, once, and the fold decides as it would have."""

from __future__ import annotations

import errno
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from coach.domain.errors import Locked, NotSaved
from coach.domain.events import Changed
from coach.exchange.merging import merge
from coach.paths import Paths
from coach.storage import disk, log
from coach.storage.source import last_reading
from coach.storage.store import Store
from tests.bench.history import DEVICES, write_history
from tests.exchange.whole import change_two_books, everything, files, lines_of, meanwhile
from tests.storage.homes import NOVEMBER, Clock, change, edit, log_of, open_store, put, visible, write_lines
from tests.storage.test_trouble import impatient, lock_held_elsewhere

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "home")


def test_every_change_comes_as_it_was_made_and_once(tmp_path: Path, store: Store) -> None:
    other = open_store(tmp_path / "other")
    put(other, "items", "2611-a", title="wälk", n=1.5)
    edit(other, "items", "2611-a", title="run")
    put(store, "items", "2611-b", title="here")
    found = merge(store, [str(log_of(tmp_path / "other"))])
    assert (found.taken, found.known, found.files, found.notes) == (2, 0, 1, ())
    assert set(lines_of(tmp_path / "other")) <= set(lines_of(tmp_path / "home"))
    assert visible(store)["items"] == {"2611-b": {"title": "here"}, "2611-a": {"title": "run", "n": 1.5}}
    before = files(tmp_path / "home")
    again = merge(open_store(tmp_path / "home"), [str(tmp_path / "other")])
    assert (again.taken, again.known) == (0, 2)
    assert files(tmp_path / "home") == before
    mirror = tmp_path / "home" / "state" / "mirror" / "2026-11.log"
    assert mirror.read_bytes() == log_of(tmp_path / "home").read_bytes()


@pytest.mark.parametrize("devices", [DEVICES, DEVICES[::-1], DEVICES[1:] + DEVICES[:1]])
def test_a_life_merged_device_by_device_is_that_life(tmp_path: Path, devices: tuple[str, ...]) -> None:
    whole = tmp_path / "whole"
    write_history(Paths(str(whole)), days=20)
    for device in devices:
        merge(open_store(tmp_path / "home"), [str(whole / "data" / "books" / device)])
    assert everything(tmp_path / "home") == everything(whole)
    assert len(os.listdir(tmp_path / "home" / "data" / "books")) == 1


def test_the_fold_decides_as_it_would_have(tmp_path: Path, store: Store) -> None:
    put(store, "items", "2611-a", title="now", why="now")
    ms = int(log.decode(lines_of(tmp_path / "home")[0]).reading[:12], 16)  # type: ignore[union-attr]  # the line is good
    older = change(ms - 60_000, "zz", ("items", "2611-a", {"title": "before"}), ("items", "2611-b", {"title": "b"}))
    later = change(ms + 60_000, "zz", ("items", "2611-a", {"why": "after"}))
    merge(store, [str(write_lines(tmp_path, "zz", NOVEMBER, later, older))])
    wanted = {"2611-a": {"title": "now", "why": "after"}, "2611-b": {"title": "b"}}
    assert visible(store)["items"] == visible(open_store(tmp_path / "home"))["items"] == wanted


@pytest.mark.parametrize("books", [("plan", NOVEMBER), (NOVEMBER, "plan")])
def test_a_change_over_two_books_comes_whole_in_either_order(
    tmp_path: Path, store: Store, books: tuple[str, str]
) -> None:
    other = tmp_path / "other"
    change_two_books(open_store(other))
    for book in books:
        merge(store, [str(log_of(other, book))])
    assert lines_of(other, "plan") == lines_of(tmp_path / "home", "plan")
    assert lines_of(other) == lines_of(tmp_path / "home")
    assert visible(store) == {"marks": {"2611-x": {"state": "done"}}}
    assert visible(store, "plan") == {"goals": {"p-x": {"title": "one"}}}


def test_one_half_of_a_change_is_no_reason_to_leave_the_other_out(tmp_path: Path, store: Store) -> None:
    """The whole in the plan brings its part into the month, whose own file need not be there."""
    other = tmp_path / "other"
    change_two_books(open_store(other))
    assert merge(store, [str(log_of(other, "plan"))]).taken == 1
    assert lines_of(tmp_path / "home") == lines_of(other)
    log_of(tmp_path / "home", "plan").unlink()
    shutil.rmtree(tmp_path / "home" / "state" / "mirror")
    assert visible(open_store(tmp_path / "home"))["marks"] == {"2611-x": {"state": "done"}}


def test_an_edit_by_a_clock_gone_back_still_comes_after_everything(tmp_path: Path) -> None:
    """Of a closed book only the last line is looked at, so it must have the greatest reading: also after a merge."""
    home = tmp_path / "home"
    put(open_store(home), "items", "2611-a", title="now")
    latest = last_reading(str(log_of(home)))
    assert latest
    old = write_lines(tmp_path, "zz", NOVEMBER, *(change(ms, "zz", ("moods", "2611-m", {"v": ms})) for ms in (7, 9, 8)))
    merge(open_store(home), [str(old)])
    end = last_reading(str(log_of(home)))
    assert end and end > latest
    one_shot = open_store(home, Clock(LONG_AGO))
    one_shot.append("", NOVEMBER, [("items", "2611-a", {"title": "later"})])
    assert visible(open_store(home)) == {"items": {"2611-a": {"title": "later"}}, "moods": {"2611-m": {"v": 9}}}
    assert open_store(home).unread() == {}


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1)])
def test_lines_are_sorted_so_that_the_last_is_the_greatest(tmp_path: Path, order: tuple[int, ...]) -> None:
    ahead = [change(2_000_000_000_000 + ms, "zz", ("items", "2611-a", {"n": ms})) for ms in order]
    home = tmp_path / "home"
    merge(open_store(home), [str(write_lines(tmp_path, "zz", NOVEMBER, *ahead))])
    assert len(lines_of(home)) == 3
    assert last_reading(str(log_of(home))) == max(one.reading for one in ahead)


def test_two_merges_at_once_take_each_change_in_once(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = write_lines(tmp_path, "zz", NOVEMBER, change(1, "zz", ("items", "2611-a", {"n": 1})))
    meanwhile(store, monkeypatch, lambda: merge(open_store(tmp_path / "home"), [str(old)]))
    found = merge(store, [str(old)])
    assert (found.taken, found.known) == (0, 1)
    assert len(lines_of(tmp_path / "home")) == 1


def test_a_held_lock_is_told_and_nothing_is_half_done(tmp_path: Path, store: Store) -> None:
    put(store, "items", "2611-here", n=1)
    old = write_lines(tmp_path, "zz", NOVEMBER, change(1, "zz", ("items", "2611-a", {"n": 1})))
    before = log_of(tmp_path / "home").read_bytes()
    with lock_held_elsewhere(tmp_path / "home"), pytest.raises(Locked, match="busy"):
        merge(impatient(store), [str(old)])
    assert log_of(tmp_path / "home").read_bytes() == before
    assert not (tmp_path / "home" / "state" / "spool").exists()


def test_a_disk_that_fills_up_leaves_whole_books_and_the_same_again_goes_on(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_history(Paths(str(tmp_path / "old")), days=70)
    real = disk.append

    def full(path: str, *given: Any, **more: Any) -> Any:
        if "/data/" in path and path.endswith("2026-10.log"):
            raise OSError(errno.ENOSPC, "full", path)
        return real(path, *given, **more)

    with monkeypatch.context() as patch:
        patch.setattr(disk, "append", full)
        with pytest.raises(NotSaved, match=r"the disk is full.* Before that, \d+ changes were taken in"):
            merge(store, [str(tmp_path / "old")])
    kept = {path.name for path in (tmp_path / "home" / "data").rglob("*.log")}
    assert "plan.log" in kept and "2026-09.log" in kept and "2026-11.log" not in kept
    assert merge(open_store(tmp_path / "home"), [str(tmp_path / "old")]).known > 0
    assert everything(tmp_path / "home") == everything(tmp_path / "old")


def test_an_open_screen_is_told_and_undo_is_not(tmp_path: Path, store: Store) -> None:
    put(store, "items", "2611-here", n=1)
    visible(store)
    stamp, told = store.stamp(), list[Changed]()
    old = write_lines(tmp_path, "zz", NOVEMBER, change(1, "zz", ("moods", "2611-a", {"value": 1})))
    undo = (tmp_path / "home" / "state" / "undo.log").read_bytes()
    merge(open_store(tmp_path / "home"), [str(old)])
    assert store.stamp() != stamp
    store.listen(told.append)
    assert store.catch_up()
    assert told == [Changed(frozenset({"moods"}))]
    assert visible(store)["moods"] == {"2611-a": {"value": 1}}
    assert (tmp_path / "home" / "state" / "undo.log").read_bytes() == undo
    store.take_back("undo")
    assert visible(store) == {"moods": {"2611-a": {"value": 1}}}


def test_merging_into_an_open_store_shows_at_once(tmp_path: Path, store: Store) -> None:
    put(store, "items", "2611-here", n=1)
    visible(store)
    merge(store, [str(write_lines(tmp_path, "zz", NOVEMBER, change(1, "zz", ("moods", "2611-a", {"value": 1}))))])
    assert visible(store)["moods"] == {"2611-a": {"value": 1}}
    put(store, "items", "2611-next", n=2)
    assert visible(store) == visible(open_store(tmp_path / "home"))
