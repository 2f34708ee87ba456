"""A home written with format 1, kept for ever: it must open in ten years, and what is written now must look like it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coach.storage import log
from tests.storage.homes import NOVEMBER, edit, open_store, put, visible

FIXTURE = Path(__file__).parent / "fixtures" / "format-1"
EXPECTED: dict[str, Any] = json.loads((FIXTURE / "expected.json").read_text(encoding="utf-8"))
BOOKS = ("plan", "2026-10", "2026-11")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shutil.copytree(FIXTURE, tmp_path / "home")
    return tmp_path / "home"


def lines(home: Path) -> Iterator[bytes]:
    for path in sorted([*home.rglob("*.log"), *home.rglob("*.rec")]):
        yield from path.read_bytes().split(b"\n")[:-1]


@pytest.mark.parametrize("books", [BOOKS, BOOKS[::-1]])
def test_the_tables_are_exactly_these(home: Path, books: tuple[str, ...]) -> None:
    store = open_store(home)
    assert {book: visible(store, book) for book in books} == {book: EXPECTED[book] for book in BOOKS}
    assert sorted(line.why for line in store.unread().values()) == EXPECTED["unread"]


def test_it_still_opens_after_today_wrote_to_it(home: Path) -> None:
    before = {path: path.read_bytes() for path in home.rglob("*.log")}
    store = open_store(home)
    put(store, "moods", "2611-now", value=4)
    edit(store, "journal", "2611-j1", text="Another text")
    assert {path: path.read_bytes() for path in before} == before
    assert list((home / "state" / "spool").iterdir()) == []
    reader = open_store(home)
    assert visible(reader, "plan") == EXPECTED["plan"]
    now = visible(reader)
    assert now["journal"]["2611-j1"]["text"] == "Another text"
    assert now["moods"].pop("2611-now") == {"value": 4}
    assert now["moods"] == EXPECTED[NOVEMBER]["moods"]


def test_what_is_written_now_is_byte_for_byte_the_same() -> None:
    heads, changes = 0, 0
    for line in lines(FIXTURE):
        if line.startswith(b'{"log"'):
            head = json.loads(line)
            assert log.encode_head(head["device"], head["book"]) == line + b"\n"
            heads += 1
        elif isinstance(found := log.decode(line), log.Change):
            assert log.encode(found) == line + b"\n"
            changes += 1
    assert (heads, changes) == (5, 20)
