"""File systems that cannot wait for everything, and things in a folder that are no files to read."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coach.domain.errors import NotSaved
from coach.storage import batch, disk, log
from coach.storage.care.heal import heal
from coach.storage.source import last_reading
from tests.storage.homes import NOVEMBER, change, log_of, open_store, put, visible, write_lines

NO_SUCH_CALL = [errno.EINVAL, errno.ENOTSUP]
NOT_TAKEN = [errno.EIO, errno.ENOSPC]


def refuse_to_wait(patch: pytest.MonkeyPatch, number: int, which: Callable[[str], bool]) -> None:
    """Waiting for the files and folders of some paths is answered with an error."""
    real = os.fsync

    def fsync(fd: int) -> None:
        if which(os.readlink(f"/proc/self/fd/{fd}")):
            raise OSError(number, "a test")
        real(fd)

    patch.setattr(disk, "_named", set())
    patch.setattr(os, "fsync", fsync)


def around(home: Path) -> Callable[[str], bool]:
    """The folders around a home."""
    return lambda path: path in map(str, home.parents)


def private_home(tmp_path: Path) -> Path:
    """In a folder that is private as coach's own are, below another such one."""
    folder = tmp_path / "mine" / "apps"
    folder.mkdir(parents=True)
    for path in (folder, folder.parent, tmp_path):
        path.chmod(0o700)
    return folder / "home"


@pytest.mark.parametrize("number", [*NO_SUCH_CALL, errno.EACCES, errno.EPERM, errno.EROFS, errno.EBADF])
def test_a_folder_around_the_home_that_cannot_be_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    home = private_home(tmp_path)
    refuse_to_wait(monkeypatch, number, around(home))
    put(open_store(home), "items", "2611-a", n=1)
    assert visible(open_store(home)) == {"items": {"2611-a": {"n": 1}}}


@pytest.mark.parametrize("number", NOT_TAKEN)
def test_a_disk_that_did_not_take_the_name_of_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    home = private_home(tmp_path)
    with monkeypatch.context() as patch, pytest.raises(NotSaved):
        refuse_to_wait(patch, number, lambda path: path == str(home.parent.parent))
        put(open_store(home), "items", "2611-a", n=1)
    assert visible(open_store(home)) == {}


@pytest.mark.parametrize("number", NO_SUCH_CALL)
def test_a_file_system_that_can_wait_for_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    refuse_to_wait(monkeypatch, number, os.path.isdir)
    put(open_store(tmp_path), "items", "2611-a", n=1)
    assert visible(open_store(tmp_path)) == {"items": {"2611-a": {"n": 1}}}


@pytest.mark.parametrize(
    ("number", "which"),
    [*((number, os.path.isdir) for number in NOT_TAKEN), *((number, os.path.isfile) for number in NO_SUCH_CALL)],
)
def test_what_was_not_taken_is_not_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, which: Callable[[str], bool]
) -> None:
    refuse_to_wait(monkeypatch, number, which)
    with pytest.raises(NotSaved):
        put(open_store(tmp_path), "items", "2611-a", n=1)
    assert visible(open_store(tmp_path)) == {}


@pytest.mark.parametrize("number", [0, *NO_SUCH_CALL, errno.ENOTTY, *NOT_TAKEN])
def test_a_mac_waits_by_its_own_call_and_by_the_common_one_where_that_is_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    calls: list[int | str] = []

    def control(fd: int, command: int) -> int:
        calls.append(command)
        if number:
            raise OSError(number, "a test")
        return 0

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", control)
    monkeypatch.setattr(os, "fsync", lambda fd: calls.append("common"))
    path = tmp_path / "file"
    path.touch()
    if number in NOT_TAKEN:
        with pytest.raises(OSError, match="a test"):
            disk.sync_file(str(path))
    else:
        disk.sync_file(str(path))
    assert calls == [51, "common"] if number in (*NO_SUCH_CALL, errno.ENOTTY) else [51]


def pipe(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def large(path: Path) -> None:
    path.touch()
    os.truncate(path, log.LARGEST + 1)  # a hole, which costs no disk


@pytest.fixture
def only_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening a pipe waits until somebody writes, for ever here: that it would be tried has to be enough."""
    real = os.open

    def open_(path: Any, flags: int, *rest: Any, **more: Any) -> int:
        if os.path.exists(path) and stat.S_ISFIFO(os.stat(path).st_mode):
            assert flags & os.O_NONBLOCK, f"{path} would be waited for"
        return real(path, flags, *rest, **more)

    def open_to_read(path: Any, *rest: Any, **more: Any) -> Any:
        assert isinstance(path, int) or os.path.isfile(path) or not os.path.exists(path), f"{path} is no file"
        return open_file(path, *rest, **more)

    open_file = open
    monkeypatch.setattr(os, "open", open_)
    monkeypatch.setattr("builtins.open", open_to_read)


@pytest.mark.parametrize("odd", [pipe, endless, large])
@pytest.mark.usefixtures("only_files")
def test_what_is_no_file_to_read_holds_nobody_up(tmp_path: Path, odd: Callable[[Path], None]) -> None:
    store = open_store(tmp_path)
    put(store, "items", "2611-a", n=1)
    theirs = tmp_path / "data" / "books" / "theirs"
    theirs.mkdir()
    odd(theirs / f"{NOVEMBER}.log")
    (tmp_path / "state" / "spool").mkdir()
    odd(tmp_path / "state" / "spool" / "a.rec")
    assert batch.names_in(store) == {}
    put(open_store(tmp_path), "items", "2611-b", n=2)
    assert heal(open_store(tmp_path), thorough=True) == []
    assert sorted(visible(open_store(tmp_path))["items"]) == ["2611-a", "2611-b"]
    assert os.path.lexists(tmp_path / "state" / "spool" / "a.rec")


@pytest.mark.parametrize("odd", [pipe, endless])
@pytest.mark.usefixtures("only_files")
def test_the_clock_of_what_is_no_log(tmp_path: Path, odd: Callable[[Path], None]) -> None:
    odd(tmp_path / "plan.log")
    assert last_reading(str(tmp_path / "plan.log")) is None


def test_no_open_file_is_left_behind(tmp_path: Path) -> None:
    pipe(tmp_path / "pipe")
    before = os.listdir("/proc/self/fd")
    for path in (tmp_path / "pipe", tmp_path):
        with pytest.raises(OSError, match="not an ordinary file"):
            disk.open_ordinary(str(path))
    assert os.listdir("/proc/self/fd") == before


def test_a_link_to_a_log_is_read_and_its_imports_are_known(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    named = change(1, "zz", ("items", "2611-a", {"n": 1}), name="import-abcdefgh-0001")
    path = write_lines(tmp_path, "zz", NOVEMBER, named)
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert visible(store) == {"items": {"2611-a": {"n": 1}}}
    assert batch.names_in(store) == {"import-abcdefgh": {NOVEMBER}}
    assert log_of(tmp_path) == path
