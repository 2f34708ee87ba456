"""The same changes give the same records, in whatever order and however often they arrive."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.storage.fold import Fold, copy, differences
from coach.storage.log import GONE, REMOVED, Change

scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-1, 2), st.sampled_from([0.0, 1.0]), st.text("ab", max_size=2)
) | st.sampled_from([[1, {"x": 2}], [1.0, {"x": True}], [True], [1], []])
keys = st.sampled_from(["k1", "k2", "k3"])
entries = st.one_of(scalars, st.just(REMOVED), st.dictionaries(st.sampled_from(["title", "done"]), scalars, max_size=2))
values = st.one_of(scalars, st.just(REMOVED), st.dictionaries(keys, entries, max_size=3))
names = st.sampled_from(["title", "steps", "note"])
fields = st.dictionaries(names, values, max_size=3)
written = st.one_of(fields, fields.map(lambda f: f | {GONE: True}), fields.map(lambda f: f | {GONE: False}))
operations = st.lists(
    st.tuples(st.sampled_from(["items", "goals"]), st.sampled_from(["p-a", "p-b"]), written), max_size=2
)


@st.composite
def histories(draw: st.DrawFn) -> list[Change]:
    made = draw(st.lists(st.tuples(st.integers(1, 6), operations), max_size=8))
    return [Change(f"{ms:012x}-0000-d", f"c{place}", tuple(ops)) for place, (ms, ops) in enumerate(made)]


def folded(changes: list[Change]) -> dict[str, dict[str, Any]]:
    fold = Fold()
    for change in changes:
        fold.apply(change)
    return {
        table: {r: d for r, d in records.items() if d}
        for table, records in fold.tables.items()
        if any(records.values())
    }


@given(histories(), st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(changes: list[Change], chance: Any) -> None:
    expected = folded(sorted(changes, key=lambda change: change.stamp))
    shuffled = changes + [change for change in changes if chance.random() < 0.5]
    chance.shuffle(shuffled)
    assert folded(shuffled) == expected


maps = st.dictionaries(keys, scalars | st.dictionaries(st.sampled_from(["x", "y"]), scalars, max_size=1), max_size=3)
documents = st.dictionaries(names, scalars | maps, max_size=3)


def as_text(document: dict[str, Any]) -> str:
    """In Python 1, 1.0 and true are equal; here they are not."""
    return json.dumps(document, sort_keys=True)


@given(st.none() | documents, st.none() | documents, st.booleans())
def test_differences_make_the_one_into_the_other(old: Any, new: Any, gone: bool) -> None:
    fold = Fold()
    if old is not None:
        fold.apply(Change("000000000001-0000-d", "1", (("t", "p-a", old | ({GONE: True} if gone else {})),)))
    raw = fold.tables.get("t", {}).get("p-a")
    if wanted := differences(raw, new):
        fold.apply(Change("000000000002-0000-d", "2", (("t", "p-a", wanted),)))
    shown = {name: value for name, value in fold.visible("t").get("p-a", {}).items() if name != GONE}
    assert as_text(shown) == as_text(new or {})
    assert ("p-a" in fold.visible("t")) is (new is not None)
    assert not differences(fold.tables.get("t", {}).get("p-a"), new)


def test_fields_merge_one_by_one_and_maps_entry_by_entry() -> None:
    steps = {"a": {"title": "one", "done": False}, "b": {"title": "two", "done": False}}
    first = Change("000000000001-0000-x", "1", (("goals", "p-g", {"title": "G", "why": "w", "steps": steps}),))
    here = Change("000000000002-0000-x", "2", (("goals", "p-g", {"title": "H", "steps": {"a": REMOVED}}),))
    there = Change("000000000003-0000-y", "3", (("goals", "p-g", {"why": "z", "steps": {"c": {"title": "three"}}}),))
    assert folded([there, here, first]) == {
        "goals": {"p-g": {"title": "H", "why": "z", "steps": {"b": steps["b"], "c": {"title": "three"}}}}
    }


@pytest.mark.parametrize("old", [1, True, 1.0, [1], [[True]], {"x": 1}, {"x": [0]}, {"x": {"y": 1.0}}])
def test_a_change_of_kind_alone_is_a_change(old: Any) -> None:
    for text in ("1", "true", "1.0", "[1.0]", "[[1]]", '{"x": true}', '{"x": [false]}', '{"x": {"y": 1}}'):
        new = json.loads(text)
        assert bool(differences({"n": old}, {"n": new})) is (json.dumps(old) != text)
        assert bool(differences({"n": {"k": old}}, {"n": {"k": new}})) is (json.dumps(old) != text)
        assert bool(differences({"n": [old]}, {"n": [new]})) is (json.dumps(old) != text)
    assert differences({"n": [1, (2, 3)]}, {"n": (1, [2, 3])}) == {}


def test_of_a_map_only_the_entries_that_differ_are_written() -> None:
    assert differences({"n": {"a": 1, "b": 1}}, {"n": {"a": True, "b": 1}}) == {"n": {"a": True}}
    assert differences({"n": {"1": "x", "b": 1}}, {"n": {1: "y", "b": 1}}) == {"n": {"1": "y"}}


def test_a_record_that_was_handed_out_does_not_change_any_more() -> None:
    fold = Fold()
    fold.apply(Change("000000000001-0000-x", "1", (("t", "p-a", {"n": 1, "steps": {"a": 1}}),)))
    before = fold.visible("t")
    later: dict[str, Any] = {"n": 2, "m": 1, "steps": {"b": 2}}
    for place, written in enumerate((later, {"steps": {"a": REMOVED}}, {GONE: True}), 2):
        fold.apply(Change(f"{place:012x}-0000-x", f"{place}", (("t", "p-a", written),)))
    assert before == {"p-a": {"n": 1, "steps": {"a": 1}}}
    assert fold.visible("t") == {}


def test_the_fold_keeps_nothing_of_what_it_was_given() -> None:
    mine: dict[str, Any] = {"steps": {"a": [1]}, "note": [2]}
    fold = Fold()
    fold.apply(Change("000000000001-0000-x", "1", (("t", "p-a", mine),)))
    mine["steps"]["a"].append(9)
    mine["note"].append(9)
    assert fold.tables["t"]["p-a"] == {"steps": {"a": [1]}, "note": [2]}
    assert copy((1, {"a": [2]})) == [1, {"a": [2]}]
