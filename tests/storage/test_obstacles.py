"""One obstacle holds up nothing else: the own files come first, and whatever is in the way at one file stays there."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from coach.domain.errors import NotSaved
from coach.paths import Paths
from coach.storage import disk
from coach.storage.care.heal import BY_HAND, heal
from coach.storage.store import Store
from tests.storage import damages
from tests.storage.damages import history, spoil
from tests.storage.homes import NOVEMBER, START, Clock, change, log_of, open_store, put, write_lines
from tests.storage.test_heal import again
from tests.storage.test_seen import look


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two books of this device, and another device's log with a damaged line."""
    put(history(tmp_path), "goals", "p-g", n=1)
    assert look(tmp_path) == []
    write_lines(tmp_path, "zz", NOVEMBER, change(1, "zz", ("items", "2611-z", {"day": "2026-11-03"})), b"gone\n")
    return tmp_path


def refuse(patch: pytest.MonkeyPatch, name: str, part: str, number: int = errno.EACCES) -> None:
    """The disk refuses one kind of call for whatever has this in its path."""
    real: Callable[..., Any] = getattr(disk, name)

    def call(path: str, *rest: Any, **more: Any) -> Any:
        if part in path:
            raise OSError(number, os.strerror(number), path)
        return real(path, *rest, **more)

    patch.setattr(disk, name, call)


def lose_own_logs(home: Path) -> list[Path]:
    logs = [log_of(home), log_of(home, "plan")]
    for path in logs:
        path.unlink()
    return logs


@pytest.mark.parametrize("is_thorough", [False, True])
def test_what_may_not_be_removed_holds_up_no_mending(
    home: Path, monkeypatch: pytest.MonkeyPatch, is_thorough: bool
) -> None:
    old = home / "state" / "undo.log.77.tmp"
    old.write_bytes(b"half")
    os.utime(old, (START.timestamp(), START.timestamp()))
    logs = lose_own_logs(home)
    refuse(monkeypatch, "remove", str(old))
    found = heal(open_store(home, Clock(START + timedelta(days=2))), thorough=is_thorough)
    assert all(path.exists() for path in logs) and old.exists()
    assert [(one.path, one.obstacle) for one in found if one.obstacle] == [(str(old), BY_HAND)] * is_thorough
    assert sum(sum(one.restored.values()) for one in found) == damages.COUNT + 1


def test_what_of_another_device_cannot_be_kept_is_told_thoroughly_and_tried_again(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        refuse(patch, "create", f"{NOVEMBER}.log.zz")
        logs = lose_own_logs(home)
        assert [one.own for one in look(home)] == [True, True]
        assert all(path.exists() for path in logs)
        [told] = look(home, thorough=True)
        assert (told.own, told.unreadable, told.aside) == (False, {date(2026, 11, 3): 1}, "")
        assert told.obstacle.startswith(f"Not saved: coach may not write to {home / 'state' / 'quarantine'}")
        assert look(home) == []
    [kept] = look(home)
    assert Path(kept.aside).read_bytes() == b"gone\n" and kept.obstacle == ""


def test_a_waiting_change_that_cannot_be_kept_holds_up_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = home / "state" / "spool" / "x.rec"
    waiting.parent.mkdir()
    waiting.write_bytes(b"spoilt")
    with monkeypatch.context() as patch:
        refuse(patch, "create", "waiting.")
        logs = lose_own_logs(home)
        assert str(waiting) not in [one.path for one in look(home)]
        assert all(path.exists() for path in logs) and waiting.read_bytes() == b"spoilt"
        assert [one.path for one in look(home, thorough=True) if one.own] == [str(waiting)]
    assert [(one.path, one.unreadable) for one in look(home)] == [(str(waiting), {None: 1})]


@pytest.mark.parametrize("device", ["x" * 230, "my phone\n\x1b[2J", "é" * 100, "zz..", "a:b"])
def test_a_folder_of_any_name_is_looked_after(home: Path, device: str) -> None:
    logs = lose_own_logs(home)
    write_lines(home, device, NOVEMBER, b"odd\n")
    found = [one for one in look(home) if one.aside]
    assert all(path.exists() for path in logs)
    names = {Path(one.aside).name for one in found}
    assert damages.aside(home) == {b"odd\n", b"gone\n"} and len(names) == 2
    assert all(len(name) < 80 and name.replace(".", "").replace("-", "").isalnum() for name in names)
    assert again(home) == [one for one in again(home) if not one.own]


def test_one_own_book_that_cannot_be_written_holds_up_no_other(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    november, plan = lose_own_logs(home)
    with monkeypatch.context() as patch:
        refuse(patch, "replace", f"{NOVEMBER}.log", errno.EIO)
        mended = {one.path: one for one in look(home)}
        assert plan.exists() and not november.exists()
        assert mended[str(plan)].restored and mended[str(november)].restored == {}
        assert mended[str(november)].obstacle.startswith(f"Not saved: the disk said EIO at {november}. ")
    [told] = look(home)
    assert sum(told.restored.values()) == damages.COUNT and told.obstacle == ""


def test_where_no_own_book_can_be_written_nothing_is(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lose_own_logs(home)
    before = damages.everything(home)
    with monkeypatch.context() as patch:
        refuse(patch, "replace", ".log", errno.EIO)
        with pytest.raises(
            NotSaved, match=r"^Not saved: the disk said EIO at .*\.log\. .* choose a folder with --home"
        ):
            look(home)
        assert damages.everything(home) == before
    assert len([one for one in look(home) if one.restored]) == 2


def test_a_refusal_names_the_folder_it_is_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the name of one folder begins with that of the other."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "a"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "a" / "coach-data"))
    monkeypatch.delenv("COACH_HOME", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    paths = Paths()
    assert paths.data.startswith(paths.state)
    store = Store(paths, Clock())
    put(store, "items", "2611-a", n=1)
    [path] = Path(paths.data).glob("books/*/*.log")
    spoil(path, damages.garbage)
    for name, folder in (("create", paths.state), ("replace", paths.data)):
        with monkeypatch.context() as patch:
            refuse(patch, name, folder + os.sep)
            with pytest.raises(NotSaved, match=f"may not write to {folder}/"):
                heal(Store(paths, Clock()), thorough=True)
