"""One user action is one change: whole on the disk and seen by everybody, or not there at all."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from coach.domain.errors import NotSaved, Refused
from coach.domain.events import Changed
from coach.storage import disk, log
from coach.storage.library import Library
from coach.storage.lock import Lock
from coach.storage.store import Store
from tests.storage.homes import NOVEMBER, START, Clock, document, edit, log_of, noted, open_store, put, visible


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path)


def lines(home: Path, book: str = NOVEMBER) -> list[log.Change]:
    found = [log.decode(line) for line in log_of(home, book).read_bytes().split(b"\n")]
    return [change for change in found if isinstance(change, log.Change)]


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_building_a_store_touches_nothing(tmp_path: Path, store: Store) -> None:
    assert (store.stamp(), store.mirror_waits, list(tmp_path.iterdir())) == (0, False, [])


def test_insert_edit_delete(tmp_path: Path, store: Store) -> None:
    items = store.table(NOVEMBER, "items")
    record = store.new_id(NOVEMBER)
    items.insert(document(record, title="Walk", minutes=30))
    items.update({"title": "Run"}, doc_ids=[record])  # type: ignore[list-item]  # text ids
    assert visible(store) == visible(open_store(tmp_path)) == {"items": {record: {"title": "Run", "minutes": 30}}}
    items.remove(doc_ids=[record])  # type: ignore[list-item]  # text ids
    assert visible(store) == visible(open_store(tmp_path)) == {}
    assert [change.operations for change in lines(tmp_path)] == [
        (("items", record, {"title": "Walk", "minutes": 30}),),
        (("items", record, {"title": "Run"}),),
        (("items", record, {"_gone": True}),),
    ]


def test_one_change_is_one_line_and_one_event(tmp_path: Path, store: Store) -> None:
    heard: list[Changed] = []
    store.listen(heard.append)
    with store.change("Many"), store.change("inner"):
        for number in range(20):
            store.table(NOVEMBER, "items").insert(document(f"2611-{number}", n=number))
        store.table(NOVEMBER, "marks").insert(document("2611-m:x", state="done"))
        assert visible(store) == {}
    assert len(lines(tmp_path)) == 1
    assert heard == [Changed(frozenset({"items", "marks"}), "Many")]
    assert len(visible(open_store(tmp_path))["items"]) == 20


def test_nothing_of_an_interrupted_change_is_kept(tmp_path: Path, store: Store) -> None:
    with pytest.raises(LookupError), store.change("Never"):
        store.table(NOVEMBER, "items").insert(document("2611-a", n=1))
        raise LookupError
    assert visible(store) == {}
    with store.change("Nothing"):
        pass
    assert not list(tmp_path.rglob("*.log"))


def test_within_one_change_the_last_word_counts(store: Store) -> None:
    put(store, "goals", "p-g", steps={"a": 1, "b": 2}, title="x")
    goals = store.table("plan", "goals")
    with store.change("Both"):
        goals.update(lambda goal: goal.pop("steps"), doc_ids=["p-g"])  # type: ignore[list-item]  # text ids
        goals.update({"steps": {"a": 1, "b": 2, "c": 3}}, doc_ids=["p-g"])  # type: ignore[list-item]  # text ids
    assert visible(store, "plan")["goals"]["p-g"] == {"steps": {"a": 1, "b": 2, "c": 3}, "title": "x"}
    with store.change("And away"):
        goals.update({"steps": {"a": 5}}, doc_ids=["p-g"])  # type: ignore[list-item]  # text ids
        goals.update(lambda goal: goal.pop("steps"), doc_ids=["p-g"])  # type: ignore[list-item]  # text ids
    assert visible(store, "plan")["goals"]["p-g"] == {"title": "x"}


def test_one_fsync_for_one_book_and_two_for_two(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.change("First"):
        store.table(NOVEMBER, "items").insert(document("2611-first", n=1))
        store.table("plan", "goals").insert(document("p-first", n=1))
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", noted(synced, os.fsync))
    put(store, "items", "2611-a", n=1)
    assert len(synced) == 1
    edit(store, "items", "2611-a", n=2)
    assert len(synced) == 2
    with store.change("Two books"):
        edit(store, "items", "2611-a", n=3)
        edit(store, "goals", "p-first", n=2)
    assert len(synced) == 4
    store.sync_mirror()
    assert len(synced) == 6
    assert not store.mirror_waits


def test_a_new_file_is_acknowledged_after_its_folder_is_on_the_disk(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = disk.sync

    def sync(fd: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{fd}"))
        real(fd)

    monkeypatch.setattr(disk, "sync", sync)
    put(store, "items", "2611-a", n=1)
    path = log_of(tmp_path)
    for parent in (path, path.parent, path.parent.parent, tmp_path / "data", tmp_path):
        assert str(parent) in synced


def test_nothing_is_applied_when_it_is_not_on_the_disk(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, "items", "2611-a", n=1)
    before, size = visible(store), log_of(tmp_path).stat().st_size
    with monkeypatch.context() as broken:
        broken.setattr(disk, "sync", full)
        with pytest.raises(NotSaved, match=r"the disk is full.*try again"):
            edit(store, "items", "2611-a", n=2)
    assert visible(store) == visible(open_store(tmp_path)) == before
    assert log_of(tmp_path).stat().st_size == size
    edit(store, "items", "2611-a", n=3)
    assert visible(open_store(tmp_path))["items"] == {"2611-a": {"n": 3}}


def test_a_retry_gets_the_same_ids_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def add() -> list[str]:
        ids = [store.new_id(NOVEMBER), store.new_id("plan"), store.new_id(NOVEMBER)]
        with store.change("Add"):
            for record in ids:
                store.table("plan" if record[0] == "p" else NOVEMBER, "items").insert(document(record, n=1))
        return ids

    first = [store.new_id(NOVEMBER), store.new_id("plan"), store.new_id(NOVEMBER)]
    with monkeypatch.context() as broken:
        broken.setattr(disk, "sync", full)
        with pytest.raises(NotSaved):
            put(store, "items", first[0], n=1)
    second = add()
    assert second == first
    assert not set(add()) & set(second)


def test_what_no_reader_could_take_in_is_refused_before_it_is_written(tmp_path: Path, store: Store) -> None:
    deep: list[object] = []
    for _ in range(40):
        deep = [deep]
    for bad in (deep, "\ud800", float("nan"), "x" * log.LONGEST_LINE):
        with pytest.raises(Refused):
            put(store, "items", "2611-a", n=bad)
    assert visible(store) == {}
    assert not list(tmp_path.rglob("*.log"))
    put(store, "items", "2611-a", n={1: (1, 2)})
    assert visible(store) == visible(open_store(tmp_path)) == {"items": {"2611-a": {"n": {"1": [1, 2]}}}}


def test_a_clock_that_goes_back_changes_no_order(tmp_path: Path) -> None:
    put(open_store(tmp_path), "items", "2611-a", n="x" * 200_000)
    early = Clock(START - timedelta(days=400))
    edit(open_store(tmp_path, early), "items", "2611-a", n=2)
    open_store(tmp_path, early).append("Unread", NOVEMBER, [("items", "2611-a", {"n": 3})])
    assert visible(open_store(tmp_path))["items"] == {"2611-a": {"n": 3}}


def test_the_append_of_a_command_reads_no_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(open_store(tmp_path), "items", "2611-a", n=1)
    store = open_store(tmp_path)
    monkeypatch.setattr(Library, "_opened", full)
    put(store, "cravings", "2611-b", intensity=7)
    assert len(lines(tmp_path)) == 2


def test_two_changes_within_one_tick_of_the_clock_have_two_stamps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = Lock(str(tmp_path / "lock"))
    with lock.held():
        pass
    frozen = os.stat(tmp_path / "lock").st_mtime_ns
    real = os.utime

    def coarse(path: int | str, ns: tuple[int, int] | None = None) -> None:
        real(path, ns=ns or (frozen, frozen))

    monkeypatch.setattr("coach.storage.lock.os.utime", coarse)
    stamps = [frozen]
    for _ in range(3):
        with lock.held():
            pass
        stamps.append(lock.stamp())
    lock.touch()
    assert len({*stamps, lock.stamp()}) == 5


@pytest.mark.parametrize("first", ["store", "other"])
def test_another_process_is_noticed_and_heard(tmp_path: Path, store: Store, first: str) -> None:
    other = open_store(tmp_path)
    put(store if first == "store" else other, "items", "2611-a", n=1)
    assert visible(store)["items"] == visible(other)["items"]
    heard: list[Changed] = []
    store.listen(heard.append)
    before = store.stamp()
    edit(other, "items", "2611-a", n=2)
    put(other, "moods", "2611-m", value=3)
    assert store.stamp() != before
    assert store.catch_up() is True
    assert heard == [Changed(frozenset({"items", "moods"}))]
    assert visible(store) == visible(other)
    assert store.catch_up() is False


def test_what_others_wrote_is_told_even_when_the_own_change_is_not_kept(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, "items", "2611-a", n=1)
    visible(store)
    put(open_store(tmp_path), "moods", "2611-m", value=3)
    heard: list[Changed] = []
    store.listen(heard.append)
    monkeypatch.setattr(disk, "sync", full)
    with pytest.raises(NotSaved):
        edit(store, "items", "2611-a", n=2)
    assert heard == [Changed(frozenset({"moods"}))]
