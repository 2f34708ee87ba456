"""Our table beside TinyDB's own: the same answers after any sequence of operations."""

from __future__ import annotations

import inspect
import json
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where
from tinydb.storages import MemoryStorage
from tinydb.table import Table

from coach.storage import disk
from tests.storage.homes import document, open_store

IDS = ("p-a", "p-b", "p-c", "p-d")


class TextIds(Table):
    """TinyDB's own table with text ids: what its documentation allows."""

    document_id_class = str  # type: ignore[assignment]  # its hint says int


class Memory(MemoryStorage):
    """TinyDB's memory storage as its file storage behaves: a failing updater leaves nothing behind."""

    def read(self) -> Any:
        return json.loads(json.dumps(super().read()))


record_ids = st.sampled_from(IDS)
scalars = st.one_of(st.integers(0, 3), st.text("ab", max_size=2), st.none())
values = st.one_of(scalars, st.lists(scalars, max_size=2), st.dictionaries(st.sampled_from("xy"), scalars, max_size=2))
fields = st.dictionaries(st.sampled_from(["n", "title", "steps"]), values, max_size=3)
operations = st.one_of(
    st.tuples(st.just("insert"), record_ids, fields),
    st.tuples(st.just("insert_multiple"), st.lists(st.tuples(record_ids, fields), max_size=3)),
    st.tuples(st.just("update"), fields, st.none() | st.lists(record_ids, max_size=3)),
    st.tuples(st.just("update_where"), fields, st.integers(0, 3)),
    st.tuples(st.just("mutate"), record_ids),
    st.tuples(st.just("failing"), record_ids),
    st.tuples(st.just("upsert"), record_ids, fields),
    st.tuples(st.just("upsert_where"), fields, st.integers(0, 3), record_ids),
    st.tuples(st.just("remove"), st.lists(record_ids, max_size=3)),
    st.tuples(st.just("remove_where"), st.integers(0, 3)),
    st.tuples(st.just("truncate")),
    st.tuples(st.just("drop_table")),
    st.tuples(st.just("drop_tables")),
)


def mutate(found: Any) -> None:
    found.setdefault("steps", {})
    if isinstance(found["steps"], dict):
        found["steps"]["z"] = [1]
        found["steps"].pop("x", None)
    elif isinstance(found["steps"], list):
        found["steps"].append({"deep": 1})
    found.pop("n", None)


def fail(found: Any) -> None:
    mutate(found)
    raise LookupError


DO: dict[str, Callable[..., Any]] = {
    "insert": lambda _, t, r, f: t.insert(document(r, **f)),
    "insert_multiple": lambda _, t, many: t.insert_multiple([document(r, **f) for r, f in many]),
    "update": lambda _, t, f, ids: t.update(f, doc_ids=ids),
    "update_where": lambda _, t, f, n: t.update(f, where("n") == n),
    "mutate": lambda _, t, r: t.update(mutate, doc_ids=[r]),
    "failing": lambda _, t, r: t.update(fail, doc_ids=[r]),
    "upsert": lambda _, t, r, f: t.upsert(document(r, **f)),
    "upsert_where": lambda _, t, f, n, r: t.update(f, where("n") == n) or t.upsert(document(r, **f)),
    "remove": lambda _, t, ids: t.remove(doc_ids=ids),
    "remove_where": lambda _, t, n: t.remove(where("n") == n),
    "truncate": lambda _, t: t.truncate(),
    "drop_table": lambda db, t: db.drop_table(t.name),
    "drop_tables": lambda db, _: db.drop_tables(),
}


def outcome(database: TinyDB, operation: tuple[Any, ...]) -> Any:
    table = database.table("things")
    try:
        return DO[operation[0]](database, table, *operation[1:])
    except (ValueError, LookupError) as error:
        return type(error)


def contents(table: Table) -> Any:
    return {
        "all": {found.doc_id: dict(found) for found in table},
        "length": len(table),
        "searched": sorted(str(found.doc_id) for found in table.search(where("n") == 1)),
        "got": [table.get(doc_id=one) for one in IDS],  # type: ignore[call-overload]
        "contains": [table.contains(doc_id=one) for one in IDS],  # type: ignore[arg-type]
        "count": table.count(where("title").exists()),
    }


@settings(max_examples=150)
@given(st.lists(operations, max_size=12))
def test_beside_stock_tinydb(steps: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "sync", lambda fd: None)
        stock = TinyDB(storage=Memory)
        stock.table_class = TextIds
        ours = open_store(Path(folder)).books.database("plan")
        for step in steps:
            assert outcome(ours, step) == outcome(stock, step), step
            assert contents(ours.table("things")) == contents(stock.table("things")), step
        assert contents(open_store(Path(folder)).table("plan", "things")) == contents(ours.table("things"))


def test_canary_the_one_private_name_of_tinydb_we_rely_on() -> None:
    """TinyDB 4.9: every write goes through `_update_table(updater)`. Another version: read its table.py again."""
    assert version("tinydb").startswith("4.9.")
    assert list(inspect.signature(Table._update_table).parameters) == ["self", "updater"]
    source = inspect.getsource(Table)
    assert source.count("self._storage.write(") == 1
    for method in (
        Table.insert,
        Table.insert_multiple,
        Table.update,
        Table.update_multiple,
        Table.remove,
        Table.truncate,
    ):
        assert "self._update_table(" in inspect.getsource(method), method


def test_what_is_read_can_be_changed_without_harm(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    table = store.table("plan", "things")
    table.insert(document("p-a", steps={"x": [1]}))
    table.all()[0]["steps"]["x"].append(2)
    (store.book("plan").read() or {})["things"]["p-a"]["steps"]["x"].append(3)
    assert table.all() == [{"steps": {"x": [1]}}]


def test_a_document_without_an_id_gets_one_of_its_book(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    assert store.table("2026-11", "things").insert({"n": 1}).startswith("2611-")  # type: ignore[attr-defined]
    assert [one[:2] for one in store.table("plan", "things").insert_multiple([{}, {"n": 1}])] == ["p-", "p-"]  # type: ignore[index]


@pytest.mark.parametrize("record", ["2612-a", "p-a", "odd", 7])
def test_an_id_of_another_book_is_an_error_of_ours(tmp_path: Path, record: Any) -> None:
    with pytest.raises(ValueError, match="is not an id of the book"):
        open_store(tmp_path).table("2026-11", "things").insert(document(record, n=1))
    assert not list(tmp_path.rglob("*.log"))


def test_a_write_costs_what_it_changes(tmp_path: Path) -> None:
    """One edit in a table of a thousand copies and compares one record."""
    store = open_store(tmp_path)
    table = store.table("plan", "things")
    table.insert_multiple([document(f"p-{n}", n=n) for n in range(1000)])
    path = next((tmp_path / "data" / "books").glob("*/plan.log"))
    before = path.stat().st_size
    table.update({"n": -1}, doc_ids=["p-500"])  # type: ignore[list-item]
    assert path.stat().st_size - before < 200
