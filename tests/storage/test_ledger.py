"""Each prompt is claimed once: by racing processes, after a crash, on a full disk and after old lines are let go."""

from __future__ import annotations

import errno
import fcntl
import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.domain.errors import Locked, NotSaved
from coach.storage import disk, ledger
from coach.storage.ledger import KEPT_LINES, Ledger
from coach.storage.lock import wait_for

KEY = "p-1@2026-11-23T07:30:00"


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "state" / "delivered.log")


def test_only_the_first_claim_wins(path: str) -> None:
    assert Ledger(path).claim(KEY)
    assert not Ledger(path).claim(KEY)
    assert Ledger(path).claim_many([KEY, "b@2026-11-23T08:00:00", "b@2026-11-23T08:00:00"]) == {"b@2026-11-23T08:00:00"}
    assert Ledger(path).claimed([KEY, "c@2026-11-23T08:00:00"]) == {KEY}


def test_it_is_private_and_reading_creates_nothing(path: str) -> None:
    assert Ledger(path).claimed([KEY]) == set()
    assert Ledger(path).claim_many([]) == set()
    assert not Path(path).parent.exists()
    Ledger(path).claim(KEY)
    assert Path(path).stat().st_mode & 0o777 == 0o600
    assert Path(path).parent.stat().st_mode & 0o777 == 0o700


def _claim_all(path: str) -> int:
    return sum(Ledger(path, patience=60).claim(f"p{number}@2026-11-23T07:30:00") for number in range(100))


def test_four_processes_win_each_key_once(path: str) -> None:
    with ProcessPoolExecutor(4, multiprocessing.get_context("spawn")) as pool:
        wins = list(pool.map(_claim_all, [path] * 4))
    assert sum(wins) == 100
    assert len(Path(path).read_bytes().splitlines()) == 100


def test_a_torn_tail_is_sealed_and_was_no_claim(path: str) -> None:
    Ledger(path).claim("a@2026-11-23T07:00:00")
    with open(path, "ab") as file:
        file.write(KEY.encode())  # the newline never reached the disk, so nobody was told
    assert Ledger(path).claimed([KEY]) == set()
    assert Ledger(path).claim(KEY)
    assert Ledger(path).claimed([KEY]) == {KEY}
    assert Ledger(path).unreadable() == 1


def test_what_is_no_key_is_counted_and_stays(path: str) -> None:
    Ledger(path).claim(KEY)
    with open(path, "ab") as file:
        file.write(b"\x00\xff\n\nhello\n")
    assert Ledger(path).unreadable() == 3
    assert Ledger(path).claim("b@2026-11-23T08:00:00")
    assert b"hello\n" in Path(path).read_bytes()


@pytest.mark.parametrize("subject", ["a\nb", "a\\nb", "ä ö", "\ud800", "a@2026-01-01T00:00:00"])
def test_no_id_can_write_two_lines(path: str, subject: str) -> None:
    key = f"{subject}@2026-11-23T07:30:00"
    assert Ledger(path).claim(key)
    assert not Ledger(path).claim(key)
    assert Path(path).read_bytes().count(b"\n") == 1
    assert Ledger(path).unreadable() == 0


def test_a_claim_that_cannot_be_kept_leaves_nothing(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Ledger(path).claim("a@2026-11-23T07:00:00")
    before = Path(path).read_bytes()

    def full(fd: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(disk, "sync", full)
    with pytest.raises(NotSaved, match="no space left"):
        Ledger(path).claim(KEY)
    assert Path(path).read_bytes() == before
    monkeypatch.undo()
    assert Ledger(path).claim(KEY)


def test_every_claim_waits_for_the_disk(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(disk, "sync", lambda fd: synced.append(os.fstat(fd).st_ino))
    Ledger(path).claim_many([KEY, "b@2026-11-23T08:00:00"])
    assert synced.count(Path(path).stat().st_ino) == 1


def test_a_busy_ledger_says_so(path: str) -> None:
    Ledger(path).claim("a@2026-11-23T07:00:00")
    with open(path, "rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(Locked):
            Ledger(path, patience=0.05).claim(KEY)
        assert Ledger(path).claimed([KEY]) == set()


def days_of(last: str, count: int) -> Iterator[str]:
    return ((date.fromisoformat(last) - timedelta(days=back)).isoformat() for back in range(count, 0, -1))


def test_old_lines_are_let_go_when_it_grows_large(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Ledger(path).claim("first@2026-01-01T00:00:00")
    lines = [f"p{number}@{day}T07:30:00" for day in days_of("2026-11-23", 400) for number in range(100)]
    Path(path).write_text("\n".join([*lines, "torn"]))
    monkeypatch.setattr(ledger, "LARGE", 1000)
    assert Ledger(path).claim(KEY)
    kept = Path(path).read_text().splitlines()
    assert kept == [line for line in lines if line.partition("@")[2] >= "2026-10-09"] + ["torn ?", KEY]
    assert Path(path).stat().st_mode & 0o777 == 0o600
    inode = Path(path).stat().st_ino
    assert Ledger(path).claim("b@2026-11-23T08:00:00")
    assert Path(path).stat().st_ino == inode, "nothing to let go, nothing to rewrite"


def test_a_clock_that_was_far_off_loses_no_recent_line(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"p{number}@2026-11-23T07:30:00" for number in range(KEPT_LINES * 3)]
    Ledger(path).claim_many(lines)
    monkeypatch.setattr(ledger, "LARGE", 1000)
    assert Ledger(path).claim("p@2031-01-01T07:30:00")
    assert Ledger(path).claimed(lines) == set(lines[-KEPT_LINES:])


def test_a_process_that_waited_writes_to_the_new_file(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock it waited for belongs to a file that another process has replaced meanwhile."""
    Ledger(path).claim("a@2026-11-23T07:00:00")
    real = wait_for
    calls: list[int] = []

    def replaced_meanwhile(fd: int, end: float, place: str) -> None:
        real(fd, end, place)
        if not calls:
            calls.append(fd)
            disk.replace(path, b"a@2026-11-23T07:00:00\n")

    monkeypatch.setattr(ledger, "wait_for", replaced_meanwhile)
    assert Ledger(path).claim(KEY)
    monkeypatch.undo()
    assert Ledger(path).claimed([KEY]) == {KEY}
