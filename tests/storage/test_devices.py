"""What other devices, synchronisers, crashes and newer coaches leave in the folder, and who may read it."""

from __future__ import annotations

import json
import os
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from coach.domain.errors import ReadOnly
from coach.storage import device, disk, log
from coach.storage.clock import LATEST_MS
from tests.storage.homes import NOVEMBER, change, document, edit, log_of, open_store, put, visible, write_lines
from tests.storage.test_log import line


def newer(*operations: Any, ms: int = 5) -> bytes:
    return line({"v": 2, "h": f"{ms:012x}-0000-new", "c": f"n{ms}", "ops": operations}) + b"\n"


def test_another_devices_file_is_folded_and_never_written(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    put(store, "items", "2611-a", n=1)
    ms = int(log.decode(log_of(tmp_path).read_bytes().split(b"\n")[1]).reading[:12], 16)  # type: ignore[union-attr]  # the line is good
    theirs = write_lines(tmp_path, "zz", NOVEMBER, change(ms + 60_000, "zz", ("items", "2611-a", {"n": 2, "m": 1})))
    before = theirs.read_bytes()
    assert visible(store)["items"] == {"2611-a": {"n": 2, "m": 1}}
    write_lines(tmp_path, "yy", NOVEMBER, change(ms + 60_000, "yy", ("items", "2611-a", {"k": 1})))
    assert store.catch_up()
    assert visible(store)["items"] == {"2611-a": {"n": 2, "m": 1, "k": 1}}
    edit(store, "items", "2611-a", n=3)
    assert visible(open_store(tmp_path))["items"] == {"2611-a": {"n": 3, "m": 1, "k": 1}}
    assert theirs.read_bytes() == before


@pytest.mark.parametrize("name", ["2026-11.sync-conflict-20261123-101010-ABC.log", "2026-11 (conflicted copy).log"])
def test_a_conflict_copy_is_more_lines(tmp_path: Path, name: str) -> None:
    store = open_store(tmp_path)
    put(store, "items", "2611-a", n=1)
    copy = log_of(tmp_path).with_name(name)
    copy.write_bytes(log_of(tmp_path).read_bytes() + log.encode(change(7, "d", ("moods", "2611-m", {"value": 3}))))
    assert visible(open_store(tmp_path)) == {"items": {"2611-a": {"n": 1}}, "moods": {"2611-m": {"value": 3}}}


def test_damage_is_counted_and_everything_else_is_read(tmp_path: Path) -> None:
    good = [change(ms, "zz", ("items", f"2611-{ms}", {"n": ms})) for ms in (1, 2, 3)]
    late = change(LATEST_MS, "zz", ("items", "2611-late", {}))
    path = write_lines(tmp_path, "zz", NOVEMBER, good[0], b"\x00" * 50 + b"\n", good[1], b"e1 QUdF\n", late)
    with path.open("ab") as file:
        file.write(log.encode(good[2])[:-1])
    store = open_store(tmp_path)
    assert sorted(visible(store)["items"]) == ["2611-1", "2611-2"]
    assert sorted(found.why for found in store.unread().values()) == ["clock", "damaged", "sealed"]
    with path.open("ab") as file:
        file.write(b"\n" + log.encode(change(9, "zz", ("items", "2611-1", {"n": 9}))))
    assert store.catch_up()
    assert visible(store)["items"] == {"2611-1": {"n": 9}, "2611-2": {"n": 2}, "2611-3": {"n": 3}}
    assert len(store.unread()) == 3


def test_a_torn_tail_is_sealed_and_never_grows_into_a_line(tmp_path: Path) -> None:
    put(open_store(tmp_path), "items", "2611-a", n=1)
    put(open_store(tmp_path), "items", "2611-b", n=1)
    path = log_of(tmp_path)
    path.write_bytes(path.read_bytes()[:-7])
    shutil.rmtree(tmp_path / "state" / "mirror")
    put(open_store(tmp_path), "items", "2611-c", n=1)
    store = open_store(tmp_path)
    assert sorted(visible(store)["items"]) == ["2611-a", "2611-c"]
    assert [found.why for found in store.unread().values()] == ["damaged"]


def test_a_file_rolled_back_and_grown_again_is_read_from_its_start(tmp_path: Path) -> None:
    """Otherwise the reader would begin in the middle of a line that it never saw the start of."""
    first = change(1, "zz", ("items", "2611-a", {"n": 1}))
    path = write_lines(tmp_path, "zz", NOVEMBER, first, change(2, "zz", ("items", "2611-b", {"n": 1})))
    store = open_store(tmp_path)
    visible(store)
    inode = path.stat().st_ino
    kept = log.encode_head("zz", NOVEMBER) + log.encode(first)
    path.write_bytes(kept + log.encode(change(3, "zz", ("items", "2611-c", {"text": "longer " * 20}))))
    assert path.stat().st_ino == inode
    assert store.catch_up()
    assert "2611-c" in visible(store)["items"]
    assert store.unread() == {}


def test_odd_things_in_the_folder_hold_nobody_up(tmp_path: Path) -> None:
    path = write_lines(tmp_path, "zz", NOVEMBER, change(1, "zz", ("items", "2611-a", {"n": 1})))
    os.mkfifo(path.with_name(f"{NOVEMBER}.pipe.log"))
    path.with_name(f"{NOVEMBER}.folder.log").mkdir()
    path.with_name(f"{NOVEMBER}.dangling.log").symlink_to("nowhere")
    path.with_name("2026-1.log").write_bytes(b"x\n")
    assert visible(open_store(tmp_path)) == {"items": {"2611-a": {"n": 1}}}


def test_the_mirror_is_read_when_the_log_is_gone(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    put(store, "items", "2611-a", n=1)
    with store.change("Both"):
        edit(store, "items", "2611-a", n=2)
        store.table("plan", "goals").insert(document("p-g", n=1))
    expected = (visible(store), visible(store, "plan"))
    shutil.rmtree(tmp_path / "data")
    assert not store.catch_up()
    reader = open_store(tmp_path)
    assert (visible(store), visible(store, "plan")) == (visible(reader), visible(reader, "plan")) == expected
    edit(reader, "items", "2611-a", n=3)
    assert visible(open_store(tmp_path))["items"] == {"2611-a": {"n": 3}}


def test_of_a_newer_line_only_its_records_are_for_reading(tmp_path: Path) -> None:
    write_lines(tmp_path, "zz", NOVEMBER, change(1, "zz", ("items", "2611-a", {"n": 1}), ("items", "2611-b", {"n": 1})))
    write_lines(tmp_path, "new", NOVEMBER, newer(["items", "2611-a", {"n": 2}]))
    write_lines(tmp_path, "new", "plan", newer(["marks", "2611-m", {}], ["goals", "p-g", {}]))
    store = open_store(tmp_path)
    assert visible(store)["items"] == {"2611-a": {"n": 1}, "2611-b": {"n": 1}}
    assert len(store.unread()) == 2
    for record in ("2611-a", "2611-m", "p-g"):
        with pytest.raises(ReadOnly, match=r"newer coach.*Update"):
            put(store, "items", record, n=3)
    with pytest.raises(ReadOnly), store.change("Both"):
        edit(store, "items", "2611-a", n=3)
        edit(store, "items", "2611-b", n=3)
    assert visible(store)["items"]["2611-b"] == {"n": 1}
    edit(store, "items", "2611-b", n=3)
    put(store, "items", "2611-new", n=3)
    assert visible(open_store(tmp_path))["items"] == {"2611-a": {"n": 1}, "2611-b": {"n": 3}, "2611-new": {"n": 3}}


def test_everything_is_private_whatever_the_umask(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        home = tmp_path / "home"
        store = open_store(home)
        with store.change("Both"):
            store.table("plan", "goals").insert(document("p-g", n=1))
            store.table(NOVEMBER, "items").insert(document("2611-a", n=1))
        store.appender.spool.put(change(1, "zz", ("items", "2611-b", {"n": 1})))
        disk.replace(str(home / "state" / "drafts" / "x.txt"), b"x")
        store.sync_mirror()
    finally:
        os.umask(old)
    found = {path: stat.S_IMODE(path.stat().st_mode) for path in [home, *home.rglob("*")]}
    assert len(found) > 12
    assert {mode for path, mode in found.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in found.items() if path.is_file()} == {0o600}


def test_a_copied_state_folder_does_not_copy_the_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(open_store(tmp_path), "items", "2611-a", n=1)
    here = device.known_device(str(tmp_path / "state" / "device.json"))
    monkeypatch.setattr(device, "_machine", lambda: "another")
    put(open_store(tmp_path), "items", "2611-b", n=1)
    put(open_store(tmp_path), "items", "2611-c", n=1)
    there = device.known_device(str(tmp_path / "state" / "device.json"))
    assert here and there and here != there
    assert {path.name for path in (tmp_path / "data" / "books").iterdir()} == {here, there}
    assert sorted(visible(open_store(tmp_path))["items"]) == ["2611-a", "2611-b", "2611-c"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"device": "../../x", "machine": ""}', '{"device": 7}', "\xff"])
def test_a_damaged_device_file_gives_a_new_device(tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "_machine", lambda: "")
    path = tmp_path / "device.json"
    path.write_text(text, encoding="latin-1")
    name = device.this_device(str(path))
    assert json.loads(path.read_text()) == {"device": name, "machine": ""}
    assert device.this_device(str(path)) == name
