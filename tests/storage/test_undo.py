"""Undo takes back what a change wrote, and only that, also after a restart."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from coach.storage import undo
from coach.storage.log import REMOVED
from coach.storage.store import Store
from coach.storage.undo import Kept, TakenBack, UndoLog
from tests.storage.homes import Clock, document, edit, open_store, put, visible
from tests.storage.test_trouble import impatient, lock_held_elsewhere

G = "p-goal"


def goals(store: Store) -> Any:
    return visible(store, "plan").get("goals", {})


def change_goal(store: Store, label: str, **fields: Any) -> None:
    with store.change(label):
        edit(store, "goals", G, **fields)


def with_a_goal(home: Path) -> Store:
    store = open_store(home)
    with store.change("Added"):
        store.table("plan", "goals").insert(document(G, title="one", steps={"a": {"done": False}, "b": {"done": True}}))
    return store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return with_a_goal(tmp_path)


def test_undo_and_redo_across_restarts(tmp_path: Path, store: Store) -> None:
    start = goals(store)
    change_goal(store, "Renamed", title="two", why="new")
    changed = goals(store)
    clock = Clock()
    assert open_store(tmp_path, clock).take_back("undo") == TakenBack("Renamed")
    assert goals(open_store(tmp_path, clock)) == start
    assert open_store(tmp_path, clock).take_back("undo") == TakenBack("Added")
    assert goals(open_store(tmp_path, clock)) == {}
    assert open_store(tmp_path, clock).take_back("undo") is None
    assert open_store(tmp_path, clock).take_back("redo") == TakenBack("Added")
    assert goals(open_store(tmp_path, clock)) == start
    assert open_store(tmp_path, clock).take_back("redo") == TakenBack("Renamed")
    assert goals(open_store(tmp_path, clock)) == changed
    assert open_store(tmp_path, clock).take_back("redo") is None


def test_a_new_change_ends_what_can_be_repeated(store: Store) -> None:
    change_goal(store, "Renamed", title="two")
    store.take_back("undo")
    change_goal(store, "Renamed", title="three")
    assert store.take_back("redo") is None
    assert store.take_back("undo") == TakenBack("Renamed")
    assert goals(store)[G]["title"] == "one"


def test_only_what_still_stands_is_taken_back(tmp_path: Path, store: Store) -> None:
    change_goal(store, "Renamed", title="two", why="because")
    other = open_store(tmp_path)
    other.append("Elsewhere", "plan", [("goals", G, {"title": "theirs"})])
    os.remove(tmp_path / "state" / "undo.log")  # the other's own step is not what this test is about
    assert store.catch_up()
    store.appender.undo_log.keep(
        undo.Step("x", "do", "x", "Renamed", (("goals", G, {"title": ["one", "two"], "why": [REMOVED, "because"]}),))
    )
    assert store.take_back("undo") == TakenBack("Renamed", (Kept("goals", G, "title"),))
    assert (goals(store)[G]["title"], "why" in goals(store)[G]) == ("theirs", False)


def test_undo_sees_what_another_process_just_wrote(tmp_path: Path, store: Store) -> None:
    """Also before the screen has looked: the undo log is shared, so the books must be as new as it is."""
    goals(store)
    change_goal(open_store(tmp_path), "Renamed", title="two")
    assert store.take_back("undo") == TakenBack("Renamed")
    assert goals(store)[G]["title"] == "one"


def test_map_entries_one_by_one(store: Store) -> None:
    start = goals(store)
    change_goal(store, "Ticked", steps={"a": {"done": True}, "c": {"done": False}})
    assert set(goals(store)[G]["steps"]) == {"a", "c"}
    store.append("Elsewhere", "plan", [("goals", G, {"steps": {"a": {"done": "half"}}})])
    assert store.take_back("undo") == TakenBack("Elsewhere")
    assert store.take_back("undo") == TakenBack("Ticked")
    assert goals(store) == start


def test_a_deleted_record_comes_back_whole_and_goes_again(store: Store) -> None:
    start = goals(store)
    with store.change("Deleted"):
        store.table("plan", "goals").remove(doc_ids=[G])  # type: ignore[list-item]  # text ids
    assert goals(store) == {}
    assert store.take_back("undo") == TakenBack("Deleted")
    assert goals(store) == start
    assert store.take_back("redo") == TakenBack("Deleted")
    assert goals(store) == {}


def test_a_removed_map_comes_back(store: Store) -> None:
    start = goals(store)
    with store.change("Emptied"):
        store.table("plan", "goals").update(lambda goal: goal.pop("steps"), doc_ids=[G])  # type: ignore[list-item]  # text ids
    assert "steps" not in goals(store)[G]
    assert store.take_back("undo") == TakenBack("Emptied")
    assert goals(store) == start


def test_a_change_over_two_books_is_one_step(store: Store) -> None:
    with store.change("Done"):
        store.table("2026-11", "marks").insert(document("2611-m:x", state="done"))
        edit(store, "goals", G, title="two")
    assert store.take_back("undo") == TakenBack("Done")
    assert (goals(store)[G]["title"], visible(store).get("marks")) == ("one", None)
    assert store.take_back("redo") == TakenBack("Done")
    assert (goals(store)[G]["title"], visible(store)["marks"]) == ("two", {"2611-m:x": {"state": "done"}})


def test_when_nothing_of_it_stands_the_step_is_passed(store: Store) -> None:
    change_goal(store, "Renamed", title="two")
    change_goal(store, "Again", title="three")
    log = store.appender.undo_log
    log.keep(undo.Step("x", "do", "x", "Gone by", (("goals", G, {"title": ["one", "nowhere"]}),)))
    assert store.take_back("undo") == TakenBack("Gone by", (Kept("goals", G, "title"),), changed=False)
    assert store.take_back("undo") == TakenBack("Again")


def test_one_very_large_step_can_still_be_undone(store: Store) -> None:
    change_goal(store, "Pasted", why="w" * 2 * undo.KEPT_BYTES)
    change_goal(store, "Pasted again", why="v" * 2 * undo.KEPT_BYTES)
    assert store.take_back("undo") == TakenBack("Pasted again")
    assert goals(store)[G]["why"][0] == "w"


def test_the_log_stays_small_and_keeps_the_latest(tmp_path: Path) -> None:
    log = UndoLog(str(tmp_path / "undo.log"))
    for number in range(3000):
        log.keep(undo.step(f"c{number}", "x" * 300, (), None))
    assert (tmp_path / "undo.log").stat().st_size <= 2 * undo.KEPT_BYTES
    latest = log.next("undo")
    assert latest and latest.id == "c2999"


def test_a_torn_line_costs_one_step(tmp_path: Path, store: Store) -> None:
    change_goal(store, "Renamed", title="two")
    path = tmp_path / "state" / "undo.log"
    path.write_bytes(path.read_bytes()[:-9])
    change_goal(store, "Again", why="w")
    assert store.take_back("undo") == TakenBack("Again")
    assert store.take_back("undo") == TakenBack("Added", (Kept("goals", G, "title"),), changed=False)


def test_a_full_state_folder_costs_the_step_and_not_the_change(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(step: undo.Step, *, alone: bool) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(store.appender.undo_log, "keep", full)
    change_goal(store, "Renamed", title="two")
    assert goals(store)[G]["title"] == "two"


def test_what_waits_for_the_lock_is_the_latest_all_the_same(tmp_path: Path) -> None:
    """Undo under a held lock takes back the latest change, not the one before; and it can be repeated."""
    store = impatient(open_store(tmp_path))
    put(store, "journal", "2611-diary", text="kept")
    with lock_held_elsewhere(tmp_path):
        put(store, "items", "2611-typo", title="typo")
        assert visible(store)["items"] == {"2611-typo": {"title": "typo"}}
        assert store.take_back("undo") is not None
        assert "items" not in visible(store)
        assert visible(store)["journal"] == {"2611-diary": {"text": "kept"}}
        assert store.take_back("redo") is not None
        assert visible(store)["items"] == {"2611-typo": {"title": "typo"}}
    later = open_store(tmp_path)
    assert later.take_back("undo") is not None
    assert "items" not in visible(later)
    assert visible(later)["journal"] == {"2611-diary": {"text": "kept"}}


def test_no_byte_of_the_undo_log_can_change_what_is_put_back(tmp_path: Path, store: Store) -> None:
    """Each bit flipped once: the step is as it was, or it is not there."""
    change_goal(store, "Renamed", title="two", why="because")
    path = tmp_path / "state" / "undo.log"
    whole, true = path.read_bytes(), UndoLog(str(path)).steps()
    for place in range(len(whole)):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << place % 8
        path.write_bytes(flipped)
        steps = UndoLog(str(path)).steps()
        assert len(steps) < len(true), place
        assert all(step in true for step in steps), place


@pytest.mark.parametrize("damage", [lambda line: line.replace(b"one", b"two"), lambda line: line[17:]])
def test_a_step_that_cannot_be_trusted_is_passed_over(tmp_path: Path, store: Store, damage: Any) -> None:
    """Also one with no checksum before it: nobody can say whether that value was ever there."""
    change_goal(store, "Renamed", title="two")
    path = tmp_path / "state" / "undo.log"
    _, first, second = path.read_bytes().split(b"\n")
    path.write_bytes(first + b"\n" + damage(second) + b"\n")
    assert store.take_back("undo") == TakenBack("Added", (Kept("goals", G, "title"),), changed=False)
    assert goals(store)[G]["title"] == "two"


def test_a_step_that_stands_there_twice_is_one_step(tmp_path: Path, store: Store) -> None:
    change_goal(store, "Renamed", title="two")
    path = tmp_path / "state" / "undo.log"
    path.write_bytes(path.read_bytes() + b"\n" + path.read_bytes().split(b"\n")[-1])
    assert [store.take_back("undo"), store.take_back("undo")] == [TakenBack("Renamed"), TakenBack("Added")]


def test_an_undo_whose_change_cannot_be_read_takes_no_other_with_it(tmp_path: Path, store: Store) -> None:
    change_goal(store, "Renamed", title="two")
    change_goal(store, "Explained", why="because")
    store.take_back("undo")
    path = tmp_path / "state" / "undo.log"
    _, added, renamed, explained, undone = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join((added, renamed, explained[:-20], undone)))
    assert store.take_back("redo") is None
    assert store.take_back("undo") == TakenBack("Renamed")


def test_a_dropped_table_comes_back_and_goes_again(tmp_path: Path, store: Store) -> None:
    start = goals(store)
    for label in ("Dropped", "Dropped again"):
        with store.change(label):
            store.books.database("plan").drop_table("goals")
        assert "goals" not in visible(store, "plan")
        assert store.take_back("undo") == TakenBack(label)
        assert goals(store) == goals(open_store(tmp_path)) == start
        assert store.take_back("redo") == TakenBack(label)
        assert goals(store) == goals(open_store(tmp_path)) == {}
        assert store.take_back("undo") == TakenBack(label)
        assert goals(store) == start
