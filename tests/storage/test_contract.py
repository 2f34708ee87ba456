"""What TinyDB promises of storages and databases, asked of our storage, of it under a middleware, and of our table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import pytest
from tinydb import where
from tinydb.table import Document

from coach.domain.errors import Refused
from tests.storage.homes import NOVEMBER, open_store, visible
from tests.storage.kinds import KINDS, Opened, logs, open_home

RECORD: dict[str, Any] = {
    "none": [None, None],
    "int": 42,
    "float": 3.14,
    "no": False,
    "map": {"ü": {"x": []}},
    "": "e\u0301 父 👩\n",
}


@pytest.fixture(params=KINDS)
def opened(tmp_path: Path, request: pytest.FixtureRequest) -> Opened:
    return open_home(tmp_path, request.param)


@pytest.fixture(params=[kind for kind in KINDS if kind != "middleware"])
def direct(tmp_path: Path, request: pytest.FixtureRequest) -> Opened:
    """One that writes at once."""
    return open_home(tmp_path, request.param)


@pytest.fixture
def three(opened: Opened) -> Opened:
    opened.database.insert_multiple([opened.document(number, n=1, char=char) for number, char in enumerate("abc", 1)])
    return opened


def test_a_new_storage_holds_nothing(opened: Opened) -> None:
    assert opened.database.storage.read() is None
    assert (len(opened.database), opened.database.all(), opened.database.tables()) == (0, [], set())
    assert not opened.database.contains(where("n") == 1)
    assert opened.database.get(doc_id=opened.id(1)) is None
    opened.database.drop_tables()
    opened.database.drop_table("never there")
    opened.again()
    assert logs(opened.home) == {}


def test_what_is_written_whole_is_read_whole(tmp_path: Path) -> None:
    book = open_store(tmp_path).book("plan")
    whole: dict[str, Any] = {"_default": {"1": RECORD, "7": {}}, "a b": {"1": {"n": 1}}, "empty": {}}
    book.write(whole)
    assert book.read() == open_store(tmp_path).book("plan").read() == whole
    before = logs(tmp_path)
    book.write(whole)
    assert logs(tmp_path) == before
    book.write({"a b": {2: {"n": 2}}})
    book.write({"a b": {2: {"n": 2}}})
    assert book.read() == open_store(tmp_path).book("plan").read() == {"a b": {"2": {"n": 2}}}
    book.write({})
    assert book.read() is None
    assert open_store(tmp_path).book("plan").read() is None


def test_a_table_with_records_needs_no_note(direct: Opened) -> None:
    direct.database.insert(direct.document(1, n=1))
    direct.database.table("other").insert(direct.document(1, n=1))
    direct.database.table("other").remove(doc_ids=[direct.id(1)])
    assert all(b"-_table" not in data for data in logs(direct.home).values())
    direct.database.drop_table("other")
    before = logs(direct.home)
    assert any(b"-_table" in data for data in before.values())
    direct.database.drop_table("other")
    assert logs(direct.home) == before


def test_to_drop_every_table_drops_what_came_meanwhile_too(direct: Opened) -> None:
    assert direct.database.tables() == set()
    open_home(direct.home, "table").database.insert({"n": 1})
    direct.database.storage.catch_up()  # type: ignore[attr-defined]  # of our storage
    direct.database.drop_tables()
    assert direct.again().tables() == set()


def test_every_kind_of_value_comes_back(opened: Opened) -> None:
    opened.database.insert(opened.document(1, **RECORD))
    for database in (opened.database, opened.again()):
        assert repr(database.all()) == repr([RECORD])
        assert database.get(where("map")["ü"].x == []).doc_id == opened.id(1)


def test_an_emptied_table_stays_and_a_dropped_one_does_not(three: Opened) -> None:
    for name in ("removed", "truncated", "dropped", "dropped and back"):
        three.database.table(name).insert(three.document(1, n=1))
    three.database.table("removed").remove(where("n") == 1)
    three.database.table("truncated").truncate()
    three.database.drop_table("dropped")
    back = three.database.table("dropped and back")
    three.database.drop_table("dropped and back")
    back.insert(three.document(1, n=2))
    back.remove(doc_ids=[three.id(1)])
    three.database.table("persisted", persist_empty=True)
    three.database.table("looked at", persist_empty=False).all()
    expected = {"_default", "removed", "truncated", "dropped and back", "persisted"}
    assert three.database.tables() == expected
    assert three.again().tables() == expected
    assert {name: len(three.database.table(name)) for name in expected - {"_default"}} == dict.fromkeys(
        expected - {"_default"}, 0
    )
    three.database.drop_tables()
    assert three.database.tables() == three.again().tables() == set()
    assert len(three.database) == 0


def test_an_emptied_table_is_nothing_to_whoever_counts_records(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.change("Empty tables"):
        store.table("plan", "goals").truncate()
        store.table(NOVEMBER, "items").truncate()
    assert visible(store) == visible(store, "plan") == {}
    assert store.book("plan").records() == {"goals": {}}
    kinds: tuple[Literal["undo", "redo"], ...] = ("undo", "redo", "undo")
    for kind in kinds:  # the note of a table is nothing a person did
        taken = store.take_back(kind)
        assert taken is None or (taken.kept, taken.changed) == ((), False)
        assert store.books.database("plan").tables() == {"goals"}
        assert visible(open_store(tmp_path), "plan") == {}


def test_tables_do_not_see_each_other(opened: Opened) -> None:
    first, second = opened.database.table("first"), opened.database.table("second")
    assert opened.database.table("first") is first
    assert (first.name, opened.database.default_table_name) == ("first", "_default")
    first.insert(opened.document(1, n=1))
    second.insert(opened.document(1, n=2))
    opened.database.insert(opened.document(1, n=3))
    assert [table.all() for table in (first, second)] == [[{"n": 1}], [{"n": 2}]]
    opened.database.drop_tables()
    assert (len(first), len(second), len(opened.database)) == (0, 0, 0)


@pytest.mark.parametrize("kind", KINDS[:2])
def test_numbers_count_on(tmp_path: Path, kind: str) -> None:
    opened = open_home(tmp_path, kind)
    assert [opened.database.insert({}), opened.database.insert({"n": 1})] == [1, 2]
    assert opened.database.insert_multiple({"n": n} for n in range(2)) == [3, 4]
    assert [opened.database.insert(Document({}, 12)), opened.database.insert({})] == [12, 13]
    opened.database.remove(doc_ids=[13])
    assert opened.database.insert({}) == 14
    assert opened.again().insert({}) == 15
    opened.database.truncate()
    assert opened.database.insert({}) == opened.again().all()[0].doc_id == 1
    assert opened.database.upsert({"n": 9}, where("n") == 9) == [2]


def test_an_id_is_given_once(three: Opened) -> None:
    database = three.database
    for again in ([1], [5, 2], [6, 6]):
        with pytest.raises(ValueError, match="already exists"):
            database.insert_multiple([three.document(number, n=0) for number in again])
    with pytest.raises(ValueError, match="already exists"):
        database.insert(three.document(3))
    with pytest.raises(ValueError, match="already exists"):  # also where ids are texts
        database.insert_multiple([Document({}, 8), Document({}, 8)])
    assert database.insert(Document({"char": "d"}, 8)) == 8
    assert database.get(doc_id=8) == {"char": "d"}
    assert [found["char"] for found in database] == ["a", "b", "c", "d"]
    assert three.again().all() == database.all()


class Fields(Mapping[str, Any]):
    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data

    def __getitem__(self, name: str) -> Any:
        return self.data[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.data)

    def __len__(self) -> int:
        return len(self.data)


def test_any_mapping_is_a_document_and_nothing_else(opened: Opened) -> None:
    for wrong in (object(), [1], {"bark"}, "text", None):
        with pytest.raises(ValueError, match="Document is not a Mapping"):
            opened.database.insert(wrong)
        with pytest.raises(ValueError, match="Document is not a Mapping"):
            opened.database.insert_multiple([{"n": 1}, wrong])
    with pytest.raises(ValueError, match="Document is not a Mapping"):
        opened.database.insert_multiple({"first": "x"})
    assert len(opened.database) == 0
    [record] = opened.database.insert_multiple([Fields({"n": 1})])
    opened.database.update(Fields({"m": 2}), doc_ids=[record])
    assert opened.again().all() == [{"n": 1, "m": 2}]


DEEP: list[Any] = []
for _ in range(500):
    DEEP = [DEEP]
UNFIT = ({1, 2}, object(), b"x", float("nan"), float("inf"), "\ud800", DEEP, {(1, 2): 3}, {object(): 1})


@pytest.mark.parametrize("value", UNFIT, ids=lambda value: repr(value)[:9])
def test_what_json_cannot_hold_is_refused_and_nothing_written(direct: Opened, value: Any) -> None:
    database = direct.database
    database.insert(direct.document(1, n=1, map={"x": 1}))
    before = logs(direct.home)
    for name in ("other", "n", "map"):
        with pytest.raises(Refused, match=r"[A-Z].*\.$"):
            database.update({name: value}, doc_ids=[direct.id(1)])
    with pytest.raises(Refused):
        database.insert_multiple([direct.document(2, n=2), direct.document(3, n=value)])
    with pytest.raises(Refused):
        database.update({"map": {"x": value}}, where("n") == 1)
    assert logs(direct.home) == before
    assert database.all() == direct.again().all() == [{"n": 1, "map": {"x": 1}}]


def test_what_is_no_json_is_a_type_error_as_with_tinydbs_own_file(direct: Opened) -> None:
    with pytest.raises(TypeError):
        direct.database.insert(direct.document(1, n=direct.database))


RESERVED = ({"_gone": True}, {"_gone": False}, {"_gone": 1, "x": 1}, {"x": {"_gone": True}}, {"x": {"_gone": 1}})


@pytest.mark.parametrize("value", RESERVED, ids=repr)
def test_what_would_read_as_a_removal_is_refused(direct: Opened, value: Any) -> None:
    direct.database.insert(direct.document(1, n={"x": 1, "y": 2}))
    before = logs(direct.home)
    for field in ("n", "m"):
        with pytest.raises(Refused, match=r"called _gone.*Use another word\.$"):
            direct.database.update({field: value}, doc_ids=[direct.id(1)])
    for unfit in ({"n": value}, {"_gone": True}, {"_gone": False}, {"_gone": "x", "n": 1}):
        with pytest.raises(Refused, match="called _gone"):
            direct.database.insert(direct.document(2, **unfit))
    assert logs(direct.home) == before
    # Deeper down, or within a text, it marks nothing.
    kept = {"m": [{"_gone": True}], "n": {"x": {"y": {"_gone": True}}, "z": "_gone"}, "gone": "_gone"}
    direct.database.insert(direct.document(2, **kept))
    assert direct.again().get(doc_id=direct.id(2)) == kept
