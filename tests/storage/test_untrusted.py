"""A log from elsewhere that means harm: it costs little to read, and whatever is right beside it is still there."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from coach.storage import log, source
from coach.storage.log import Unread
from coach.storage.source import Source
from tests.sources import ROOT
from tests.storage.homes import NOVEMBER, change, open_store, put, visible, write_lines
from tests.storage.test_devices import newer

COST = """
import resource, sys, time
from pathlib import Path
from tests.storage.homes import open_store, visible
resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
store = open_store(Path(sys.argv[1]))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found = visible(store)
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print((after - before) // 1024, len(store.unread()), sum(line.count for line in store.unread().values()))
print(found["items"]["2611-mine"])
"""
SIZE = 2_000_000
GARBAGE = {
    "nothing but newlines": b"\n",
    "opening brackets": b"[[[[\n",
    "one endless line": b"[",
    "few endless lines": b"y" * (SIZE // 3) + b"\n",
    "sealed": b"e1 QQ==\n",
}
MOST_MEGABYTES = 25
"""Of reading it; keeping every line would take several times that."""


def cost(home: Path) -> tuple[int, int, int]:
    """Megabytes, lines remembered, lines counted, in a process of its own."""
    command = [sys.executable, "-c", COST, str(home)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert said[1] == "{'n': 1}"
    megabytes, remembered, counted = map(int, said[0].split())
    return megabytes, remembered, counted


@pytest.mark.parametrize("garbage", GARBAGE.values(), ids=GARBAGE)
def test_garbage_costs_next_to_nothing(tmp_path: Path, garbage: bytes) -> None:
    put(open_store(tmp_path), "items", "2611-mine", n=1)
    write_lines(tmp_path, "zz", NOVEMBER, garbage * (SIZE // len(garbage)))
    megabytes, remembered, counted = cost(tmp_path)
    assert megabytes <= MOST_MEGABYTES
    lines = SIZE // len(garbage) if garbage.strip(b"\n") and b"\n" in garbage else 0
    assert counted == lines
    assert remembered == min(lines, source.MOST_REMEMBERED + 1)


def test_a_large_file_is_never_in_memory_at_once(tmp_path: Path) -> None:
    put(open_store(tmp_path), "items", "2611-mine", n=1)
    os.truncate(write_lines(tmp_path, "zz", NOVEMBER), 200_000_000)  # a hole: zeroes without an end
    assert cost(tmp_path)[0] <= MOST_MEGABYTES


def test_a_disk_that_fails_midway_counts_nothing_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_lines(tmp_path, "zz", NOVEMBER, b"odd\n" * 1_500)
    reader = Source(str(tmp_path / "data"), str(tmp_path / "state"), NOVEMBER)
    list(reader.new())
    with path.open("ab") as file:
        file.write(b"odd\n" * 100 + b"the last\n")
    real = log.decode

    def fail(line: bytes) -> object:
        if line == b"the last":
            raise OSError(errno.EIO, "a test")
        return real(line)

    with monkeypatch.context() as patch:
        patch.setattr(log, "decode", fail)
        assert dict(reader.new())[f"{path}:0"] == Unread("closed")
    assert sum(line.count for line in dict(reader.new()).values() if isinstance(line, Unread)) == 1_601


def test_very_many_tiny_changes_are_taken_in(tmp_path: Path) -> None:
    put(open_store(tmp_path), "items", "2611-mine", n=1)
    many = [log.encode(change(ms, "zz", ("t", f"2611-{ms}", {"a": 1}), name=str(ms))) for ms in range(1, 20_000)]
    write_lines(tmp_path, "zz", NOVEMBER, b"".join(many))
    megabytes, *_ = cost(tmp_path)
    assert megabytes <= 60


def test_what_stands_after_garbage_is_found_and_placed(tmp_path: Path) -> None:
    """Also where a line is cut by the pieces a file is read in, and after one too long for any piece."""
    good = [change(ms, "zz", ("items", f"2611-{ms}", {"n": ms})) for ms in (1, 2, 3)]
    pad, endless = b"\n" * (source._PIECE - 100), b"z" * (3 * source._PIECE) + b"\n"
    path = write_lines(tmp_path, "zz", NOVEMBER, good[0], pad, good[1], endless, good[2], b"odd\n")
    found = dict(Source(str(tmp_path / "data"), str(tmp_path / "state"), NOVEMBER).new())
    data = path.read_bytes()
    places = {f"{path}:{data.index(log.encode(one))}": one for one in good}
    odd = {f"{path}:{data.index(endless)}": Unread("damaged"), f"{path}:{data.index(b'odd')}": Unread("damaged")}
    assert found == places | odd


def test_only_what_was_added_is_read_again(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    path = write_lines(tmp_path, "zz", NOVEMBER, change(1, "zz", ("items", "2611-a", {"n": 1})), b"odd\n" * 2_000)
    reader = Source(str(tmp_path / "data"), str(tmp_path / "state"), NOVEMBER)
    assert sum(line.count for line in dict(reader.new()).values() if isinstance(line, Unread)) == 2_000
    assert visible(store) == {"items": {"2611-a": {"n": 1}}}
    with path.open("ab") as file:
        file.write(b"half a line without an end")
    [(_, counted)] = reader.new()
    assert isinstance(counted, Unread) and counted.count == 1_000
    with path.open("ab") as file:
        file.write(b"\n" + log.encode(change(2, "zz", ("items", "2611-b", {"n": 2}))))
    fresh, (_, counted) = reader.new()
    assert fresh[1] == change(2, "zz", ("items", "2611-b", {"n": 2}))
    assert isinstance(counted, Unread) and counted.count == 1_001
    assert list(reader.new()) == []


def test_records_of_newer_lines_are_for_reading_however_many_there_are(tmp_path: Path) -> None:
    lines = [newer(["items", f"2611-{ms}", {}], ms=ms) for ms in range(1, source.MOST_REMEMBERED + 50)]
    write_lines(tmp_path, "zz", NOVEMBER, *lines)
    store = open_store(tmp_path)
    visible(store)
    assert store.books.locked_records() == {f"2611-{ms}" for ms in range(1, source.MOST_REMEMBERED + 50)}


def test_a_file_that_is_too_large_is_told_and_not_read(tmp_path: Path) -> None:
    put(open_store(tmp_path), "items", "2611-mine", n=1)
    path = write_lines(tmp_path, "zz", NOVEMBER, change(1, "zz", ("items", "2611-a", {"n": 1})))
    os.truncate(path, log.LARGEST + 1)  # a hole, which costs no disk
    store = open_store(tmp_path)
    assert visible(store) == {"items": {"2611-mine": {"n": 1}}}
    assert store.unread() == {f"{path}:0": Unread("large")}
    os.truncate(path, len(log.encode_head("zz", NOVEMBER)))
    with path.open("ab") as file:
        file.write(log.encode(change(2, "zz", ("items", "2611-b", {"n": 2}))))
    assert store.catch_up()
    assert visible(store)["items"]["2611-b"] == {"n": 2}


def test_a_file_that_may_not_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_lines(tmp_path, "zz", NOVEMBER, change(1, "zz", ("items", "2611-a", {"n": 1})))
    real: Any = os.open

    def refuse(name: str, *rest: Any) -> object:
        if name == str(path):
            raise PermissionError(13, "no", name)
        return real(name, *rest)

    store = open_store(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        assert visible(store) == {}
        assert store.unread() == {f"{path}:0": Unread("closed")}
    assert store.catch_up()
    assert visible(store) == {"items": {"2611-a": {"n": 1}}}


def test_a_file_taken_away_while_it_is_looked_at_is_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_lines(tmp_path, "zz", NOVEMBER, change(1, "zz", ("items", "2611-a", {"n": 1})))

    def gone(name: str, *rest: Any) -> object:
        raise FileNotFoundError(2, "gone", name)

    monkeypatch.setattr(os, "open", gone)
    assert list(Source(str(tmp_path / "data"), str(tmp_path / "state"), NOVEMBER).new()) == []


def test_a_change_that_its_own_readers_would_set_aside_is_refused(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    for fields in ({"x\x1b[2J": 1}, {"n" * 201: 1}, {"n": 10**40}):
        with pytest.raises(ValueError, match=r"[A-Z].*\.$"):
            put(store, "items", "2611-a", **fields)
    assert visible(store) == {}
    assert json.dumps(visible(open_store(tmp_path))) == "{}"
