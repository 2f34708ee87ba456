"""A disk without locks: nothing is written there, everything is read, and somebody is told."""

from __future__ import annotations

import errno
import fcntl
from pathlib import Path

import pytest

from coach.domain.errors import Locked, NoLocks
from coach.storage.ledger import Ledger
from coach.storage.lock import Lock
from tests.storage.homes import edit, open_store, put, visible
from tests.storage.test_trouble import impatient, lock_held_elsewhere

WITHOUT = ("ENOLCK", "EOPNOTSUPP", "ENOSYS", "EINVAL")


def take_locks_away(patch: pytest.MonkeyPatch, name: str = "ENOLCK") -> None:
    """What a file system without locks answers."""

    def refuse(fd: int, operation: int) -> None:
        raise OSError(getattr(errno, name), "a test")

    patch.setattr(fcntl, "flock", refuse)


def everything(home: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", WITHOUT)
def test_nothing_is_written_without_a_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    put(open_store(tmp_path), "items", "2611-a", n=1)
    before = everything(tmp_path)
    take_locks_away(monkeypatch, name)
    store = open_store(tmp_path)
    for _ in range(2):
        with pytest.raises(NoLocks) as told:
            edit(store, "items", "2611-a", n=2)
        assert not isinstance(told.value, Locked), "it would go to the waiting folder, and nobody could take it in"
        assert str(told.value).startswith(f"Not saved: the disk under {tmp_path / 'state'} has no file locks")
        assert all(way in str(told.value) for way in ("--home", "COACH_HOME", "XDG_STATE_HOME"))
    assert everything(tmp_path) == before
    for reader in (store, open_store(tmp_path)):
        assert visible(reader) == {"items": {"2611-a": {"n": 1}}}
    monkeypatch.undo()
    edit(store, "items", "2611-a", n=3)
    assert visible(open_store(tmp_path)) == {"items": {"2611-a": {"n": 3}}}


def test_nothing_is_claimed_without_a_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path / "delivered.log")
    take_locks_away(monkeypatch)
    with pytest.raises(NoLocks, match="no file locks"):
        Ledger(path).claim("p-1@2026-11-23T07:30:00")
    monkeypatch.undo()
    assert Ledger(path).claim("p-1@2026-11-23T07:30:00")


def test_whether_there_are_locks_is_seen_by_looking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = Lock(str(tmp_path / "state" / "lock"))
    assert lock.works()
    assert not (tmp_path / "state").exists()
    put(open_store(tmp_path), "items", "2611-a", n=1)
    assert lock.works()
    with lock_held_elsewhere(tmp_path):
        assert lock.works(), "a lock that somebody holds is a lock"
        with pytest.raises(Locked):
            impatient(open_store(tmp_path)).appender.lock.held().__enter__()
    for name in WITHOUT:
        with monkeypatch.context() as patch:
            take_locks_away(patch, name)
            assert not lock.works()


def test_an_error_that_says_nothing_about_locks_is_not_taken_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_locks_away(monkeypatch, "EIO")
    with pytest.raises(OSError, match="a test"), Lock(str(tmp_path / "lock")).held():
        raise AssertionError("held")
    assert Lock(str(tmp_path / "lock")).works()
