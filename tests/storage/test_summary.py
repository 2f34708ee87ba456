"""A summary whose key matches is never wrong; any other is built again."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.summary import Summary, summarise
from coach.storage import disk, summary
from coach.storage.store import Store
from coach.storage.summary import Summaries
from tests.storage.homes import NOVEMBER, change, document, edit, log_of, noted, open_store, put, visible, write_lines

MONTHS = ("2026-10", NOVEMBER)


def summaries(home: Path) -> Summaries:
    """As a process of its own sees them, no month open."""
    store = open_store(home)
    return Summaries(store, store.paths)


def expected(home: Path, month: str) -> Summary:
    return summarise(month, visible(open_store(home), month))


def fill(home: Path) -> None:
    store = open_store(home)
    put(store, "items", "2610-a", title="Walk", day="2026-10-03")
    put(store, "items", "2611-a", title="Moved", day="2026-12-01")
    put(store, "items", "2611-b", title="Later")
    put(store, "moods", "2611-m", day="2026-11-01", value=4)


def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Fills with the months that are built from here on."""
    found: list[str] = []
    monkeypatch.setattr(summary, "summarise", noted(found, summarise))
    return found


def test_built_once_and_then_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path)
    found = built(monkeypatch)
    for _ in range(3):
        assert summaries(tmp_path).get(NOVEMBER) == expected(tmp_path, NOVEMBER)
    assert found == [NOVEMBER]
    assert summaries(tmp_path).months() == ["2026-10", "2026-11"]
    assert summaries(tmp_path).get("2030-01") == summarise("2030-01", {})
    mode = (tmp_path / "state" / "summary" / "2026-11.json").stat().st_mode
    assert mode & 0o777 == 0o600


def test_strays_look_at_files_without_reading_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path)
    strays = {"2611-a": date(2026, 12, 1), "2611-b": None}
    assert summaries(tmp_path).strays() == strays
    again = summaries(tmp_path)
    again.months()
    read: list[str] = []
    monkeypatch.setattr(disk, "read", noted(read, disk.read))
    assert again.strays() == again.strays() == strays
    assert [os.path.basename(path) for path in read] == ["strays.json"]
    monkeypatch.undo()
    edit(open_store(tmp_path), "items", "2610-a", day="2026-11-05")
    assert again.strays() == strays | {"2610-a": date(2026, 11, 5)}


def test_an_open_month_is_answered_from_its_book(tmp_path: Path) -> None:
    fill(tmp_path)
    store = open_store(tmp_path)
    here = Summaries(store, store.paths)
    visible(store)
    edit(store, "items", "2611-b", day="2027-01-01")
    assert here.strays() == {"2611-a": date(2026, 12, 1), "2611-b": date(2027, 1, 1)}
    assert here.get(NOVEMBER) == expected(tmp_path, NOVEMBER)
    assert not (tmp_path / "state" / "summary" / "2026-11.json").exists()
    assert not store.books.is_open("2026-10"), "what is built does not stay open"


@pytest.mark.parametrize("name", ["2026-11.json", "strays.json"])
def test_a_flip_of_any_byte_is_built_again(tmp_path: Path, name: str) -> None:
    fill(tmp_path)
    right = summaries(tmp_path)
    answers = (right.get(NOVEMBER), right.strays())
    path = tmp_path / "state" / "summary" / name
    whole = path.read_bytes()
    damaged = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(0, len(whole), 7)]
    for data in [*damaged, b"", whole[:-9], b"\xff" * 99, b"[]"]:
        path.write_bytes(data)
        found = summaries(tmp_path)
        assert (found.get(NOVEMBER), found.strays()) == answers
        assert path.read_bytes() == whole


def test_a_month_that_cannot_be_kept_still_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path)

    def full(path: str, data: bytes, *, durable: bool = True) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(disk, "replace", full)
    found = summaries(tmp_path)
    assert found.get(NOVEMBER) == expected(tmp_path, NOVEMBER)
    assert len(found.strays()) == 2


def test_a_lost_log_and_then_a_lost_mirror(tmp_path: Path) -> None:
    fill(tmp_path)
    summaries(tmp_path).get(NOVEMBER)
    log_of(tmp_path).unlink()
    assert summaries(tmp_path).get(NOVEMBER) == expected(tmp_path, NOVEMBER) != summarise(NOVEMBER, {})
    shutil.rmtree(tmp_path / "state" / "mirror")
    assert summaries(tmp_path).get(NOVEMBER) == expected(tmp_path, NOVEMBER) == summarise(NOVEMBER, {})


def test_a_part_only_the_plan_or_the_waiting_folder_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path)
    summaries(tmp_path).strays()
    both = change(99, "zz", ("items", "2610-n", {"title": "New"}), ("goals", "p-g", {"n": 1}), name="both")
    write_lines(tmp_path, "zz", "plan", both)
    assert summaries(tmp_path).get("2026-10") == expected(tmp_path, "2026-10")
    assert "2610-n" in summaries(tmp_path).strays()
    waiting = change(100, "zz", ("items", "2609-w", {"title": "Waits"}))
    open_store(tmp_path).appender.spool.put(waiting)
    assert summaries(tmp_path).months() == ["2026-09", "2026-10", "2026-11"]
    assert summaries(tmp_path).get("2026-09") == expected(tmp_path, "2026-09")
    assert "2609-w" in summaries(tmp_path).strays()


records = st.sampled_from(["2610-a", "2610-b", "2611-a", "2611-b", "p-a"])
days = st.sampled_from(["2026-10-01", "2026-11-30", "2026-12-05", None])
steps = st.one_of(
    st.tuples(st.just("put"), records, days),
    st.tuples(st.just("both"), days),
    st.tuples(st.just("remove"), records),
    st.tuples(st.just("undo")),
    st.tuples(st.just("other device"), records, days, st.integers(1, 9)),
    st.tuples(st.just("plan only"), records, days),
    st.tuples(st.just("wait"), records, days),
    st.tuples(st.just("tear"), st.sampled_from(MONTHS)),
    st.tuples(st.just("lose log"), st.sampled_from(MONTHS)),
    st.tuples(st.just("lose mirror")),
    st.tuples(st.just("read"), st.sampled_from(MONTHS)),
    st.tuples(st.just("strays")),
)


def do(home: Path, step: tuple[Any, ...], place: int) -> None:
    store = open_store(home)
    if step[0] == "put":
        store.table(book_of(step[1]), "items").upsert(document(step[1], title=f"word{place}", day=step[2]))
    elif step[0] == "both":
        with store.change("Both"):
            for record in ("2611-a", "p-a"):
                store.table(book_of(record), "items").upsert(document(record, day=step[1]))
    elif step[0] == "remove":
        store.table(book_of(step[1]), "items").remove(doc_ids=[step[1]])
    elif step[0] == "undo":
        store.take_back("undo")
    elif step[0] in ("other device", "plan only", "wait"):
        made = change(place, "zz", ("items", step[1], {"day": step[2], "note": "x" * 3}), name=f"c{place}")
        if step[0] == "wait":
            store.appender.spool.put(made)
        else:
            write_lines(home, "zz", book_of(step[1]) if step[0] == "other device" else "plan", made)
    else:
        disturb(home, store, step)


def disturb(home: Path, store: Store, step: tuple[Any, ...]) -> None:
    found = sorted((home / "data").rglob(f"{step[1]}.log")) if len(step) > 1 else []
    if step[0] == "tear" and found:
        found[0].write_bytes(found[0].read_bytes()[:-5])
    elif step[0] == "lose log" and found:
        found[0].unlink()
    elif step[0] == "lose mirror":
        shutil.rmtree(home / "state" / "mirror", ignore_errors=True)
    elif step[0] == "read":
        Summaries(store, store.paths).get(step[1])
    elif step[0] == "strays":
        Summaries(store, store.paths).strays()


def book_of(record: str) -> str:
    return "plan" if record.startswith("p-") else f"20{record[:2]}-{record[2:4]}"


@settings(max_examples=120, deadline=None)
@given(st.lists(steps, max_size=14))
def test_whatever_happened_a_summary_is_that_of_a_fresh_fold(done: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "sync", lambda fd: None)
        home = Path(folder)
        watching = summaries(home)  # one that lives on, with an own memory of strays
        for place, step in enumerate(done, 1):
            do(home, step, place)
        watching._store.catch_up()
        fresh = {month: expected(home, month) for month in MONTHS}
        strays = {record: day for found in fresh.values() for record, day in found.strays.items()}
        for reader in (summaries(home), watching, summaries(home)):
            assert {month: reader.get(month) for month in MONTHS} == fresh
            assert reader.strays() == strays
