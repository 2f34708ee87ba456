"""Of several writes in one change the last word on each field counts, as if each saw those before it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tinydb import where
from tinydb.operations import add, subtract

from coach.domain.errors import Refused
from coach.domain.goals import Goal
from coach.storage.records import Records
from coach.storage.store import Store
from tests.storage.homes import document, log_of, open_store, put, visible


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path)


def test_what_is_set_back_within_one_change_is_as_it_was(tmp_path: Path, store: Store) -> None:
    put(store, "goals", "p-g", n=1, steps={"a": 1}, title="x")
    goals = store.table("plan", "goals")
    ids = ["p-g"]
    with store.change("There and back"):
        goals.update({"n": 2, "steps": {"a": 2, "b": 2}, "title": "y"}, doc_ids=ids)  # type: ignore[arg-type]  # text ids
        goals.update({"n": 1, "steps": {"a": 1}}, doc_ids=ids)  # type: ignore[arg-type]  # text ids
    for reader in (store, open_store(tmp_path)):
        assert visible(reader, "plan")["goals"] == {"p-g": {"n": 1, "steps": {"a": 1}, "title": "y"}}
    before = log_of(tmp_path, "plan").read_bytes()
    with store.change("Nothing in the end"):
        goals.update(add("n", 1), doc_ids=ids)  # type: ignore[arg-type]  # text ids
        goals.update(subtract("n", 1), doc_ids=ids)  # type: ignore[arg-type]  # text ids
        goals.insert(document("p-new", n=7))
        goals.update({"n": 8}, where("n") == 7)
        goals.remove(where("n") == 8)
    assert log_of(tmp_path, "plan").read_bytes() == before


def test_within_one_change_a_record_can_be_taken_out_and_put_again(tmp_path: Path, store: Store) -> None:
    records = Records(store, "goals", Goal)
    records.append("Put", Goal("p-g", "one", 1.0))
    with store.change("Twice"):
        records.remove("p-g")
        records.put(Goal("p-g", "two", 1.0))
        records.put(Goal("p-new", "three", 2.0))
        records.put(Goal("p-new", "four", 2.0))
    for reader in (store, open_store(tmp_path)):
        assert visible(reader, "plan")["goals"] == {
            "p-g": {"title": "two", "order": 1.0},
            "p-new": {"title": "four", "order": 2.0},
        }


def test_a_change_keeps_what_it_was_given_when_it_was_given_it(tmp_path: Path, store: Store) -> None:
    steps = {"a": [1]}
    endless: list[object] = []
    endless.append(endless)
    with store.change("Put"):
        store.table("plan", "goals").insert(document("p-g", steps=steps))
        steps["a"].append(2)
        with pytest.raises(Refused, match="cannot be kept"):
            store.table("plan", "goals").insert(document("p-endless", steps=endless))
    for reader in (store, open_store(tmp_path)):
        assert visible(reader, "plan")["goals"] == {"p-g": {"steps": {"a": [1]}}}
