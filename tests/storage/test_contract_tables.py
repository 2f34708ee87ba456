"""What TinyDB promises of tables, asked of our storage, of it under a middleware, and of our table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tinydb import Query, TinyDB, where
from tinydb import operations as change
from tinydb.middlewares import Middleware
from tinydb.table import Document

from tests.storage.homes import document, open_store
from tests.storage.kinds import KINDS, Opened, logs, open_home, written_late


def with_three(opened: Opened) -> Opened:
    opened.database.insert_multiple([opened.document(number, n=1, char=char) for number, char in enumerate("abc", 1)])
    return opened


@pytest.fixture(params=KINDS)
def three(tmp_path: Path, request: pytest.FixtureRequest) -> Opened:
    return with_three(open_home(tmp_path, request.param))


@pytest.fixture(params=[kind for kind in KINDS if kind != "middleware"])
def direct(tmp_path: Path, request: pytest.FixtureRequest) -> Opened:
    """TinyDB's caching middleware hands out the very records it holds, whatever storage is below."""
    return with_three(open_home(tmp_path, request.param))


def chars(database: TinyDB) -> str:
    return "".join(found["char"] for found in database)


def test_what_can_be_asked(three: Opened) -> None:
    database = three.database
    assert (len(database), list(database), chars(database)) == (3, database.all(), "abc")
    assert database.count(where("n") == 1) == len(database.search(where("n") == 1)) == 3
    assert database.count(where("missing").exists()) == 0
    assert database.search(lambda found: found["char"] > "a") == [{"n": 1, "char": "b"}, {"n": 1, "char": "c"}]
    found = database.get(where("char") == "b")
    assert isinstance(found, Document)
    assert (found, found.doc_id) == ({"n": 1, "char": "b"}, three.id(2))
    assert database.get(doc_id=three.id(3)) == {"n": 1, "char": "c"}
    assert database.get(doc_id=float("nan")) is None
    several: Any = database.get(doc_ids=[three.id(3), three.id(1), three.id(8)])
    assert [one["char"] for one in several] == ["a", "c"]
    assert database.contains(Query().char.one_of(["x", "c"])) and database.contains(doc_id=three.id(1))
    assert not database.contains(where("char") == "d") and not database.contains(doc_id=three.id(8))
    for ask in (database.get, database.contains):
        with pytest.raises(RuntimeError):
            ask()


def test_what_is_changed_is_named(three: Opened) -> None:
    database, ids = three.database, [three.id(number) for number in (1, 2, 3, 4)]
    assert database.update({"n": 2}, where("char") == "a") == ids[:1]
    assert database.update({"n": 3}, doc_ids=[ids[2], ids[3], ids[0]]) == [ids[2], ids[0]]
    assert database.update({"m": True}) == ids[:3]
    assert database.update(change.increment("n"), where("n") > 2) == [ids[0], ids[2]]
    assert database.update_multiple([({"n": 0}, where("char") == "b"), (change.delete("m"), where("n") == 4)]) == [
        ids[0],
        ids[1],
        ids[2],
    ]
    assert three.again().all() == [{"n": 4, "char": "a"}, {"n": 0, "char": "b", "m": True}, {"n": 4, "char": "c"}]
    assert three.database.remove(where("n") == 4) == [ids[0], ids[2]]
    assert three.database.remove(doc_ids=[ids[3], ids[1]]) == [ids[1]]
    assert three.again().all() == []
    with pytest.raises(RuntimeError):
        three.database.remove()


def test_upsert(three: Opened) -> None:
    database = three.database
    assert database.upsert({"n": 5}, where("char") == "a") == [three.id(1)]
    assert database.upsert(three.document(2, char="v")) == [three.id(2)]
    assert database.upsert(three.document(7, char="w")) == [three.id(7)]
    assert database.upsert({"char": "w", "n": 8}, where("char") == "w") == [three.id(7)]
    with pytest.raises(ValueError, match="doc_id"):
        database.upsert({"n": 1})
    assert len(database.upsert({"char": "x"}, where("char") == "x")) == 1
    assert chars(three.again()) == "avcwx"
    assert three.database.all()[1] == {"n": 1, "char": "v"}


def fail_at_c(found: Any) -> bool:
    found["n"] = {"spoilt": [1]}
    if found.pop("char") == "c":
        raise LookupError
    return True


def test_a_failing_updater_leaves_nothing_behind(direct: Opened) -> None:
    before, kept = logs(direct.home), direct.database.all()
    spoiling: tuple[Callable[[], Any], ...] = (
        lambda: direct.database.update(fail_at_c),
        lambda: direct.database.update(fail_at_c, doc_ids=[direct.id(1), direct.id(3)]),
        lambda: direct.database.update_multiple([(fail_at_c, where("n") == 1)]),
        lambda: direct.database.update(change.delete("none")),
        lambda: direct.database.remove(fail_at_c),
    )
    for spoil in spoiling:
        with pytest.raises(LookupError):
            spoil()
        assert direct.database.all() == kept
    assert logs(direct.home) == before
    assert direct.again().all() == kept


def test_one_and_true_and_one_point_nought_are_three_values(three: Opened) -> None:
    table = three.database.table("kinds")
    for value in (1, True, 1.0, 0, False, 0.0, None, [1], [True], [[1.0]], {"x": 1}, {"x": True}, {"x": {"y": [0]}}):
        shape = {"value": value, "list": [value, 2], "map": {"k": value, "deep": {"k": [value]}}}
        table.upsert(three.document(1, **shape))
        assert repr(table.all()) == repr([shape])
        assert repr(open_home(three.home, "table").database.table("kinds").all()) in (repr([]), repr([shape]))
    assert repr(three.again().table("kinds").all()) == repr([shape])


def test_a_name_that_is_no_text_is_the_text_json_makes_of_it(three: Opened) -> None:
    for _ in range(3):
        three.database.update({"map": {1: "a", None: "b", "2": "c"}, 7: "d"}, doc_ids=[three.id(1)])
        three.again()
        assert three.database.all()[0] == {
            "n": 1,
            "char": "a",
            "map": {"1": "a", "null": "b", "2": "c"},
            "7": "d",
        }


def test_a_table_can_be_written_while_it_is_walked_over(direct: Opened) -> None:
    database, seen = direct.database, []
    for found in database:
        seen.append(found["char"])
        database.insert(direct.document(10 + len(seen), char="new"))
        database.update({"char": "changed"})
        database.remove(doc_ids=[direct.id(1), direct.id(3)])
    assert seen == ["a", "b", "c"]
    assert chars(direct.again()) == "changed" * 4


def test_what_is_read_is_the_readers_own(direct: Opened) -> None:
    table = direct.database.table("lists")
    given = direct.document(1, steps={"x": [1]})
    table.insert(given)
    read: list[Any] = [given, table.all()[0], table.get(doc_id=direct.id(1)), table.search(where("steps").exists())[0]]
    for spoil in read:
        spoil["steps"]["x"].append(2)
    (direct.database.storage.read() or {})["lists"][str(direct.id(1))]["steps"]["x"].append(3)
    assert table.all() == direct.again().table("lists").all() == [{"steps": {"x": [1]}}]


@pytest.mark.parametrize("size", [0, 1, 30])
def test_our_table_asks_anew_each_time(tmp_path: Path, size: int) -> None:
    """Whatever cache it was asked for: a kept answer would not know what another process wrote."""
    store = open_store(tmp_path)
    table = store.books.database("plan").table("things", cache_size=size)
    for number in range(3):
        assert table.count(where("n") == 1) == number
        open_store(tmp_path).table("plan", "things").insert(document(f"p-{number}", n=1))
        store.catch_up()


def test_what_others_wrote_is_not_taken_back_by_a_late_write(tmp_path: Path) -> None:
    """A middleware writes the whole as it knew it; what it never saw was not changed by it."""
    store, other = open_store(tmp_path), open_store(tmp_path)
    database = TinyDB(storage=written_late(lambda: store.book("plan")))
    database.insert_multiple([{"n": 1, "m": 1}, {"n": 2}, {"n": 3}, {"n": 4}])
    database.storage.flush()  # type: ignore[attr-defined]  # of the middleware
    database.remove(doc_ids=[4])
    database.storage.flush()  # type: ignore[attr-defined]  # of the middleware
    theirs = TinyDB(storage=lambda: other.book("plan"))
    theirs.update({"m": 2}, doc_ids=[1])
    theirs.remove(doc_ids=[3])
    theirs.insert_multiple([Document({"n": 4}, 4), Document({"n": 9}, 9)])
    theirs.table("new").insert({"n": 1})
    database.update({"n": 5}, doc_ids=[1])
    database.close()
    expected = {
        "_default": {"1": {"n": 5, "m": 2}, "2": {"n": 2}, "4": {"n": 4}, "9": {"n": 9}},
        "new": {"1": {"n": 1}},
    }
    database.update({"n": 6}, doc_ids=[2])
    database.close()
    expected["_default"]["2"] = {"n": 6}
    assert store.book("plan").read() == open_store(tmp_path).book("plan").read() == expected


def test_a_late_write_that_was_refused_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(tmp_path)
    database = TinyDB(storage=written_late(lambda: store.book("plan")))
    database.insert({"n": {1}})
    with pytest.raises(TypeError):
        database.close()
    database.update({"n": 1})
    database.close()
    assert open_store(tmp_path).book("plan").read() == {"_default": {"1": {"n": 1}}}


def test_a_middleware_sees_every_read_and_write(tmp_path: Path) -> None:
    class Counting(Middleware):
        reads = writes = 0

        def read(self) -> Any:
            self.reads += 1
            return self.storage.read()

        def write(self, data: Any) -> None:
            self.writes += 1
            self.storage.write(data)

    counting = Counting(lambda: open_store(tmp_path).book("plan"))
    with TinyDB(storage=counting) as database:
        assert database.storage is counting
        database.insert({"n": 1})
        database.all()
    assert (counting.reads, counting.writes) == (3, 1)


def test_a_database_is_closed_once_and_says_what_it_is(three: Opened) -> None:
    with three.database as database:
        assert repr(database).startswith("<TinyDB " if three.kind != "table" else "<Database ")
        assert "_default=3" in repr(database)
        table = database.table("empty")
        assert table.storage is database.storage
        assert repr(table).startswith(f"<{type(table).__name__} name='empty', total=0, storage=<")
        with pytest.raises(AttributeError):
            table.name = "other"
    assert chars(open_home(three.home, three.kind).database) == "abc"
