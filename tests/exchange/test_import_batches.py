"""One import can be taken back, and one that was cut short goes on: by its name, also after a restart."""

from __future__ import annotations

import errno
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from coach.domain.errors import Locked, NotFound, NotSaved
from coach.exchange.importing import Imported, take_back, take_in
from coach.paths import Paths
from coach.storage import disk
from coach.storage.log import GONE
from coach.storage.store import Store
from tests.bench.history import write_history
from tests.exchange.whole import everything, exported, meanwhile, remove
from tests.storage.homes import change, edit, log_of, open_store, put, visible, write_lines
from tests.storage.test_trouble import impatient, lock_held_elsewhere


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "home")


def test_undo_takes_back_what_still_stands_and_only_that(tmp_path: Path, store: Store) -> None:
    put(store, "moods", "2611-mine", value=9)
    records = {f"2611-{name}": {"value": 1} for name in ("a", "b", "c", "d", "mine")}
    done = take_in(store, exported({"moods": records, "goals": {"p-a": {"title": "one"}}}))
    store = open_store(tmp_path / "home")
    edit(store, "moods", "2611-b", value=2)
    edit(store, "goals", "p-a", why="since")
    remove(store, "moods", "2611-c")
    gone = take_back(open_store(tmp_path / "home"), done.batch)
    assert (gone.done, gone.known, gone.kept) == (2, 1, {"moods": 1, "goals": 1})
    wanted = {"2611-mine": {"value": 9}, "2611-b": {"value": 2}}
    assert everything(tmp_path / "home") == {"moods": wanted, "goals": {"p-a": {"title": "one", "why": "since"}}}
    with pytest.raises(NotFound, match=rf"nothing left of {done.batch} .* 2 were changed since and stay"):
        take_back(open_store(tmp_path / "home"), done.batch)


def test_each_import_is_taken_back_by_its_own_name(tmp_path: Path, store: Store) -> None:
    """What one import brought is not the other's to take back, though both say the same."""
    text = exported({"moods": {"2611-a": {"value": 1}}})
    first = take_in(store, text)
    take_back(store, first.batch)
    second = take_in(store, text)
    with pytest.raises(NotFound, match="nothing left"):
        take_back(store, first.batch)
    assert everything(tmp_path / "home") == {"moods": {"2611-a": {"value": 1}}}
    with pytest.raises(NotFound, match=f"Those that were: .*{second.batch}"):
        take_back(store, "import-nothing1")
    assert take_back(store, second.batch).done == 1
    with pytest.raises(NotFound, match=r"No import called 'x\\x1b\[2J' was made here\."):
        take_back(open_store(tmp_path / "another"), "x\x1b[2J")


def test_an_older_copy_of_some_of_its_lines_does_not_make_it_older(tmp_path: Path, store: Store) -> None:
    """What was deleted between the lines of an import was brought back by it, whichever file is read last."""
    gone, whole = ("goals", "p-a", {GONE: True}), ("goals", "p-a", {"title": "one", GONE: False})
    lines = [change(1, "aa", gone, name="import-abcdefgh-0001"), change(3, "aa", whole, name="import-abcdefgh-0002")]
    write_lines(tmp_path / "home", "aa", "plan", *lines)
    write_lines(tmp_path / "home", "bb", "plan", change(2, "bb", gone), lines[0])
    assert everything(tmp_path / "home") == {"goals": {"p-a": {"title": "one"}}}
    assert take_back(store, "import-abcdefgh").done == 1
    assert everything(tmp_path / "home") == {}


def test_an_import_is_no_step_of_undo(store: Store) -> None:
    put(store, "moods", "2611-mine", value=9)
    take_in(store, exported({"moods": {"2611-a": {"value": 1}}}))
    store.take_back("undo")
    assert visible(store) == {"moods": {"2611-a": {"value": 1}}}


def test_a_record_too_large_for_one_line_comes_whole_or_not_at_all(tmp_path: Path, store: Store) -> None:
    """It was written field by field; a crash between its lines must not leave a half that stays for ever."""
    text = "ä" * 450_000
    steps = {f"s{number}": {"title": text} for number in range(3)}
    tables = {"goals": {"p-a": {"why": text, "steps": steps, "n": 1}, "p-b": {"why": "short"}}}
    take_in(store, exported(tables))
    home = tmp_path / "home"
    assert everything(home) == tables
    lines = log_of(home, "plan").read_bytes().split(b"\n")
    assert len(lines) > 6
    for cut in range(1, len(lines) - 1):
        torn = tmp_path / str(cut)
        write_lines(torn, "zz", "plan", b"\n".join(lines[1:cut]) + b"\n")
        seen = everything(torn).get("goals", {})
        assert seen.get("p-a", tables["goals"]["p-a"]) == tables["goals"]["p-a"], cut
        done = take_in(open_store(torn), exported(tables))
        assert done.kept == {}
        assert everything(torn) == tables


def test_after_a_crash_the_same_import_completes_and_each_half_can_go(tmp_path: Path, store: Store) -> None:
    write_history(Paths(str(tmp_path / "old")), days=12)
    tables = everything(tmp_path / "old")
    first = take_in(store, exported(tables))
    home = tmp_path / "home"
    data = log_of(home).read_bytes()
    cut = data.rfind(b"\n", 0, len(data) // 2) + 1
    log_of(home).write_bytes(data[: cut + 50])
    shutil.rmtree(home / "state" / "mirror")
    here = sum(map(len, everything(home).values()))
    second = take_in(open_store(home), exported(tables))
    assert 0 < here < first.done and second.done == first.done - here and second.known == here
    assert everything(home) == tables
    assert take_back(open_store(home), second.batch).done == second.done
    assert take_back(open_store(home), first.batch).done == here
    assert everything(home) == {}


def test_a_disk_that_fills_up_says_how_to_go_on_and_how_to_go_back(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = {"moods": {f"26{month}-a": {"value": 1} for month in (10, 11)}, "goals": {"p-a": {"title": "one"}}}
    real = disk.append

    def full(path: str, *given: Any, **more: Any) -> Any:
        if "/data/" in path and "2026-11" in path:
            raise OSError(errno.ENOSPC, "full", path)
        return real(path, *given, **more)

    with monkeypatch.context() as patch:
        patch.setattr(disk, "append", full)
        with pytest.raises(
            NotSaved, match=r"the disk is full.* 2 records were taken in and stay.* for the rest"
        ) as told:
            take_in(store, exported(tables))
    name = re.search(r"import-\w+", str(told.value))
    assert name
    assert take_in(open_store(tmp_path / "home"), exported(tables)).done == 1
    assert everything(tmp_path / "home") == tables
    assert take_back(open_store(tmp_path / "home"), name[0]).done == 2


def test_a_held_lock_is_told_and_nothing_waits(tmp_path: Path, store: Store) -> None:
    with lock_held_elsewhere(tmp_path / "home"), pytest.raises(Locked):
        take_in(impatient(store), exported({"moods": {"2611-a": {"value": 1}}}))
    assert everything(tmp_path / "home") == {}


def test_two_imports_at_once_bring_each_record_once(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = exported({"moods": {"2611-a": {"value": 1}}})
    meanwhile(store, monkeypatch, lambda: take_in(open_store(tmp_path / "home"), text))
    assert take_in(store, text) == Imported("", 0, 1, {})
    assert len(log_of(tmp_path / "home").read_bytes().splitlines()) == 2
