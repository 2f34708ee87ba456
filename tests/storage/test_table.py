"""Our storage and our table beside TinyDB's own: the same answers after any sequence of operations."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where
from tinydb import operations as change
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

from coach.storage import disk
from tests.storage.homes import document, log_of, open_store

TABLES = ("things", "other")
NUMBERS = (1, 2, 3, 4)


class TextIds(Table):
    """TinyDB's own table with text ids: what its documentation allows."""

    document_id_class = str  # type: ignore[assignment]  # its hint says int


class Memory(MemoryStorage):
    """TinyDB's memory storage as its file storage behaves: a failing updater leaves nothing behind."""

    def read(self) -> Any:
        return json.loads(json.dumps(super().read()))


@dataclass(frozen=True, slots=True)
class Side:
    """One of two databases that are given the same operations."""

    database: TinyDB
    text: bool

    def id(self, number: int) -> Any:
        return f"p-{number}" if self.text else number

    def ids(self, numbers: list[int] | None) -> Any:
        return numbers and [self.id(number) for number in numbers]

    def document(self, number: int | None, fields: Any) -> Any:
        """Without a number only where TinyDB's own table would count on: our text ids are never the same twice."""
        return fields if number is None and not self.text else Document(fields, self.id(number or 9))

    def documents(self, given: Any) -> list[Any]:
        return [self.document(number, fields) for number, fields in given]


numbers = st.sampled_from(NUMBERS)
scalars = st.sampled_from([0, 1, 2, -1, True, False, 0.0, 1.0, 1.5, None, "", "a", "é\n\x7f"])
names = st.sampled_from(["n", "n", "title", "steps", "steps", "", "a b"])
shallow = (
    scalars | st.lists(scalars, max_size=2) | st.dictionaries(st.sampled_from(["x", "y", ""]), scalars, max_size=2)
)
values = st.one_of(
    scalars,
    shallow,
    st.lists(shallow, max_size=2),
    st.dictionaries(st.sampled_from(["x", "y", ""]), shallow, max_size=2),
)
fields = st.dictionaries(names, values, max_size=3)
CONDITIONS = (
    where("n") == 1,
    where("n").exists(),
    where("steps").x == 1,
    where("steps").x.y.exists(),
    where("steps").any([0, 1]),
    where("steps").test(lambda steps: isinstance(steps, list) and len(steps) > 1),
    where("")[""] == "",
    (where("n") > 0) | ~(where("title") == None),  # noqa: E711  (a TinyDB query; comparing None with > is its TypeError)
)
CHANGES = (
    change.delete("n"),
    change.increment("n"),
    change.add("title", "b"),  # type: ignore[arg-type]  # its hint says numbers
    change.set("steps", {"x": {"y": [True]}}),
)
conditions, changes = st.sampled_from(CONDITIONS), st.sampled_from(CHANGES)


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


Step = tuple[Any, ...]
AGAIN: Step = ("opened again",)
DO: dict[str, tuple[st.SearchStrategy[Step], Callable[..., Any]]] = {
    "insert": (
        st.tuples(st.none() | numbers, fields),
        lambda side, table, number, found: table.insert(side.document(number, found)),
    ),
    "insert_multiple": (
        st.tuples(st.lists(st.tuples(st.none() | numbers, fields), max_size=3)),
        lambda side, table, many: table.insert_multiple(side.documents(many)),
    ),
    "insert_what_is_none": (
        st.tuples(fields),
        lambda side, table, found: table.insert_multiple([side.document(None, found), 7]),
    ),
    "update": (
        st.tuples(fields, st.none() | st.lists(numbers, max_size=3)),
        lambda side, table, found, ids: table.update(found, doc_ids=side.ids(ids)),
    ),
    "update_where": (
        st.tuples(fields | changes, conditions),
        lambda side, table, found, condition: table.update(found, condition),
    ),
    "update_multiple": (
        st.tuples(st.lists(st.tuples(fields | changes, conditions), max_size=3)),
        lambda side, table, many: table.update_multiple(many),
    ),
    "mutate": (
        st.tuples(st.sampled_from([mutate, mutate, fail, *CHANGES]), numbers),
        lambda side, table, mutation, number: table.update(mutation, doc_ids=[side.id(number)]),
    ),
    "upsert": (
        st.tuples(numbers, fields),
        lambda side, table, number, found: table.upsert(side.document(number, found)),
    ),
    "upsert_where": (
        st.tuples(numbers, fields, conditions),
        lambda side, table, number, found, condition: table.upsert(side.document(number, found), condition),
    ),
    "upsert_plain": (
        st.tuples(fields, conditions),
        lambda side, table, found, condition: table.upsert(found, condition) if table.contains(condition) else None,
    ),
    "remove": (st.tuples(st.lists(numbers, max_size=3)), lambda side, table, ids: table.remove(doc_ids=side.ids(ids))),
    "remove_where": (st.tuples(st.none() | conditions), lambda side, table, condition: table.remove(condition)),
    "truncate": (st.tuples(), lambda side, table: table.truncate()),
    "drop_table": (st.tuples(), lambda side, table: side.database.drop_table(table.name)),
    "drop_tables": (st.tuples(), lambda side, table: side.database.drop_tables()),
}
steps = st.one_of(
    [st.tuples(st.just(name), st.sampled_from(TABLES), given) for name, (given, _) in DO.items() for _ in (1, 2)]
)


def outcome(side: Side, step: Step) -> Any:
    name, table, given = step
    try:
        return DO[name][1](side, side.database.table(table), *given)
    except (ValueError, LookupError, TypeError, RuntimeError, AttributeError) as error:
        return type(error)


def found_by(table: Table, condition: Any) -> Any:
    try:
        return [str(found.doc_id) for found in table.search(condition)], table.count(condition), table.get(condition)
    except TypeError as error:
        return type(error)


def contents(side: Side) -> str:
    """Everything there is to ask, as text: in Python 1, 1.0 and True are equal, here they are not."""
    found: dict[str, Any] = {"tables": sorted(side.database.tables()), "whole": side.database.storage.read() or {}}
    for name in TABLES:
        table = side.database.table(name)
        found[name] = {
            "all": [(one.doc_id, dict(one)) for one in table],
            "length": len(table),
            "found": [found_by(table, condition) for condition in CONDITIONS],
            "got": [table.get(doc_id=side.id(number)) for number in NUMBERS],
            "many": table.get(doc_ids=side.ids([1, 3])),
            "contains": [table.contains(doc_id=side.id(number)) for number in NUMBERS],
        }
    return json.dumps(found, sort_keys=True, default=str)


@contextmanager
def home_without_syncs() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "sync", lambda fd: None)
        yield Path(folder)


def opened(home: Path, *, text: bool) -> Side:
    """Our storage under TinyDB's own table, or, with text ids, under ours."""
    books = open_store(home).books
    return Side(books.database("plan") if text else TinyDB(storage=lambda: books.book("plan")), text)


def stock(storage: Memory, *, text: bool) -> Side:
    database = TinyDB(storage=lambda: storage)
    if text:
        database.table_class = TextIds
    return Side(database, text)


@pytest.mark.parametrize("text", [False, True], ids=["storage", "table"])
@settings(max_examples=100, deadline=None)
@given(steps=st.lists(steps, max_size=12))
def test_beside_stock_tinydb(steps: list[Step], text: bool) -> None:
    with home_without_syncs() as home:
        memory = Memory()  # type: ignore[no-untyped-call]  # TinyDB gives no hint here
        theirs, ours = stock(memory, text=text), opened(home, text=text)
        for step in (*steps, AGAIN, ("insert", "things", (None, {"n": 1}))):
            if step is AGAIN:
                theirs, ours = stock(memory, text=text), opened(home, text=text)
            else:
                assert outcome(ours, step) == outcome(theirs, step), step
            assert contents(ours) == contents(theirs), step


def test_a_document_without_an_id_gets_one_of_its_book(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    assert store.table("2026-11", "things").insert({"n": 1}).startswith("2611-")  # type: ignore[attr-defined]  # a text id
    assert [one[:2] for one in store.table("plan", "things").insert_multiple([{}, {"n": 1}])] == ["p-", "p-"]  # type: ignore[index]  # text ids


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
    before = log_of(tmp_path, "plan").stat().st_size
    table.update({"n": -1}, doc_ids=["p-500"])  # type: ignore[list-item]  # text ids
    assert log_of(tmp_path, "plan").stat().st_size - before < 200
