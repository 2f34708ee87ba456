"""Undo leaves alone what another device changed since, and names it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import pytest

from coach.storage.log import GONE
from coach.storage.store import Store
from coach.storage.undo import Kept, Step, TakenBack
from tests.storage.homes import START, change, document, open_store, write_lines
from tests.storage.test_trouble import impatient, lock_held_elsewhere
from tests.storage.test_undo import G, change_goal, goals, with_a_goal

LATER = int(START.timestamp() * 1000) + 86_400_000
"""Milliseconds: a clock a day ahead."""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return with_a_goal(tmp_path)


def test_a_value_chosen_on_both_devices_is_taken_back(tmp_path: Path, store: Store) -> None:
    """It is what the person sees as their own; only another value is a newer one."""
    change_goal(store, "Renamed", title="two", why="mine")
    write_lines(tmp_path, "zz", "plan", change(LATER, "zz", ("goals", G, {"title": "two", "why": "theirs"})))
    assert store.take_back("undo") == TakenBack("Renamed", (Kept("goals", G, "why"),))
    assert (goals(store)[G]["title"], goals(store)[G]["why"]) == ("one", "theirs")
    assert goals(open_store(tmp_path)) == goals(store)
    assert store.take_back("redo") == TakenBack("Renamed", (Kept("goals", G, "why"),))
    assert (goals(store)[G]["title"], goals(store)[G]["why"]) == ("two", "theirs")


def test_what_is_already_as_it_was_is_neither_written_nor_named(tmp_path: Path, store: Store) -> None:
    change_goal(store, "Renamed", title="two")
    write_lines(tmp_path, "zz", "plan", change(LATER, "zz", ("goals", G, {"title": "one"})))
    assert store.take_back("undo") == TakenBack("Renamed", changed=False)
    assert goals(store)[G]["title"] == "one"


def test_one_and_true_are_not_the_same(tmp_path: Path, store: Store) -> None:
    change_goal(store, "Renamed", count=True)
    write_lines(tmp_path, "zz", "plan", change(LATER, "zz", ("goals", G, {"count": 1})))
    assert store.take_back("undo") == TakenBack("Renamed", (Kept("goals", G, "count"),), changed=False)


def test_what_was_deleted_elsewhere_stays_deleted_and_as_it_was(tmp_path: Path, store: Store) -> None:
    change_goal(store, "Renamed", title="two")
    write_lines(tmp_path, "zz", "plan", change(LATER, "zz", ("goals", G, {GONE: True})))
    assert store.take_back("undo") == TakenBack("Renamed", (Kept("goals", G, GONE),), changed=False)
    assert goals(store) == {}
    write_lines(tmp_path, "zz", "plan", change(LATER + 1, "zz", ("goals", G, {GONE: False})))
    assert store.catch_up()
    assert goals(store)[G]["title"] == "two"


def test_of_a_new_map_only_own_entries_go(tmp_path: Path, store: Store) -> None:
    """Another device may have added to it: the map is not taken out as a whole."""
    change_goal(store, "Planned", tools={"x": 1, "y": 2, "z": 3})
    write_lines(tmp_path, "zz", "plan", change(LATER, "zz", ("goals", G, {"tools": {"y": 9, "w": 4}})))
    assert store.take_back("undo") == TakenBack("Planned", (Kept("goals", G, "tools", "y"),))
    assert goals(store)[G]["tools"] == {"y": 9, "w": 4}


def test_a_map_that_was_taken_out_comes_back_beside_newer_entries(tmp_path: Path, store: Store) -> None:
    with store.change("Emptied"):
        store.table("plan", "goals").update(lambda goal: goal.pop("steps"), doc_ids=[G])  # type: ignore[list-item]  # text ids
    write_lines(tmp_path, "zz", "plan", change(LATER, "zz", ("goals", G, {"steps": {"b": "theirs"}})))
    assert store.take_back("undo") == TakenBack("Emptied", (Kept("goals", G, "steps", "b"),))
    assert goals(store)[G]["steps"] == {"a": {"done": False}, "b": "theirs"}


def test_what_is_no_map_any_more_stays(tmp_path: Path, store: Store) -> None:
    change_goal(store, "Ticked", steps={"a": {"done": True}, "b": {"done": True}})
    write_lines(tmp_path, "zz", "plan", change(LATER, "zz", ("goals", G, {"steps": "all of them"})))
    assert store.take_back("undo") == TakenBack("Ticked", (Kept("goals", G, "steps"),), changed=False)
    assert goals(store)[G]["steps"] == "all of them"


def test_a_step_with_nothing_left_of_it_is_passed_though_the_lock_is_held(tmp_path: Path) -> None:
    store = impatient(open_store(tmp_path))
    with store.change("Added"):
        store.table("plan", "goals").insert(document(G, title="one"))
    change_goal(store, "Renamed", title="two")
    write_lines(tmp_path, "zz", "plan", change(LATER, "zz", ("goals", G, {"title": "theirs"})))
    with lock_held_elsewhere(tmp_path):
        assert [taken.label for taken in (store.take_back("undo"), store.take_back("undo")) if taken] == [
            "Renamed",
            "Added",
        ]


def test_what_another_device_added_to_is_not_taken_away(tmp_path: Path, store: Store) -> None:
    """Of one mark a day both devices may be the maker; undoing here must not delete what was said there."""
    write_lines(tmp_path, "zz", "plan", change(LATER, "zz", ("goals", G, {"why": "theirs"})))
    assert store.take_back("undo") == TakenBack("Added", (Kept("goals", G, "why"),), changed=False)
    assert (goals(store)[G]["title"], goals(store)[G]["why"]) == ("one", "theirs")
    assert store.take_back("undo") is None


def test_a_deletion_is_not_repeated_over_what_another_device_changed(tmp_path: Path, store: Store) -> None:
    with store.change("Deleted"):
        store.table("plan", "goals").remove(doc_ids=[G])  # type: ignore[list-item]  # text ids
    assert store.take_back("undo") == TakenBack("Deleted")
    write_lines(tmp_path, "zz", "plan", change(LATER, "zz", ("goals", G, {"steps": {"a": "theirs"}})))
    assert store.take_back("redo") == TakenBack("Deleted", (Kept("goals", G, "steps"),), changed=False)
    assert goals(store)[G]["steps"]["a"] == "theirs"


def test_a_record_edited_where_it_was_just_deleted_elsewhere_stays_deleted(tmp_path: Path, store: Store) -> None:
    """The screen had not looked yet; undo and redo of that edit bring nothing back."""
    goals(store)
    write_lines(tmp_path, "zz", "plan", change(LATER, "zz", ("moods", "p-seen", {})))
    assert store.catch_up()
    write_lines(tmp_path, "zz", "plan", change(LATER + 1, "zz", ("goals", G, {GONE: True})))
    change_goal(store, "Renamed", title="two")
    kinds: tuple[Literal["undo"], Literal["redo"]] = ("undo", "redo")
    for kind in kinds:
        assert store.take_back(kind) == TakenBack("Renamed", (Kept("goals", G, GONE),), changed=False)
        assert goals(open_store(tmp_path)) == {}


@pytest.mark.parametrize("fields", [{GONE: [True, False, {}]}, {GONE: [False, True, {}]}, {"title": ["one", "two"]}])
def test_a_record_that_is_nowhere_any_more_is_not_made_up(store: Store, fields: Any) -> None:
    """Its lines were lost: undo writes nothing in its place."""
    store.appender.undo_log.keep(Step("x", "do", "x", "Lost", (("goals", "p-lost", fields),)))
    assert store.take_back("undo") == TakenBack("Lost", (Kept("goals", "p-lost", GONE),), changed=False)
    assert set(goals(store)) == {G}
