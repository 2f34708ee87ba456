"""A change that others could read before its writer was refused is nowhere afterwards: not in their memory either."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from coach.domain.errors import Locked, NotSaved
from coach.storage import disk
from coach.storage.store import Store
from tests.fire.stage import lock_held
from tests.storage.homes import NOVEMBER, document, edit, open_store, put, visible


def read_then_refuse(patch: pytest.MonkeyPatch, reader: Store, number: int = 1) -> None:
    """The how-manieth wait for a disk is refused, just after another process read what was written."""
    asked: list[int] = []
    real: Callable[[int], None] = os.fsync

    def fsync(fd: int) -> None:
        asked.append(fd)
        if len(asked) == number:
            reader.catch_up()
            raise OSError(errno.EIO, "a test")
        real(fd)

    patch.setattr(os, "fsync", fsync)


def change_both(store: Store) -> None:
    with store.change("Both"):
        store.table("plan", "goals").insert(document("p-g", n=1))
        store.table(NOVEMBER, "marks").insert(document("2611-m", n=1))


@pytest.fixture
def homes(tmp_path: Path) -> tuple[Store, Store]:
    writer, reader = open_store(tmp_path), open_store(tmp_path)
    put(writer, "items", "2611-a", n=1)
    put(writer, "goals", "p-a", n=1)
    assert (visible(reader), visible(reader, "plan")) == ({"items": {"2611-a": {"n": 1}}}, {"goals": {"p-a": {"n": 1}}})
    return writer, reader


def test_an_edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, homes: tuple[Store, Store]) -> None:
    writer, reader = homes
    with monkeypatch.context() as patch, pytest.raises(NotSaved):
        read_then_refuse(patch, reader)
        edit(writer, "items", "2611-a", n="refused")
    assert reader.catch_up()
    assert visible(reader) == visible(open_store(tmp_path)) == {"items": {"2611-a": {"n": 1}}}
    edit(reader, "items", "2611-a", n=2)
    assert visible(reader) == visible(open_store(tmp_path)) == {"items": {"2611-a": {"n": 2}}}


def test_an_edit_and_another_one_of_the_same_length(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, homes: tuple[Store, Store]
) -> None:
    writer, reader = homes
    with monkeypatch.context() as patch, pytest.raises(NotSaved):
        read_then_refuse(patch, reader)
        edit(writer, "items", "2611-a", x=1)
    edit(writer, "items", "2611-a", y=1)
    assert reader.catch_up()
    assert visible(reader) == visible(open_store(tmp_path)) == {"items": {"2611-a": {"n": 1, "y": 1}}}


def test_both_books_and_what_would_be_owed_to_the_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, homes: tuple[Store, Store]
) -> None:
    """A reader that is to write next must not pay a part of a change that its writer was refused."""
    writer, reader = homes
    with monkeypatch.context() as patch, pytest.raises(NotSaved):
        read_then_refuse(patch, reader)
        change_both(writer)
    put(reader, "moods", "2611-later", value=1)
    for store in (reader, writer, open_store(tmp_path)):
        store.catch_up()
        assert visible(store) == {"items": {"2611-a": {"n": 1}}, "moods": {"2611-later": {"value": 1}}}
        assert visible(store, "plan") == {"goals": {"p-a": {"n": 1}}}


def test_one_that_waited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, homes: tuple[Store, Store]) -> None:
    writer, reader = homes
    writer.appender.lock._patience = -1.0
    real: Callable[[str, str], None] = os.rename

    def rename(path: Any, to: Any) -> None:
        real(path, to)
        reader.catch_up()
        assert "goals" in visible(reader, "plan") and "2611-m" in visible(reader)["marks"]
        raise OSError(errno.EIO, "a test")

    with monkeypatch.context() as patch, lock_held(tmp_path), pytest.raises(Locked):
        patch.setattr(os, "rename", rename)
        change_both(writer)
    assert reader.catch_up()
    assert (visible(reader), visible(reader, "plan")) == ({"items": {"2611-a": {"n": 1}}}, {"goals": {"p-a": {"n": 1}}})


def test_what_waited_and_was_taken_in_stays(tmp_path: Path, homes: tuple[Store, Store]) -> None:
    writer, reader = homes
    writer.appender.lock._patience = -1.0
    with lock_held(tmp_path):
        change_both(writer)
    assert reader.catch_up()
    put(open_store(tmp_path), "moods", "2611-later", value=1)
    assert not list((tmp_path / "state" / "spool").iterdir())
    for store in (reader, writer):
        store.catch_up()
        assert visible(store) == visible(open_store(tmp_path))
        assert visible(store, "plan") == visible(open_store(tmp_path), "plan")
        assert visible(store)["marks"] == {"2611-m": {"n": 1}}


@pytest.mark.parametrize("stands", [False, True], ids=["taken back", "still there"])
def test_an_id_given_again_shows_nothing_of_what_was_refused(tmp_path: Path, stands: bool) -> None:
    store = open_store(tmp_path)
    put(store, "items", "2611-a", n=1)
    record = store.new_id(NOVEMBER)
    with refused(stands):
        put(store, "items", record, title="refused")
    assert store.new_id(NOVEMBER) == record
    put(store, "moods", record, value=3)
    for reader in (store, open_store(tmp_path)):
        reader.catch_up()
        assert visible(reader) == {"items": {"2611-a": {"n": 1}}, "moods": {record: {"value": 3}}}
        assert len(reader.table(NOVEMBER, "items")) == 1


def test_an_id_refused_in_two_tables_is_good_for_the_first(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    put(store, "journal", "2611-a", n=1)
    record = store.new_id(NOVEMBER)
    with refused(stands=True):
        put(store, "items", record, title="refused")
    assert store.new_id(NOVEMBER) == record
    assert visible(open_store(tmp_path))["items"] == {record: {"title": "refused"}}
    with refused(stands=True):
        put(store, "moods", record, value=3)
    assert store.new_id(NOVEMBER) == record
    put(store, "items", record, n=1)
    for reader in (store, open_store(tmp_path)):
        reader.catch_up()
        assert visible(reader) == {"journal": {"2611-a": {"n": 1}}, "items": {record: {"n": 1}}}


@contextmanager
def refused(stands: bool) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch, pytest.raises(NotSaved):
        patch.setattr(disk, "sync", _refuse)
        if stands:
            patch.setattr(os, "ftruncate", _refuse)
        yield


def _refuse(*_: object) -> None:
    raise OSError(errno.EIO, "a test")


def test_open_screens_are_told_to_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, homes: tuple[Store, Store]
) -> None:
    writer, reader = homes
    stamp = reader.stamp()
    with monkeypatch.context() as patch, pytest.raises(NotSaved):
        read_then_refuse(patch, reader)
        edit(writer, "items", "2611-a", n="refused")
    assert reader.stamp() != stamp
