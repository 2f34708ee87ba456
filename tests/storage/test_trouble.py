"""A full disk, a folder that may not be written, a lock that is held: one sentence, and nothing lost."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from coach.domain.errors import Locked, NotSaved
from coach.storage import disk, log
from coach.storage.store import Store
from tests.storage.homes import NOVEMBER, START, Clock, document, edit, log_of, open_store, put, visible

HOLD = "import fcntl,os,sys; f=open(sys.argv[1],'a'); fcntl.flock(f,2); print('held',flush=True); sys.stdin.read()"
FULL = """
import resource, sys
from pathlib import Path
from coach.domain.errors import NotSaved
from tests.storage.homes import open_store, put, log_of, visible
home = Path(sys.argv[1])
store = open_store(home)
put(store, "items", "2611-a", n=1)
limit = log_of(home).stat().st_size + 20
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
for _ in range(3):
    try:
        put(store, "items", "2611-b", n=2)
        print("saved?")
    except NotSaved as error:
        print(error)
print(log_of(home).stat().st_size == limit - 20, sorted(visible(store)["items"]))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
put(store, "items", "2611-b", n=2)
print(visible(store) == visible(open_store(home)) == {"items": {"2611-a": {"n": 1}, "2611-b": {"n": 2}}})
"""


@contextmanager
def lock_held_elsewhere(home: Path) -> Iterator[None]:
    (home / "state").mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", HOLD, str(home / "state" / "lock")]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdin and holder.stdout
    try:
        holder.stdout.readline()
        yield
    finally:
        holder.stdin.close()
        holder.stdout.close()
        holder.wait(10)


def impatient(store: Store) -> Store:
    store.appender.lock._patience = 0.02
    return store


def waiting(home: Path) -> list[str]:
    folder = home / "state" / "spool"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_full_disk(tmp_path: Path) -> None:
    # -B: Python would cut its own compiled modules short at the limit, and stumble over them ever after
    result = subprocess.run(
        [sys.executable, "-B", "-c", FULL, str(tmp_path)], capture_output=True, text=True, check=True
    )
    told, *rest = result.stdout.splitlines()
    assert told == "Not saved: the disk is full. Free some space, then try again; nothing else was touched."
    assert rest == [told, told, "True ['2611-a']", "True"]


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
@pytest.mark.parametrize("place", ["data", "state"])
def test_a_folder_that_may_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, place: str
) -> None:
    put(open_store(tmp_path), "items", "2611-a", n=1)
    real = os.open

    def refuse(path: Any, flags: int, *rest: Any, **more: Any) -> int:
        if str(path).startswith(str(tmp_path / place)) and flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(number, os.strerror(number), path)
        return real(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)
    store = open_store(tmp_path)
    with pytest.raises(NotSaved) as told:
        edit(store, "items", "2611-a", n=2)
    assert str(tmp_path / place) in str(told.value) and "--home" in str(told.value)
    assert visible(store) == {"items": {"2611-a": {"n": 1}}}


def test_a_log_that_is_a_link_is_not_written_through(tmp_path: Path) -> None:
    put(open_store(tmp_path), "items", "2611-a", n=1)
    path = log_of(tmp_path)
    target = tmp_path / "elsewhere"
    path.rename(target)
    path.symlink_to(target)
    before = target.read_bytes()
    with pytest.raises(NotSaved, match="is a link"):
        put(open_store(tmp_path), "items", "2611-b", n=1)
    assert target.read_bytes() == before


def test_a_held_lock_does_not_keep_anybody_waiting(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    put(store, "items", "2611-a", n=1)
    other = open_store(tmp_path)
    visible(other)
    with lock_held_elsewhere(tmp_path):
        stamp, begun = other.stamp(), time.monotonic()
        with store.change("Busy"):
            edit(store, "items", "2611-a", n=2)
            store.table("plan", "goals").insert(document("p-g", title="x"))
        assert 1.4 < time.monotonic() - begun < 2
        assert len(waiting(tmp_path)) == 1
        assert other.stamp() != stamp
        assert other.catch_up()
        for reader in (store, other, open_store(tmp_path)):
            assert visible(reader)["items"] == {"2611-a": {"n": 2}}
            assert visible(reader, "plan") == {"goals": {"p-g": {"title": "x"}}}
    put(open_store(tmp_path), "moods", "2611-m", value=3)
    assert waiting(tmp_path) == []
    assert visible(open_store(tmp_path))["items"] == {"2611-a": {"n": 2}}
    assert visible(open_store(tmp_path), "plan") == {"goals": {"p-g": {"title": "x"}}}
    assert visible(store)["items"] == visible(open_store(tmp_path))["items"]


def test_the_line_written_last_is_the_latest_though_an_older_one_waited(tmp_path: Path) -> None:
    put(open_store(tmp_path), "items", "2611-a", n=1)
    with lock_held_elsewhere(tmp_path):
        ahead = impatient(open_store(tmp_path, Clock(START + timedelta(days=2))))
        edit(ahead, "items", "2611-a", n="waited")
    for number in range(3):  # each a process of its own, an hour behind the one before, reading no book
        behind = open_store(tmp_path, Clock(START - timedelta(hours=number)))
        behind.append("Later", NOVEMBER, [("items", "2611-a", {"n": number})])
        assert visible(open_store(tmp_path))["items"] == {"2611-a": {"n": number}}


@pytest.mark.parametrize("number", [1, 2], ids=["as it is made", "as it gets its name"])
def test_neither_lock_nor_waiting_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    asked: list[str] = []
    store = impatient(open_store(tmp_path))
    put(store, "items", "2611-a", n=1)
    real: Callable[..., None] = disk.sync_folder

    def refuse(path: str) -> None:
        asked.append(path)
        if path.endswith("spool") and asked.count(path) == number:
            raise OSError(errno.ENOSPC, "full")
        real(path)

    monkeypatch.setattr(disk, "sync_folder", refuse)
    with lock_held_elsewhere(tmp_path), pytest.raises(Locked, match="busy"):
        edit(store, "items", "2611-a", n=2)
    assert waiting(tmp_path) == []
    assert visible(open_store(tmp_path))["items"] == visible(store)["items"] == {"2611-a": {"n": 1}}


def refusing(patch: pytest.MonkeyPatch, book: str) -> None:
    """The disk takes nothing more for this book's log."""
    real = disk.append

    def refuse(path: str, *rest: Any, **more: Any) -> disk.Appended:
        if path.endswith(f"{book}.log"):
            raise OSError(errno.EIO, "a test")
        return real(path, *rest, **more)

    patch.setattr(disk, "append", refuse)


def tick_both(store: Store) -> None:
    with store.change("Both"):
        store.table("plan", "goals").insert(document("p-g", n=1))
        store.table(NOVEMBER, "marks").insert(document("2611-m", n=1))


def test_of_two_books_nothing_when_the_first_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(tmp_path)
    with monkeypatch.context() as broken:
        refusing(broken, "plan")
        with pytest.raises(NotSaved, match="EIO"):
            tick_both(store)
    for reader in (store, open_store(tmp_path)):
        assert visible(reader) == visible(reader, "plan") == {}
    tick_both(store)
    assert visible(open_store(tmp_path)) == {"marks": {"2611-m": {"n": 1}}}


@pytest.mark.parametrize("crash", [False, True])
def test_a_part_that_is_owed_is_seen_at_once_and_written_with_the_next_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, crash: bool
) -> None:
    store, watching = open_store(tmp_path), open_store(tmp_path)
    assert visible(watching) == {}
    with monkeypatch.context() as broken:
        refusing(broken, NOVEMBER)
        tick_both(store)
    assert watching.catch_up()
    assert not list((tmp_path / "data").rglob(f"{NOVEMBER}.log"))
    if crash:
        store = open_store(tmp_path)
    for reader in (store, watching, open_store(tmp_path)):
        assert visible(reader) == {"marks": {"2611-m": {"n": 1}}}
        assert visible(reader, "plan") == {"goals": {"p-g": {"n": 1}}}
    put(store, "goals", "p-other", n=1)
    found = [log.decode(line) for line in log_of(tmp_path).read_bytes().split(b"\n")]
    assert [change.operations for change in found if isinstance(change, log.Change)] == [
        (("marks", "2611-m", {"n": 1}),)
    ]
