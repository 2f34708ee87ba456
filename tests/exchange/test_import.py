"""Importing: an export comes back exactly, and nothing that is here changes."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.text import steers
from coach.exchange.importing import Imported, take_back, take_in
from coach.paths import Paths
from coach.storage import log
from coach.storage.fold import same
from coach.storage.log import GONE
from coach.storage.store import Store
from tests.bench.history import write_history
from tests.exchange.whole import Tables, everything, exported, files, remove
from tests.storage.homes import NOVEMBER, change, open_store, put, visible, write_lines
from tests.storage.test_devices import newer
from tests.storage.test_format import FIXTURE
from tests.storage.test_trouble import impatient, lock_held_elsewhere


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "home")


NAMES = st.text(min_size=1, max_size=30).filter(lambda name: not steers(name))
KEYS = st.text(max_size=20).filter(lambda name: name != GONE)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=40)
)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3))
IDS = st.builds("{}{}".format, st.sampled_from(["p-", "2611-", "2610-m:", "2613-", "0001-", "", "-"]), NAMES)
TABLES = st.dictionaries(
    NAMES,
    st.dictionaries(IDS, st.dictionaries(NAMES.filter(lambda name: name != GONE), VALUES, max_size=4), max_size=4),
    max_size=4,
)


@settings(max_examples=80, deadline=None)
@given(TABLES)
def test_what_goes_out_comes_back_exactly(tables: Tables) -> None:
    """Unknown tables and fields, hostile text, empty maps, 1 and 1.0 and true; once, and not a second time."""
    with tempfile.TemporaryDirectory() as folder:
        text = exported(tables)
        count = sum(map(len, tables.values()))
        done = take_in(open_store(Path(folder)), text)
        assert (done.done, done.known, done.kept) == (count, 0, {})
        wanted = {table: records for table, records in tables.items() if records}
        found = everything(Path(folder))
        assert same(found, json.loads(exported(wanted))["tables"])
        assert exported(found) == exported(wanted)
        again = take_in(open_store(Path(folder)), text)
        assert again == Imported("", 0, count, {})


def test_a_home_of_format_1_comes_back_exactly(tmp_path: Path, store: Store) -> None:
    shutil.copytree(FIXTURE, tmp_path / "old")
    tables = everything(tmp_path / "old")
    take_in(store, exported(tables))
    assert exported(everything(tmp_path / "home")) == exported(tables)
    assert len(tables) >= 4


def test_a_life_comes_back_exactly_and_goes_again(tmp_path: Path, store: Store) -> None:
    write_history(Paths(str(tmp_path / "old")), days=60)
    tables = everything(tmp_path / "old")
    done = take_in(store, exported(tables))
    assert done.done == sum(map(len, tables.values())) > 1000
    assert exported(everything(tmp_path / "home")) == exported(tables)
    longest = max(len(line) for path in tmp_path.rglob("home/**/*.log") for line in path.read_bytes().split(b"\n"))
    assert longest < log.LONGEST_LINE / 2
    assert take_back(open_store(tmp_path / "home"), done.batch).done == done.done
    assert everything(tmp_path / "home") == {}


def test_what_is_here_is_never_changed(tmp_path: Path, store: Store) -> None:
    put(store, "moods", "2611-same", value=3)
    put(store, "moods", "2611-other", value=3)
    put(store, "goals", "p-more", title="one", why="because")
    before = {book: visible(store, book) for book in ("plan", NOVEMBER)}
    done = take_in(
        store,
        exported(
            {
                "moods": {"2611-same": {"value": 3}, "2611-other": {"value": 3.0}, "2611-new": {"value": True}},
                "goals": {"p-more": {"title": "one"}},
            }
        ),
    )
    assert (done.done, done.known, done.kept) == (1, 1, {"moods": 1, "goals": 1})
    assert visible(store).pop("moods") == {**before[NOVEMBER]["moods"], "2611-new": {"value": True}}
    assert visible(store, "plan") == before["plan"]


def test_a_record_deleted_here_comes_back_exactly(tmp_path: Path, store: Store) -> None:
    """Nothing of the deleted one shines through: no field, no entry, and no 1 where the file says true."""
    put(store, "items", "2611-a", title="old", left="over", steps={"a": {"n": 1}, "b": {"n": 2}}, gone={"x": 1})
    put(store, "items", "2611-b", title="old")
    for record in ("2611-a", "2611-b"):
        remove(store, "items", record)
    records = {"2611-a": {"title": 7, "steps": {"a": {"n": True}}, "gone": {}}, "2611-b": {}}
    done = take_in(store, exported({"items": records}))
    assert done.done == 2
    assert same(everything(tmp_path / "home")["items"], records)
    assert same(visible(store)["items"], records)
    take_back(store, done.batch)
    assert everything(tmp_path / "home") == {}


def test_what_a_newer_coach_wrote_and_what_waits_are_here_too(tmp_path: Path, store: Store) -> None:
    home = tmp_path / "home"
    put(store, "items", "2611-first", n=0)
    with lock_held_elsewhere(home):
        put(impatient(store), "items", "2611-waits", n=1)
    write_lines(home, "new", NOVEMBER, newer(["items", "2611-new", {"n": 2}]))
    done = take_in(open_store(home), exported({"items": {"2611-waits": {"n": 1}, "2611-new": {"n": 1}}}))
    assert (done.done, done.known, done.kept) == (0, 1, {"items": 1})


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path, store: Store) -> None:
    text = exported({"moods": {"2611-a": {"value": 1}, "2611-b": {"value": 2}}})
    assert take_in(store, text, dry_run=True) == Imported("", 2, 0, {})
    assert not (tmp_path / "home").exists()
    put(store, "moods", "2611-a", value=9)
    before = files(tmp_path / "home")
    assert take_in(store, text, dry_run=True) == Imported("", 1, 0, {"moods": 1})
    assert files(tmp_path / "home") == before


def test_an_import_comes_after_everything_here(tmp_path: Path, store: Store) -> None:
    """Also where another device's clock is years ahead, or the deleted record would win."""
    ahead = change(4_000_000_000_000, "zz", ("moods", "2611-a", {"value": 9, GONE: True}))
    write_lines(tmp_path / "home", "zz", NOVEMBER, ahead)
    take_in(store, exported({"moods": {"2611-a": {"value": 1}}}))
    assert everything(tmp_path / "home") == {"moods": {"2611-a": {"value": 1}}}
