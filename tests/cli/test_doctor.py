"""What doctor mends, what it says about it, and what it does when it may not or cannot."""

from __future__ import annotations

import errno
import os
import re
import shutil
from pathlib import Path

import pytest

from coach.bootstrap import build
from coach.paths import Paths
from coach.storage import disk, log
from tests.cli.running import Home
from tests.cli.test_care import another_line, append
from tests.storage.homes import open_store, put
from tests.storage.test_lock import take_locks_away
from tests.storage.test_trouble import lock_held_elsewhere


def home_files(home: Home) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in home.files() if path.name != "seen.json"}


@pytest.mark.parametrize("half", [False, True])
def test_a_line_that_cannot_be_read_is_set_aside_told_once_and_costs_only_itself(home: Home, half: bool) -> None:
    home.coach("log", "mood", "5")
    ops = [["moods", "2611-other", {"value": 1, "note": "half \ud800"}]]
    line = another_line(home, ops=ops) if half else b"not a line of ours"
    path = append(home, line)
    said = home.coach("doctor")
    assert said.code == 4
    assert said.out.startswith("Something needs looking after.\n")
    [kept] = (home.path / "state" / "quarantine").iterdir()
    assert line in kept.read_bytes() and line not in path.read_bytes()
    again = home.coach("doctor")
    assert again.code == 0
    folder = home.path / "state" / "quarantine"
    assert again.out.startswith("All is well.\n") and f"  1 file in {folder}: the bytes of what could" in again.out
    told = rf"\n  1 entry noted around \d+ [A-Z]\w+ 20\d\d cannot be read; the bytes are kept in {kept}\.\n"
    assert re.search(told, said.out) and re.search(told, again.out)
    found = home.json("doctor")
    assert (found["quarantine"], found["set_aside"], found["damaged_lines"], found["notes"]) == (1, 0, 0, [])
    assert len(found["kept_aside"]) == 1
    assert len(home.json("list", "moods")["records"]) == 1
    assert home.coach("log", "mood", "6").code == 0
    assert len(home.json("list", "moods")["records"]) == 2


def test_what_only_the_second_copy_holds_is_put_back_and_is_good_news(home: Home) -> None:
    for value in "123":
        home.coach("log", "mood", value)
    (path,) = home.path.glob("data/books/*/2*.log")
    whole = path.read_bytes()
    path.write_bytes(b"\n".join(whole.split(b"\n")[:2]) + b"\n")
    found = home.json("doctor")
    assert path.read_bytes() == whole
    assert (found["ok"], found["restored"], found["notes"], found["quarantine"]) == (True, 2, [], 0)
    [sentence] = found["good"]
    assert re.fullmatch(r"2 entries of \d+ [A-Z]\w+ 20\d\d were put back from the second copy\.", sentence)
    [file] = found["mended"]
    assert (file["file"], file["book"], file["own"], file["aside"]) == (str(path), path.stem, True, None)
    assert list(file["restored"].values()) == [2]
    path.unlink()
    said = home.coach("doctor")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("All is well.\n") and "3 entries of " in said.out
    assert "put back" not in home.coach("doctor").out


def test_what_is_nowhere_any_more_is_told_with_a_way_out(home: Home) -> None:
    for value in "123":
        home.coach("log", "mood", value)
    assert home.coach("doctor").code == 0
    for path in (*home.path.glob("data/books/*/2*.log"), *home.path.glob("state/mirror/2*.log")):
        path.write_bytes(b"\n".join(path.read_bytes().split(b"\n")[:3]) + b"\n")
    said = home.coach("doctor")
    assert said.code == 4
    assert re.search(r"\n  1 entry of \d+ [A-Z]\w+ 20\d\d was here before, and it is in no file now\. ", said.out)
    assert "coach merge FILE" in said.out
    assert home.coach("doctor", "--json").json["missing"] == 1
    let_go = home.coach("doctor", "--let-go")
    assert let_go.code == 0
    assert "\n  1 entry that cannot be found will not be looked for any more.\n" in let_go.out
    assert home.coach("doctor").code == 0
    assert "not be looked for" not in home.coach("doctor", "--let-go").out
    home.coach("log", "mood", "4")
    assert home.coach("doctor").code == 0
    for path in (*home.path.glob("data/books/*/2*.log"), *home.path.glob("state/mirror/2*.log")):
        path.write_bytes(b"\n".join(path.read_bytes().split(b"\n")[:3]) + b"\n")
    assert home.coach("doctor", "--json").json["missing"] == 1, "what goes later is told again"


def test_damage_of_another_device_is_told_and_its_file_never_touched(home: Home) -> None:
    home.coach("log", "mood", "5")
    line, (own,) = another_line(home), home.path.glob("data/books/*/2*.log")
    theirs = home.path / "data" / "books" / "zz" / own.name
    theirs.parent.mkdir()
    theirs.write_bytes(log.encode_head("zz", own.stem) + line + b"\nnot a line of theirs\n")
    before = theirs.read_bytes()
    said = home.coach("doctor")
    assert said.code == 4
    assert "1 entry noted around " in said.out and f"from another device cannot be read, in {theirs}; " in said.out
    assert "Start coach on that device" in said.out
    again = home.coach("doctor")
    assert again.code == 0 and f"from another device cannot be read, in {theirs}; " in again.out
    assert home.json("doctor")["damaged_lines"] == 1
    assert theirs.read_bytes() == before


def test_a_loss_that_the_start_told_of_is_still_known_to_the_doctor(home: Home) -> None:
    home.coach("log", "mood", "5")
    append(home, b"not a line of ours")
    [told] = build(Paths(str(home.path))).doctor.at_start()
    said = home.coach("doctor")
    assert said.code == 0 and said.out.startswith("All is well.\n")
    [again] = home.json("doctor")["kept_aside"]
    assert again.split(";")[0] == told.split(";")[0] and f"\n  {again}\n" in said.out
    for path in (home.path / "state" / "quarantine").iterdir():
        path.unlink()
    assert home.json("doctor")["kept_aside"] == []


def test_with_a_held_lock_mending_waits_and_everything_else_is_told(home: Home) -> None:
    home.coach("log", "mood", "5")
    path = append(home, b"\n".join(b"not ours %d" % number for number in range(12)))
    before = home_files(home)
    with lock_held_elsewhere(home.path):
        said = home.coach("doctor", "--json")
    assert said.code == 4
    lines, busy = said.json["notes"]
    assert lines.startswith(f"{path}: lines 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 2 more could not be read. They stay")
    assert busy.startswith("Another coach is writing just now, so mending waits.")
    assert (said.json["damaged_lines"], said.json["records"], said.json["mended"]) == (12, 1, [])
    assert home_files(home) == before
    assert home.coach("doctor").code == 4
    assert home.coach("doctor").code == 0


def test_with_nothing_to_mend_a_held_lock_is_none_of_doctors_business(home: Home) -> None:
    home.coach("log", "mood", "5")
    with lock_held_elsewhere(home.path):
        assert home.coach("doctor").code == 0


@pytest.mark.parametrize("number", [errno.EROFS, errno.ENOSPC])
def test_without_permission_or_room_everything_is_told(
    home: Home, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    home.coach("log", "mood", "5")
    path = append(home, b"not ours")
    before = home_files(home)

    def refuse(place: str, *rest: object, **more: object) -> None:
        raise OSError(number, os.strerror(number), place)

    for name in ("append", "create", "replace", "make_folder", "add"):
        monkeypatch.setattr(disk, name, refuse)
    found = home.coach("doctor", "--json")
    assert found.code == 4
    lines, waits = found.json["notes"]
    assert lines.startswith(f"{path}: line 3 could not be read. It stays")
    assert waits.startswith("Mending waits. Not saved: ")
    assert found.json["records"] == 1
    assert home_files(home) == before


def test_without_locks_nothing_is_mended_and_one_sentence_says_why(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.coach("log", "mood", "5")
    append(home, b"not ours")
    before = home_files(home)
    take_locks_away(monkeypatch)
    found = home.coach("doctor", "--json").json
    assert [note for note in found["notes"] if "no file locks" in note] == [found["notes"][-1]]
    assert found["damaged_lines"] == 1 and home_files(home) == before
    said = home.coach("log", "mood", "6")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("coach: Not saved: the disk under ") and said.err.count("\n") == 1
    assert len(home.json("list", "moods")["records"]) == 1
    assert home.coach("crisis").code == home.coach("today").code == 0


def test_in_a_home_that_is_not_there_nothing_is_made(home: Home) -> None:
    found = home.json("doctor")
    assert (found["records"], found["devices"], found["mended"]) == (0, 0, [])
    assert not home.path.exists()


def test_a_data_folder_that_is_gone_comes_back_from_the_second_copy(home: Home) -> None:
    home.coach("log", "mood", "5")
    shutil.rmtree(home.path / "data")
    assert home.json("doctor")["restored"] == 1
    assert len(list(home.path.glob("data/books/*/*.log"))) == 1


def test_the_folders_and_links_of_a_home_are_told(home: Home) -> None:
    home.coach("log", "mood", "5")
    (home.path / "data").chmod(0o777)
    (lock := home.path / "state" / "lock").rename(home.path / "state" / "real")
    lock.symlink_to("real")
    said = home.coach("doctor", "--json")
    assert said.code == 4
    open_folder, link = said.json["notes"][:2]
    assert open_folder.startswith(f"Others on this computer can write to {home.path / 'data'}. chmod go-w ")
    assert link.startswith(f"{lock} is a link")
    warned = home.coach("today")
    assert (warned.code, warned.err) == (0, f"coach: {open_folder}\n")


def test_a_record_that_cannot_be_shown_is_told_and_is_no_trouble(home: Home) -> None:
    home.coach("add", "walk 07:30")
    put(open_store(home.path), "items", "2611-odd", title=5, day="2026-11-23")
    said = home.coach("doctor")
    assert said.code == 0
    assert "\n  1 record of items holds a value no coach writes, so it is kept but not shown. " in said.out
    assert "2611-odd" in home.coach("list", "items", "--json").out
