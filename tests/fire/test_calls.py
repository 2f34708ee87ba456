"""Calls that fail, in the suite: a slice of all of them, and what a disk does that cannot even take back."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from coach.domain.errors import NotSaved
from coach.storage import disk
from coach.storage.store import Store
from tests.fire import calls
from tests.fire.scenes import BOTH, EDIT, INSERT
from tests.fire.stage import Content, Step, after, content
from tests.storage.homes import NOVEMBER, log_of, open_store, put, visible


def test_a_share_of_all_calls(tmp_path: Path) -> None:
    outcome = calls.each_call(tmp_path, 0.05)
    assert outcome.held, outcome.told()


def test_it_tries_what_it_says(tmp_path: Path) -> None:
    """Each of the calls that write was among those of the smallest action, and errors were refused."""
    stands, told = [], set()
    for number in range(1, 40):
        for kind in ("EIO", "short"):
            play = calls.Play(tmp_path / "home", calls.ACTIONS[0])
            stands += list(play.with_fault(number, kind))
            told.add((play.failed, kind, play.refused))
    assert not stands
    assert {("open", "EIO", True), ("write", "EIO", True), ("fsync", "EIO", True), ("mkdir", "EIO", True)} <= told
    assert ("write", "short", False) in told
    assert not any(refused for _, kind, refused in told if kind == "short")


@pytest.mark.parametrize("step", [INSERT, EDIT, BOTH], ids=lambda step: str(step.label))
def test_a_fault_that_stays_is_refused_each_time_and_harms_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: Step
) -> None:
    store = open_store(tmp_path)
    put(store, "items", "2611-old", n=1, day="2026-11-23")
    before: Content = content(store)
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", _refusing)
        for _ in range(3):
            with pytest.raises(NotSaved, match="EIO"):
                step.do(store)
            assert content(store) == content(open_store(tmp_path)) == before
    step.do(store)
    assert content(open_store(tmp_path)) == content(store) == after(before, step)


def _refusing(*_: Any) -> None:
    raise OSError(errno.EIO, "a test")


@contextmanager
def a_disk_that_takes_nothing_back(part: float) -> Iterator[None]:
    """So much of each line is written, the wait for it is refused, and so is cutting it off again."""
    real: Callable[[int, bytes], None] = disk.write_all

    def write_all(fd: int, data: bytes) -> None:
        real(fd, bytes(data)[: round(len(data) * part)])
        if part < 1:
            _refusing()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "write_all", write_all)
        for name in ("fsync", "ftruncate"):
            patch.setattr(os, name, _refusing)
        yield


def note(store: Store, **fields: Any) -> str:
    """A new record, as a service makes one: under an id that the store gives."""
    record = store.new_id(NOVEMBER)
    store.append("Noted", NOVEMBER, [("moods", record, fields)])
    return record


@pytest.mark.parametrize("part", [0.01, 0.5, 0.99])
def test_half_a_line_that_cannot_be_taken_back_never_becomes_one(tmp_path: Path, part: float) -> None:
    store = open_store(tmp_path)
    put(store, "items", "2611-old", n=1)
    size = log_of(tmp_path).stat().st_size
    with a_disk_that_takes_nothing_back(part), pytest.raises(NotSaved, match="EIO"):
        put(store, "items", "2611-new", n=1)
    assert log_of(tmp_path).stat().st_size > size
    assert visible(store) == visible(open_store(tmp_path)) == {"items": {"2611-old": {"n": 1}}}
    put(open_store(tmp_path), "moods", "2611-other", value=1)
    put(store, "items", "2611-new", n=2)
    for reader in (store, open_store(tmp_path)):
        reader.catch_up()
        assert visible(reader)["items"] == {"2611-old": {"n": 1}, "2611-new": {"n": 2}}
        assert visible(reader)["moods"] == {"2611-other": {"value": 1}}


@pytest.mark.parametrize("looked", [False, True], ids=["at once", "after another look"])
def test_a_whole_line_that_cannot_be_taken_back_is_replaced_by_the_retry(tmp_path: Path, looked: bool) -> None:
    """It was refused, yet it stands: the retry has the same id, and what it leaves out is left out."""
    store = open_store(tmp_path)
    put(store, "items", "2611-old", n=1)
    with a_disk_that_takes_nothing_back(1), pytest.raises(NotSaved, match="EIO"):
        note(store, value=1, note="refused", steps={"a": {"n": 1}, "b": {"n": 1}})
    stands = visible(open_store(tmp_path))["moods"]
    assert [fields["note"] for fields in stands.values()] == ["refused"]
    if looked:
        store.catch_up()
        assert visible(store)["moods"] == stands
    record = note(store, value=2, steps={"b": {"n": 2}})
    assert [*stands] == [record]
    for reader in (store, open_store(tmp_path)):
        reader.catch_up()
        assert visible(reader)["moods"] == {record: {"value": 2, "steps": {"b": {"n": 2}}}}
    assert note(store, value=3) != record


def test_refused_twice_and_then_kept_it_is_what_was_asked_for_last(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    for fields in ({"value": 1, "note": "x"}, {"value": 2, "where": "y"}):
        with a_disk_that_takes_nothing_back(1), pytest.raises(NotSaved):
            note(store, **fields)
    record = note(store, value=3)
    assert visible(open_store(tmp_path)) == {"moods": {record: {"value": 3}}}


def test_undo_says_in_a_sentence_that_its_log_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(tmp_path)
    put(store, "items", "2611-old", n=1)
    monkeypatch.setattr(store.appender.undo_log, "next", _refusing, raising=False)
    with pytest.raises(NotSaved, match="EIO"):
        store.take_back("undo")
